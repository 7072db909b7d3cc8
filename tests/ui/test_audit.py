"""The section Audit trail: entries in words, the check with its findings, files put back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import LANGUAGES


def cells(page: Any) -> list[tuple[str, ...]]:
    rows = [page.model.row(at) for at in range(page.model.rowCount())]
    return [row.cells for row in rows if row is not None]


def test_openings_stand_in_it_in_the_language_of_the_window(desk: Any) -> None:
    desk.unlocked("kk")
    desk.window.act("section:audit")
    desk.settle()
    page = desk.work.page("audit")
    assert [row[1] for row in cells(page)] == ["Деректер ашылды", "Деректер құрылды"]
    assert all(row[2] for row in cells(page))
    desk.window.use_language("ru")
    desk.settle()
    assert page.title.text() == "Журнал действий"
    assert cells(page)[0][1] == "Данные открыты"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_says_each_finding(desk: Any, language: str) -> None:
    desk.unlocked(language)
    desk.window.act("check")
    desk.settle()
    page = desk.work.page("audit")
    assert desk.work.section == "audit"
    assert page.check_button.isEnabled()
    assert {one.code for one in page.findings} >= {
        "pages",
        "log",
        "signatures",
        "audit",
        "digest",
        "newest",
        "keys",
    }
    assert len(page.lines) == len(page.findings)
    assert all(line.text().startswith("✓ ") for line in page.lines)
    assert page.messages.property("level") == "success"


def test_an_older_store_put_back_is_told_at_once(desk: Any, tmp_path: Path) -> None:
    store = next(desk.folder.rglob("store.db"))
    shutil.copyfile(store, tmp_path / "older.db")
    desk.unlocked("en")
    desk.close()
    shutil.copyfile(tmp_path / "older.db", store)
    desk.unlocked("en")
    assert desk.work.notices.isVisible()
    assert "older copy" in desk.work.notices.label.text()
    desk.work.notices.button.click()
    desk.settle()
    page = desk.work.page("audit")
    assert desk.work.section == "audit"
    assert [line.text()[0] for line in page.lines].count("✗") == 1
    assert page.messages.property("level") == "error"
    assert any(row[1].startswith("An older copy") for row in cells(page))


def test_opening_a_persons_card_is_noted(desk: Any) -> None:
    desk.unlocked("en")
    made: list[Any] = []
    desk.work.session.command(lambda ctx: records.record(ctx, "person", {"surname": "Әлиева"}), made.append)
    desk.settle()
    for _again in range(2):
        desk.work.session.hub.open("person", uid_text(made[0].uid))
        desk.settle()
        desk.window.act("section:incidents")
        desk.settle()
    desk.window.act("section:audit")
    desk.settle()
    noted = [row[1] for row in cells(desk.work.page("audit"))]
    assert noted.count("A record that says who somebody is was looked at") == 1
