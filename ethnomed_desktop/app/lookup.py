"""Finding a record by what people call it: its number, where only one record has it."""

from __future__ import annotations

from ethnomed_desktop.app import records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.paper_scans import record_of
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.kinds import KINDS


def find_record(ctx: AppContext, name: str, kind: str | None = None) -> bytes:
    """Return the uid of a record named by its identifier, its number, in the trash or not, or the code on a paper.

    ``kind`` narrows to one kind. Raises `UserError`: ``record.unknown``, ``record.other_kind``
    (fact ``kind``: the one wanted), ``record.number_shared`` (fact ``number``).
    """
    text = " ".join(name.split())
    try:
        found = records.show(ctx, parse_uid(text))
    except UsageError:
        coded = record_of(ctx, text)
        if coded is None:
            return _by_number(ctx, text, kind)
        found = coded
    if kind is not None and found.kind.name != kind:
        raise UserError("record.other_kind", kind=kind)
    return found.uid


def _by_number(ctx: AppContext, number: str, kind: str | None) -> bytes:
    numbered = (
        [kind] if kind is not None else [one.name for one in KINDS.values() if one.series or one.name == "meeting"]
    )
    found: list[bytes] = []
    for name in numbered:
        for withdrawn in (False, True):
            question = ListQuestion(name, (("number", number),), withdrawn=withdrawn)
            found += [one.uid for one in list_records(ctx, question, limit=2).rows]
    if not found:
        raise UserError("record.unknown")
    if len(found) > 1:
        raise UserError("record.number_shared", number=number)
    return found[0]
