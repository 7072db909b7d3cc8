"""Real vaults that meet only by files, with everything that happens to files, disks and clocks.

At the end all exchange through the hub until nobody has anything to say: then all must be equal, whole,
as the oracle says, and nothing that anybody saw saved may be missing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from ethnomed_desktop.app import exchange, records
from ethnomed_desktop.app.erasure import Order, erase
from ethnomed_desktop.app.erasure_plan import plan
from ethnomed_desktop.app.exchange_receiving import may_undo, preview, undo_receive
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed
from ethnomed_desktop.i18n.catalogs import Catalog
from tests.app.keys import Elsewhere
from tests.app.newer_program import write_strangely
from tests.app.offices import MOST, Computer, Line, enrol_again, hand_over, meet, offices, require_agreement

KAZAKH = Catalog.load("kk")
TEXT = "Бірінші жол.\n\nЕкінші жол.\n\nҮшінші жол."
VALUES: dict[str, list[object]] = {
    "surname": ["Әлиев", "Ли", "О'Нил", "<b>"],
    "given_name": ["Ән", "Ия", None],
    "tags": [[], ["а"], ["б"], ["а", "б"]],
    "note": [TEXT, TEXT.replace("Бірінші", "Басқа"), TEXT + "\n\nТөртінші жол.", None],
}
YEAR = 365 * 86_400_000
SKEWS = [0, -3 * YEAR, 25 * YEAR]
REFUSED = {
    "exchange.not_for_us",  # addressed to an id that the computer had before
    "exchange.unknown_sender",  # a new id that the taker has not heard of yet
    "exchange.revoked_sender",
    "exchange.old_key",  # made by a key of the hub that has been replaced since
}
NOT_SENT = {"exchange.enrol_again", "exchange.recipient_unknown", "exchange.recipient_revoked"}
WHO = st.integers(0, 9)
WHICH = st.integers(0, 99)


class Offices(RuleBasedStateMachine):
    """A hub and laptops, a stick with files, copies of disks."""

    most = 4
    """Computers at the beginning; copied disks make one more."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.stick = self.root / "stick"
        self.hub: Computer
        self.laptops: list[Computer] = []
        self.mail: list[tuple[Path, Computer]] = []
        self.uids: list[bytes] = []
        self.saved: list[tuple[Computer, str, Path]] = []
        self.made = 0
        self.neighbour: Computer
        self.persons: Elsewhere | None = None
        self.hub_went_back = False

    @initialize(count=st.integers(2, MOST - 1), skews=st.lists(st.sampled_from(SKEWS), min_size=4, max_size=4))
    def open(self, count: int, skews: list[int]) -> None:
        self.stick.mkdir()
        self.hub, *self.laptops, self.neighbour = offices(self.root, min(count, self.most) + 1)
        for computer, skew in zip(self.everybody, skews, strict=False):
            computer.clock.advance(skew)

    @property
    def everybody(self) -> list[Computer]:
        return [self.hub, *self.laptops]

    def _who(self, number: int) -> Computer:
        computer = self.everybody[number % len(self.everybody)]
        computer.clock.advance(1000)
        return computer

    def _new_path(self, name: str) -> Path:
        self.made += 1
        return self.root / f"{name}-{self.made}"

    def written(self) -> set[Line]:
        office = self.hub.ctx.vault.store.office.stream
        return set().union(*(one.lines(office) for one in self.everybody))

    @rule(who=WHO, choice=WHICH)
    def record(self, who: int, choice: int) -> None:
        values = {name: of[choice % len(of)] for name, of in VALUES.items() if of[choice % len(of)]}
        self.uids.append(records.record(self._who(who).ctx, "person", values).value.uid)

    @precondition(lambda self: self.uids)
    @rule(who=WHO, which=WHICH, name=st.sampled_from(sorted(VALUES)), choice=WHICH)
    def revise(self, who: int, which: int, name: str, choice: int) -> None:
        value = VALUES[name][choice % len(VALUES[name])]
        self._try(lambda: records.revise(self._who(who).ctx, self._uid(which), {name: value}))

    @precondition(lambda self: self.uids)
    @rule(who=WHO, which=WHICH)
    def write_with_a_newer_program(self, who: int, which: int) -> None:
        """A field and a record of which none of the programs here knows anything."""
        self._try(lambda: write_strangely(self._who(who).ctx, self._uid(which)))

    @precondition(lambda self: self.uids)
    @rule(who=WHO, which=WHICH)
    def withdraw_or_restore(self, who: int, which: int) -> None:
        ctx, uid = self._who(who).ctx, self._uid(which)
        try:
            records.withdraw(ctx, uid, "екі рет жазылған")
        except EthnomedError as error:
            if error.code == "record.withdrawn":
                records.restore(ctx, uid)

    @precondition(lambda self: self.uids)
    @rule(which=WHICH, anonymise=st.booleans())
    def erase(self, which: int, anonymise: bool) -> None:
        self.hub.clock.advance(1000)
        mode = Mode.ANONYMISE if anonymise else Mode.ERASE
        self._try(lambda: self._erase(self.hub, Order(self._uid(which), mode, "error")))

    @staticmethod
    def _erase(hub: Computer, order: Order) -> None:
        words = plan(hub.ctx, order.uid, order.mode, KAZAKH)
        erase(hub.ctx, replace(order, confirm=words.confirm), KAZAKH)

    def _uid(self, which: int) -> bytes:
        return self.uids[which % len(self.uids)]

    @staticmethod
    def _try(work: Callable[[], object]) -> None:
        try:
            work()
        except EthnomedError as error:  # the record is not here yet, or lies in the trash
            if not error.code.startswith("record."):
                raise

    @rule(who=WHO, up=st.booleans(), small=st.booleans())
    def send(self, who: int, up: bool, small: bool) -> None:
        laptop = self.laptops[who % len(self.laptops)]
        giver, taker = (laptop, self.hub) if up else (self.hub, laptop)
        try:
            size = {"most_bytes": 100_000} if small else {}
            sent = exchange.send(giver.ctx, taker.replica, self.stick, **size)
        except EthnomedError as error:
            if error.code not in {*NOT_SENT, "exchange.part_too_small"}:
                raise
            return
        self.mail += [(file, taker) for file in sent.files]

    @precondition(lambda self: self.mail)
    @rule(which=WHICH)
    def lose(self, which: int) -> None:
        del self.mail[which % len(self.mail)]

    @precondition(lambda self: self.mail)
    @rule(which=WHICH, keep=st.booleans(), back=st.booleans())
    def deliver(self, which: int, keep: bool, back: bool) -> None:
        at = which % len(self.mail)
        file, taker = self.mail[at]
        if not keep:
            del self.mail[at]
        before = taker.total()
        try:
            preview(taker.ctx, file, "kk")
            assert taker.total() == before
            report = taker.receive(file)
        except EthnomedError as error:
            if error.code not in REFUSED or taker.total() != before:
                raise
            return
        if not report.reborn:
            self._twice_or_back(taker, file, before, back)

    def _twice_or_back(self, taker: Computer, file: Path, before: bytes, back: bool) -> None:
        once = taker.total()
        if back and may_undo(taker.ctx):
            undo_receive(taker.ctx)
            assert taker.total() == before
            taker.require_sound()
            with pytest.raises(NotAllowed):
                undo_receive(taker.ctx)
        taker.receive(file)
        assert taker.total() == once

    @precondition(lambda self: len(self.everybody) <= self.most)
    @rule(who=WHO, same_machine=st.booleans())
    def copy_disk(self, who: int, same_machine: bool) -> None:
        laptop = self.laptops[who % len(self.laptops)]
        path = self._new_path("copy")
        self.laptops.append(laptop.copy(path, laptop.machine if same_machine else str(path)))

    @rule(who=WHO, by_hand=st.booleans())
    def keep_old_state(self, who: int, by_hand: bool) -> None:
        computer = self._who(who)
        path = self._new_path("old")
        if by_hand:
            computer.close()
            shutil.copytree(computer.folder, path)
        else:
            computer.back_up(path)
        self.saved.append((computer, "folder" if by_hand else "backup", path))

    @precondition(lambda self: self.saved)
    @rule(which=WHICH)
    def go_back(self, which: int) -> None:
        computer, how, path = self.saved[which % len(self.saved)]
        if computer not in self.everybody:
            return
        self.hub_went_back = self.hub_went_back or computer is self.hub
        if how == "backup":
            computer.restore(path)
        else:
            computer.put_back(path)

    @precondition(lambda self: len(self.laptops) > 1)
    @rule(who=WHO)
    def lose_a_laptop(self, who: int) -> None:
        laptop = self.laptops.pop(who % len(self.laptops))
        try:
            if not any(laptop.replica in one.had() for one in self.laptops):
                exchange.revoke(self.hub.ctx, laptop.replica)
        except EthnomedError as error:
            if error.code != "exchange.recipient_unknown":
                raise
        laptop.close()
        self.mail = [(file, taker) for file, taker in self.mail if taker is not laptop]

    @rule(who=WHO)
    def enrol_again(self, who: int) -> None:
        laptop = self.laptops[who % len(self.laptops)]
        if laptop.ctx.vault.store.office.replica in {one.replica for one in exchange.partners(self.hub.ctx)}:
            return
        enrol_again(self.hub, laptop, self.stick)

    @rule(stolen=st.booleans())
    def replace_the_key_of_the_hub(self, stolen: bool) -> None:
        """By two people, one of whom sits elsewhere; the hub goes back to no state from before.

        A hub that went back hears everybody first, as the manual says: what it has forgotten that it
        certified meanwhile, the new key could not say anew, and a word of the old key counts nowhere.
        """
        self.hub.clock.advance(1000)
        if self.hub_went_back:
            for laptop in self.laptops:
                hand_over(self.hub, laptop, self.stick)
            self.hub_went_back = False
        if self.persons is None:
            self.persons = Elsewhere(self.neighbour.ctx, self.root / "keys")
            self.persons.named_by(self.hub.ctx)
        before = self.hub.total()
        assert self.persons.replaces(self.hub.ctx, stolen=stolen).done
        assert self.hub.total() == before
        self.saved = [one for one in self.saved if one[0] is not self.hub]

    def teardown(self) -> None:
        try:
            if self.laptops and sys.exc_info()[0] is None:
                written = self.written()
                meet(self.hub, self.laptops, self.stick)
                require_agreement(self.hub, self.laptops, written)
        finally:
            for computer in [*self.everybody, self.neighbour] if self.laptops else []:
                computer.close()
            self.folder.cleanup()


QUICK = settings(max_examples=40, stateful_step_count=25, suppress_health_check=list(HealthCheck))  # 1,000 steps
Offices.TestCase.settings = QUICK
TestOffices = pytest.mark.timeout(1200)(Offices.TestCase)  # a minute of computing, on a busy machine several


class ManyOffices(Offices):
    """Two to six of them."""

    most = MOST - 1


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_offices_for_long() -> None:
    long = settings(  # 10,000 steps
        max_examples=200, stateful_step_count=50, derandomize=False, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(ManyOffices, settings=long)  # type: ignore[no-untyped-call]
