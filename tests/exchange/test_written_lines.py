"""What the program itself writes, the strict reader of another copy takes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from ethnomed_desktop.app import vault
from ethnomed_desktop.app.practice import create_practice
from ethnomed_desktop.app.records import restore, withdraw
from ethnomed_desktop.domain.changes import Line
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.exchange.segments import seal
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.log import LogReader

CHEAP = KdfParameters(t=1, m_kib=64, p=1)


@pytest.mark.parametrize("language", ["kk", "en"])
def test_every_line_of_the_practice_council_can_be_sealed(tmp_path: Path, language: str) -> None:
    clock = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
    made, records = create_practice(
        tmp_path / "vault", language, program="command", clock=clock, params=CHEAP, minimum=CHEAP
    )
    withdraw(made.ctx, records[-1].uid, "Тексеру үшін")
    restore(made.ctx, records[-1].uid)
    logs: dict[tuple[bytes, bytes], list[Line]] = {}
    with made.ctx.reading() as connection:
        for batch in LogReader(connection).all_batches():
            for _, line in batch:
                logs.setdefault((line.dot.stream, line.dot.replica), []).append(line)
    vault.close(made.ctx)
    assert sum(map(len, logs.values())) > 40
    for (stream, replica), lines in logs.items():
        sealed = seal(Identity.generate(replica), stream, [line.raw for line in lines])
        again = [raw for one in sealed for _, raw in one.lines()]
        assert again == [line.raw for line in lines]
