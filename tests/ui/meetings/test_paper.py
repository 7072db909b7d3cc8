"""The preview and the print dialog: what is typed is seen, and no printer is no dead end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ethnomed_desktop.app import documents, meetings, printing
from ethnomed_desktop.app.documents import Printed
from ethnomed_desktop.app.meeting_sheets import preview_minutes
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.meetings import print_dialog
from ethnomed_desktop.ui.meetings.print_dialog import PrintDialog
from ethnomed_desktop.ui.meetings.sheets_of_paper import SheetsOfPaper
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type


def words(printed: Printed | None) -> str:
    assert printed is not None
    return " ".join(documents.page_text(printed, page) for page in range(printed.pages))


@pytest.fixture
def previewed(written: MeetingWorkspace, room: Room) -> MeetingWorkspace:
    """The written meeting with its paper shown."""
    if written.paper.isHidden():
        written.toggle_paper()
    room.settle()
    return written


def test_the_paper_follows_what_is_typed(previewed: MeetingWorkspace, room: Room, type_text: Type) -> None:
    assert previewed.minutes.editor is not None
    with room.bot.waitSignal(previewed.paper.shown, timeout=20_000):
        type_text(previewed.minutes.editor.form.boxes["heard"].editor, "Мұрап баяндады.")
    assert "Мұрап баяндады." in words(previewed.paper.printed)


def test_a_late_answer_is_dropped(previewed: MeetingWorkspace, room: Room) -> None:
    sheet = previewed.sheet.copy()
    sheet.items[0].put("heard", "Ескі мәтін")
    shown: list[int] = []
    previewed.paper.shown.connect(shown.append)
    previewed.paper.show_minutes(lambda ctx: preview_minutes(ctx, sheet))
    newer = previewed.sheet.copy()
    newer.items[0].put("heard", "Жаңа мәтін")
    previewed.paper.show_minutes(lambda ctx: preview_minutes(ctx, newer))
    room.settle()
    assert len(shown) == 1
    assert "Жаңа мәтін" in words(previewed.paper.printed)


def test_the_paper_speaks_the_chosen_language(previewed: MeetingWorkspace, room: Room) -> None:
    QTest.mouseClick(previewed.paper.languages.buttons["ru"], Qt.MouseButton.LeftButton)
    room.settle()
    assert "ПРОТОКОЛ" in words(previewed.paper.printed)
    QTest.mouseClick(previewed.paper.languages.buttons["kk+ru"], Qt.MouseButton.LeftButton)
    room.settle()
    assert {"ХАТТАМА", "ПРОТОКОЛ"} <= set(words(previewed.paper.printed).split())


def test_a_hidden_paper_costs_nothing(written: MeetingWorkspace, room: Room, type_text: Type) -> None:
    if not written.paper.isHidden():
        written.toggle_paper()
    written.paper.forget()
    assert written.minutes.editor is not None
    type_text(written.minutes.editor.form.boxes["heard"].editor, "Мұрап баяндады.")
    written.refresh_paper()
    room.settle()
    assert written.paper.printed is None


def test_standard_phrases_are_those_of_the_language_of_the_minutes(previewed: MeetingWorkspace) -> None:
    assert previewed.minutes.editor is not None
    target = previewed.minutes.editor.form.boxes["heard"].editor
    previewed.minutes.language = "ru"
    previewed.minutes.phrase_menu(target).actions()[0].trigger()
    assert previewed.minutes.editor.part.text("heard") == "Информация принята к сведению."


def test_a_report_on_earlier_decisions_is_titled_in_the_language_of_the_minutes(room: Room) -> None:
    work = room.new()
    work.minutes.language = "kk|ru"
    work._on_tasks_to_agenda()
    assert work.sheet.items[-1].text("title") == "Бұрын қабылданған шешімдердің орындалуы туралы"
    work.minutes.language = "ru"
    work._on_tasks_to_agenda()
    assert work.sheet.items[-1].text("title") == "Об исполнении ранее принятых решений"


def opened_dialog(room: Room) -> PrintDialog:
    room.do("print_minutes")
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, PrintDialog) and one.isVisible()]
    room.settle()
    return found[0]


def test_without_a_printer_the_way_is_a_file(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printing, "can_use_lp", lambda: True)
    monkeypatch.setattr(printing, "lp_printers", list)
    dialog = opened_dialog(room)
    assert dialog.no_printer.isVisible()
    assert not dialog.print_button.isEnabled()
    assert [one.property("role") for one in (dialog.print_button, dialog.pdf_button)] == ["", "primary"]
    assert dialog.warning.isVisible()
    assert "кез келген адам" in dialog.warning.text(), "a file leaves the protection"
    dialog.save_pdf(tmp_path / "minutes.pdf")
    room.settle()
    assert (tmp_path / "minutes.pdf").read_bytes().startswith(b"%PDF")
    dialog.close()


def test_without_a_printer_large_text_keeps_the_file_in_sight(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch, qapp: DesktopApplication
) -> None:
    monkeypatch.setattr(printing, "can_use_lp", lambda: True)
    monkeypatch.setattr(printing, "lp_printers", list)
    room.page.resize(1366, 740)
    qapp.use_window_height(740)
    qapp.use_text_size(200)
    dialog = opened_dialog(room)
    for language in ("kk", "ru", "en"):
        qapp.use_language(language)
        room.settle()
        assert dialog.pdf_button.visibleRegion().boundingRect() == dialog.pdf_button.rect()
        assert dialog.pdf_button.width() >= dialog.pdf_button.sizeHint().width(), language
    assert not dialog.print_button.isVisible()
    dialog.close()


def test_a_file_is_proposed_under_number_and_day_among_the_documents(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(print_dialog, "documents_folder", lambda: tmp_path)
    asked: list[str] = []

    def refused(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(start)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", refused)
    dialog = opened_dialog(room)
    dialog.pdf_button.click()
    dialog.close()
    uid = parse_uid(room.work.sheet.meeting.uid)
    room.session.command(lambda ctx: meetings.finish_meeting(ctx, uid), lambda _number: None, print)
    room.settle()
    numbered = PrintDialog(room.session, uid_text(uid), "kk")
    room.settle()
    numbered.word_button.click()
    numbered.deleteLater()
    assert asked == [str(tmp_path / "Хаттама 2026-11-21.pdf"), str(tmp_path / "Хаттама 1 2026-11-21.docx")]


def test_the_printer_gets_what_is_shown(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[tuple[bytes, str, int]] = []
    monkeypatch.setattr(printing, "can_use_lp", lambda: True)
    monkeypatch.setattr(printing, "lp_printers", lambda: ["office", "hall"])
    monkeypatch.setattr(
        printing, "print_by_lp", lambda pdf, name, copies, title, pages: got.append((pdf, name, copies))
    )
    dialog = opened_dialog(room)
    dialog.copies.set_value(2)
    QTest.mouseClick(dialog.choices.sizes.buttons["12"], Qt.MouseButton.LeftButton)
    room.settle()
    printed = dialog.paper.printed
    assert printed is not None
    QTest.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    room.settle()
    assert got == [(printed.pdf, "office", 2)]
    assert dialog.order().size == 12
    dialog.close()


def test_what_is_printed_was_saved_before(
    written: MeetingWorkspace, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "can_use_lp", lambda: True)
    monkeypatch.setattr(printing, "lp_printers", list)
    dialog = opened_dialog(room)
    assert "Кесте бекітілсін." in words(dialog.paper.printed)
    assert len(room.records("meeting")) == 1
    dialog.close()


def test_without_lp_pages_are_printed_as_pictures(written: MeetingWorkspace, room: Room, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from ethnomed_desktop.ui.meetings.raster_printing import RasterPrinting, made_printer

    sheet = written.sheet.copy()
    data = room.ask(lambda ctx: preview_minutes(ctx, sheet))
    sheets = SheetsOfPaper(documents.lay_out(data, documents.Order("kk+ru"), room.ctx))
    printer = made_printer("", 1)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "pictures.pdf"))
    printing_job = RasterPrinting(room.session.tasks, sheets, printer, written)
    with room.bot.waitSignal(printing_job.done, timeout=60_000):
        printing_job.start()
    assert printer.resolution() <= 300
    pictures = Printed((tmp_path / "pictures.pdf").read_bytes(), len(sheets.sizes()))
    assert documents.page_picture(pictures, len(sheets.sizes()) - 1, 100).width in {100, 101}


def test_printing_libraries_wait_for_the_dialog() -> None:
    code = "import sys, ethnomed_desktop.ui.meetings.page; sys.exit('PySide6.QtPrintSupport' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(("width", "size", "shown"), [(1366, 100, True), (1100, 100, False), (1366, 150, False)])
def test_the_paper_is_shown_by_itself_only_where_there_is_room(
    written: MeetingWorkspace, room: Room, qapp: DesktopApplication, width: int, size: int, shown: bool
) -> None:
    qapp.use_text_size(size)
    room.page.resize(width, 700)
    written.show_tab("minutes")
    room.settle()
    assert written.paper.isHidden() is not shown
    written.toggle_paper()
    room.settle()
    assert written.paper.isHidden() is shown, "F7 shows and hides it at every size"
