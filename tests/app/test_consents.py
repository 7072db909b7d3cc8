"""The form of a consent says the eight items of the law in every language, and nothing that was not decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., Recorded]
LABELS = (
    "Operator: name, BIN",
    "Surname, name, patronymic of the person",
    "Term or period of the consent",
    "Handing over to third parties",
    "Handing over abroad",
    "Publication in open sources",
    "List of data collected",
    "Other particulars",
)


def squeezed(text: str) -> str:
    """Return the text without spaces and hyphens: cells break lines where they like."""
    return "".join(text.replace("-", "").split())


@pytest.fixture
def consent(add: Add) -> Recorded:
    person = add("person", surname="Әлиева", given_name="Мәрзия")
    return add(
        "consent",
        person=uid_text(person.uid),
        purpose="Кеңес мүшесі ретінде хабарласу",
        data="Аты-жөні, телефоны",
        given_on="2026-11-20",
        to_others=False,
        published=True,
    )


@pytest.mark.parametrize("choice", documents.LANGUAGE_CHOICES)
def test_all_eight_items_stand_in_it(council: AppContext, consent: Recorded, choice: str) -> None:
    data = documents.gather(council, "consent-form", consent.uid)
    order = documents.Order(choice, on=date(2026, 11, 22))
    said = squeezed(documents.read_back(documents.make("consent-form", data, order).pdf))
    for language in order.languages:
        words = Catalog.load(language).gettext
        for label in LABELS:
            assert squeezed(words(label)) in said, (language, label)
        assert squeezed(words("Until the purpose is reached")) in said
        assert squeezed(words("yes / no (underline)")) in said
    assert squeezed("Кеңес мүшесі ретінде хабарласу") in said
    assert "Мәрзия" in said


def test_only_a_consent_has_it(council: AppContext, add: Add) -> None:
    person = add("person", surname="Әлиева")
    with pytest.raises(UserError, match=r"record\.unknown"):
        documents.gather(council, "consent-form", person.uid)
