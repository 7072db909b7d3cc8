"""The print dialog: who signs, what mark, which item, which pages – and all of it again the next time."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ethnomed_desktop.app import documents, printing
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.meetings.print_dialog import PrintDialog
from ethnomed_desktop.ui.meetings.workspace import MeetingWorkspace
from tests.ui.meetings.conftest import Room, Type

LEFT = Qt.MouseButton.LeftButton


class Printer:
    """What the printers of this computer were given."""

    def __init__(self) -> None:
        self.got: list[tuple[str, int, tuple[int, ...]]] = []
        self.trouble: UserError | None = None
        self.refusal: UserError | None = None

    def take(self, pdf: bytes, name: str, copies: int, title: str, pages: tuple[int, ...]) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.got.append((name, copies, pages))


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    made = Printer()
    monkeypatch.setattr(printing, "can_use_lp", lambda: True)
    monkeypatch.setattr(printing, "lp_printers", lambda: ["hall", "office"])
    monkeypatch.setattr(printing, "print_by_lp", made.take)
    monkeypatch.setattr(printing, "printer_trouble", lambda name: made.trouble)
    return made


def opened(room: Room) -> PrintDialog:
    room.do("print_minutes")
    room.settle()
    return shown()


def shown() -> PrintDialog:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, PrintDialog) and one.isVisible()]
    return found[-1]


def words(dialog: PrintDialog) -> str:
    printed = dialog.paper.printed
    assert printed is not None
    return " ".join(" ".join(documents.page_text(printed, page) for page in range(printed.pages)).split())


def test_others_may_sign_and_the_mark_is_chosen(written: MeetingWorkspace, room: Room, printer: Printer) -> None:
    dialog = opened(room)
    assert not dialog.choices.signers.isVisible()
    dialog.choices.more.click()
    room.settle()
    assert dialog.choices.signers.count() == 9
    dialog.choices.signers.item(2).setCheckState(Qt.CheckState.Checked)
    QTest.mouseClick(dialog.choices.marks.buttons["copy"], LEFT)
    room.settle()
    text = words(dialog)
    assert "А. Мүше02" in text.partition("Б. Төраға")[2].rpartition("А. Хатшы")[2]
    assert ("КӨШІРМЕ" in text) or ("COPY" in text)
    dialog.close()


def test_without_names_the_paper_names_nobody_and_says_so(
    written: MeetingWorkspace, room: Room, printer: Printer
) -> None:
    dialog = opened(room)
    assert "Төраға" in words(dialog)
    dialog.choices.nameless.click()
    room.settle()
    assert dialog.order().wishes.hide_names
    text = words(dialog)
    assert "Мүше02" not in text
    assert "Б. Төраға" not in text
    assert "кодтармен ауыстырылған" in text or "Names of people are replaced" in text
    dialog.close()


def test_an_extract_is_about_the_chosen_item(
    written: MeetingWorkspace, room: Room, printer: Printer, type_text: Type
) -> None:
    written.add_item()
    assert written.minutes.editor is not None
    type_text(written.minutes.editor.form.boxes["title"].editor, "Мектеп туралы")
    dialog = opened(room)
    QTest.mouseClick(dialog.paper.forms.buttons["extract"], LEFT)
    room.settle()
    assert dialog.choices.items.isVisible()
    dialog.choices.items.setCurrentRow(1)
    room.settle()
    assert dialog.order().item == 2
    assert "Мектеп туралы" in words(dialog)
    assert "Кесте бекітілсін" not in words(dialog)
    dialog.close()


def test_only_some_pages_and_copies_are_printed(written: MeetingWorkspace, room: Room, printer: Printer) -> None:
    dialog = opened(room)
    dialog.range.set_value("7")
    QTest.mouseClick(dialog.print_button, LEFT)
    room.settle()
    assert printer.got == []
    assert dialog.range.error()
    dialog.range.set_value("1")
    dialog.copies.set_value(3)
    QTest.mouseClick(dialog.print_button, LEFT)
    room.settle()
    assert printer.got == [("hall", 3, (1,))]
    dialog.close()


def test_a_printer_without_paper_is_told_and_nothing_is_lost(
    written: MeetingWorkspace, room: Room, printer: Printer
) -> None:
    printer.trouble = UserError("print.no_paper", printer="hall")
    dialog = opened(room)
    QTest.mouseClick(dialog.print_button, LEFT)
    room.settle()
    assert "hall" in dialog.messages.label.text()
    assert dialog.print_button.isEnabled()
    dialog.close()


def test_a_printer_that_is_gone_is_told_and_another_takes_it(
    written: MeetingWorkspace, room: Room, printer: Printer
) -> None:
    printer.refusal = UserError("print.printer_gone", printer="hall")
    dialog = opened(room)
    QTest.mouseClick(dialog.print_button, LEFT)
    room.settle()
    assert "hall" in dialog.messages.label.text()
    printer.refusal = None
    dialog.printers.setCurrentRow(1)
    QTest.mouseClick(dialog.print_button, LEFT)
    room.settle()
    assert [name for name, _copies, _pages in printer.got] == ["office"]
    dialog.close()


def test_how_it_was_printed_is_offered_the_next_time(
    written: MeetingWorkspace, room: Room, printer: Printer
) -> None:
    dialog = opened(room)
    uid = written.uid
    QTest.mouseClick(dialog.paper.languages.buttons["kk|ru"], LEFT)
    QTest.mouseClick(dialog.choices.sizes.buttons["12"], LEFT)
    dialog.choices.sign.click()
    dialog.printers.setCurrentRow(1)
    room.settle()
    QTest.mouseClick(dialog.print_button, LEFT)
    room.settle()
    dialog.close()
    room.page.print_meeting(uid, "")
    room.settle()
    again = shown()
    order = again.order()
    assert (order.language, order.size, order.wishes.sign) == ("kk|ru", 12, False)
    assert again.printers.currentItem().text() == "office"
    again.close()


def test_minutes_are_saved_for_word(
    written: MeetingWorkspace, room: Room, printer: Printer, tmp_path: Path
) -> None:
    dialog = opened(room)
    dialog.save_word(tmp_path / "minutes.docx")
    room.settle()
    assert (tmp_path / "minutes.docx").read_bytes().startswith(b"PK")
    assert "minutes.docx" in dialog.messages.label.text()
    dialog.save_word(tmp_path / "no" / "minutes.docx")
    room.settle()
    assert "minutes.docx" in dialog.messages.label.text()
    assert not (tmp_path / "no").exists()
    dialog.close()


def test_the_extract_of_the_item_that_is_written_is_offered_from_the_menu(
    written: MeetingWorkspace, room: Room, printer: Printer, type_text: Type
) -> None:
    written.add_item()
    assert written.minutes.editor is not None
    type_text(written.minutes.editor.form.boxes["title"].editor, "Мектеп жолы")
    room.do("extract_item")
    room.settle()
    dialog = shown()
    room.bot.waitUntil(dialog.print_button.isEnabled, timeout=20_000)
    assert dialog.order().form == "extract"
    assert "ҮЗІНДІ" in words(dialog)
    assert "Мектеп жолы" in words(dialog)
    assert "Ағын су кезегі" not in words(dialog)
    QTest.mouseClick(dialog.print_button, LEFT)
    room.settle()
    dialog.close()
    assert opened(room).order().form == "full", "nobody prints an extract as a rule"


def test_a_blank_item_before_it_does_not_shift_the_extract(
    written: MeetingWorkspace, room: Room, printer: Printer, type_text: Type
) -> None:
    written.add_item()
    written.add_item()
    assert written.minutes.editor is not None
    type_text(written.minutes.editor.form.boxes["title"].editor, "Мектеп жолы")
    written.add_item()
    assert written.minutes.editor is not None
    type_text(written.minutes.editor.form.boxes["title"].editor, "Көпір")
    written.agenda.step(-1)
    room.do("extract_item")
    room.settle()
    dialog = shown()
    room.bot.waitUntil(dialog.print_button.isEnabled, timeout=20_000)
    assert "Мектеп жолы" in words(dialog)
    assert "Көпір" not in words(dialog)
    dialog.close()


def test_the_one_way_extract_of_a_meeting_of_the_list_names_nobody(
    written: MeetingWorkspace, room: Room, printer: Printer
) -> None:
    room.do("save_and_leave")
    room.page.extract_current()
    room.settle()
    assert room.page.list.messages.isVisible() or shown().order().form == "extract"
    room.page.list.table.selectRow(0)
    room.page.extract_current()
    room.settle()
    order = shown().order()
    assert (order.form, order.item, order.wishes.hide_names) == ("extract", 1, True)


def test_hidden_names_do_not_come_back_in_the_print_dialog(
    written: MeetingWorkspace, room: Room, printer: Printer
) -> None:
    appearance().names_hidden = True
    dialog = opened(room)
    dialog.choices.more.click()
    room.settle()
    assert dialog.paper.view.page_count() == 0
    assert "жасырулы" in dialog.paper.messages.label.text()
    assert "Мүше" not in dialog.choices.signers.item(2).text()
    dialog.print_button.click()
    room.settle()
    assert len(printer.got) == 1
    assert "Мүше02" in words(dialog), "what is printed is the whole page"
    dialog.choices.nameless.click()
    room.settle()
    assert dialog.paper.view.page_count() == 1
    dialog.close()


def test_f1_leaves_the_dialog_for_the_page_on_printing(written: MeetingWorkspace, room: Room) -> None:
    asked: list[str] = []
    room.session.hub.act_requested.connect(asked.append)
    dialog = opened(room)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert asked == ["help:printing"]
    assert not dialog.isVisible()
