"""Forms and registers in the window: looked at, printed, saved as a PDF or a spreadsheet, noted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtPrintSupport import QPrinter
from sqlalchemy import select

from ethnomed_desktop.app.documents import read_back
from ethnomed_desktop.app.loose_papers import PAPERS
from ethnomed_desktop.app.records import record_many
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.store.tables import audit
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.meetings.papers_dialog import PapersDialog
from tests.ui.test_scans import on_lane


def dialog_of(desk: Any) -> PapersDialog:
    desk.settle()
    (found,) = (one for one in desk.work.findChildren(PapersDialog) if one.isVisible())
    return found


def notes(desk: Any) -> list[dict[str, str]]:
    query = select(audit.c.detail).where(audit.c.action.in_(("document.printed", "list.exported")))

    def read(ctx: Any) -> list[dict[str, str]]:
        with ctx.reading() as connection:
            return [json.loads(one) for one in connection.execute(query).scalars()]

    return list(on_lane(desk, read))


def choose(dialog: PapersDialog, key: str, desk: Any) -> None:
    dialog.list.setCurrentRow([one.key for one in PAPERS].index(key))
    desk.settle()


def test_every_paper_can_be_looked_at(desk: Any) -> None:
    window = desk.unlocked("ru")
    window.actions_.by_key["papers"].trigger()
    dialog = dialog_of(desk)
    seen = []
    dialog.shown.connect(seen.append)
    for row in range(1, len(PAPERS)):
        dialog.list.setCurrentRow(row)
        desk.settle()
        assert dialog.pdf_button.isEnabled()
        assert dialog.year.isVisible() == dialog.sheet_button.isVisible() == PAPERS[row].is_register
    assert len(seen) == len(PAPERS) - 1


def test_a_register_of_a_year_is_saved_both_ways(desk: Any, tmp_path: Path) -> None:
    desk.unlocked("ru")
    meetings = [("meeting", {"starts": f"{year}-11-20T10:00", "heading": f"Вода {year}"}) for year in (2025, 2026)]
    on_lane(desk, lambda ctx: record_many(ctx, meetings))
    desk.work.act("papers:meetings")
    dialog = dialog_of(desk)
    dialog.year.line.setText("2026")
    dialog.year.line.editingFinished.emit()
    desk.settle()
    dialog.save_pdf(tmp_path / "r.pdf")
    desk.settle()
    said = read_back((tmp_path / "r.pdf").read_bytes())
    assert "Вода 2026" in said
    assert "Вода 2025" not in said
    dialog.save_sheet(tmp_path / "r.xlsx")
    desk.settle()
    assert (tmp_path / "r.xlsx").stat().st_size > 1000
    assert dialog.messages.label.text().startswith("Файл сохранён: r.xlsx")
    assert {one.get("document") or one.get("kind") for one in notes(desk)} == {"register-meetings"}


def test_hidden_names_stay_hidden_on_the_page_of_a_register(desk: Any) -> None:
    desk.unlocked("ru")
    desk.work.act("papers:meetings")
    dialog = dialog_of(desk)
    assert dialog.view.page_count() == 1
    appearance().names_hidden = True
    dialog.refresh()
    desk.settle()
    assert dialog.view.page_count() == 0
    assert "скрыты" in dialog.messages.label.text()
    assert dialog.pdf_button.isEnabled(), "on paper they stand all the same"


def test_a_wrong_year_is_said_at_the_field(desk: Any) -> None:
    desk.unlocked("kk")
    desk.work.act("papers:consents")
    dialog = dialog_of(desk)
    dialog.year.line.setText("26")
    dialog.year.line.editingFinished.emit()
    desk.settle()
    assert dialog.year.problem()


def test_printing_goes_to_the_printer_chosen_and_is_noted(desk: Any, tmp_path: Path) -> None:
    desk.unlocked("en")
    desk.work.show_papers("phone-sheet")
    dialog = dialog_of(desk)

    def to_file(_parent: object) -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        printer.setResolution(72)
        return printer

    dialog.ask_printer = to_file
    dialog.print_button.click()
    desk.settle()
    assert (tmp_path / "out.pdf").stat().st_size > 1000
    assert [(one["document"], one["where"]) for one in notes(desk)] == [("phone-sheet", "printer")]
    dialog.ask_printer = lambda _parent: None
    dialog.print_button.click()
    desk.settle()
    assert len(notes(desk)) == 1


def test_pages_lead_to_their_papers(desk: Any) -> None:
    window = desk.unlocked("ru")
    window.act("section:audit")
    desk.settle()
    desk.work.page("audit").print_button.click()
    dialog = dialog_of(desk)
    assert dialog.paper().key == "audit"
    assert dialog.list.currentItem().text() == _("Extract from the audit trail")
    dialog.close()
    exchange = desk.work.page("exchange")
    exchange.journal.print_button.click()
    assert dialog_of(desk).paper().key == "exchange"


def test_the_words_follow_the_language(desk: Any) -> None:
    window = desk.unlocked("ru")
    desk.work.show_papers("audit")
    dialog = dialog_of(desk)
    window.use_language("kk")
    assert dialog.windowTitle() == "Парақтар мен журналдар"
    assert dialog.paper().key == "audit"
