"""Kazakh and Russian side by side: row beside row, once what was written once, signed once."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.attendance_list import AttendanceSheet, attendance_pdf
from ethnomed_desktop.documents.consent_form import ConsentForm, consent_pdf
from ethnomed_desktop.documents.minutes import minutes_pdf, minutes_texts
from ethnomed_desktop.documents.minutes_data import Attendee, Extract, Item, MinutesData, Speech
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.documents.two_columns import two_columns
from ethnomed_desktop.domain.errors import UsageError
from tests.documents import samples
from tests.documents.conftest import Golden

BOTH = ("kk", "ru")


def both_written() -> MinutesData:
    second = replace(samples.elders("ru"), partly=False)
    return replace(samples.elders("kk"), second=second)


def beside(data: MinutesData, form: str = "full", **more: object) -> bytes:
    return minutes_pdf(data, BOTH, form, beside=True, **more)  # type: ignore[arg-type]


def said(data: MinutesData, form: str = "full", **more: object) -> str:
    return pages.flowing_text(beside(data, form, **more))


def places(pdf: bytes, words: str) -> list[tuple[int, float, float]]:
    """Return page, left edge and height from below of each place where the words begin."""
    import pypdfium2

    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in range(len(document)):
            text = document[page].get_textpage()
            searcher = text.search(words, match_case=True)
            while (hit := searcher.get_next()) is not None:
                left, _bottom, _right, top = text.get_charbox(hit[0], loose=True)
                found.append((page, left, top))
    return found


def test_minutes_side_by_side_look_as_agreed(golden: Golden) -> None:
    golden.same("minutes_beside", beside(both_written()))


def test_minutes_written_in_one_language_look_as_agreed(golden: Golden) -> None:
    data = replace(
        samples.elders("kk"), draft=True, present=(*samples.crowd(16), Attendee("Ли Виктор", remote=True))
    )
    golden.same("minutes_beside_once", beside(data, theme=Theme(size=12)))


@pytest.mark.parametrize(
    ("kazakh", "russian"),
    [("ХАТТАМА", "ПРОТОКОЛ"), ("КҮН ТӘРТІБІ:", "ПОВЕСТКА ДНЯ:"), ("1.1.", "1.1."), ("Екі отбасымен", "С обеими")],
)
def test_what_belongs_together_begins_at_one_height(kazakh: str, russian: str) -> None:
    pdf = beside(both_written())
    left, right = places(pdf, kazakh)[0], places(pdf, russian)[-1]
    assert left[0] == right[0]
    assert left[1] < 297 < right[1]
    assert left[2] == pytest.approx(right[2], abs=1)


def test_it_is_signed_once_with_the_posts_in_both_languages() -> None:
    text = said(both_written())
    assert text.count("Төраға / Председатель Б. Әбдірахманов") == 1
    assert text.count("Хатшы / Секретарь Г. Һәкімова") == 1


def test_a_text_written_once_stands_once_in_the_column_of_its_language_with_a_mark() -> None:
    text = said(samples.elders("kk"))
    assert text.count("Екі отбасымен жеке") == 1
    assert "1.1. (текст на казахском языке)" in text
    assert "тілінде)" not in text
    russian = said(samples.elders("ru"))
    assert russian.count("С обеими семьями") == 1
    assert "1.1. (мәтін орыс тілінде)" in russian
    assert places(beside(samples.elders("ru")), "С обеими")[0][1] > 297


def test_a_long_russian_speech_in_kazakh_minutes_stands_on_the_right() -> None:
    speech = "Предложение по графику полива поддерживаю, прошу только учесть дни, когда воды мало."
    item = Item("Ағын су кезегі туралы", speeches=(Speech(speech, Attendee("Петренко Олег", "О. Петренко")),))
    pdf = beside(replace(samples.elders("kk"), agenda=(item,)))
    assert places(pdf, "Предложение по")[0][1] > 297
    assert "О. Петренко – (мәтін орыс тілінде)" in pages.flowing_text(pdf)


def test_a_few_missing_translations_are_marked_and_the_rest_is_there() -> None:
    data = both_written()
    assert data.second is not None
    item = replace(data.second.agenda[1], heard=data.agenda[1].heard)
    second = replace(data.second, agenda=(data.second.agenda[0], item), partly=True)
    text = said(replace(data, second=second))
    assert text.count("(текст на казахском языке)") == 1
    assert "Докладчик сообщил" in text


def test_one_after_the_other_says_so_where_words_were_not_translated() -> None:
    data = both_written()
    assert data.second is not None
    sentence = "Тексты приведены на том языке"
    assert sentence not in pages.flowing_text(minutes_pdf(data, BOTH))
    partly = replace(data, second=replace(data.second, partly=True))
    assert sentence in pages.flowing_text(minutes_pdf(partly, BOTH))
    assert "С обеими семьями" in pages.flowing_text(minutes_pdf(partly, ("ru",)))


@pytest.mark.parametrize("size", [12, 14])
def test_a_speech_over_many_pages_is_printed_whole_on_both_sides(size: int) -> None:
    def long(language: str, word: str) -> MinutesData:
        words = " ".join(f"{word}{number}" for number in range(3000))
        return replace(samples.elders(language), agenda=(Item(word, speeches=(Speech(words),)),))

    data = replace(long("kk", "сөз"), second=long("ru", "слово"))
    pdf = beside(data, theme=Theme(size=size))
    whole = pages.flowing_text(pdf)
    for word in ("сөз", "слово"):
        found = [int(number) for number in re.findall(rf"\b{word}(\d+)", whole)]
        assert sorted(found) == list(range(3000))
        assert all(one < other for one, other in pairwise(found))


@pytest.mark.parametrize("lines", range(1, 40, 3))
def test_the_signatures_never_stand_alone(lines: int) -> None:
    heard = "\n".join(["Сөйлем осында тұр."] * lines)
    data = replace(samples.elders("kk"), agenda=(Item("Сұрақ", heard=heard),), tasks=(), outcome="", annexes=())
    pdf = beside(data)
    last = pages.text(pdf, pages.count(pdf) - 1)
    assert "Сөйлем" in last
    assert "Төраға / Председатель" in last
    assert "Хатшы / Секретарь" in last


@pytest.mark.parametrize("lines", range(0, 40, 3))
def test_no_label_stands_alone_at_the_foot(lines: int) -> None:
    heard = "\n".join(["Сөйлем осында тұр."] * lines)
    items = (Item("Бірінші", heard=heard), Item("Екінші сұрақ", heard="Тыңдалды."))
    pdf = beside(replace(samples.elders("kk"), agenda=items, tasks=()))
    for page in range(pages.count(pdf)):
        rows = [line.strip() for line in pages.text(pdf, page).strip().splitlines() if line.strip()]
        assert not re.search("ТЫҢДАЛДЫ:$|СЛУШАЛИ:$", rows[-1])


def test_short_form_and_extract_stand_side_by_side_too() -> None:
    assert "мурабу" not in said(both_written(), "short")
    text = said(both_written(), "extract", extract=Extract(2))
    assert "ВЫПИСКА ИЗ ПРОТОКОЛА" in text
    assert "Выписка верна" in text


def test_the_list_to_sign_is_one_list_in_two_languages() -> None:
    pdf = attendance_pdf(AttendanceSheet((samples.BODY,), expected=samples.crowd(3)), BOTH, beside=True)
    text = pages.flowing_text(pdf)
    assert text.count("Әліұлы Құдайберген 2-ші") == 1
    assert "Қолы / Подпись" in text


def test_the_person_of_a_consent_is_named_in_both_languages() -> None:
    pdf = consent_pdf(ConsentForm("Серікұлы Асқар", purpose="Встречи сторон и переговоры"), BOTH, beside=True)
    text = pages.flowing_text(pdf)
    assert text.count("Серікұлы Асқар") == 3, "the name is marked as Russian"  # both columns, and the line to sign
    assert text.count("(мәтін орыс тілінде)") == 1  # the purpose alone


@pytest.mark.parametrize("languages", [("kk",), ("kk", "kk"), ("kk", "ru", "en")])
def test_only_two_languages_stand_side_by_side(languages: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        minutes_pdf(samples.elders(), languages, beside=True)
    with pytest.raises(UsageError):
        attendance_pdf(AttendanceSheet((samples.BODY,)), languages, beside=True)


def test_texts_that_are_not_built_alike_are_not_mixed_up() -> None:
    left, right = minutes_texts(samples.elders(), BOTH, beside=True)
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        two_columns(left, replace(right, content=right.content[1:]), Theme())
    with pytest.raises(ValueError, match="not built alike"):
        two_columns(left, replace(right, content=[*right.content[1:], right.content[0]]), Theme())
