"""Forms for notes by hand know what the record knows; a blank one needs no record; printing is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.paper_codes import paper_code, read_paper_code

Add = Callable[..., Recorded]


def said(ctx: AppContext, name: str, uid: bytes | None, folder: Path, language: str = "kk") -> str:
    target = folder / "form.pdf"
    documents.write_document(ctx, name, uid, documents.Order(language), target)
    return documents.read_back(target.read_bytes())


def test_what_the_record_knows_is_printed_in(council: AppContext, add: Add, tmp_path: Path) -> None:
    incident = add(
        "incident", settlement="Мысалбұлақ", happened="2026-11-20", what_happened="Дау", place="kato:314800000"
    )
    text = said(council, "incident-form", incident.uid, tmp_path)
    assert "Мысалбұлақ" in text
    assert "20.11.2026" in text
    assert paper_code("incident-form", incident.uid) in text
    meeting = add("meeting", starts="2026-11-20T10:30", venue="Мәдениет үйі")
    add("agenda_item", meeting=uid_text(meeting.uid), position=1, title="Су кезегі туралы")
    text = said(council, "meeting-form", meeting.uid, tmp_path)
    assert all(words in text for words in ("10:30", "Мәдениет үйі", "Су кезегі туралы", "Ауыл ақсақалдар кеңесі"))
    assert paper_code("meeting-form", meeting.uid) in text


@pytest.mark.parametrize("name", ["incident-form", "meeting-form", "consent-form"])
def test_a_blank_form_needs_no_record(council: AppContext, tmp_path: Path, name: str) -> None:
    text = said(council, name, None, tmp_path, "ru")
    assert "Совет аксакалов села" in text
    assert paper_code(name) in text


def test_other_papers_and_records_of_another_kind_are_refused(
    council: AppContext, add: Add, tmp_path: Path
) -> None:
    meeting = add("meeting", starts="2026-11-20T10:30")
    with pytest.raises(UsageError, match=r"document\.needs_record"):
        said(council, "minutes", None, tmp_path)
    for name, uid in (("incident-form", meeting.uid), ("meeting-form", bytes(16))):
        with pytest.raises(UserError, match=r"record\.unknown"):
            said(council, name, uid, tmp_path)
    assert not (tmp_path / "form.pdf").exists()


def test_papers_of_a_record_carry_its_code(council: AppContext, add: Add) -> None:
    meeting = add("meeting", starts="2026-11-20T10:30")
    person = add("person", surname="Әлиева")
    consent = add(
        "consent", person=uid_text(person.uid), purpose="Хабарласу", data="Телефоны", given_on="2026-11-20"
    )
    for name, uid in (("minutes", meeting.uid), ("attendance-list", meeting.uid), ("consent-form", consent.uid)):
        code = read_paper_code(documents.gather(council, name, uid).code)
        assert code is not None
        assert (code.paper, code.tail) == (name, uid[-7:])
