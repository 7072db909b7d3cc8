"""Documents: gathered on the store's lane, laid out anywhere, every printing noted in the audit trail."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.minutes import minutes_data
from ethnomed_desktop.documents.minutes_data import Extract, MinutesData
from ethnomed_desktop.documents.pages import Picture
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.progress import Progress, no_progress

DOCUMENTS = ("minutes",)
LANGUAGE_CHOICES = ("kk", "ru", "en", "kk+ru")
FORMS = ("full", "short", "extract")


@dataclass(frozen=True)
class Order:
    """What is to be printed: languages one after the other, form, item of an extract (from 1), text size."""

    language: str
    form: str = "full"
    item: int | None = None
    size: int = 14

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in the order they are printed."""
        return tuple(self.language.split("+"))


@dataclass(frozen=True)
class Printed:
    """A document as made: its bytes are what the preview shows and the printer gets."""

    pdf: bytes
    pages: int


def gather_minutes(ctx: AppContext, uid: bytes) -> MinutesData:
    """Read everything the minutes print. On the store's lane."""
    with ctx.reading() as connection:
        return minutes_data(connection, uid, practice=ctx.practice)


def lay_out(data: MinutesData, order: Order, ctx: AppContext, progress: Progress = no_progress) -> Printed:
    """Make the PDF of minutes; any thread, touches no store. Raises what `minutes_pdf` raises."""
    from ethnomed_desktop.documents.minutes import minutes_pdf
    from ethnomed_desktop.documents.pages import count
    from ethnomed_desktop.documents.theme import Theme

    _require(order)
    extract = None
    if order.form == "extract":
        extract = Extract(order.item or 1, data.secretary, today(ctx.clock))
    pdf = minutes_pdf(
        data, order.languages, order.form, extract=extract, theme=Theme(size=order.size), progress=progress
    )
    return Printed(pdf, count(pdf))


def write_minutes(ctx: AppContext, uid: bytes, order: Order, target: Path, progress: Progress = no_progress) -> int:
    """Write the minutes of a meeting as a PDF file that anyone can read; returns the pages.

    The file appears under its name only when it is whole. Raises `UserError`, `UsageError`,
    `StorageError`; then there is no file.
    """
    from ethnomed_desktop.documents import pdf

    printed = lay_out(gather_minutes(ctx, uid), order, ctx, progress)
    pages = pdf.write(printed.pdf, target)
    note_printing(ctx, uid, order, printed, "file")
    return pages


def note_printing(ctx: AppContext, uid: bytes, order: Order, printed: Printed, where: str) -> None:
    """Note in the audit trail that the document left the protection, and its hash."""
    detail = {
        "record": uid_text(uid),
        "document": "minutes",
        "language": order.language,
        "form": order.form,
        "sha256": hashlib.sha256(printed.pdf).hexdigest(),
        "where": where,
    }
    ctx.vault.note(ctx.clock, "document.printed", detail)


def page_picture(printed: Printed, page: int, width_px: int) -> Picture:
    """Return the picture of a page (from 0) for the preview. On the free lane."""
    from ethnomed_desktop.documents.pages import render

    return render(printed.pdf, page, width_px)


def page_text(printed: Printed, page: int) -> str:
    """Return the words of a page (from 0), for screen readers. On the free lane."""
    from ethnomed_desktop.documents.pages import text

    return text(printed.pdf, page)


def _require(order: Order) -> None:
    if order.language not in LANGUAGE_CHOICES:
        raise UsageError("usage.wrong_value", field="language", value=order.language[:20])
    if order.form not in FORMS or (order.form == "extract") != (order.item is not None):
        raise UsageError("usage.wrong_value", field="form", value=order.form[:20])
