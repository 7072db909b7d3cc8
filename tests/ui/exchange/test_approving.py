"""Approving a changed summary again, from the incident's card; an extract of the record that is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from ethnomed_desktop.app import documents, records, summary_approval
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.ui.exchange.page import ExchangePage
from ethnomed_desktop.ui.records import approving

from .conftest import Clicks, in_lane


def changed_after_approval(ctx: Any) -> str:
    chair = uid_text(records.record(ctx, "person", {"surname": "Төраға"}).value.uid)
    given = {"settlement": "Масанчи", "what_happened": "Су дауы", "summary_for_region": "Алғашқы мәтін"}
    made = records.record(ctx, "incident", given).value
    records.revise(ctx, made.uid, {"summary_approved_by": chair})
    records.revise(ctx, made.uid, {"summary_for_region": "Басқа мәтін"})
    return uid_text(made.uid)


def test_the_card_offers_to_approve_the_text_again(
    desk: Any, page: ExchangePage, clicks: Clicks, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(parent: object, text: str, **words: object) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(approving, "ask", yes)
    uid = in_lane(desk, changed_after_approval)
    clicks.on(desk.work.side_bar.buttons["incidents"])
    desk.incidents.open_record(uid)
    desk.settle()
    button = desk.incidents.card.buttons["approve_summary"]
    clicks.on(button)
    assert "Басқа мәтін" in asked[0]
    assert "Төраға" in asked[0]
    assert not button.isVisible()
    assert in_lane(desk, lambda ctx: summary_approval.stale(ctx, Catalog.load("ru"))) == []


def test_a_record_that_is_shown_is_extracted_from_the_menu(
    desk: Any, page: ExchangePage, clicks: Clicks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "extract.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(target), ""))
    uid = in_lane(desk, changed_after_approval)
    clicks.on(desk.work.side_bar.buttons["incidents"])
    desk.incidents.open_record(uid)
    desk.settle()
    desk.window.act("extract")
    desk.settle()
    assert "Су дауы" in documents.read_back(target.read_bytes())
    assert desk.incidents.card.messages.property("level") == "success"
    target.unlink()
    desk.incidents.show_list()
    desk.incidents.list.table.selectRow(0)
    desk.window.act("extract")
    desk.settle()
    assert target.exists()
