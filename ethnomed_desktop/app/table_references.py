"""References within spreadsheets: records named by identifier, KATO code, number or their exact name."""

from __future__ import annotations

import re

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.titles import person_title
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Refs
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.seeds import place_uid
from ethnomed_desktop.store.queries.records import StoredRecord

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_KATO = re.compile(r"(?:kato:)?(\d{9})")
_PAGE = 500


class References:
    """Finds records by name; reads the names of a kind once, when the first cell needs them."""

    def __init__(self, ctx: AppContext) -> None:
        self._ctx = ctx
        self._names: dict[str, dict[str, set[str]]] = {}

    def found(self, field: Field, given: object) -> object:
        """Return the identifier, or the list of them, that a cell means.

        Raises `UserError`: ``table.name_unknown``, ``table.name_shared`` (facts ``value``, ``kind``).
        """
        assert isinstance(field.type, Ref | Refs)
        if isinstance(given, list):
            return [self._one(field.type.kind, str(one)) for one in given]
        return self._one(field.type.kind, str(given))

    def _one(self, kind: str, words: str) -> str:
        words = " ".join(words.split())
        if _UUID.fullmatch(words):
            return uid_text(parse_uid(words.lower()))
        names = self._names_of(kind)
        kato = _KATO.fullmatch(words) if kind == "place" else None
        if kato is not None:
            uid = uid_text(place_uid(kato[1]))
            meant = {uid} if uid in {one for uids in names.values() for one in uids} else set()
        else:
            meant = names.get(fold(words), set())
        if not meant:
            raise UserError("table.name_unknown", value=words[:60], kind=kind)
        if len(meant) > 1:
            raise UserError("table.name_shared", value=words[:60], kind=kind)
        return next(iter(meant))

    def _names_of(self, kind: str) -> dict[str, set[str]]:
        known = self._names.get(kind)
        if known is None:
            known = self._names[kind] = {}
            after: str | None = None
            while True:
                page = list_records(self._ctx, ListQuestion(kind), after=after, limit=_PAGE)
                for one in page.rows:
                    for name in _names(one):
                        known.setdefault(fold(name), set()).add(uid_text(one.uid))
                after = page.after
                if after is None or not page.rows:
                    break
        return known


def _names(record: StoredRecord) -> set[str]:
    """Return what people call a record: its number, its names in all languages, a person with and without
    the patronymic."""
    values = record.values
    called = {
        str(value)
        for name, value in values.items()
        if value and (name == "number" or name.startswith(("name_", "short_name")))
    }
    if record.kind.name == "person":
        called |= {person_title(values), " ".join(str(values.get(one) or "") for one in ("surname", "given_name"))}
    return {" ".join(name.split()) for name in called if name.strip()}
