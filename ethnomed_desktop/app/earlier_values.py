"""Putting back what stood in a field before a change: a new change, so that nothing of history is lost."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.app import records
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.history import FieldStep, history
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value


def put_back(ctx: AppContext, uid: bytes, transaction: bytes, field: str) -> Done[bool]:
    """Give the field the value it had before the transaction; says whether anything differed.

    Of a set, the elements that the transaction took out come back and those it put in go. Raises
    `UserError` (``history.no_such_step``, ``record.withdrawn``), `NotAllowed` (numbered minutes, rights).
    """
    now = records.show(ctx, uid)
    found = [
        one
        for step in history(ctx, uid)
        if step.transaction == transaction
        for one in step.fields
        if one.field == field and field in now.kind.by_name
    ]
    if not found:
        raise UserError("history.no_such_step", field=field[:60])
    kept = now.kind.field(field)
    before = _set_before(now.values.get(field), found) if kept.is_set else found[0].before
    return records.revise(ctx, uid, {field: before}, revision=now.revision)


def _set_before(value: Value, steps: Sequence[FieldStep]) -> list[str]:
    elements = set(value) if isinstance(value, list) else set()
    for step in steps:
        if step.before is None:
            elements.discard(str(step.after))
        else:
            elements.add(str(step.before))
    return sorted(elements)
