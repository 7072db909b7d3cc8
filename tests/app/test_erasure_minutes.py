"""Closed minutes are kept: their people are anonymised, number and date stay, and the paper says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import meetings, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.documents import Order as Printing
from ethnomed_desktop.app.documents import gather_minutes, lay_out, read_back
from ethnomed_desktop.app.erasure import Order, erase
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.naming import stand_in
from ethnomed_desktop.i18n.catalogs import Catalog
from tests.erased_words import everything

KK = Catalog.load("kk")
SURNAME = "Жұмбақтасов"


@pytest.fixture
def closed(council: AppContext, add: Callable[..., Recorded]) -> tuple[bytes, bytes]:
    """Numbered minutes in which a person spoke, was responsible and is named in a text; and the person."""
    person = add("person", surname=SURNAME, given_name="Серік", post="мұрап").uid
    with council.reading() as connection:
        body = uid_text(own_bodies(connection)[0].uid)
    words = {"chair_words": "Ә. Төраға", "secretary_words": "Б. Хатшы"}
    meeting = add("meeting", organisation=body, starts="2026-11-20T10:00", **words).uid
    add("attendance", meeting=uid_text(meeting), person=uid_text(person), capacity="member")
    item = add("agenda_item", meeting=uid_text(meeting), title="Су", position=1, heard=f"{SURNAME} баяндады.").uid
    add("decision", agenda_item=uid_text(item), position=1, text=f"{SURNAME} арықты тазаласын.")
    meetings.finish_meeting(council, meeting)
    return meeting, person


def test_the_number_stays_and_the_paper_says_so(council: AppContext, closed: tuple[bytes, bytes]) -> None:
    meeting, person = closed
    before = records.show(council, meeting).values["number"]
    erase(council, Order(person, Mode.ANONYMISE, "persons_request", confirm=SURNAME), KK)
    after = records.show(council, meeting)
    assert (after.values["number"], after.values["state"]) == (before, "numbered")
    assert after.values["anonymised_on"] == "2026-11-21"
    data = gather_minutes(council, meeting)
    code = f"[{stand_in(person)}]"
    assert data.present[0].name == code
    for language, said in (
        ("kk", "2026 жылғы 21 қараша"),
        ("ru", "21 ноября 2026 года"),
        ("en", "21 November 2026"),
    ):
        text = " ".join(read_back(lay_out(data, Printing(language), council).pdf).split())
        assert said in text
        assert code in text.replace("\u00a0", " ")
        assert SURNAME not in text
    assert SURNAME.lower() not in everything(council.vault.store)
    assert vault.rebuild(council).sound


def test_closed_minutes_are_not_erased(council: AppContext, closed: tuple[bytes, bytes]) -> None:
    meeting, _person = closed
    with pytest.raises(NotAllowed, match=r"erasure\.sealed"):
        erase(council, Order(meeting, Mode.ERASE, "error", confirm="1"), KK)


def test_erasing_a_person_keeps_the_parts_of_closed_minutes(
    council: AppContext, closed: tuple[bytes, bytes], tmp_path: Path
) -> None:
    meeting, person = closed
    erase(council, Order(person, Mode.ERASE, "withdrawn_consent", confirm=SURNAME), KK)
    data = gather_minutes(council, meeting)
    assert [one.name for one in data.present] == [f"[{stand_in(person)}]"]
    assert SURNAME not in str(data)
