"""What is kept about a person: all of it, and nothing about others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ethnomed_desktop.app import documents, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.person_report import person_report
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import AnyRef, Ref, Refs
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.store.queries.references import referring

Add = Callable[..., Recorded]


@pytest.fixture
def person(add: Add) -> Recorded:
    return add("person", surname="Әлиева", given_name="Мәрзия", phones=["+7 701 000 11 22"])


def text(ctx: AppContext, uid: bytes, language: str) -> str:
    data = documents.gather(ctx, "person-report", uid)
    printed = documents.make("person-report", data, documents.Order(language, on=date(2026, 11, 21)))
    return " ".join(documents.read_back(printed.pdf).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_card_and_records_stand_in_it_and_others_do_not(
    council: AppContext, add: Add, person: Recorded, language: str
) -> None:
    other = add("person", surname="Жақсыбеков", given_name="Ерлан")
    meeting = add("meeting", starts="2026-11-20T10:00", heading="Ағын су туралы", chair=uid_text(person.uid))
    add("attendance", meeting=uid_text(meeting.uid), person=uid_text(person.uid), capacity="member")
    add("attendance", meeting=uid_text(meeting.uid), person=uid_text(other.uid), capacity="member")
    said = text(council, person.uid, language)
    assert "Мәрзия" in said
    assert "701" in said
    assert "Ағын су туралы" in said
    assert "Жақсыбеков" not in said
    with council.reading() as connection:
        data = person_report(connection, person.uid, True).by_language[language]
    assert len(data.named) == 2
    assert all(all(cells[:3]) for cells in data.named)


def test_every_kind_of_reference_is_followed(council: AppContext, person: Recorded) -> None:
    """A field that may name a person and is not asked would make the report untrue."""
    followed = (Ref, Refs, AnyRef)
    fields = [(kind.name, one) for kind in KINDS.values() for one in kind.all_fields]
    pointing = [one for _, one in fields if getattr(one.type, "kind", None) == "person"]
    assert pointing
    assert all(isinstance(one.type, followed) for one in pointing)
    with council.reading() as connection:
        assert referring(connection, person.uid) == {}


def test_a_card_in_the_trash_is_still_reported(council: AppContext, person: Recorded) -> None:
    records.withdraw(council, person.uid, "Қате жазылған")
    with council.reading() as connection:
        assert person_report(connection, person.uid, True).by_language["kk"].withdrawn
    assert "Мәрзия" in text(council, person.uid, "kk")


def test_it_is_made_of_people_only(council: AppContext, add: Add, tmp_path: Path) -> None:
    meeting = add("meeting", starts="2026-11-20T10:00", heading="Ағын су туралы")
    with pytest.raises(UserError, match=r"record\.unknown"):
        documents.gather(council, "person-report", meeting.uid)
    with pytest.raises(UserError, match=r"record\.unknown"):
        documents.gather(council, "person-report", bytes(16))
