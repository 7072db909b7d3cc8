"""Documents as files for Word: the same texts as on paper, to be worked on outside the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import Order, Printed, checked_order, dated, gather, note_printing
from ethnomed_desktop.documents.minutes_data import Extract, MinutesData
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.rights import Act

DOCX = "docx"


def _minutes(data: MinutesData, order: Order) -> bytes:
    from ethnomed_desktop.documents.minutes import minutes_docx
    from ethnomed_desktop.documents.theme import Theme

    extract = Extract(order.item or 1, data.secretary, order.on) if order.form == "extract" else None
    return minutes_docx(
        data,
        order.languages,
        order.form,
        extract=extract,
        beside=order.beside,
        wishes=order.wishes,
        theme=Theme(size=order.size),
    )


def _attendance(data: Any, order: Order) -> bytes:
    from ethnomed_desktop.documents.attendance_list import attendance_docx

    return attendance_docx(data, order.languages, beside=order.beside)


EDITABLE: dict[str, Callable[[Any, Order], bytes]] = {"minutes": _minutes, "attendance-list": _attendance}
"""Documents that can be written for Word, by their names in `documents.DOCUMENTS`."""


def write_docx(ctx: AppContext, name: str, uid: bytes, order: Order, target: Path) -> int:
    """Write a document as a DOCX that anyone can read, and note it; returns its bytes in number.

    On the write lane. The file appears under its name only when it is whole. Raises `UsageError`
    (``document.format_unknown`` where there is none for Word), `UserError`, `StorageError`.
    """
    from ethnomed_desktop.documents.files import put_whole

    ctx.require(Act.PRINT)
    checked_order(name, order)
    if name not in EDITABLE:
        raise UsageError("document.format_unknown", name=DOCX, known="pdf")
    made = EDITABLE[name](gather(ctx, name, uid, order), dated(ctx, order))
    put_whole(made, target)
    note_printing(ctx, uid, order, Printed(made, 0), "file", name)
    return len(made)
