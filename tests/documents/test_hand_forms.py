"""Forms for notes by hand: one page each, what is known printed in, at the foot a code drawn in lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw
import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.attendance_list import attendance_pdf
from ethnomed_desktop.documents.attendance_sheet import AttendanceSheet
from ethnomed_desktop.documents.hand_forms import HandForm, IncidentForm, MeetingForm, hand_form_pdf
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.documents.minutes_data import Extract
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.paper_codes import for_paper, paper_code
from ethnomed_desktop.domain.values import PartialDate
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from tests.documents import samples
from tests.documents.conftest import Golden

CODE = paper_code("minutes", bytes(range(16)), 1)
KNOWN = (
    IncidentForm(samples.BODY, "2026/14", PartialDate.parse("2026-11-20"), samples.PLACE, "Мысалбұлақ"),
    MeetingForm(samples.BODY, date(2026, 11, 20), "10:00", samples.PLACE, ("Су кезегі туралы", "Мектеп туралы")),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [IncidentForm(), MeetingForm(), *KNOWN], ids=lambda data: type(data).__name__)
def test_each_form_is_one_page(data: HandForm, language: str) -> None:
    assert pages.count(hand_form_pdf(data, (language,))) == 1


@pytest.mark.parametrize("data", KNOWN, ids=("incident", "meeting"))
def test_the_forms_look_as_agreed(golden: Golden, data: HandForm) -> None:
    golden.same(f"hand_{type(data).__name__}_kk_ru", hand_form_pdf(replace(data, code=CODE), ("kk", "ru")))


def test_all_kinds_of_origin_and_severity_can_be_ticked() -> None:
    said = pages.flowing_text(hand_form_pdf(IncidentForm(), ("ru",)))
    words = Catalog.load("ru").gettext
    for name in ("origin_type", "severity", "channel"):
        assert all(words(label) in said for _code, label in CODE_LISTS[name].entries), name


def test_a_long_matter_and_a_form_in_no_language() -> None:
    long = MeetingForm(matters=("Ұзақ мәселе " * 12,))
    assert pages.count(hand_form_pdf(long, ("kk", "ru", "en"))) == 3
    with pytest.raises(UsageError):
        hand_form_pdf(long, ())


def test_the_code_stands_on_every_page_of_every_language() -> None:
    sheet = AttendanceSheet((samples.BODY,), empty_rows=60, code=CODE)
    made = attendance_pdf(sheet, ("kk", "ru"))
    assert pages.count(made) == 6
    assert all(CODE in text for text in pages.texts(made))
    data = replace(samples.elders("kk"), code=CODE)
    for beside in (False, True):
        assert all(CODE in text for text in pages.texts(minutes_pdf(data, ("kk", "ru"), beside=beside)))
    cut = minutes_pdf(data, ("kk",), "extract", extract=Extract(1, None, date(2026, 11, 20)))
    assert all(for_paper(CODE, "extract") in text for text in pages.texts(cut))


def test_without_a_code_there_is_no_mark() -> None:
    plain, marked = (attendance_pdf(AttendanceSheet((samples.BODY,), code=code), ("kk",)) for code in ("", CODE))
    assert len(marked) > len(plain)
    assert CODE not in pages.text(plain, 0)


def test_the_code_is_drawn_in_lines_not_as_a_picture() -> None:
    made = attendance_pdf(AttendanceSheet((samples.BODY,), code=CODE), ("kk",))
    document = pypdfium2.PdfDocument(made)
    kinds = {one.type for one in document[0].get_objects()}
    document.close()
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
