"""What stands on the screen in the place of names while they are hidden: initials and dots.

Only words for the eye are changed (titles, cells, cards, search results), never values: a form that is
opened and saved meanwhile writes what was there.
"""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.registry import Field, Level
from ethnomed_desktop.domain.stand_ins import HIDDEN, initials_of
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.discreet import hides_names

_CONTACTS = frozenset({"phone", "phones"})
_NAMES = frozenset({"surname", "given_name", "patronymic"})


def is_hidden(field: Field, catalog: Catalog) -> bool:
    """Say whether a field's value must not be shown: contacts, and what only identifies people."""
    private = field.level >= Level.IDENTITY and field.type.name not in {"ref", "refs"}
    return hides_names(catalog) and (private or field.type.name in _CONTACTS)


def concealed(field: Field, value: Value) -> str:
    """Return what stands there instead: the first letter of a name, so that a list can still be used; else dots."""
    return initials_of(str(value)) if field.name in _NAMES else HIDDEN


def shown_name(name: str, catalog: Catalog, code: Value = None) -> str:
    """Return a person's name as it may be shown: as it is, or its code, or initials."""
    if not hides_names(catalog):
        return name
    return str(code) if code else initials_of(name)


__all__ = ["HIDDEN", "concealed", "initials_of", "is_hidden", "shown_name"]
