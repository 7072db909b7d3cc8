"""Merging records of which a tenth was edited on both sides, against `keepassxc-cli merge` of as many entries.

Ours: a hub takes in the file of a laptop: encryption, signatures, every line checked, conflicts kept, all of it on
the disk. Theirs: the same edits in a database of as many entries, with the shortest key derivation it offers;
what opening alone costs it is shown besides.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import count as count_up
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from samples import Office
from timing import Ratio, arguments, profiled, seconds, show, side_by_side

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app.exchange_receiving import Report
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.store import Written
from tests.app.offices import Computer, offices, pass_on

QUICK, FULL = 3_000, 20_000
EDITED = 10
"""One record in so many."""
TARGET = 0.1
"""Ours in theirs: ten times faster."""
PASSWORD = "correct horse battery"
AT_ONCE = 2000
TOOL = "keepassxc-cli"


def fill(computer: Computer, texts: list[str]) -> list[bytes]:
    """Write one incident for each text; returns their uids."""
    uids: list[bytes] = []
    for start in range(0, len(texts), AT_ONCE):
        with computer.ctx.unit_of_work(Action.RECORD, Written()) as work:
            for text in texts[start : start + AT_ONCE]:
                uids.append(bytes(work.create(KINDS["incident"], {"settlement": "Масанчи", "what_happened": text})))
    return uids


def edit(computer: Computer, uids: list[bytes], mark: str) -> None:
    """Change every record of the list: one field that the other side changes too, and one of one's own."""
    own = "spot" if mark == "A" else "sources"
    for start in range(0, len(uids), AT_ONCE):
        with computer.ctx.unit_of_work(Action.REVISE, Written()) as work:
            states = work.states(uids[start : start + AT_ONCE])
            for uid in uids[start : start + AT_ONCE]:
                work.write(states[uid], {"what_happened": f"Өзгерді {mark}", own: f"Қосылды {mark}"})


def databases(folder: Path, texts: list[str]) -> tuple[Path, Path]:
    """Make two databases of the same entries, a tenth of them changed in each, by importing XML."""
    made = []
    for number, mark in enumerate(("A", "B"), start=1):
        entries = "".join(_entry(at, text, mark, number) for at, text in enumerate(texts))
        root = base64.b64encode(bytes(15) + b"\1").decode()
        group = f"<Group><UUID>{root}</UUID><Name>Root</Name>{entries}</Group>"
        xml = folder / f"{mark}.xml"
        xml.write_text(
            f'<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta/><Root>{group}</Root></KeePassFile>',
            encoding="utf-8",
        )
        made.append(folder / f"{mark}.kdbx")
        answer = f"{PASSWORD}\n{PASSWORD}\n"
        said = [TOOL, "import", "-q", "-p", "-t", "100", str(xml), str(made[-1])]
        subprocess.run(said, input=answer, text=True, check=True, capture_output=True)
    return made[0], made[1]


def _entry(number: int, text: str, mark: str, side: int) -> str:
    edited = number % EDITED == 0
    shown = f"Өзгерді {mark}" if edited else text
    day = datetime(2026, 11, 1 + side if edited else 1, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    uid = base64.b64encode(number.to_bytes(16, "big")).decode()
    strings = "".join(
        f"<String><Key>{key}</Key><Value>{escape(value)}</Value></String>"
        for key, value in (("Title", f"Масанчи {number}"), ("Notes", shown), ("UserName", ""), ("Password", ""))
    )
    times = f"<Times><LastModificationTime>{day}</LastModificationTime><CreationTime>{day}</CreationTime></Times>"
    return f"<Entry><UUID>{uid}</UUID>{times}{strings}</Entry>"


def keepassxc(*said: str) -> None:
    """Run the tool with the password on its standard input."""
    subprocess.run([TOOL, *said], input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)


def merging(folder: Path, count: int, rounds: int, *, profile: bool) -> tuple[Ratio, float]:
    """Compare; returns the ratio and how long theirs takes to open the database alone, in seconds."""
    texts = [Office.chance_only().words(20) for _ in range(count)]
    hub, laptop = offices(folder, 2)
    pass_on(laptop, hub, folder / "stick")
    uids = fill(laptop, texts)
    pass_on(laptop, hub, folder / "stick")
    pass_on(hub, laptop, folder / "stick")
    edit(hub, uids[::EDITED], "A")
    edit(laptop, uids[::EDITED], "B")
    files = exchange.send(laptop.ctx, hub.replica, folder).files
    hub.close()
    target, source = databases(folder, texts)
    numbers = count_up()

    def ours(_: int) -> float:  # each in a folder of its own: one opened twice would be taken for put back
        one = hub.copy(folder / f"copy-{next(numbers)}", hub.machine)
        assert one.ctx
        reports: list[Report] = []
        taken = seconds(lambda: reports.extend(one.receive(file) for file in files))
        assert sum(report.conflicts for report in reports) == len(uids[::EDITED])
        one.close()
        shutil.rmtree(one.folder)
        return taken

    def other(number: int) -> float:
        merged = Path(shutil.copyfile(target, folder / f"merged-{number}.kdbx"))
        taken = seconds(lambda: keepassxc("merge", "-q", "-s", str(merged), str(source)))
        assert merged.read_bytes() != target.read_bytes()
        merged.unlink()
        return taken

    if profile:
        profiled(lambda: ours(0))
    ratio = side_by_side(f"merging {count:,}, a tenth edited on both sides", ours, other, rounds, TARGET)
    return ratio, min(seconds(lambda: keepassxc("db-info", "-q", str(target))) for _ in range(3))


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    if shutil.which(TOOL) is None:
        print(f"\nMerging\n  not measured: {TOOL} is not installed here (apt-get install keepassxc).")
        return
    version = subprocess.run([TOOL, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as name:
        ratio, opening = merging(
            Path(name), FULL if options.full else QUICK, options.rounds, profile=options.profile
        )
    notes = (
        f"other: {TOOL} {version} merge; opening its database alone takes it {opening * 1000:.0f} ms.",
        f"ours is {1 / ratio.ratio:.1f} times faster.",
    )
    show("Merging", (ratio,), notes)


if __name__ == "__main__":
    main()
