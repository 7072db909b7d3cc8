"""What is lost when two computers edited the same entries: ours against `keepassxc-cli merge`.

A tenth of the entries is edited on both sides, half of those in the same field and half in different ones; one in
twenty is new on each side; one in a hundred is deleted on one side and edited on the other.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import xml.etree.ElementTree as XML
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from sqlalchemy import func, select

from ethnomed_desktop.app import exchange
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries.conflicts import conflicted
from ethnomed_desktop.store.queries.records import records_by
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.tables import record as record_table
from tests.app.offices import Computer, offices, pass_on

from .programs import Cost, cost_of_program, cost_of_work, require, table

PASSWORD = "correct horse battery"
AT_ONCE = 2000
SAME, APART, DELETED, QUIET = "same field", "different fields", "deleted and edited", "not touched"


def fate(number: int) -> str:
    """Say what becomes of an entry."""
    if number % 10 == 0:
        return SAME if number % 20 == 0 else APART
    return DELETED if number % 100 == 1 else QUIET


@dataclass(frozen=True)
class Outcome:
    """What stands after the merge: how many entries of each fate lost one side's words without a sign."""

    lost: Counter[str]
    new: int
    open: int
    again: str
    cost: Cost


# -- ours -------------------------------------------------------------------------------------------------------


def _fill(computer: Computer, count: int, text: str) -> list[bytes]:
    uids: list[bytes] = []
    for start in range(0, count, AT_ONCE):
        with computer.ctx.unit_of_work(Action.RECORD, Written()) as work:
            for number in range(start, min(count, start + AT_ONCE)):
                values = {"settlement": "Масанчи", "what_happened": f"{text} {number}"}
                uids.append(bytes(work.create(KINDS["incident"], values)))
    return uids


def _edit(computer: Computer, uids: Sequence[bytes], mark: str) -> None:
    own = "spot" if mark == "A" else "sources"
    for start in range(0, len(uids), AT_ONCE):
        piece = {uid: fate(start + at) for at, uid in enumerate(uids[start : start + AT_ONCE])}
        with computer.ctx.unit_of_work(Action.REVISE, Written()) as work:
            states = work.states([uid for uid, end in piece.items() if end != QUIET])
            for uid, end in piece.items():
                if end == DELETED and mark == "A":
                    work.withdraw(states[uid], "")
                elif end != QUIET:
                    work.write(states[uid], {"what_happened" if end in {SAME, DELETED} else own: f"Өзгерді {mark}"})


def ours(folder: Path, count: int) -> Outcome:
    """Let a district and a laptop work apart and meet."""
    hub, laptop = offices(folder, 2)
    pass_on(laptop, hub, folder / "stick")
    uids = _fill(laptop, count, "Жазба")
    pass_on(laptop, hub, folder / "stick")
    pass_on(hub, laptop, folder / "stick")
    for computer, mark in ((hub, "A"), (laptop, "B")):
        _edit(computer, uids, mark)
        _fill(computer, count // 20, f"Жаңа {mark}")
    files = exchange.send(laptop.ctx, hub.replica, folder).files
    hub.close()
    spare = hub.copy(folder / "spare", hub.machine)
    cost = cost_of_work(lambda: [spare.receive(file) for file in files])
    for file in files:
        hub.receive(file)
    before = hub.total()
    for file in files:
        hub.receive(file)
    lost, count_new = _losses(hub, uids)
    with hub.ctx.reading() as connection:
        pending = len(conflicted(connection))
    again = "nothing changes" if hub.total() == before else "CHANGES"
    return Outcome(lost, count_new, pending, again, cost)


def _losses(hub: Computer, uids: Sequence[bytes]) -> tuple[Counter[str], int]:
    lost: Counter[str] = Counter()
    with hub.ctx.reading() as connection:
        pending = set(conflicted(connection))
        for start in range(0, len(uids), AT_ONCE):
            for at, record in enumerate(records_by(connection, "uid", uids[start : start + AT_ONCE])):
                end, values = fate(start + at), record.values
                if end == APART:
                    lost[end] += not (values.get("spot") == "Өзгерді A" and values.get("sources") == "Өзгерді B")
                elif end == SAME:
                    lost[end] += record.uid not in pending
                elif end == DELETED:
                    lost[end] += record.withdrawn or values.get("what_happened") != "Өзгерді B"
        of_kind = (
            select(func.count()).select_from(record_table).where(record_table.c.kind == KINDS["incident"].number)
        )
        return lost, connection.execute(of_kind).scalar_one() - len(uids)


# -- theirs -----------------------------------------------------------------------------------------------------


def _entry(number: int, mark: str, side: int, text: str = "Жазба") -> str:
    """Return an entry as one side has it: A changes the notes or the user, B the notes or the address."""
    end = fate(number)
    edited = end in {SAME, APART} or (end == DELETED and mark == "B")
    words = {"Title": f"Масанчи {number}", "Notes": f"{text} {number}", "UserName": "", "URL": "", "Password": ""}
    if edited:
        words["Notes" if end != APART else "UserName" if mark == "A" else "URL"] = f"Өзгерді {mark}"
    day = f"2026-11-{2 + side if edited else 1:02}T00:00:00Z"
    times = f"<Times><LastModificationTime>{day}</LastModificationTime><CreationTime>{day}</CreationTime></Times>"
    strings = "".join(f"<String><Key>{k}</Key><Value>{escape(v)}</Value></String>" for k, v in words.items())
    return f"<Entry><UUID>{_id(number)}</UUID>{times}{strings}</Entry>"


def _id(number: int) -> str:
    return base64.b64encode((number + 2).to_bytes(16, "big")).decode()


def _database(folder: Path, count: int, mark: str, side: int) -> Path:
    kept = [number for number in range(count) if not (mark == "A" and fate(number) == DELETED)]
    gone = [number for number in range(count) if number not in set(kept)] if mark == "A" else []
    entries = "".join(_entry(number, mark, side) for number in kept)
    first = 2_000_003 if mark == "A" else 4_000_003
    entries += "".join(_entry(first + 10 * number, mark, side, f"Жаңа {mark}") for number in range(count // 20))
    deleted = "".join(
        f"<DeletedObject><UUID>{_id(number)}</UUID><DeletionTime>2026-11-03T00:00:00Z</DeletionTime></DeletedObject>"
        for number in gone
    )
    group = (
        f"<Group><UUID>{base64.b64encode(bytes(15) + bytes([1])).decode()}</UUID><Name>Root</Name>{entries}</Group>"
    )
    xml, made = folder / f"{mark}.xml", folder / f"{mark}.kdbx"
    xml.write_text(
        "<?xml version='1.0' encoding='UTF-8'?><KeePassFile><Meta/><Root>"
        f"{group}<DeletedObjects>{deleted}</DeletedObjects></Root></KeePassFile>",
        encoding="utf-8",
    )
    said = ["keepassxc-cli", "import", "-q", "-p", "-t", "100", str(xml), str(made)]
    subprocess.run(said, input=f"{PASSWORD}\n{PASSWORD}\n", text=True, check=True, capture_output=True)
    return made


def theirs(folder: Path, count: int) -> Outcome:
    """Let `keepassxc-cli merge` join two databases of as many entries with the same edits."""
    target, source = (_database(folder, count, mark, side) for side, mark in enumerate("AB"))
    merge = ["keepassxc-cli", "merge", "-q", "-s", str(target), str(source)]
    cost = cost_of_program(merge, f"{PASSWORD}\n")
    before = shutil.copyfile(target, folder / "once.kdbx").read_bytes()
    subprocess.run(merge, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)
    again = "nothing changes" if target.read_bytes() == before else "written anew"
    said = ["keepassxc-cli", "export", "-q", "-f", "xml", str(target)]
    told = subprocess.run(said, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True).stdout
    group = XML.fromstring(told).find("./Root/Group")
    assert group is not None
    shown = {
        one.findtext("UUID"): {part.findtext("Key"): part.findtext("Value") for part in one.findall("String")}
        for one in group.findall("Entry")
    }
    lost: Counter[str] = Counter()
    for number in range(count):
        end, values = fate(number), shown.get(_id(number))
        if end == APART:
            lost[end] += not values or not (values["UserName"] and values["URL"])
        elif end == SAME:
            seen = " ".join(str(value) for value in (values or {}).values())
            lost[end] += not ("Өзгерді A" in seen and "Өзгерді B" in seen)
        elif end == DELETED:
            lost[end] += not values
    known = {_id(number) for number in range(count)}
    return Outcome(lost, len(shown.keys() - known), 0, again, cost)


def compare(folder: Path, count: int) -> None:
    """Merge on both sides and print what was lost."""
    notes = [
        f"{count:,} entries; lost: what one side wrote is not in what the program shows, and nothing tells of it.",
        "ours keeps both values as an open conflict; theirs keeps the loser in the entry's history at best.",
        "ours: taking in a signed, encrypted file; the memory is a bound from above. theirs: 100 ms for the key.",
    ]
    places = (folder / "ours", folder / "theirs")
    for place in places:
        place.mkdir()
    version = require("keepassxc-cli", "keepassxc")
    outcomes = (("ours", ours(places[0], count)), (f"keepassxc-cli {version}", theirs(places[1], count)))
    of_each = Counter(map(fate, range(count)))
    heads = ("", *(f"lost: {end} (of {of_each[end]})" for end in (SAME, APART, DELETED)), "new", "open conflicts")
    rows = [
        (name, *(one.lost[end] for end in (SAME, APART, DELETED)), one.new, one.open, one.again, one.cost)
        for name, one in outcomes
    ]
    table("Merging: what is lost without a sign", (*heads, "once more", "time and memory"), rows, notes)
