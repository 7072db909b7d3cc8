"""A person's name in running text is found in every form, and nobody else's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.naming import Naming, stand_in

UID = bytes(range(16))
PERSON = {
    "surname": "Жұмбақтасов",
    "given_name": "Серік",
    "patronymic": "Маратұлы",
    "phones": ["+77011234567"],
    "iin": "870204300124",
    "email": "serik@mail.kz",
}
NAMING = Naming(PERSON, UID)
CODE = f"[{stand_in(UID)}]"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Жұмбақтасовқа айтылды", f"{CODE} айтылды"),
        ("С. М. Жұмбақтасов келді", f"{CODE} келді"),
        ("Жұмбақтасов С. М., мұғалім", f"{CODE}, мұғалім"),
        ("Жумбактасов Серик Маратович пришёл", f"{CODE} Маратович пришёл"),
        ("Серік Маратұлы айтты", f"{CODE} айтты"),
        ("с Жумбактасовым и с Әлиевым", f"с {CODE} и с Әлиевым"),
        ("тел. 8 (701) 123-45-67", f"тел. {CODE}"),
        ("ЖСН 870204300124.", f"ЖСН {CODE}."),
        ("SERIK@mail.kz жазды", f"{CODE} жазды"),
    ],
)
def test_the_name_goes_in_every_form(text: str, left: str) -> None:
    assert NAMING.without(text) == left
    assert NAMING.is_in(text)


@pytest.mark.parametrize(
    "text", ["Серік келді", "Маратұлы", "Жұмбақ тас", "8 701 123 45 68", "870204300125", "№ 12", ""]
)
def test_others_stay(text: str) -> None:
    assert NAMING.without(text) == text


def test_a_short_surname_takes_short_endings_only() -> None:
    naming = Naming({"surname": "Али"}, UID)
    assert naming.without("Алиге, Алимжановқа") == f"{CODE}, Алимжановқа"


def test_two_people_have_two_codes_and_one_always_the_same() -> None:
    assert stand_in(UID) == stand_in(UID) != stand_in(bytes(16))


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_was_replaced_is_not_found_again(before: str, after: str) -> None:
    text = f"{before} Жұмбақтасовтың {after}"
    left = NAMING.without(text)
    assert "жумбактасов" not in fold(left)
    assert NAMING.without(left) == left
    folded, digits = fold(text), "".join(char for char in text if char.isdigit())
    assert NAMING.may_be_in(folded, digits)
