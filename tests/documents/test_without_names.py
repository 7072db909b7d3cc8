"""Minutes without names: no name of anybody stands on the paper, and the paper says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.documents.minutes_data import Attendee, Extract, MinutesData, Task
from ethnomed_desktop.documents.wishes import Wishes
from ethnomed_desktop.domain.stand_ins import Known
from tests.documents import samples

SAID = {
    "kk": "Адамдардың аты-жөні",
    "ru": "Имена людей заменены",
    "en": "Names of people are replaced",
}
NAMELESS = Wishes(hide_names=True)
CHARGED = ("Петрова Анна, учительница", "А. Ли")


def minutes(language: str) -> MinutesData:
    data = samples.elders(language)
    first = replace(data.agenda[0], heard="Тұрғынбаевтың айтуынша, су жетпеді. Қонақ келмеді.")
    return replace(data, agenda=(first, *data.agenda[1:]), known=(Known("Тұрғынбаев", "Ерлан", "", "Б-2"),))


def surnames(data: MinutesData) -> set[str]:
    people = [data.chair, data.secretary, *data.present, *data.invited, *data.absent]
    return {one.name.split()[0] for one in people if one is not None and one.short}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("form", ["full", "short"])
def test_no_name_stands_on_the_paper_and_it_says_so(language: str, form: str) -> None:
    data = minutes(language)
    text = pages.flowing_text(minutes_pdf(data, (language,), form, wishes=NAMELESS))
    assert SAID[language] in text
    assert surnames(data)
    assert not [one for one in surnames(data) if one in text]


def test_people_of_the_records_are_hidden_within_texts() -> None:
    text = pages.flowing_text(minutes_pdf(minutes("kk"), ("kk",), wishes=NAMELESS))
    assert "Тұрғынбаев" not in text
    assert "Б-2 айтуынша" in text
    assert "Қонақ келмеді" in text, "a word that is nobody's name stays"


def test_an_extract_is_certified_without_a_name() -> None:
    data = minutes("kk")
    extract = Extract(1, data.secretary, data.held)
    text = pages.flowing_text(minutes_pdf(data, ("kk",), "extract", extract=extract, wishes=NAMELESS))
    assert SAID["kk"] in text
    assert data.secretary is not None
    assert data.secretary.name.split()[0] not in text


def test_those_who_sign_besides_are_found_under_their_stand_ins() -> None:
    data = minutes("kk")
    who = data.present[0].name
    text = pages.flowing_text(minutes_pdf(data, ("kk",), wishes=Wishes(signers=(who,), hide_names=True)))
    assert who.split()[0] not in text


def test_who_is_to_do_it_has_no_name_either() -> None:
    data = minutes("ru")
    first = data.agenda[0]
    charged = [replace(one, responsible=who) for one, who in zip(first.decisions, CHARGED, strict=False)]
    assert len(charged) == len(CHARGED)
    tasks = tuple(Task("Сделать", who) for who in CHARGED)
    data = replace(data, agenda=(replace(first, decisions=tuple(charged)), *data.agenda[1:]), tasks=tasks)
    text = pages.flowing_text(minutes_pdf(data, ("ru",), wishes=NAMELESS))
    assert "Петрова" not in text
    assert "А. Ли" not in text
    assert "Ответственный: П. А. У." in text.replace("\u00a0", " ")


def test_words_beside_a_name_do_not_bring_it_back() -> None:
    data = minutes("ru")
    guest = Attendee("Тұрғынбаев Ерлан", "Е. Тұрғынбаев", "Тұрғынбаев Ерлан, имам")
    text = pages.flowing_text(minutes_pdf(replace(data, invited=(guest,)), ("ru",), wishes=NAMELESS))
    assert "Тұрғынбаев" not in text
    assert "имам" in text


def test_with_names_nothing_is_said() -> None:
    data = minutes("kk")
    text = pages.flowing_text(minutes_pdf(data, ("kk",)))
    assert SAID["kk"] not in text
    assert all(one in text for one in surnames(data) & {data.present[0].name.split()[0]})
