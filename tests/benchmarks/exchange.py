"""Taking files in against bare inserts; sending little from little and from much, to one of few and of many."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import deque
from functools import partial
from itertools import count as counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grown_office import confirmed, grow
from raw_rows import RawWriter, check_layout, marks, rows_after
from samples import Office
from timing import Ratio, arguments, profiled, seconds, show, side_by_side

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.age_keys import age_secret
from ethnomed_desktop.app.records import revise
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.ids import new_uid
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.exchange.statements import make_statement
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.vault_keys import subkeys
from tests.app.offices import Computer, offices, pass_on

QUICK, FULL = 3_000, 100_000
SMALL, LARGE = 10_000, 1_000_000
FEW, MANY = 10, 1_000
CHANGES = 100
NOTES = (
    "taking in – ours: age, signatures, every line checked, log, projection, report; other: the ready rows,",
    "all columns of them, two thousand in a transaction; beside: without columns that are empty in all of them.",
    "sending – ours: 100 changes from the larger store, or to one of more partners; other: of fewer.",
)


def fill(computer: Computer, count: int) -> list[bytes]:
    """Write ``count`` incidents, two thousand in a transaction."""
    office = Office.chance_only()
    uids: list[bytes] = []
    for start in range(0, count, 2000):
        with computer.ctx.unit_of_work(Action.RECORD, Written()) as work:
            for _ in range(min(2000, count - start)):
                uids.append(
                    bytes(
                        work.create(KINDS["incident"], {"settlement": "Масанчи", "what_happened": office.words(20)})
                    )
                )
    return uids


def taking_in(folder: Path, count: int, rounds: int, *, profile: bool) -> list[Ratio]:
    """A hub takes in new records of a laptop; the other side writes the same rows with the bare driver."""
    hub, laptop = offices(folder, 2)
    pass_on(laptop, hub, folder / "stick")
    fill(laptop, count)
    files = exchange.send(laptop.ctx, hub.replica, folder).files
    hub.close()
    check_layout(laptop.ctx.vault.store)
    numbers = counter()

    def copied() -> Computer:  # each in a folder of its own: one opened twice would be taken for put back
        return hub.copy(folder / f"copy-{next(numbers)}", hub.machine)

    first = copied()
    before = marks(first.ctx.vault.store)
    for file in files:
        first.receive(file)
    bundles = rows_after(first.ctx.vault.store, before)
    first.close()
    key = subkeys(hub.unlocked.vault_key).db

    def ours(_: int) -> float:
        one = copied()
        assert one.ctx
        taken = seconds(lambda: [one.receive(file) for file in files])
        one.close()
        shutil.rmtree(one.folder)
        return taken

    def other(_: int, *, narrow: bool = False) -> float:
        one = copied()
        raw = RawWriter(one.folder / "store.db", key, narrow=narrow)
        ready = raw.prepare(bundles)
        taken = seconds(lambda: deque(map(raw.write, ready), maxlen=0))
        raw.connection.close()
        shutil.rmtree(one.folder)
        return taken

    if profile:
        profiled(lambda: ours(0))
    name = f"taking in {count:,} new records"
    return [
        side_by_side(name, ours, other, rounds, 2.0, 1.5),
        side_by_side(f"{name}, empty columns aside", ours, partial(other, narrow=True), rounds, 2.0),
    ]


def sending(folder: Path, small: int, large: int, rounds: int) -> Ratio:
    """A delta of the same size from two stores of different size."""
    chance = Office.chance_only()
    texts = [chance.words(20) for _ in range(1000)]
    sides = []
    for name, count in (("large", large), ("small", small)):
        (folder / name).mkdir()
        hub, laptop = offices(folder / name, 2)
        pass_on(laptop, hub, folder / name / "stick")
        sides.append((laptop, hub.replica, folder / name, grow(laptop, texts, count)[:CHANGES]))
        hub.close()

    def sent(side: tuple[Computer, bytes, Path, list[bytes]], number: int) -> float:
        laptop, hub, target, uids = side
        confirmed(laptop, hub)
        for uid in uids:
            revise(laptop.ctx, uid, {"what_happened": f"Өзгерді {number}"})
        made = []
        taken = seconds(lambda: made.append(exchange.send(laptop.ctx, hub, target)))
        assert made[0].lines == CHANGES
        return taken

    runs = [lambda number, side=side: sent(side, number) for side in sides]
    return side_by_side(f"sending {CHANGES} of {large:,} / {small:,}", runs[0], runs[1], rounds, 1.5)


def partners(folder: Path, few: int, many: int, rounds: int) -> list[Ratio]:
    """The same delta to one of many partners, and to one of a few; the file is opened by nobody here.

    Who works with the program has asked before who his partners are; just after its start the statements of
    all of them are read and their signatures checked, once.
    """
    sides = []
    for name, count in (("many", many), ("few", few)):
        (folder / name).mkdir()
        hub, laptop = offices(folder / name, 2)
        certify(hub, count - 1)
        pass_on(hub, laptop, folder / name / "stick")
        pass_on(laptop, hub, folder / name / "stick")
        sides.append((hub, laptop.replica, folder / name, fill(hub, CHANGES)))
        laptop.close()

    def sent(side: tuple[Computer, bytes, Path, list[bytes]], number: int, *, started: bool = False) -> float:
        hub, to, target, uids = side
        confirmed(hub, to)
        for uid in uids:
            revise(hub.ctx, uid, {"what_happened": f"Өзгерді {number}"})
        if started:
            identity.forget_judged()
        made = []
        taken = seconds(lambda: made.append(exchange.send(hub.ctx, to, target)))
        assert made[0].lines == CHANGES
        return taken

    name = f"sending {CHANGES} to one of {many:,} / {few}"
    return [
        side_by_side(name, partial(sent, sides[0]), partial(sent, sides[1]), rounds, 1.5),
        side_by_side(
            f"{name}, just started",
            partial(sent, sides[0], started=True),
            partial(sent, sides[1], started=True),
            rounds,
        ),
    ]


def certify(hub: Computer, count: int) -> None:
    """Let so many computers join, without their files."""
    with hub.ctx.vault.store.database.writing() as connection:
        own = identity.standing(hub.ctx, connection)
        said = []
        for number in range(count):
            signer = Signer.generate()
            holder = Identity(new_uid(number + 1), signer, age_secret(signer.seed)).public
            grant = identity.certificate(
                hub.ctx, own.root, holder, f"Ноутбук {number}", "laptop", {own.streams[StreamClass.DISTRICT]: "rw"}
            )
            said.append(make_statement(grant.body(), [own.root_signer]))
        identity.say(connection, said, hub.ctx.clock)


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    count = FULL if options.full else QUICK
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        (folder / "out").mkdir()
        (folder / "to").mkdir()
        ratios = [
            *taking_in(folder / "in", count, options.rounds, profile=options.profile),
            sending(folder / "out", SMALL, LARGE if options.full else 10 * SMALL, options.rounds),
            *partners(folder / "to", FEW, MANY if options.full else 10 * FEW, options.rounds),
        ]
    show("Exchange", ratios, NOTES)


if __name__ == "__main__":
    main()
