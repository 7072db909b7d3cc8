"""Kinds, fields and codes have names in every language."""

from __future__ import annotations

import pytest

from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n import current
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.labels import code_label, code_labels, field_hint, field_label, kind_label


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_in_the_registry_has_a_name(language: str) -> None:
    catalog = Catalog.load(language)
    for kind in KINDS.values():
        assert kind_label(kind, catalog)
        assert kind_label(kind, catalog, plural=True)
        assert all(field_label(field, catalog) for field in kind.all_fields)
        assert all(bool(field_hint(field, catalog)) == bool(field.hint) for field in kind.all_fields)
    for name, code_list in CODE_LISTS.items():
        assert [code for code, label in code_labels(name, catalog) if label] == list(code_list.by_code)


def test_names_in_kazakh_and_russian() -> None:
    incident = KINDS["incident"]
    assert kind_label(incident, Catalog.load("kk")) == "Оқиға"
    assert field_label(incident.field("injured"), Catalog.load("kk")) == "Жарақат алғандар"
    assert code_label("language", "kk", Catalog.load("ru")) == "Казахский"


def test_a_code_of_a_newer_program_shows_as_it_is() -> None:
    assert code_label("severity", "77", Catalog.load("kk")) == "77"
    with pytest.raises(KeyError):
        code_label("no_such_list", "1", Catalog.load("kk"))


def test_the_interface_language_changes_at_once() -> None:
    before = current.current().language
    try:
        current.use_language("ru")
        assert current._("Incident") == "Инцидент"
        current.use_language("en")
        assert current._("Incident") == "Incident"
        assert current._("") == ""
        with pytest.raises(ValueError, match="no such language"):
            current.use_language("xx")
        assert current.current().language == "en"
    finally:
        current.use_language(before)


def test_asking_whether_a_sentence_is_known() -> None:
    catalog = Catalog.load("kk")
    assert catalog.gettext("No such sentence anywhere") == "No such sentence anywhere"
    assert catalog.find("QDialogButtonBox", "No such sentence anywhere") is None
