"""Minutes on paper: full form, short form, extract; in one language, one after the other, or side by side.

Kazakh and Russian minutes are two texts of equal standing. One after the other, each begins on a
page of its own, is numbered from one and is signed. Side by side they are one document, signed once
(see `two_columns`). What the council wrote is printed as written, in its second language where it
wrote a second text; a line says so where words stand in another language than the form. Page numbers
stand centred at the top from page 2, as record offices ask of minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportlab.platypus import Flowable, PageBreak

from ethnomed_desktop.documents import pdf
from ethnomed_desktop.documents.content import Text
from ethnomed_desktop.documents.minutes_data import Extract, MinutesData
from ethnomed_desktop.documents.minutes_text import minutes_text
from ethnomed_desktop.documents.setting import one_column
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.documents.two_columns import both, two_columns
from ethnomed_desktop.documents.wishes import AS_USUAL, Wishes
from ethnomed_desktop.documents.without_names import Veil
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.paper_codes import for_paper
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

_DEFAULT = Theme()


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
    beside: bool = False,
    wishes: Wishes = AS_USUAL,
    theme: Theme = _DEFAULT,
    progress: Progress = no_progress,
) -> bytes:
    """Return minutes as PDF bytes: one text per language, in that order (``("kk", "ru")``).

    ``beside`` sets the two texts in two columns of one document. Raises what `minutes_texts` raises
    and `UserError` ``document.missing_glyph`` (facts: letter, codepoint).
    """
    texts = minutes_texts(
        data, languages, form, extract=extract, translations=translations, wishes=wishes, beside=beside
    )
    if beside:
        story = two_columns(texts[0], texts[1], theme)
        texts[0] = replace(texts[0], title=both(texts[0].title, texts[1].title))
    else:
        story = _one_after_the_other(texts, theme)
    return pdf.build(story, title=texts[0].title, language=languages[0], theme=theme, progress=progress)


def minutes_docx(
    data: MinutesData,
    languages: Sequence[str],
    form: str = "full",
    *,
    extract: Extract | None = None,
    beside: bool = False,
    wishes: Wishes = AS_USUAL,
    theme: Theme = _DEFAULT,
) -> bytes:
    """Return minutes as an editable file; raises as `minutes_texts`."""
    from ethnomed_desktop.documents.docx_file import docx_of

    return docx_of(
        minutes_texts(data, languages, form, extract=extract, wishes=wishes, beside=beside), theme, beside=beside
    )


def minutes_texts(
    data: MinutesData,
    languages: Sequence[str],
    form: str = "full",
    *,
    extract: Extract | None = None,
    translations: Mapping[str, MinutesData] | None = None,
    wishes: Wishes = AS_USUAL,
    beside: bool = False,
) -> list[Text]:
    """Return what the minutes say in each language, not set yet.

    ``beside`` asks for two texts without the sentence that words stand in another language: in two
    columns each place has its mark.

    ``translations`` holds, by language, the same minutes with the council's own words in that
    language; without them the second text that the minutes carry is taken. Raises `UserError`
    ``meeting.no_such_item`` (facts: item, count) or ``document.unknown_signer`` (fact: name), and
    `UsageError` ``usage.wrong_value`` for a language or form that does not exist, or an extract
    without its item.
    """
    if not languages or not set(languages) <= set(LANGUAGES) or (beside and len(set(languages)) != 2):
        raise UsageError("usage.wrong_value", field="language")
    if wishes.hide_names:
        veil = Veil(data)
        data, extract, wishes = veil.data(data), veil.extract(extract), veil.wishes(wishes)
        translations = {name: veil.data(one) for name, one in translations.items()} if translations else None
    own = translations if translations is not None else _second_text(data)
    sources = [own.get(language, data) for language in languages]
    if beside:
        sources = [replace(one, content_language="", partly=False) for one in sources]
    made = [
        minutes_text(one, Catalog.load(language), form, extract, wishes)
        for one, language in zip(sources, languages, strict=True)
    ]
    code = for_paper(data.code, "extract") if form == "extract" else data.code
    return [replace(text, written=data.content_language, code=code) for text in made]


def _second_text(data: MinutesData) -> dict[str, MinutesData]:
    second = data.second
    return {second.content_language: replace(second, second=None)} if second is not None else {}


def _one_after_the_other(texts: Sequence[Text], theme: Theme) -> list[Flowable]:
    whole: list[Flowable] = []
    for text in texts:
        if whole:
            whole.append(PageBreak())
        whole += one_column(text, theme)
    return whole
