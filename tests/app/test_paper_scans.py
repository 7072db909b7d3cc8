"""A scanned paper finds its record; one that has none here says why, and nothing is attached by itself."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ethnomed_desktop.app import attachments, documents, meetings, paper_scans, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lookup import find_record
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.app.search import search
from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.hand_forms import IncidentForm, hand_form_pdf
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.paper_codes import PAPERS, paper_code
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

Add = Callable[..., Recorded]
KK = Catalog.load("kk")


def printed(ctx: AppContext, name: str, uid: bytes | None) -> bytes:
    return documents.make(name, documents.gather(ctx, name, uid), documents.Order("kk")).pdf


def scanned(*several: bytes) -> list[Image.Image]:
    """Return every page of the papers as a scanner sees it."""
    found = [pages.grey(one, page, 150) for one in several for page in range(pages.count(one))]
    return [one for one in found if one is not None]


def bundle(folder: Path, *several: bytes, name: str = "скан.pdf") -> Path:
    sheets = scanned(*several)
    sheets[0].save(folder / name, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return folder / name


def parts(ctx: AppContext, *paths: Path) -> list[paper_scans.Part]:
    return paper_scans.parts(ctx, [paper_scans.look(path) for path in paths], KK)


@pytest.fixture
def meeting(add: Add) -> bytes:
    return bytes(add("meeting", starts="2026-11-20T10:00", heading="Ағын су туралы").uid)


@pytest.fixture
def consent(add: Add) -> bytes:
    person = add("person", surname="Әлиева")
    values = {"person": uid_text(person.uid), "purpose": "Хабарласу", "data": "Телефоны", "given_on": "2026-11-20"}
    return bytes(add("consent", **values).uid)


def test_a_photograph_finds_its_record(council: AppContext, incident: bytes, tmp_path: Path) -> None:
    photo = tmp_path / "IMG_1.jpg"
    (sheet,) = scanned(printed(council, "incident-form", incident))
    sheet.rotate(4, expand=True, fillcolor=200).save(photo, "JPEG", quality=40)
    (part,) = parts(council, photo)
    assert (part.uid, part.paper, part.kind, part.whole) == (incident, "incident-form", "incident", True)
    assert attachments.attached_to(council, incident) == []
    made = paper_scans.attach_part(council, part).value
    assert made.name == "IMG_1.jpg"
    assert [one.sha256 for one in attachments.attached_to(council, incident)]
    with pytest.raises(UserError, match=r"attachment\.already"):
        paper_scans.attach_part(council, part)


def test_papers_of_one_file_are_divided_among_their_records(
    council: AppContext, incident: bytes, meeting: bytes, consent: bytes, tmp_path: Path
) -> None:
    white = BytesIO()
    Image.new("L", (600, 800), 255).save(white, "PDF")
    papers = [
        printed(council, "incident-form", incident),
        white.getvalue(),
        printed(council, "minutes", meeting),
        printed(council, "consent-form", consent),
    ]
    found = parts(council, bundle(tmp_path, *papers))
    assert [(one.uid, one.pages, one.name) for one in found] == [
        (incident, (0, 1), "скан (1-2).pdf"),
        (meeting, (2,), "скан (3).pdf"),
        (consent, (3,), "скан (4).pdf"),
    ]
    for one in found:
        paper_scans.attach_part(council, one)
    for uid, count in ((incident, 2), (meeting, 1), (consent, 1)):
        (held,) = attachments.attached_to(council, uid)
        assert pages.count(b"".join(attachments.content(council, held.uid))) == count


def test_pages_before_the_first_code_are_left_to_a_person(
    council: AppContext, incident: bytes, meeting: bytes, tmp_path: Path
) -> None:
    white = BytesIO()
    Image.new("L", (600, 800), 255).save(white, "PDF")
    scan = bundle(tmp_path, white.getvalue(), printed(council, "minutes", meeting))
    first, second = parts(council, scan)
    assert first.uid is None
    assert first.problem is not None
    assert first.problem.code == "scan.no_code"
    with pytest.raises(UserError, match=r"scan\.no_code"):
        paper_scans.attach_part(council, first)
    paper_scans.attach_part(council, first, incident)
    paper_scans.attach_part(council, second)
    assert [one.name for one in attachments.attached_to(council, incident)] == ["скан (1).pdf"]


def test_a_code_without_its_record_says_why(
    council: AppContext, incident: bytes, meeting: bytes, tmp_path: Path
) -> None:
    forms = {
        "scan.not_here": hand_form_pdf(IncidentForm(code=paper_code("incident-form", b"\1" * 16)), ("kk",)),
        "scan.blank": printed(council, "incident-form", None),
        "scan.withdrawn": printed(council, "minutes", meeting),
    }
    records.withdraw(council, meeting, "қате")
    for code, form in forms.items():
        (part,) = parts(council, bundle(tmp_path, form))
        assert part.uid is None
        assert part.problem is not None
        assert part.problem.code == code
        for language in LANGUAGES:
            assert sentence(part.problem, Catalog.load(language)).count(".") >= 2


def test_files_that_are_no_pages(council: AppContext, tmp_path: Path) -> None:
    wrong = {"сурет.jpg": b"\xff\xd8\xff torn", "файл.pdf": b"%PDF-1.7 torn", "дыбыс.mp3": b"ID3 sound", "бос": b""}
    for name, data in wrong.items():
        (tmp_path / name).write_bytes(data)
    found = parts(council, *(tmp_path / name for name in wrong), tmp_path / "жоқ.jpg", tmp_path)
    assert [one.problem.code for one in found if one.problem is not None] == [
        *("scan.unreadable", "scan.unreadable", "scan.not_pages", "attachment.empty", "attachment.vanished"),
        "attachment.folder",
    ]


def test_minutes_that_were_corrected_since_are_told(council: AppContext, add: Add, tmp_path: Path) -> None:
    person = uid_text(add("person", surname="Әлиев", given_name="Бақыт").uid)
    meeting = add("meeting", starts="2026-11-20T10:00", chair=person, secretary=person, heading="Су", venue="Кеңсе")
    item = add("agenda_item", meeting=uid_text(meeting.uid), position=1, title="Су")
    add("decision", agenda_item=uid_text(item.uid), position=1, text="Бекітілсін")
    add("attendance", meeting=uid_text(meeting.uid), person=person, capacity="member")
    meetings.finish_meeting(council, meeting.uid)
    paper = printed(council, "minutes", meeting.uid)
    meetings.correct_meeting(council, meeting.uid, "қате түзетілді")
    (part,) = parts(council, bundle(tmp_path, paper))
    assert part.uid == meeting.uid
    assert part.note is not None
    assert part.note.code == "scan.corrected"


def test_the_typed_code_is_found_by_search_and_names_its_record(council: AppContext, meeting: bytes) -> None:
    code = paper_code("minutes", meeting, 1)
    for typed in (code, code.lower().replace("-", " ")):
        (hit,) = search(council, typed, KK)
        assert hit.uid == meeting
        assert find_record(council, typed) == meeting
    assert search(council, code, KK, kind_name="person") == []
    assert search(council, paper_code("minutes", b"\1" * 16), KK) == []
    with pytest.raises(UserError, match=r"record\.other_kind"):
        find_record(council, code, "person")


def test_a_paper_is_known_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "сурет.jpg").write_bytes(b"age-encryption.org/v1")
    (tmp_path / "атаусыз").write_bytes(b"%PDF-1.4")
    assert not paper_scans.is_paper(tmp_path / "сурет.jpg")
    assert paper_scans.is_paper(tmp_path / "атаусыз")
    assert not paper_scans.is_paper(tmp_path / "жоқ.pdf")


def test_every_paper_has_a_name() -> None:
    assert paper_scans.PAPER_NAMES.keys() == PAPERS.keys()
