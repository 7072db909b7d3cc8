"""Taking files in against bare inserts, sending little from little and from much, merging against KeePassXC."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from grown_office import confirmed, grow
from raw_rows import RawWriter, check_layout, marks, rows_after
from samples import Office
from timing import Ratio, arguments, profiled, seconds, show, side_by_side

from ethnomed_desktop.app import exchange
from ethnomed_desktop.app.records import revise
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.store import Written
from ethnomed_desktop.store.vault_keys import subkeys
from tests.app.offices import Computer, offices, pass_on

QUICK, FULL = 3_000, 20_000
SMALL, LARGE = 10_000, 1_000_000
CHANGES = 100
NOTES = (
    "taking in – ours: age, signatures, every line checked, log, projection, report; other: the ready rows.",
    "sending – ours: 100 changes from the larger store; other: from the smaller one.",
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


def taking_in(folder: Path, count: int, rounds: int, *, profile: bool) -> Ratio:
    """A hub takes in new records of a laptop; the other side writes the same rows with the bare driver."""
    hub, laptop = offices(folder, 2)
    pass_on(laptop, hub, folder / "stick")
    fill(laptop, count)
    files = exchange.send(laptop.ctx, hub.replica, folder).files
    hub.close()
    check_layout(laptop.ctx.vault.store)

    def copied(number: int) -> Computer:
        return hub.copy(folder / f"copy-{number}", hub.machine)

    first = copied(-1)
    before = marks(first.ctx.vault.store)
    for file in files:
        first.receive(file)
    bundles = rows_after(first.ctx.vault.store, before)
    first.close()
    key = subkeys(hub.unlocked.vault_key).db

    def ours(number: int) -> float:
        one = copied(number)
        assert one.ctx
        taken = seconds(lambda: [one.receive(file) for file in files])
        one.close()
        shutil.rmtree(one.folder)
        return taken

    def other(number: int) -> float:
        one = copied(1000 + number)
        raw = RawWriter(one.folder / "store.db", key)
        taken = seconds(lambda: [raw.write(bundle) for bundle in bundles])
        raw.connection.close()
        shutil.rmtree(one.folder)
        return taken

    if profile:
        profiled(lambda: ours(0))
    return side_by_side(f"taking in {count:,} new records", ours, other, rounds, 2.0, 1.5)


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

    runs = [lambda number, side=side: sent(side, number) for side in sides]  # type: ignore[misc]
    return side_by_side(f"sending {CHANGES} of {large:,} / {small:,}", runs[0], runs[1], rounds, 1.5)


def keepassxc() -> str:
    """Say whether the comparison with KeePassXC can be made here."""
    if shutil.which("keepassxc-cli") is None:
        return "merging against keepassxc-cli: not measured, it is not installed here."
    version = subprocess.run(["keepassxc-cli", "--version"], capture_output=True, text=True, check=True).stdout
    return f"merging against keepassxc-cli {version.strip()}: not measured yet."


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    count = FULL if options.full else QUICK
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        (folder / "out").mkdir()
        ratios = [
            taking_in(folder / "in", count, options.rounds, profile=options.profile),
            sending(folder / "out", SMALL, LARGE if options.full else 10 * SMALL, options.rounds),
        ]
    show("Exchange", ratios, (*NOTES, keepassxc()))


if __name__ == "__main__":
    main()
