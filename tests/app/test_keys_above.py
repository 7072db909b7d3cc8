"""The stolen key of a region, and the laptops two steps below it, which never compared words with the region."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import exchange_keys, lists, records, users, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import Report, preview, receive
from ethnomed_desktop.domain.clock import FixedClock

from .conftest import CHEAP
from .keys import SECOND, Office
from .test_exchange_tiers import require_sound
from .tiers import Tiers, tiers


@contextmanager
def region_of_two(folder: Path, clock: FixedClock) -> Iterator[tuple[Tiers, Office]]:
    """Make the tiers with a second person in the region; the one or the other opens it."""
    with tiers(folder, clock) as made:
        users.add_user(made.region, "Асқаров", "chair", SECOND, label="Бауыржан", params=CHEAP, minimum=CHEAP)
        office = Office(made.region, made.district, folder / "keys", clock)
        office.name_both()
        try:
            yield made, office
        finally:
            vault.close(office.hub)


def said(ctx: AppContext) -> set[object]:
    return {one.values["subject"] for one in lists.list_records(ctx, lists.ListQuestion("request")).rows}


def ask(ctx: AppContext, subject: str) -> None:
    records.record(ctx, "request", {"subject": subject})


def down(office: Office, made: Tiers) -> Report:
    """From the region to the district, where words are compared where that is needed, and on to the laptop."""
    office.pass_on(office.hub, made.district, confirmed=True)
    return office.pass_on(made.district, made.laptop)


def key_above(ctx: AppContext, root: bytes) -> bytes:
    with ctx.writing(None) as connection:
        return identity.standing(ctx, connection).authority._by_name[root.hex()].public


def test_laptops_follow_a_stolen_key_that_their_own_office_vouches_for(tmp_path: Path, clock: FixedClock) -> None:
    with region_of_two(tmp_path, clock) as (made, office):
        ask(office.hub, "Бұрынғы")
        down(office, made)
        with office.hub.writing(None) as connection:
            root = identity.standing(office.hub, connection).root
        old = key_above(made.laptop, root)
        for _twice in range(2):
            assert office.change(stolen=True).done
        ask(office.hub, "Кейінгі")
        report = down(office, made)
        assert report.vouched_for == "Жамбыл облысы"
        assert (report.root_words, report.key_of, report.held) == ((), "", 0)
        assert key_above(made.laptop, root) == key_above(office.hub, root) != old
        assert said(made.laptop) == said(made.district) == {"Бұрынғы", "Кейінгі"}
        ask(office.hub, "Тағы")
        assert down(office, made).vouched_for == ""
        assert "Тағы" in said(made.laptop)
        require_sound(office.hub, made.district, made.laptop)


def test_without_that_word_nothing_of_the_new_key_counts_and_nothing_is_lost(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with region_of_two(tmp_path, clock) as (made, office):
        assert office.change(stolen=True).done
        ask(office.hub, "Кейінгі")
        with monkeypatch.context() as silent:
            silent.setattr(identity, "vouch", lambda *given: None)
            assert down(office, made).vouched_for == ""
        assert said(made.laptop) == set()
        assert said(made.district) == {"Кейінгі"}
        with made.district.writing(None) as connection:
            own = identity.standing(made.district, connection)
            (pin,) = (one for one in own.authority.pins if one != own.root and own.authority.chain(one).steps)  # type: ignore[union-attr]
            mark = own.authority.chain(pin).end  # type: ignore[union-attr]
            identity.vouch(made.district, connection, own, {pin: (mark,)})
        assert office.pass_on(made.district, made.laptop).vouched_for == "Жамбыл облысы"
        assert said(made.laptop) == {"Кейінгі"}


def test_a_laptop_vouches_for_nobody_and_a_preview_says_nothing(tmp_path: Path, clock: FixedClock) -> None:
    with region_of_two(tmp_path, clock) as (made, office):
        assert office.change(stolen=True).done
        (file,) = office.sent(office.hub, made.district)
        preview(made.district, file, "kk")
        assert not vouches(made.district)
        receive(made.district, file, "kk", root_confirmed=True)
        assert len(vouches(made.district)) == 1
        receive(made.district, file, "kk", root_confirmed=True)
        assert len(vouches(made.district)) == 1
        with made.laptop.writing(None) as connection:
            own = identity.standing(made.laptop, connection)
            identity.vouch(made.laptop, connection, own, {own.authority.pins[-1]: (bytes(32),)})
        assert not vouches(made.laptop)


def test_what_was_vouched_for_is_said_anew_by_the_next_key(tmp_path: Path, clock: FixedClock) -> None:
    """The district's own key is stolen too: what its computer did not compare itself is not said anew."""
    with region_of_two(tmp_path, clock) as (made, office):
        assert office.change(stolen=True).done
        office.pass_on(office.hub, made.district, confirmed=True)
        with made.district.writing(None) as connection:
            own = identity.standing(made.district, connection)
            identity.vouch(made.district, connection, own, {own.authority.pins[-1]: (b"\x99" * 32,)})
            anew, _ = exchange_keys._said_anew(connection, own, own.me.signer, doubtful=True)
        kept = [one.body["change"] for one in anew if one.type == "vouch"]
        assert len(kept) == 1
        assert kept != ["99" * 32]


def vouches(ctx: AppContext) -> list[object]:
    with ctx.writing(None) as connection:
        known = identity.standing(ctx, connection).authority.statements
        return [one for one in known.values() if one.type == "vouch"]
