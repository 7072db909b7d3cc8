"""A laptop restored, or on a copied disk, after the office has gone on: erased something, replaced its key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.app.erasure import Order, erase
from ethnomed_desktop.app.erasure_plan import plan
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.i18n.catalogs import Catalog

from .keys import Elsewhere
from .offices import Computer, meet, offices, pass_on, require_agreement

KK = Catalog.load("kk")


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Computer]]:
    made = offices(tmp_path, 3)
    meet(made[0], made[1:2], tmp_path / "stick")
    yield made
    for one in made:
        one.close()


def test_own_lines_that_come_back_erased_are_no_fault(three: list[Computer], tmp_path: Path) -> None:
    """A restored laptop gets back what it wrote later, of which only hashes are left."""
    hub, laptop, _ = three
    stick, backup = tmp_path / "stick", tmp_path / "before.emb"
    laptop.back_up(backup)
    gone = records.record(laptop.ctx, "person", {"surname": "Ли"}).value.uid
    pass_on(laptop, hub, stick)
    word = plan(hub.ctx, gone, Mode.ERASE, KK).confirm
    erase(hub.ctx, Order(gone, Mode.ERASE, "persons_request", confirm=word), KK)
    before = laptop.replica
    laptop.restore(backup)
    assert laptop.replica != before
    meet(hub, [laptop], stick)
    office = hub.ctx.vault.store.office.stream
    assert any(who == before and is_erased(raw) for _one, who, raw in laptop.lines(office))
    require_agreement(hub, [laptop], hub.lines(office))


def test_an_id_that_wrote_between_two_restores_is_made_known(three: list[Computer], tmp_path: Path) -> None:
    """The first restore says under a new id what was erased; before anybody hears of it, the second follows."""
    hub, laptop, _ = three
    stick, first, second = tmp_path / "stick", tmp_path / "first.emb", tmp_path / "second.emb"
    gone = records.record(hub.ctx, "person", {"surname": "Ли"}).value.uid
    meet(hub, [laptop], stick)
    hub.back_up(first)
    word = plan(hub.ctx, gone, Mode.ERASE, KK).confirm
    erase(hub.ctx, Order(gone, Mode.ERASE, "persons_request", confirm=word), KK)
    hub.restore(first)
    hub.back_up(second)
    between = hub.replica
    hub.restore(second)
    assert hub.replica != between
    office = hub.ctx.vault.store.office.stream
    written = hub.lines(office)
    assert any(who == between for _one, who, _raw in written), "so that the test means something"
    meet(hub, [laptop], stick)
    require_agreement(hub, [laptop], written)


@pytest.mark.parametrize("stolen", [False, True])
def test_a_copied_disk_hears_of_a_key_replaced_since(three: list[Computer], tmp_path: Path, stolen: bool) -> None:
    """The office believes that it has told that id; every file says all the same who its sender is."""
    hub, laptop, neighbour = three
    stick = tmp_path / "stick"
    persons = Elsewhere(neighbour.ctx, tmp_path / "keys")
    persons.named_by(hub.ctx)
    meet(hub, [laptop], stick)
    copy = laptop.copy(tmp_path / "copy", laptop.machine)
    try:
        assert persons.replaces(hub.ctx, stolen=stolen).done
        meet(hub, [laptop], stick)
        written = records.record(hub.ctx, "person", {"surname": "Ким"}).value.uid
        assert copy.replica == laptop.replica
        pass_on(hub, copy, stick)
        assert records.show(copy.ctx, written).values["surname"] == "Ким"
        meet(hub, [laptop, copy], stick)
    finally:
        copy.close()


def test_an_erasure_waits_while_its_author_is_not_known(three: list[Computer], tmp_path: Path) -> None:
    """The file that brought it was for the original of the copied disk, and so is what the office said of it."""
    hub, laptop, neighbour = three
    stick = tmp_path / "stick"
    persons = Elsewhere(neighbour.ctx, tmp_path / "keys")
    persons.named_by(hub.ctx)
    meet(hub, [laptop], stick)
    copy = laptop.copy(tmp_path / "copy", laptop.machine)
    try:
        gone = records.record(hub.ctx, "person", {"surname": "Ким"}).value.uid
        meet(hub, [laptop], stick)
        word = plan(hub.ctx, gone, Mode.ERASE, KK).confirm
        erase(hub.ctx, Order(gone, Mode.ERASE, "persons_request", confirm=word), KK)
        (early,) = pass_on(hub, copy, stick)
        assert early.waiting
        for _ in range(2):
            assert persons.replaces(hub.ctx, stolen=True).done
            meet(hub, [laptop], stick)
        written = records.record(hub.ctx, "person", {"surname": "Ли"}).value.uid
        pass_on(hub, copy, stick)
        assert records.show(copy.ctx, written).values["surname"] == "Ли"
        meet(hub, [laptop, copy], stick)
        require_agreement(hub, [laptop, copy], hub.lines(hub.ctx.vault.store.office.stream))
    finally:
        copy.close()
