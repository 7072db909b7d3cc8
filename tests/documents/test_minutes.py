"""Minutes as people know them: the whole page in three languages, and each requisite by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.content import Line
from ethnomed_desktop.documents.minutes import minutes_pdf, minutes_texts, write_minutes
from ethnomed_desktop.documents.minutes_data import Attendee, Body, Decision, Extract, Item, Speech, Trio, Votes
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError, UserError
from tests.documents import samples
from tests.documents.conftest import Golden

LANGUAGES = ("kk", "ru", "en")


def said(data: samples.MinutesData, language: str = "kk", form: str = "full", **more: object) -> str:
    return pages.flowing_text(minutes_pdf(data, (language,), form, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_look_as_agreed(golden: Golden, language: str) -> None:
    golden.same(f"minutes_{language}", minutes_pdf(samples.elders(language), (language,)))


def test_kazakh_then_russian_looks_as_agreed(golden: Golden) -> None:
    both = minutes_pdf(samples.elders("kk"), ("kk", "ru"), translations={"ru": samples.elders("ru")})
    golden.same("minutes_kk_ru", both)


@pytest.mark.parametrize("language", LANGUAGES)
def test_extract_looks_as_agreed(golden: Golden, language: str) -> None:
    post = {"kk": "Хатшы", "ru": "Секретарь", "en": "Secretary"}[language]
    extract = Extract(1, Attendee("Һәкімова Гүлсім", "Г. Һәкімова", post), date(2026, 3, 20))
    golden.same(
        f"extract_{language}", minutes_pdf(samples.elders(language), (language,), "extract", extract=extract)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_joint_draft_with_an_attached_list_looks_as_agreed(golden: Golden, language: str) -> None:
    data = replace(
        samples.elders(language),
        bodies=(Body(samples.BODY, "3"), Body(Trio("«Достық үйі» КММ", "КГУ «Дом дружбы»", "House of Friendship"))),
        present=samples.crowd(30),
        version=2,
        correction_reason="…",
        draft=True,
        mode="mixed",
        quorum=False,
        resolves=True,
        content_language="kk",
    )
    golden.same(f"joint_{language}", minutes_pdf(data, (language,)))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", ["ХАТТАМА", "2026 жылғы 12 наурыз № 3", "Төраға: Әбдірахманов", "КҮН ТӘРТІБІ:", "1. ТЫҢДАЛДЫ:"]),
        ("kk", ["СӨЗ СӨЙЛЕГЕНДЕР:", "СӨЗ СӨЙЛЕДІ:", "ШЕШІМ ҚАБЫЛДАНДЫ:", "Кворум бар. Отырыс өкілетті."]),
        ("kk", ["жақтағандар – 4, қарсы болғандар – 0, қалыс қалғандар – 1", "Қатысқандар (5 адам):"]),
        ("ru", ["ПРОТОКОЛ", "12 марта 2026 года № 3", "ПОВЕСТКА ДНЯ:", "1. СЛУШАЛИ:", "ВЫСТУПИЛИ:", "РЕШИЛИ:"]),
        ("ru", ["«за» – 4, «против» – 0, «воздержались» – 1", "Кворум имеется. Заседание правомочно."]),
        ("en", ["MINUTES", "12 March 2026 No 3", "AGENDA:", "1. HEARD:", "SPOKE:", "DECIDED:"]),
    ],
)
def test_obligatory_words_and_requisites(language: str, expected: list[str]) -> None:
    text = said(samples.elders(language), language)
    assert [words for words in expected if words not in text] == []


def test_requisites_stand_in_the_order_of_record_offices() -> None:
    text = said(samples.elders())
    order = ["ақсақалдар кеңесі", "ХАТТАМА", "2026 жылғы 12 наурыз", "№ 3", "Меркі ауылы", "Суару суын", "Төраға:"]
    order += ["Қатысуға құқығы", "КҮН ТӘРТІБІ", "1. ТЫҢДАЛДЫ", "2. ТЫҢДАЛДЫ", "ОТЫРЫС ҚОРЫТЫНДЫСЫ", "Хатшы Г."]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_decision_without_a_vote_prints_no_vote_line() -> None:
    item = Item("Туралы", decisions=(Decision("Қабылдансын."),))
    text = said(replace(samples.elders(), agenda=(item,)))
    assert "Қабылдансын." in text
    assert "жақтағандар" not in text


def test_a_secret_ballot_says_so() -> None:
    item = Item("Сайлау", decisions=(Decision("Сайлансын.", Votes(3, 1, 0, secret=True)),))
    assert "Жасырын дауыс берілді: жақтағандар – 3" in said(replace(samples.elders(), agenda=(item,)))


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "мәлімет енгізілмеген"), ("ru", "не внесены"), ("en", "No information on those present")],
)
def test_nobody_present_is_said_and_not_counted_as_nought(language: str, words: str) -> None:
    text = said(replace(samples.elders(language), present=(), present_count=None), language)
    assert words in text


def test_a_count_alone_is_enough() -> None:
    assert "Присутствовали: 22 человека" in said(replace(samples.elders(), present=(), present_count=22), "ru")


def test_more_than_fifteen_go_to_an_annex_with_its_reference() -> None:
    text = said(replace(samples.elders(), present=samples.crowd(16)))
    assert "Қатысқандар: 16 адам (тізімі қоса беріледі)" in text
    assert "2026 жылғы 12 наурыздағы № 3 хаттамаға 1-қосымша" in text
    assert "1-қосымша. Қатысушылар тізімі 2-қосымша. Суару суын бөлу кестесі" in text
    assert "қоса беріледі" not in said(replace(samples.elders(), present=samples.crowd(15)))


def test_proposals_and_dissenting_opinions_stand_apart() -> None:
    text = said(samples.elders("ru"), "ru")
    assert "Отдельно зарегистрированное предложение: О. Петренко, член совета – график" in text
    assert text.index("РЕШИЛИ:") < text.index("Особое мнение: О. Петренко – считаю")


def test_the_short_form_names_speakers_and_leaves_their_words_out() -> None:
    text = said(samples.elders("ru"), "ru", "short")
    assert "А. Серікұлы, член совета; Ү. Нұрғожина, член совета; Б. Әбдірахманов" in text
    assert "мурабу" not in text
    assert "Утвердить график" in text


def test_an_extract_holds_one_item_and_no_line_to_sign_for_the_chair() -> None:
    text = said(samples.elders("ru"), "ru", "extract", extract=Extract(2))
    assert "ВЫПИСКА ИЗ ПРОТОКОЛА" in text
    assert "2. СЛУШАЛИ:" in text
    assert "Выписка верна" in text
    assert "мурабу" not in text
    assert "ПОВЕСТКА" not in text


AS_WRITTEN = "Texts are given in the language in which they were written."


def test_an_extract_says_that_its_words_stand_in_another_language() -> None:
    data = replace(samples.elders("kk"), content_language="kk")
    assert AS_WRITTEN in said(data, "en", "extract", extract=Extract(2))
    assert "Мәтіндер" not in said(data, "kk", "extract", extract=Extract(2))


def test_an_extract_says_it_only_where_its_own_words_do() -> None:
    data = samples.elders("en")
    agenda = (replace(data.agenda[0], partly=True), data.agenda[1])
    data = replace(data, content_language="en", partly=True, agenda=agenda)
    assert AS_WRITTEN in said(data, "en", "extract", extract=Extract(1))
    assert AS_WRITTEN not in said(data, "en", "extract", extract=Extract(2))
    assert AS_WRITTEN in said(replace(data, heading_partly=True), "en", "extract", extract=Extract(2))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "жақтағандар~–~4, қарсы болғандар~–~0, қалыс қалғандар~–~1"),
        ("ru", "«за»~–~4, «против»~–~0, «воздержались»~–~1"),
        ("en", "for~–~4, against~–~0, abstained~–~1"),
    ],
)
@pytest.mark.parametrize("secret", [False, True])
def test_a_count_of_votes_stays_with_what_it_counts(language: str, words: str, secret: bool) -> None:
    item = Item("Т", decisions=(Decision("Д.", Votes(4, 0, 1, secret=secret)),))
    text = minutes_texts(replace(samples.elders(language), agenda=(item,)), (language,))[0]
    lines = [one.words for one in text.content if isinstance(one, Line)]
    assert any(words.replace("~", "\u00a0") in one for one in lines), lines


@pytest.mark.parametrize("item", [0, 3])
def test_an_extract_of_no_item_is_refused(item: int) -> None:
    with pytest.raises(UserError) as refused:
        said(samples.elders(), form="extract", extract=Extract(item))
    assert (refused.value.code, refused.value.facts) == ("meeting.no_such_item", {"item": item, "count": 2})


@pytest.mark.parametrize(
    ("languages", "form"), [((), "full"), (("de",), "full"), (("kk",), "long"), (("kk",), "extract")]
)
def test_unknown_languages_and_forms_are_refused(languages: tuple[str, ...], form: str) -> None:
    with pytest.raises(UsageError):
        minutes_pdf(samples.elders(), languages, form)


def test_a_text_in_another_language_is_printed_as_written_and_says_so() -> None:
    text = said(samples.elders("kk"), "ru")
    assert "Тексты приведены на том языке, на котором они написаны." in text
    assert "тараптардың тең құқылығы" in text
    assert "РЕШИЛИ:" in text
    assert "қай тілде жазылса" not in said(samples.elders("kk"), "kk")


def test_two_texts_are_each_signed_and_numbered_from_one(tmp_path: Path) -> None:
    target = tmp_path / "хаттама.pdf"
    count = write_minutes(
        samples.elders("kk"), ("kk", "ru"), "full", target, translations={"ru": samples.elders("ru")}
    )
    data = target.read_bytes()
    texts = [pages.text(data, page) for page in range(count)]
    assert count == 4
    assert "ПРОТОКОЛ" not in texts[0] + texts[1]
    assert "Төраға" in texts[1]
    assert "Председатель" in texts[3]
    assert [text.strip().splitlines()[0] for text in (texts[1], texts[3])] == ["2", "2"]


def test_smaller_type_makes_fewer_pages() -> None:
    item = Item("Туралы", speeches=(Speech("Сөз. " * 2000),))
    data = replace(samples.elders(), agenda=(item,))
    assert pages.count(minutes_pdf(data, ("kk",), theme=Theme(size=12))) < pages.count(minutes_pdf(data, ("kk",)))


@pytest.mark.parametrize(
    ("practice", "draft", "words"), [(True, True, "УЧЕБНЫЙ ОБРАЗЕЦ"), (False, True, "ПРОЕКТ ПРОТОКОЛА")]
)
def test_watermarks_lie_on_every_page(practice: bool, draft: bool, words: str) -> None:
    pdf = minutes_pdf(replace(samples.elders("ru"), practice=practice, draft=draft), ("ru",))
    assert all(words in " ".join(pages.text(pdf, page).split()) for page in range(pages.count(pdf)))
    assert words not in pages.flowing_text(minutes_pdf(samples.elders("ru"), ("ru",)))
