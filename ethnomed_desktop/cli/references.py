"""References as people write them: an identifier, ``kato:`` with the code of a place, or a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Refs
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.seeds import place_uid

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext

PLACE = "kato:"


def resolved(ctx: AppContext, field: Field, value: object) -> object:
    """Return the value with references as identifiers; other values as they are.

    What names no record is left for the field's own check to refuse.
    """
    if not isinstance(field.type, (Ref, Refs)):
        return value
    if isinstance(value, list):
        return [_reference(ctx, field.type.kind, one) for one in value]
    return _reference(ctx, field.type.kind, value)


def _reference(ctx: AppContext, kind: str, value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        return value
    if value.startswith(PLACE):
        return uid_text(place_uid(value.removeprefix(PLACE)))
    from ethnomed_desktop.app.lookup import find_record

    try:
        return uid_text(find_record(ctx, value, kind))
    except UserError as error:
        if error.code == "record.unknown":
            return value
        if error.code == "record.other_kind":
            raise UserError("reference.wrong_kind", kind=kind) from None
        raise
