"""A partner sees an audit trail that was altered, cut off or put back: the next file contradicts the anchor."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.app import audit as trail
from ethnomed_desktop.app import exchange, records
from ethnomed_desktop.app.exchange_anchors import Anchor
from ethnomed_desktop.app.exchange_receiving import preview
from ethnomed_desktop.store.tables import audit

from .offices import Computer, offices


@pytest.fixture
def two(tmp_path: Path) -> list[Computer]:
    hub, laptop = offices(tmp_path, 2)
    yield [hub, laptop]  # type: ignore[misc]
    hub.close()
    laptop.close()


def written(giver: Computer, taker: Computer, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    giver.clock.advance(1000)
    records.record(giver.ctx, "person", {"surname": "Ли"})
    (file,) = exchange.send(giver.ctx, taker.replica, folder).files
    return file


def notes(computer: Computer) -> list[str]:
    with computer.ctx.reading() as connection:
        return list(connection.exec_driver_sql("SELECT action FROM audit ORDER BY aid").scalars())


def test_an_honest_trail_fits_in_whatever_order_its_files_come(two: list[Computer], tmp_path: Path) -> None:
    hub, laptop = two
    files = [written(laptop, hub, tmp_path / "stick") for _ in range(3)]
    assert all(hub.receive(files[at]).trail_fits for at in (1, 0, 2, 0))
    assert "exchange.audit_broken" not in notes(hub)
    assert "exchange.audit_broken" in trail.ACTIONS


def test_a_trail_that_was_cut_off_is_told(two: list[Computer], tmp_path: Path) -> None:
    hub, laptop = two
    assert hub.receive(written(laptop, hub, tmp_path / "stick")).trail_fits
    with laptop.ctx.vault.store.database.writing() as connection:
        connection.execute(audit.delete().where(audit.c.aid > 3))
    file = written(laptop, hub, tmp_path / "stick")
    assert not preview(hub.ctx, file, "kk").trail_fits
    assert "exchange.audit_broken" not in notes(hub), "looking writes nothing"
    assert not hub.receive(file).trail_fits
    assert notes(hub).count("exchange.audit_broken") == 1


def test_files_without_an_anchor_fit() -> None:
    assert Anchor(1, 5, b"a").fits(Anchor(2, 9, b"b"))


places = st.builds(Anchor, st.integers(1, 6), st.integers(1, 6), st.sampled_from([b"a", b"b"]))


@given(places, places)
def test_the_order_does_not_matter(one: Anchor, other: Anchor) -> None:
    assert one.fits(other) == other.fits(one)
    if one.file < other.file:
        assert one.fits(other) == (one.entry < other.entry or (one.entry, one.hash) == (other.entry, other.hash))
