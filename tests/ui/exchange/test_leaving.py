"""Looking at what leaves before it does, the journal of files, and reminders: in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_leaving import FieldLeaving, Leaving, RecordLeaving
from ethnomed_desktop.app.exchange_status import Late
from ethnomed_desktop.ui.exchange.page import JOURNAL, ExchangePage

from .conftest import OFFICE, Clicks, go, in_lane, incident


def texts(page: ExchangePage) -> str:
    tree = page.leaving.tree
    return "\n".join(tree.topLevelItem(place).text(0) for place in range(tree.topLevelItemCount()))


def test_what_leaves_is_shown_by_one_click_and_nothing_is_written(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path, tmp_path: Path
) -> None:
    in_lane(desk, incident)
    go(desk, clicks)
    assert not joined.leaving.isVisible()
    clicks.on(joined.send.look_button)
    assert joined.leaving.isVisible()
    assert OFFICE in joined.leaving.text.text()
    assert "Инцидент" in texts(joined)
    assert list(stick.iterdir()) == []
    assert not joined.leaving.extract_button.isEnabled()
    joined.leaving.tree.topLevelItem(2).setSelected(True)
    assert joined.leaving.extract_button.isEnabled()
    joined.leaving.extract_to(tmp_path / "extract.pdf")
    desk.settle()
    said = documents.read_back((tmp_path / "extract.pdf").read_bytes())
    assert "ВЫПИСКА" in said
    assert "Су дауы" in said
    clicks.on(joined.send.write_button)
    assert not joined.leaving.isVisible(), "it was true before the file was written"


def test_what_stays_is_shown_with_its_reason(desk: Any, joined: ExchangePage, clicks: Clicks) -> None:
    go(desk, clicks)
    line = FieldLeaving("Село", "Масанчи", "", "остаётся в офисе")
    record = RecordLeaving("incident", bytes(16), "Инцидент", "2026-0001", False, (line,))
    gone = RecordLeaving("incident", bytes(16), "Инцидент", "2026-0002", True)
    joined.leaving._on_found(Leaving("Область", False, 2, (record, gone)))
    first = joined.leaving.tree.topLevelItem(0)
    assert [first.child(0).text(column) for column in range(4)] == ["Село", "Масанчи", "–", "остаётся в офисе"]
    assert "снято" in texts(joined)
    clicks.on(joined.leaving.close_button)
    assert not joined.leaving.isVisible()


def test_the_journal_lists_files_and_is_saved_for_printing(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path, tmp_path: Path
) -> None:
    go(desk, clicks)
    clicks.on(joined.send.write_button)
    clicks.tab(joined, JOURNAL)
    (file,) = stick.glob("em-*.emx")
    assert file.name in {one.file for one in joined.journal.entries}
    assert joined.journal.tree.topLevelItemCount() == len(joined.journal.entries)
    joined.journal.save_as(tmp_path / "journal.pdf", "kk")
    desk.settle()
    assert "ЖУРНАЛЫ" in documents.read_back((tmp_path / "journal.pdf").read_bytes())


def test_late_partners_are_named_on_the_page(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, beside: Callable[..., Any]
) -> None:
    go(desk, clicks)
    assert not joined.late.isVisible()
    joined._late = [Late(bytes(16), OFFICE, 22)]
    joined._word_late()
    assert joined.late.isVisible()
    assert "22 дня" in joined.late_text.text()
