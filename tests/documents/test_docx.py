"""Minutes for Word: every word of the paper, headings as styles, languages marked, signatures kept together."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.attendance_list import AttendanceSheet, attendance_docx
from ethnomed_desktop.documents.minutes import minutes_docx, minutes_pdf
from ethnomed_desktop.documents.minutes_data import Extract, Item, MinutesData
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.documents.wishes import Wishes
from ethnomed_desktop.domain.errors import UserError
from tests.documents import samples

BOTH = ("kk", "ru")


def opened(made: bytes) -> Any:
    return docx.Document(BytesIO(made))


def said(made: bytes) -> str:
    """Return all words of the body in their order, tables included."""
    body = opened(made).element.body
    return " ".join(
        " ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))).split()
    )


def both_written() -> MinutesData:
    return replace(samples.elders("kk"), second=samples.elders("ru"))


def bare(text: str) -> list[str]:
    return text.replace("\u00a0", " ").replace("\u00ad", "").replace("\x02", "").split()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_holds_every_word_of_the_paper(language: str) -> None:
    data = samples.elders(language)
    paper = pages.flowing_text(minutes_pdf(data, (language,)))
    assert set(bare(paper)) - {"2", "3"} <= set(bare(said(minutes_docx(data, (language,)))))


def test_headings_are_styles_of_word() -> None:
    document = opened(minutes_docx(samples.elders("kk"), ("kk",)))
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert ("Heading 1", "ХАТТАМА") in headings
    assert ("Heading 3", "КҮН ТӘРТІБІ:") in headings


def test_one_language_after_the_other_begins_a_page_and_counts_anew() -> None:
    document = opened(minutes_docx(both_written(), BOTH))
    assert len(document.sections) == 2
    starts = [one._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for one in document.sections]
    assert starts == ["1", "1"]
    text = said(minutes_docx(both_written(), BOTH))
    assert text.index("ХАТТАМА") < text.index("Төраға") < text.index("ПРОТОКОЛ") < text.index("Председатель")


def test_side_by_side_is_a_table_of_two_columns_signed_once() -> None:
    made = minutes_docx(both_written(), BOTH, beside=True)
    rows = [[cell.text for cell in row.cells] for row in opened(made).tables[0].rows]
    assert ["ХАТТАМА", "ПРОТОКОЛ"] in rows
    assert ["КҮН ТӘРТІБІ:", "ПОВЕСТКА ДНЯ:"] in rows
    assert said(made).count("Төраға / Председатель") == 1


def test_words_are_marked_with_their_language() -> None:
    element = opened(minutes_docx(both_written(), BOTH, beside=True)).element
    assert {one.get(qn("w:val"))[:2] for one in element.iter(qn("w:lang"))} == {"kk", "ru"}


def test_the_mark_stands_at_the_head_of_every_page() -> None:
    document = opened(minutes_docx(replace(samples.elders("ru"), practice=True), ("ru",)))
    for head in (document.sections[0].header, document.sections[0].first_page_header):
        assert "УЧЕБНЫЙ ОБРАЗЕЦ" in " ".join(one.text for one in head.paragraphs)
    clean = opened(minutes_docx(samples.elders("ru"), ("ru",), wishes=Wishes("none")))
    assert not clean.sections[0].first_page_header.paragraphs[0].text


def test_the_lines_before_the_signatures_stay_with_them() -> None:
    document = opened(minutes_docx(samples.elders("kk"), ("kk",)))
    last = [one for one in document.paragraphs if one.text][-1]
    assert last.paragraph_format.keep_with_next
    posts = [row.cells[0].paragraphs[0] for row in document.tables[-1].rows]
    assert [bool(one.paragraph_format.keep_with_next) for one in posts] == [True, False]


def test_any_characters_make_a_file_that_can_be_read() -> None:
    data = replace(samples.elders("kk"), agenda=(Item("a\x00\x07<&>\n\n\x0bҚ 🎉"),), heading="x\ty")
    made = minutes_docx(data, ("kk",))
    with ZipFile(BytesIO(made)) as file:
        assert file.testzip() is None
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(file.read(name))
    assert "a<&> Қ 🎉" in said(made)


def test_extract_short_form_and_list_too() -> None:
    assert "Выписка верна" in said(minutes_docx(samples.elders("ru"), ("ru",), "extract", extract=Extract(1)))
    assert "мурабу" not in said(minutes_docx(samples.elders("ru"), ("ru",), "short"))
    listed = attendance_docx(AttendanceSheet((samples.BODY,), expected=samples.crowd(2)), BOTH, beside=True)
    assert said(listed).count("Әліұлы Құдайберген 2-ші") == 1
    with pytest.raises(UserError):
        minutes_docx(samples.elders("ru"), ("ru",), "extract", extract=Extract(9))


def test_the_size_of_the_letters_follows_the_choice() -> None:
    document = opened(minutes_docx(samples.elders("kk"), ("kk",), theme=Theme(size=12)))
    assert document.styles["Normal"].font.size.pt == 12
    assert document.styles["Normal"].font.name == "Times New Roman"
