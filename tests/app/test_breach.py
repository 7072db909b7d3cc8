"""The notice of a breach: what is known is filled in, the rest is to be written; and who is responsible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app.attachments import Wish, attach
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.documents import Order, gather, make, read_back
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.attachments import may_be_identity_paper
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text

Add = Callable[..., Recorded]


def notice(ctx: AppContext, language: str, uid: bytes | None = None) -> str:
    return " ".join(
        read_back(make("breach-notice", gather(ctx, "breach-notice", uid), Order(language)).pdf).split()
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "бір жұмыс күні ішінде"),
        ("ru", "в течение одного рабочего дня"),
        ("en", "within one working day"),
    ],
)
def test_the_term_and_the_operator_stand_in_it(council: AppContext, language: str, words: str) -> None:
    text = notice(council, language)
    assert words in text
    name = {"kk": "Ауыл ақсақалдар кеңесі", "ru": "Совет аксакалов села", "en": "Village council of elders"}
    assert name[language] in text


def test_who_is_responsible_now_stands_in_it(council: AppContext, add: Add) -> None:
    former = add("person", surname="Бұрынғы").uid
    person = add("person", surname="Жауапты", given_name="Айжан", phones=["+77011234567"], email="a@b.kz").uid
    add("responsible_person", person=uid_text(former), since="2020-01-01", until="2026-01-01", order_number="1")
    add(
        *("responsible_person",),
        person=uid_text(person),
        since="2026-01-01",
        order_number="12-ө",
        order_date="2025-12-30",
    )
    with council.reading() as connection:
        body = own_bodies(connection)[0].uid
    text = notice(council, "ru", body)
    for said in ("Жауапты Айжан", "a@b.kz", "12-ө", "30 декабря 2025 года"):
        assert said in text
    assert "Бұрынғы" not in text


@pytest.mark.parametrize(
    "name",
    [
        "паспорт.jpg",
        "Удостоверение_личности.pdf",
        "жеке куәлік.png",
        "id card.pdf",
        "870204300124.jpg",
        "Kuelik.jpg",
    ],
)
def test_copies_of_identity_papers_are_asked_about(
    council: AppContext, incident: bytes, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.4 scan")
    with pytest.raises(UserError, match=r"attachment\.identity_paper"):
        attach(council, incident, path)
    assert not council.blobs.kept()
    assert attach(council, incident, path, Wish(lawful_copy=True)).value.name


@pytest.mark.parametrize("name", ["хаттама 14.pdf", "арық.jpg", "2026-11-21 10-00-00.png", "пасхалия.pdf"])
def test_other_files_are_not(name: str) -> None:
    assert not may_be_identity_paper(name)
