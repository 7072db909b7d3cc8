"""Everything that is kept, for reading on paper or on a screen: kind by kind, record by record, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.content import Line, Piece, Text
from ethnomed_desktop.documents.fonts import legible
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import long_date

_DEFAULT = Theme(size=12, page_numbers="foot")


@dataclass(frozen=True)
class Entry:
    """One record: what it is called, its fields in words, its identifier."""

    title: str
    fields: tuple[tuple[str, str], ...]
    identifier: str
    in_trash: bool = False


@dataclass(frozen=True)
class Chapter:
    """The records of one kind."""

    name: str
    entries: Sequence[Entry]


def open_book_pdf(
    chapters: Sequence[Chapter],
    made: date,
    catalog: Catalog,
    *,
    practice: bool = False,
    theme: Theme = _DEFAULT,
    progress: Progress = no_progress,
) -> bytes:
    """Return the book of the day ``made`` as PDF bytes, in the language of ``catalog``.

    A letter that the fonts lack is a square: the exact text is in the other forms of the export.
    """
    _ = catalog.gettext
    content: list[Piece] = [
        Line(_("EVERYTHING THAT IS KEPT"), "kind"),
        Line(_("Made on: {date}").format(date=long_date(made, catalog.language)), "plain"),
        Line(
            _(
                "What the person who made this file may see, records in the trash too. It is outside the "
                "protection of the program: whoever has it can read it."
            )
        ),
    ]
    for chapter in chapters:
        content.append(Line(legible(chapter.name), "heading"))
        for entry in chapter.entries:
            content += _entry(entry, catalog)
    text = Text(
        _("Everything that is kept"),
        catalog.language,
        _("Page {page} of {pages}"),
        _("PRACTICE") if practice else "",
        content,
    )
    return pdf.build(
        one_column(text, theme), title=text.title, language=catalog.language, theme=theme, progress=progress
    )


def _entry(entry: Entry, catalog: Catalog) -> list[Piece]:
    _ = catalog.gettext
    lines: list[Piece] = [Line(legible(entry.title), "heading")]
    if entry.in_trash:
        lines.append(Line(_("In the trash"), "remark"))
    lines += [Line(f"{legible(label)}: ", "detail", legible(value)) for label, value in entry.fields]
    lines.append(Line(_("Identifier: {id}").format(id=entry.identifier), "remark"))
    return lines
