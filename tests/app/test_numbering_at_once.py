"""Two people number minutes at once on one server: no number twice, no sitting with two numbers, nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from ethnomed_desktop.app import meetings, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.ids import uid_text

from .conftest import CHEAP, COUNCIL, PASSPHRASE

pytestmark = pytest.mark.postgres
MEETINGS = 6


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock, postgres_url: str) -> Iterator[tuple[AppContext, AppContext]]:
    """One council on a server, open on two computers."""
    first = vault.create_council(
        tmp_path / "first",
        COUNCIL,
        PASSPHRASE,
        program="command",
        clock=clock,
        params=CHEAP,
        minimum=CHEAP,
        database_url=postgres_url,
    ).ctx
    folder = shutil.copytree(tmp_path / "first", tmp_path / "second", ignore=shutil.ignore_patterns("*.lock"))
    second = vault.open_council(folder, PASSPHRASE, program="command", clock=clock, minimum=CHEAP)
    yield first, second
    vault.close(second)
    vault.close(first)


def held(ctx: AppContext, title: str) -> bytes:
    body = uid_text(list_records(ctx, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid)
    names = {"chair_words": "Ә", "secretary_words": "Б"}
    made = records.record(ctx, "meeting", {"organisation": body, "starts": "2026-11-20T10:00", **names}).value
    uid = uid_text(made.uid)
    records.record(ctx, "attendance", {"meeting": uid, "words": "Мүше", "capacity": "member"})
    records.record(ctx, "agenda_item", {"meeting": uid, "title": title, "position": 1})
    return bytes(made.uid)


def both(office: tuple[AppContext, AppContext], work: list[list[bytes]]) -> list[str]:
    """Number what each is given, both beginning at the same moment; return numbers, or codes of refusals."""
    start = Barrier(2)

    def number(ctx: AppContext, uids: list[bytes]) -> list[str]:
        start.wait(timeout=60)
        said = []
        for uid in uids:
            try:
                said.append(meetings.finish_meeting(ctx, uid).value.number)
            except EthnomedError as error:
                said.append(error.code)
        return said

    with ThreadPoolExecutor(2) as lanes:
        going = [lanes.submit(number, ctx, uids) for ctx, uids in zip(office, work, strict=True)]
        return [one for done in going for one in done.result(timeout=120)]


def test_two_people_who_number_different_sittings_get_different_numbers(
    office: tuple[AppContext, AppContext],
) -> None:
    uids = [held(office[0], f"Су {number}") for number in range(MEETINGS)]
    given = both(office, [uids[::2], uids[1::2]])
    assert sorted(map(int, given)) == list(range(1, MEETINGS + 1))


def test_two_people_who_number_the_same_sitting_give_it_one_number(office: tuple[AppContext, AppContext]) -> None:
    for turn in range(MEETINGS):
        uid = held(office[0], f"Су {turn}")
        said = both(office, [[uid], [uid]])
        assert sorted(said) in ([str(turn + 1), "meeting.numbered"], [str(turn + 1), "record.changed_meanwhile"])
        assert records.show(office[1], uid).values["number"] == str(turn + 1)
