"""Minutes on paper: full form, short form, extract; in one language or in two, one text after the other.

Kazakh and Russian minutes are two texts of equal standing: each begins on a page of its own, is
numbered from one and is signed. What the council wrote is printed as written; a line says so where
the text's language is known to be another. If the council keeps the second text, it comes in as a
translation. Page numbers stand centred at the top from page 2, as record offices ask of minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reportlab.platypus import Flowable, PageBreak, Spacer

from ethnomed_desktop.documents import blocks, minutes_head, pdf
from ethnomed_desktop.documents.minutes_data import Attendee, Extract, MinutesData
from ethnomed_desktop.documents.minutes_items import Sections, tasks
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.formatting import long_date

FORMS = ("full", "short", "extract")
_DEFAULT = Theme()
_ANNEXES_KEPT = 6  # a longer list of annexes may part from the signatures


def write_minutes(
    data: MinutesData,
    languages: Sequence[str],
    form: str,
    target: Path,
    *,
    extract: Extract | None = None,
    translations: Mapping[str, MinutesData] | None = None,
    theme: Theme = _DEFAULT,
    progress: Progress = no_progress,
) -> int:
    """Write minutes as a PDF in the place of ``target`` and return the number of pages.

    Raises what `minutes_pdf` raises, before anything is written, and `StorageError` (see `pdf.write`).
    Any thread; takes a second or more for long minutes.
    """
    made = minutes_pdf(
        data, languages, form, extract=extract, translations=translations, theme=theme, progress=progress
    )
    return pdf.write(made, target)


def minutes_pdf(
    data: MinutesData,
    languages: Sequence[str],
    form: str = "full",
    *,
    extract: Extract | None = None,
    translations: Mapping[str, MinutesData] | None = None,
    theme: Theme = _DEFAULT,
    progress: Progress = no_progress,
) -> bytes:
    """Return minutes as PDF bytes: one text per language, in that order (``("kk", "ru")``).

    ``translations`` holds, by language, the same minutes with the council's own words in that
    language. Raises `UserError` ``document.missing_glyph`` (facts: letter, codepoint) or
    ``meeting.no_such_item`` (facts: item, count), and `UsageError` ``usage.wrong_value`` for a language or
    form that does not exist, or an extract without its item.
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise UsageError("usage.wrong_value", field="language")
    whole: list[Flowable] = []
    for language in languages:
        catalog, own = Catalog.load(language), (translations or {}).get(language, data)
        if whole:
            whole.append(PageBreak())
        whole.append(_start(own, catalog))
        whole += story(own, catalog, theme, form, extract)
    first = Catalog.load(languages[0])
    title = minutes_head.title((translations or {}).get(languages[0], data), first)
    return pdf.build(whole, title=title, language=languages[0], theme=theme, progress=progress)


def story(
    data: MinutesData, catalog: Catalog, theme: Theme, form: str = "full", extract: Extract | None = None
) -> list[Flowable]:
    """Return the text of minutes in the catalog's language as reportlab's flowables."""
    if form not in FORMS or (form == "extract") != (extract is not None):
        raise UsageError("usage.wrong_value", field="form")
    if extract is not None:
        return _extract(data, catalog, theme, extract)
    sections = Sections(data, catalog, theme)
    content = minutes_head.head(data, catalog, theme)
    content += minutes_head.introduction(data, catalog, theme)
    content += minutes_head.agenda(data, catalog, theme)
    for index in range(len(data.agenda)):
        content += sections.section(index, short=form == "short")
    content += tasks(data.tasks, catalog, theme)
    if data.outcome.strip():
        content += theme.text(catalog.gettext("OUTCOME OF THE SITTING:"), "label")
        content += theme.text(data.outcome, "body", catalog.language)
    ending = blocks.signatures(_signers(data, catalog), theme)
    annexes = minutes_head.annexes(data, catalog, theme)
    if annexes:
        annexes.insert(0, Spacer(0, theme.size * 0.6))
        if len(annexes) > _ANNEXES_KEPT:
            content += annexes
        else:
            ending = annexes + ending
    return [*blocks.closed(content, ending, theme), *minutes_head.annex_of_present(data, catalog, theme)]


def _extract(data: MinutesData, catalog: Catalog, theme: Theme, extract: Extract) -> list[Flowable]:
    _ = catalog.gettext
    if not 1 <= extract.item <= len(data.agenda):
        raise UserError("meeting.no_such_item", item=extract.item, count=len(data.agenda))
    content = minutes_head.head(data, catalog, theme, extract=True)
    content += Sections(data, catalog, theme).section(extract.item - 1)
    ending = blocks.signatures(_signers(data, catalog), theme, sign=False)
    by = extract.certified_by or Attendee("")
    ending += [Spacer(0, theme.size), *theme.text(_("True extract"), "plain")]
    ending += blocks.signatures([(by.post, by.signed)], theme)
    if extract.certified_on:
        ending += theme.text(long_date(extract.certified_on, catalog.language), "plain")
    ending += theme.text(_("Place of the seal"), "plain")
    return blocks.closed(content, ending, theme)


def _signers(data: MinutesData, catalog: Catalog) -> list[tuple[str, str]]:
    _ = catalog.gettext
    chair, secretary = data.chair, data.secretary
    return [
        (_("Chair"), chair.signed if chair else ""),
        (_("Secretary"), secretary.signed if secretary else ""),
    ]


def _start(data: MinutesData, catalog: Catalog) -> blocks.TextStart:
    _ = catalog.gettext
    watermark = _("PRACTICE") if data.practice else _("DRAFT MINUTES") if data.draft else ""
    return blocks.TextStart(_("Page {page} of {pages}"), watermark)
