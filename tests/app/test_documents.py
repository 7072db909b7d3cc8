"""What leaves the protection is whole, noted, and just what was looked at."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from ethnomed_desktop.app import documents, printing
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.store.tables import audit

Add = Callable[..., Recorded]


@pytest.fixture
def meeting(add: Add) -> bytes:
    return bytes(add("meeting", starts="2026-11-20T10:00", heading="Ағын су туралы").uid)


def notes(ctx: AppContext) -> list[dict[str, str]]:
    with ctx.reading() as connection:
        rows = connection.execute(select(audit.c.detail).where(audit.c.action == "document.printed")).scalars()
        return [json.loads(row) for row in rows]


def laid_out(ctx: AppContext, uid: bytes, order: documents.Order) -> documents.Printed:
    return documents.lay_out(documents.gather_minutes(ctx, uid), order, ctx)


def test_the_file_is_the_document_that_was_looked_at(council: AppContext, meeting: bytes, tmp_path: Path) -> None:
    order = documents.Order("kk+ru")
    printed = laid_out(council, meeting, order)
    documents.save_printed(council, meeting, order, printed, tmp_path / "хаттама.pdf")
    assert (tmp_path / "хаттама.pdf").read_bytes() == printed.pdf
    assert [(one["where"], one["language"]) for one in notes(council)] == [("file", "kk+ru")]


def test_every_printing_is_noted(council: AppContext, meeting: bytes) -> None:
    order = documents.Order("ru", "short")
    documents.note_printing(council, meeting, order, laid_out(council, meeting, order), "printer")
    assert [(one["where"], one["form"]) for one in notes(council)] == [("printer", "short")]


def test_pages_have_words_and_pictures(council: AppContext, meeting: bytes) -> None:
    printed = laid_out(council, meeting, documents.Order("kk"))
    assert "ХАТТАМА" in documents.page_text(printed, 0)
    picture = documents.page_picture(printed, 0, 120)
    assert (picture.width, len(picture.pixels)) == (120, 120 * picture.height * 4)


def fake_lp(folder: Path, monkeypatch: pytest.MonkeyPatch, exit_code: int = 0) -> Path:
    """Put programs named like those of the print service first on the path; return what lp was given."""
    got = folder / "got"
    programs = {
        "lp": f'#!/bin/sh\ncat > "{got}.pdf"\necho "$@" > "{got}.arguments"\nexit {exit_code}\n',
        "lpstat": '#!/bin/sh\n[ "$1" = -e ] && printf "hall\\noffice\\n" || echo "default destination: office"\n',
    }
    for name, text in programs.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return got


def test_lp_gets_the_bytes_and_the_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    got = fake_lp(tmp_path, monkeypatch)
    assert printing.can_use_lp()
    assert printing.lp_printers() == ["office", "hall"]
    printing.print_by_lp(b"%PDF-1.7 words", "office", 3, "Minutes")
    assert got.with_suffix(".pdf").read_bytes() == b"%PDF-1.7 words"
    assert "-d office -n 3" in got.with_suffix(".arguments").read_text(encoding="utf-8")


def test_a_printer_that_refuses_is_told_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_lp(tmp_path, monkeypatch, exit_code=1)
    with pytest.raises(UserError) as caught:
        printing.print_by_lp(b"%PDF", "office", 1, "Minutes")
    assert (caught.value.code, caught.value.facts) == ("print.refused", {"printer": "office"})


def test_without_a_print_service_there_are_no_printers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printing.can_use_lp()
    assert printing.lp_printers() == []
