"""A one-way extract of chosen records: readable by anyone, marked as such, and no exchange file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.content import Gap, Grid, Line, Piece, Text
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

_DEFAULT = Theme(size=12, page_numbers="foot")


@dataclass(frozen=True)
class ExtractedRecord:
    """One record in words: its title with the kind, and (field, value) of what is in the extract."""

    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RecordExtract:
    """Chosen records; ``with_names`` says that fields naming people are among them."""

    body: str
    records: tuple[ExtractedRecord, ...]
    with_names: bool = False
    practice: bool = False


def record_extract_pdf(data: RecordExtract, language: str, made: date, theme: Theme = _DEFAULT) -> bytes:
    """Return the extract of the day ``made`` as PDF bytes.

    Raises `UserError` ``document.missing_glyph`` and `UsageError` ``usage.wrong_value``.
    """
    if language not in LANGUAGES:
        raise UsageError("usage.wrong_value", field="language")
    text = _text(data, made, Catalog.load(language))
    return pdf.build(one_column(text, theme), title=text.title, language=language, theme=theme)


def _text(data: RecordExtract, made: date, catalog: Catalog) -> Text:
    _ = catalog.gettext
    names = _("Fields that name people are left out; texts may name them.")
    if data.with_names:
        names = _("It names people.")
    content: list[Piece] = [Line(data.body, "organisation")] if data.body else []
    content += [
        Line(_("EXTRACT OF RECORDS"), "kind"),
        Line(_("Made on: {date}").format(date=long_date(made, catalog.language)), "plain"),
        Line(
            _(
                "One-way extract: it is not an exchange file, and no program takes it in. Confidential: it is not "
                "protected by a password. Pass it on only to whom it is meant for, and destroy it when it is no "
                "longer needed."
            ),
            "remark",
        ),
        Line(names, "remark"),
    ]
    for one in data.records:
        content += [Gap(), Line(one.title, "heading")]
        if one.fields:
            content.append(Grid((_("Field"), _("What is kept")), one.fields, (2, 5)))
        else:
            content.append(Line(_("Nothing that may be in an extract.")))
    watermark = _("PRACTICE") if data.practice else ""
    return Text(_("Extract of records"), catalog.language, _("Page {page} of {pages}"), watermark, content)
