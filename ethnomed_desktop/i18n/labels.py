"""Names of kinds, fields and codes in a language, for forms, lists, cards, history and imports alike."""

from __future__ import annotations

from ethnomed_desktop.domain import own_codes
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.i18n.catalogs import Catalog


def kind_label(kind: Kind, catalog: Catalog, *, plural: bool = False) -> str:
    """Return what one record of the kind is called, or many."""
    return catalog.gettext(kind.plural if plural else kind.label)


def field_label(field: Field, catalog: Catalog) -> str:
    """Return the name of the field."""
    return catalog.gettext(field.label)


def field_hint(field: Field, catalog: Catalog) -> str:
    """Return the line that explains the field; empty when it needs none."""
    return catalog.gettext(field.hint)


def code_label(list_name: str, code: str, catalog: Catalog) -> str:
    """Return the words of a code; the code itself when a newer program wrote one we do not know.

    Raises `KeyError` for a code list that does not exist.
    """
    label = CODE_LISTS[list_name].by_code.get(code)
    if label is not None:
        return catalog.gettext(label)
    own = own_codes.of_list(list_name).get(code)
    return code if own is None else own.name_in(catalog.language)


def code_labels(list_name: str, catalog: Catalog) -> list[tuple[str, str]]:
    """Return all codes of a list with their words, in the order they are offered; entries of offices come last."""
    own = [
        (one.code, one.name_in(catalog.language)) for one in own_codes.of_list(list_name).values() if one.offered
    ]
    return [*((code, catalog.gettext(label)) for code, label in CODE_LISTS[list_name].entries), *own]
