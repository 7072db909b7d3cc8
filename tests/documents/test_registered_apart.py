"""Recusals, proposals and dissenting opinions stand where readers look for them."""

from __future__ import annotations

from dataclasses import replace

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.documents.minutes_data import Attendee, Decision, Item, MinutesData, Speech, Trio, Votes
from tests.documents import samples

AKIMAT = Trio("Аудан әкімдігі", "Акимат района", "District akimat")


def minutes() -> MinutesData:
    item = Item(
        "О графике",
        heard="Доложил.",
        speeches=(
            Speech("арык чистить весной.", Attendee("Тұрғын"), "proposal", AKIMAT, "accepted"),
            Speech("с графиком не согласен.", Attendee("Қонақ"), "dissent", about=1),
        ),
        decisions=(Decision("Утвердить.", Votes(7, 1, 0, secret=True), recused=(Attendee("Б. Аға"),)),),
        recused=(Attendee("Серік Ағын", "С. Ағын"),),
    )
    return replace(samples.elders("ru"), agenda=(item,))


def said(form: str, language: str = "ru") -> str:
    return pages.flowing_text(minutes_pdf(minutes(), (language,), form))


def test_everything_stands_in_the_order_of_the_minutes() -> None:
    text = said("full")
    wanted = [
        "Не участвовали в рассмотрении вопроса: С. Ағын",
        "Доложил.",
        "арык чистить весной.",
        "Куда направляется: Акимат района",
        "Результат рассмотрения предложения: Принято",
        "РЕШИЛИ:",
        "Б. Аға",
        "Особое мнение:",
        "с графиком не согласен.",
    ]
    places = [text.find(words) for words in wanted]
    assert -1 not in places, dict(zip(wanted, places, strict=True))
    assert places == sorted(places)


def test_the_short_form_names_who_dissented_and_who_withdrew() -> None:
    text = said("short")
    assert "Не участвовали в рассмотрении вопроса: С. Ағын" in text
    assert "Особое мнение:" in text
    assert "Қонақ" in text
    assert "с графиком не согласен." not in text


def test_a_dissenting_opinion_names_the_decision_it_is_about() -> None:
    assert "Қонақ (по решению 1.1) – с графиком не согласен." in said("full")
    assert "Қонақ (по решению 1.1)" in said("short")
    assert "Қонақ (1.1-шешімге қатысты) – с графиком" in said("full", "kk")
    assert "(on decision 1.1)" in said("full", "en")


def test_codes_are_worded_in_the_language_of_the_document() -> None:
    assert "Ұсыныстың нәтижесі: Қабылданды" in said("full", "kk")
