"""Documents: gathered on the store's lane, laid out anywhere, every printing noted in the audit trail.

A new document is a module in `documents` and one entry in `DOCUMENTS`; command line, preview and
audit follow from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ethnomed_desktop.app import hand_forms
from ethnomed_desktop.app.breach import breach_notice, own_breach_notice
from ethnomed_desktop.app.consents import blank_consent_form, consent_form
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_journal import gather_journal
from ethnomed_desktop.app.minutes import attendance_sheet, minutes_data
from ethnomed_desktop.app.paper_names import with_known_names
from ethnomed_desktop.app.person_report import person_report
from ethnomed_desktop.documents.minutes_data import Extract, MinutesData
from ethnomed_desktop.documents.pages import Picture
from ethnomed_desktop.documents.wishes import AS_USUAL, WATERMARKS, Wishes
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.store.engine import Reading

BESIDE = "|"
"""Stands in a choice of languages that are set side by side; + where they follow each other."""

LANGUAGE_CHOICES = (*LANGUAGES, "kk+ru", f"kk{BESIDE}ru")
FORMS = ("full", "short", "extract")


@dataclass(frozen=True)
class Order:
    """What is to be printed: one of `LANGUAGE_CHOICES`, form, item of an extract (from 1), text size.

    ``on`` is the day an extract is certified, ``wishes`` what else a person chose.
    """

    language: str
    form: str = "full"
    item: int | None = None
    size: int = 14
    on: date | None = None
    wishes: Wishes = AS_USUAL

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in the order they are printed, or from left to right."""
        return tuple(self.language.replace(BESIDE, "+").split("+"))

    @property
    def beside(self) -> bool:
        """Whether the languages stand side by side."""
        return BESIDE in self.language


@dataclass(frozen=True)
class Printed:
    """A document as made: its bytes are what the preview shows and the printer gets."""

    pdf: bytes
    pages: int


@dataclass(frozen=True)
class Document:
    """One kind of document: the kind of record it prints, and how its data become PDF bytes.

    ``gather(reading, uid, practice)`` reads everything; ``make(data, order, progress)`` touches no
    store and may run on any thread. What has a ``blank`` may be printed for no record at all.
    """

    name: str
    kind: str
    gather: Callable[[Reading, bytes, bool], Any]
    make: Callable[[Any, Order, Progress], bytes]
    forms: tuple[str, ...] = ("full",)
    blank: Callable[[Reading, bool], Any] | None = None


def _make_minutes(data: MinutesData, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.minutes import minutes_pdf
    from ethnomed_desktop.documents.theme import Theme

    extract = Extract(order.item or 1, data.secretary, order.on) if order.form == "extract" else None
    return minutes_pdf(
        data,
        order.languages,
        order.form,
        extract=extract,
        beside=order.beside,
        wishes=order.wishes,
        theme=Theme(size=order.size),
        progress=progress,
    )


def _make_attendance(data: Any, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.attendance_list import attendance_pdf

    return attendance_pdf(data, order.languages, beside=order.beside)


def _make_hand_form(data: Any, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.hand_forms import hand_form_pdf

    return hand_form_pdf(data, order.languages)


def _make_phone_sheet(data: Any, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.phone_sheet import phone_sheet_pdf

    return phone_sheet_pdf(data, order.languages, cards=order.form == "short")


def _make_person_report(data: Any, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.person_report import person_report_pdf

    assert order.on is not None, "a report says on which day it was made"
    return person_report_pdf(data, order.languages, order.on)


def _make_exchange_journal(data: Any, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.register_table import register_pdf

    assert order.on is not None, "a journal says on which day it was made"
    return register_pdf(data, order.languages, order.on, progress=progress)


def _make_consent(data: Any, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.consent_form import consent_pdf

    return consent_pdf(data, order.languages, beside=order.beside)


def _make_breach_notice(data: Any, order: Order, progress: Progress) -> bytes:
    from ethnomed_desktop.documents.breach_notice import breach_pdf

    return breach_pdf(data, order.languages)


DOCUMENTS: dict[str, Document] = {
    "minutes": Document("minutes", "meeting", minutes_data, _make_minutes, FORMS),
    "attendance-list": Document("attendance-list", "meeting", attendance_sheet, _make_attendance),
    "exchange-journal": Document("exchange-journal", "organisation", gather_journal, _make_exchange_journal),
    "consent-form": Document("consent-form", "consent", consent_form, _make_consent, blank=blank_consent_form),
    "incident-form": Document(
        "incident-form", "incident", hand_forms.incident_form, _make_hand_form, blank=hand_forms.blank_incident_form
    ),
    "meeting-form": Document(
        "meeting-form", "meeting", hand_forms.meeting_form, _make_hand_form, blank=hand_forms.blank_meeting_form
    ),
    "phone-sheet": Document(
        "phone-sheet",
        "organisation",
        hand_forms.phone_sheet,
        _make_phone_sheet,
        ("full", "short"),
        blank=hand_forms.own_phone_sheet,
    ),
    "breach-notice": Document(
        "breach-notice", "organisation", breach_notice, _make_breach_notice, blank=own_breach_notice
    ),
    "person-report": Document("person-report", "person", person_report, _make_person_report),
}


def document_named(name: str) -> Document:
    """Return the document; raises `UsageError` (``document.unknown``, fact: those there are)."""
    if name not in DOCUMENTS:
        raise UsageError("document.unknown", name=name[:40], known=", ".join(sorted(DOCUMENTS)))
    return DOCUMENTS[name]


def gather(ctx: AppContext, name: str, uid: bytes | None, order: Order | None = None) -> Any:
    """Read everything the document prints. On the store's lane.

    Without ``uid`` a blank form is printed; raises `UsageError` (``document.needs_record``) where there is none.
    """
    document = document_named(name)
    with ctx.reading() as connection:
        if uid is not None:
            data = document.gather(connection, uid, ctx.practice)
            if order is not None and order.wishes.hide_names and isinstance(data, MinutesData):
                data = with_known_names(connection, data, uid)
            return data
        if document.blank is None:
            raise UsageError("document.needs_record", name=name)
        return document.blank(connection, ctx.practice)


def gather_minutes(ctx: AppContext, uid: bytes, order: Order | None = None) -> MinutesData:
    """Read everything the minutes print; with an ``order`` that hides names, also whom to look for. On the lane."""
    data = gather(ctx, "minutes", uid, order)
    assert isinstance(data, MinutesData)
    return data


def make(name: str, data: Any, order: Order, progress: Progress = no_progress) -> Printed:
    """Make the PDF; any thread, touches no store. Raises `UsageError`, `UserError` (missing glyph …)."""
    from ethnomed_desktop.documents.pages import count

    document = checked_order(name, order)
    pdf = document.make(data, order, progress)
    return Printed(pdf, count(pdf))


def lay_out(data: MinutesData, order: Order, ctx: AppContext, progress: Progress = no_progress) -> Printed:
    """Make the PDF of minutes for the preview or the printer. Any thread, touches no store."""
    return make("minutes", data, dated(ctx, order), progress)


def dated(ctx: AppContext, order: Order) -> Order:
    """Return the order with today's date, which an extract is certified on."""
    return replace(order, on=today(ctx.clock))


def write_document(
    ctx: AppContext, name: str, uid: bytes | None, order: Order, target: Path, progress: Progress = no_progress
) -> int:
    """Write a document as a PDF file that anyone can read; returns the pages. Without ``uid``: a blank form.

    The file appears under its name only when it is whole. Raises `UserError`, `UsageError`,
    `StorageError`; then there is no file.
    """
    from ethnomed_desktop.documents import pdf

    ctx.require(Act.PRINT)
    printed = make(name, gather(ctx, name, uid, order), dated(ctx, order), progress)
    pages = pdf.write(printed.pdf, target)
    note_printing(ctx, uid, order, printed, "file", name)
    return pages


def write_minutes(ctx: AppContext, uid: bytes, order: Order, target: Path, progress: Progress = no_progress) -> int:
    """Write the minutes of a meeting: see `write_document`."""
    return write_document(ctx, "minutes", uid, order, target, progress)


def save_printed(ctx: AppContext, uid: bytes, order: Order, printed: Printed, target: Path) -> None:
    """Write the very document that was looked at into a file that anyone can read, and note it.

    On the write lane. Raises `StorageError`; then there is no file.
    """
    from ethnomed_desktop.documents import pdf

    ctx.require(Act.PRINT)
    pdf.write(printed.pdf, target)
    note_printing(ctx, uid, order, printed, "file")


def note_printing(
    ctx: AppContext, uid: bytes | None, order: Order, printed: Printed, where: str, name: str = "minutes"
) -> None:
    """Note in the audit trail that the document left the protection, and its hash."""
    detail = {
        "record": uid_text(uid) if uid is not None else "",
        "document": name,
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


def page_texts(printed: Printed) -> list[str]:
    """Return the words of every page, for screen readers. On the free lane."""
    from ethnomed_desktop.documents.pages import texts

    return texts(printed.pdf)


def read_back(pdf: bytes) -> str:
    """Return the running text of a document, words divided at line ends joined again. On the free lane."""
    from ethnomed_desktop.documents.pages import flowing_text

    return flowing_text(pdf).replace("\x02", "")  # PDFium's mark for a divided word, where no line end follows it


def checked_order(name: str, order: Order) -> Document:
    """Return the document; raises `UsageError` for one, a language, form or mark that does not exist."""
    document = document_named(name)
    if order.language not in LANGUAGE_CHOICES:
        raise UsageError("usage.wrong_value", field="language", value=order.language[:20])
    if order.wishes.watermark not in WATERMARKS:
        raise UsageError("usage.wrong_value", field="watermark", value=order.wishes.watermark[:20])
    if order.wishes.hide_names and name != "minutes":
        raise UsageError("usage.wrong_value", field="hide-names", value=name)
    if order.form not in document.forms or (order.form == "extract") != (order.item is not None):
        raise UsageError("usage.wrong_value", field="form", value=order.form[:20])
    return document


__all__ = [
    "AS_USUAL",
    "BESIDE",
    "DOCUMENTS",
    "FORMS",
    "LANGUAGE_CHOICES",
    "WATERMARKS",
    "Document",
    "MinutesData",
    "Order",
    "Printed",
    "Wishes",
    "checked_order",
    "dated",
    "document_named",
    "gather",
    "gather_minutes",
    "lay_out",
    "make",
    "note_printing",
    "page_picture",
    "page_text",
    "page_texts",
    "read_back",
    "save_printed",
    "write_document",
    "write_minutes",
]
