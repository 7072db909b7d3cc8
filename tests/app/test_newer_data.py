"""What a newer program writes comes through an older one: kept, forwarded untouched, told, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange, records, vault
from ethnomed_desktop.app.exchange_receiving import preview
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.ui.records.reading import NEWER, card

from .newer_program import STRANGE_FIELD, write_strangely
from .offices import Computer, meet, offices, pass_on


@pytest.fixture
def three(tmp_path: Path) -> list[Computer]:
    """A hub and two laptops; the first laptop is given what a newer program writes."""
    made = offices(tmp_path, 3)
    yield made  # type: ignore[misc]
    for computer in made:
        computer.close()


def test_fields_and_kinds_of_a_newer_program_pass_through_an_older_hub(
    three: list[Computer], tmp_path: Path
) -> None:
    hub, newer, last = three
    stick = tmp_path / "stick"
    meet(hub, [newer, last], stick)
    person = records.record(newer.ctx, "person", {"surname": "Ли"}).value.uid
    letter = write_strangely(newer.ctx, person)
    (report,) = pass_on(newer, hub, stick)
    assert report.newer == 2, "a field and a whole record"
    records.revise(hub.ctx, person, {"given_name": "Ия"})
    pass_on(hub, last, stick)
    office = hub.ctx.vault.store.office.stream
    assert newer.lines(office) <= last.lines(office), "byte for byte"
    assert hub.total() == last.total()
    for computer in (hub, last):
        seen = records.show(computer.ctx, person)
        assert dict(seen.unknown) == {STRANGE_FIELD: "Құрдас"}
        assert (seen.values["surname"], seen.values["given_name"]) == ("Ли", "Ия")
        computer.require_sound()
    pass_on(last, hub, stick)
    pass_on(hub, newer, stick)
    assert newer.total() == hub.total()
    assert any(letter.hex().encode() in line for _stream, _who, line in last.lines(office))


@pytest.mark.parametrize(("language", "words"), [("kk", "Өрістер: 1."), ("ru", "Полей: 1."), ("en", "Fields: 1.")])
def test_the_card_says_that_there_is_more(three: list[Computer], language: str, words: str) -> None:
    newer = three[1]
    person = records.record(newer.ctx, "person", {"surname": "Ли"}).value.uid
    assert not [
        row for row in card(newer.ctx, uid_text(person), (), Catalog.load(language)).rows if row.field == NEWER
    ]
    write_strangely(newer.ctx, person)
    (row,) = [
        one for one in card(newer.ctx, uid_text(person), (), Catalog.load(language)).rows if one.field == NEWER
    ]
    assert row.text.startswith(words)


def test_looking_at_newer_data_tells_how_much_and_changes_nothing(three: list[Computer], tmp_path: Path) -> None:
    hub, newer, _last = three
    write_strangely(newer.ctx, records.record(newer.ctx, "person", {"surname": "Ли"}).value.uid)
    (tmp_path / "stick").mkdir()
    (file,) = exchange.send(newer.ctx, hub.replica, tmp_path / "stick").files
    before = hub.total()
    assert preview(hub.ctx, file, "kk").newer == 2
    assert hub.total() == before
    assert all(one.sound for one in vault.check(hub.ctx))
