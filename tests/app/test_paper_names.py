"""Minutes printed without names: people of the records are looked for in the words of the council, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.editable_documents import write_docx
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.ids import uid_text

NAMELESS = documents.Order("kk", wishes=documents.Wishes(hide_names=True))


@pytest.fixture
def meeting(council: AppContext, add: Callable[..., Recorded]) -> bytes:
    """A meeting whose minutes name somebody of the records in their text only, and a stranger."""
    body = list_records(council, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid
    add("person", surname="Тұрғынбаев", given_name="Ерлан", hidden_name="Б-2")
    chair = add("person", surname="Төрағабеков", given_name="Асан")
    made = add("meeting", organisation=uid_text(body), starts="2026-11-20T10:00", chair=uid_text(chair.uid))
    add(
        "agenda_item",
        meeting=uid_text(made.uid),
        position=1,
        title="Су туралы",
        heard="Е. Тұрғынбаевтың айтуынша, Бейтанысов келмеді.",
    )
    return made.uid


def text_of(council: AppContext, meeting: bytes, order: documents.Order, target: Path) -> str:
    documents.write_minutes(council, meeting, order, target)
    return documents.read_back(target.read_bytes())


def test_people_of_the_records_are_hidden_wherever_they_are_named(
    council: AppContext, meeting: bytes, tmp_path: Path
) -> None:
    plain = text_of(council, meeting, documents.Order("kk"), tmp_path / "plain.pdf")
    assert "Тұрғынбаевтың" in plain
    assert "Төрағабеков" in plain
    text = text_of(council, meeting, NAMELESS, tmp_path / "nameless.pdf")
    assert "Тұрғынбаев" not in text
    assert "Төрағабеков" not in text
    assert "Б-2 айтуынша, Бейтанысов" in text, "who is not in the records cannot be known"


def test_a_file_for_word_is_nameless_too(council: AppContext, meeting: bytes, tmp_path: Path) -> None:
    import zipfile

    target = tmp_path / "nameless.docx"
    write_docx(council, "minutes", meeting, NAMELESS, target)
    words = zipfile.ZipFile(target).read("word/document.xml").decode()
    assert "Тұрғынбаев" not in words
    assert "Б-2" in words


def test_only_minutes_can_be_nameless(council: AppContext, meeting: bytes, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        documents.write_document(council, "attendance-list", meeting, NAMELESS, tmp_path / "list.pdf")
    assert caught.value.code == "usage.wrong_value"
    assert not (tmp_path / "list.pdf").exists()
