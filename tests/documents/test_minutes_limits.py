"""Minutes at their limits: very long, very empty, hostile to mark-up, at the foot of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.documents.minutes_data import Attendee, Item, MinutesData, Speech, Task
from ethnomed_desktop.domain.errors import UserError
from tests.documents import samples


def with_speech(text: str, **more: object) -> MinutesData:
    item = Item("Сұрақ", speeches=(Speech(text, Attendee("Серікұлы Асқар", "А. Серікұлы")),))
    bare = replace(samples.elders(), agenda=(item,), tasks=(), outcome="", annexes=())
    return replace(bare, **more)  # type: ignore[arg-type]


def page_texts(pdf: bytes) -> list[str]:
    return [pages.text(pdf, page) for page in range(pages.count(pdf))]


def test_sixty_items_keep_their_numbers() -> None:
    agenda = tuple(Item(f"Мәселе {number} туралы", heard="Тыңдалды.") for number in range(1, 61))
    text = pages.flowing_text(minutes_pdf(replace(samples.elders(), agenda=agenda), ("kk",)))
    assert all(f"{number}. ТЫҢДАЛДЫ: Мәселе {number} туралы" in text for number in range(1, 61))


def test_a_matter_and_who_reports_on_it_stay_on_one_page() -> None:
    agenda = tuple(
        Item(f"Мәселе {number} туралы", Attendee("Серікұлы Асқар", "А. Серікұлы")) for number in range(1, 61)
    )
    for spare in range(3):
        data = replace(samples.elders(), agenda=agenda, invited=samples.crowd(spare))
        for text in page_texts(minutes_pdf(data, ("kk",)))[1:]:
            first = next(line for line in text.splitlines() if line.strip() and not line.strip().isdigit())
            assert not first.startswith("Баяндамашы"), spare


def test_two_people_with_the_same_initials_are_told_apart() -> None:
    alike = (Attendee("Әлиев Асқар", "А. Әлиев"), Attendee("Әлиев Арман", "А. Әлиев"))
    data = replace(samples.elders(), present=(*alike, *samples.crowd(2)))
    item = replace(data.agenda[0], recused=alike[:1])
    text = pages.flowing_text(minutes_pdf(replace(data, agenda=(item,)), ("kk",)))
    assert "Мәселені қарауға қатыспағандар: Әлиев Асқар" in text


def test_a_speech_of_fifty_thousand_characters_is_printed_whole() -> None:
    words = [f"сөз{number}" for number in range(6250)]
    speech = " ".join(words)[:50_000]
    texts = page_texts(minutes_pdf(with_speech(speech), ("kk",)))
    printed = " ".join(line for text in texts for line in text.splitlines() if not line.strip().isdigit())
    assert speech in " ".join(printed.split())


def test_a_word_longer_than_the_line_does_not_stop_the_printing() -> None:
    assert pages.count(minutes_pdf(with_speech("қ" * 5000), ("kk",))) > 1


def test_minutes_of_nothing_can_be_printed() -> None:
    empty = MinutesData(bodies=(), held=samples.elders().held)
    text = pages.flowing_text(minutes_pdf(empty, ("kk",)))
    assert "ХАТТАМА" in text
    assert "Күн тәртібі енгізілмеген." in text
    assert "Төраға: көрсетілмеген" in text


@pytest.mark.parametrize(
    "words",
    [
        "<b>қалың</b> & <br/> &amp; &#1178;",
        'О\'Нил сказал: «д’Артаньян» "цитата"',
        "a < b > c",
        "100 % \\n {name} %s",
    ],
)
def test_marks_are_printed_literally(words: str) -> None:
    data = with_speech(words, heading=words, tasks=(Task(words, words),), annexes=(words,))
    data = replace(data, invited=(Attendee(words, words, words),))
    assert pages.flowing_text(minutes_pdf(data, ("kk",))).count(words) >= 5


def test_an_emoji_is_refused_by_name_wherever_it_stands() -> None:
    for data in (
        with_speech("Жақсы 🙂 болды"),
        replace(samples.elders(), heading="🙂"),
        replace(samples.elders(), present=(Attendee("Әли 🙂"),)),
        replace(samples.elders(), tasks=(Task("🙂"),)),
    ):
        with pytest.raises(UserError) as refused:
            minutes_pdf(data, ("kk",))
        assert refused.value.code == "document.missing_glyph"
        assert refused.value.facts == {"letter": "🙂", "codepoint": "U+1F642"}


@pytest.mark.parametrize("lines", range(0, 60, 3))
def test_signatures_stand_together_and_with_text_before_them(lines: int) -> None:
    speech = "\n".join(f"Жол {number}." for number in range(lines))
    last = page_texts(minutes_pdf(with_speech(speech), ("kk",)))[-1]
    chair, secretary = last.index("Төраға"), last.index("Хатшы")
    if "ХАТТАМА" in last:  # all on one page: the introduction names them too
        chair, secretary = last.rindex("Төраға"), last.rindex("Хатшы")
    assert chair < secretary
    before = [line for line in last[:chair].splitlines() if line.strip() and not line.strip().isdigit()]
    assert before, "signatures alone on the page"


@pytest.mark.parametrize("length", [5_000, 5_400, 5_800, 6_200, 6_600])
def test_the_end_of_a_long_paragraph_stays_with_the_signatures(length: int) -> None:
    speech = "Ұзақ сөйленген сөз. " * (length // 20)
    texts = page_texts(minutes_pdf(with_speech(speech), ("kk",)))
    chair = texts[-1].index("Төраға")
    assert texts[-1][:chair].count("сөйленген") >= 2


def test_signatures_follow_a_long_table_with_its_last_rows() -> None:
    tasks = tuple(Task(f"Тапсырма {number}", "А. Серікұлы") for number in range(60))
    data = replace(samples.elders(), tasks=tasks, outcome="", annexes=())
    last = page_texts(minutes_pdf(data, ("kk",)))[-1]
    assert "Тапсырма 59" in last
    assert "Хатшы" in last


@pytest.mark.parametrize("beside", [False, True])
def test_a_speech_longer_than_the_rest_of_the_page_begins_right_under_its_label(beside: bool) -> None:
    data = with_speech("Ұзақ сөз айтылды. " * 300)
    first, *_others = page_texts(minutes_pdf(data, ("kk", "ru"), beside=beside))
    assert "СӨЗ СӨЙЛЕДІ:" in first
    assert first.count("Ұзақ") > 5, "the page is filled"


def test_a_label_never_ends_a_page() -> None:
    for spare in range(30):
        data = replace(with_speech("Ұзақ сөз айтылды. " * 60), invited=samples.crowd(spare))
        for text in page_texts(minutes_pdf(data, ("kk",))):
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            labels = [place for place, line in enumerate(lines) if line.endswith("СӨЙЛЕДІ:")]
            assert all(place + 2 < len(lines) for place in labels), spare
