"""Posts stand in the language of each column of minutes and lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import gather, gather_minutes
from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.attendance_list import attendance_pdf
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.domain.ids import uid_text

Add = Callable[..., records.Recorded]


@pytest.fixture
def meeting(council: AppContext, add: Add) -> bytes:
    """The chair's post is known in two languages, the member's in one; a guest stands in words."""
    posts = {"post": "ұстаз", "post_kk": "мектеп мұғалімі", "post_ru": "учитель школы"}
    chair = uid_text(add("person", surname="Серікұлы", given_name="Асқар", **posts).uid)
    member = uid_text(add("person", surname="Өтегенова", given_name="Гүл", post="дәрігер").uid)
    made = add("meeting", starts="2026-11-20T10:00", chair=chair, secretary_words="Б. Хатшы")
    own = uid_text(made.uid)
    add("attendance", meeting=own, person=chair, capacity="member")
    add("attendance", meeting=own, person=member, capacity="absent", reason="науқас", reason_second="больна")
    words = {"words": "Ы. Исмаилов, диқан", "words_second": "И. Исмаилов, фермер"}
    add("attendance", meeting=own, capacity="invited", **words)
    add("agenda_item", meeting=own, title="Ағын су", position=1)
    return made.uid


def printed(ctx: AppContext, uid: bytes, *languages: str, beside: bool = False) -> str:
    return pages.flowing_text(minutes_pdf(gather_minutes(ctx, uid), languages, beside=beside))


def test_each_language_has_its_own_posts(council: AppContext, meeting: bytes) -> None:
    kazakh, russian = printed(council, meeting, "kk"), printed(council, meeting, "ru")
    assert "Серікұлы Асқар, мектеп мұғалімі" in kazakh
    assert "учитель" not in kazakh
    assert "Ы. Исмаилов, диқан" in kazakh
    assert "дәрігер – науқас" in kazakh
    assert "Серікұлы Асқар, учитель школы" in russian
    assert "мұғалімі" not in russian
    assert "И. Исмаилов, фермер" in russian
    assert "дәрігер – больна" in russian, "a post known in one language is printed as it is"


def test_what_has_no_other_language_is_printed_as_written(council: AppContext, meeting: bytes) -> None:
    assert "Серікұлы Асқар, ұстаз" in printed(council, meeting, "en")


def test_two_columns_have_each_post_on_its_side(council: AppContext, meeting: bytes) -> None:
    text = printed(council, meeting, "kk", "ru", beside=True)
    for words in ("мектеп мұғалімі", "учитель школы", "диқан", "фермер"):
        assert words in text


def test_the_list_at_the_door_too(council: AppContext, meeting: bytes) -> None:
    made = gather(council, "attendance-list", meeting)
    both = pages.flowing_text(attendance_pdf(made, ("kk", "ru"), beside=True))
    assert "мектеп мұғалімі" in both
    assert "учитель школы" in both
