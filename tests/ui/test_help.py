"""F1 opens the page of the section in the interface language; search and links lead from page to page."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from ethnomed_desktop.app import help_pages
from ethnomed_desktop.ui.features import BELOW, FEATURES
from ethnomed_desktop.ui.help.page import TOPICS


def titles(page: Any) -> list[str]:
    return [page.pages.item(row).text() for row in range(page.pages.count())]


def shown(desk: Any) -> str:
    return str(desk.work.page("help").text.toPlainText())


def heading(language: str, name: str) -> str:
    return next(one.title for one in help_pages.list_pages(language) if one.name == name)


def test_every_section_has_a_page() -> None:
    keys = {one.key for one in (*FEATURES, *BELOW)} - {"help"}
    assert keys == set(TOPICS)
    assert set(TOPICS.values()) <= set(help_pages.PAGES)


def test_f1_opens_the_page_of_the_section(desk: Any) -> None:
    desk.unlocked("ru")
    desk.work.show_section("meetings")
    desk.settle()
    desk.key(Qt.Key.Key_F1)
    assert desk.work.section == "help"
    assert shown(desk).startswith(heading("ru", "meetings"))
    assert len(titles(desk.work.page("help"))) == len(help_pages.PAGES)


def test_f1_in_a_dialog_closes_it_and_shows_its_page(desk: Any) -> None:
    desk.unlocked("ru")
    desk.work.show_section("meetings")
    desk.work.show_papers()
    desk.settle()
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    desk.settle()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    assert shown(desk).startswith(heading("ru", "printing"))
    desk.work.page("help").back.click()
    assert desk.work.section == "meetings"


def test_another_language_keeps_the_page(desk: Any) -> None:
    window = desk.unlocked("ru")
    window.act("section:incidents")
    (entry,) = [one for one in window.actions_.menus["help"].actions() if one.shortcut().toString() == "F1"]
    entry.trigger()
    window.use_language("kk")
    desk.settle()
    assert shown(desk).startswith(heading("kk", "incidents"))


def test_search_finds_pages_and_says_when_there_are_none(desk: Any) -> None:
    desk.unlocked("en")
    desk.work.act("section:help")
    page = desk.work.page("help")
    page.words.set_value("backup")
    page.search()
    assert 0 < page.pages.count() < len(help_pages.PAGES)
    assert page.nothing.isHidden()
    page.words.set_value("xyzzy")
    page.search()
    assert page.pages.count() == 0
    assert not page.nothing.isHidden()


def test_links_lead_to_other_pages_and_nowhere_else(desk: Any) -> None:
    desk.unlocked("en")
    desk.work.act("section:help")
    page = desk.work.page("help")
    page._on_link(QUrl("vault.md"))
    assert shown(desk).startswith(heading("en", "vault"))
    page._on_link(QUrl("https://example.org/"))
    assert shown(desk).startswith(heading("en", "vault"))


def test_the_help_is_in_larger_print_and_its_list_folds_away_at_double_size(desk: Any, qapp: Any) -> None:
    desk.unlocked("en")
    desk.work.act("section:help")
    desk.settle()
    page = desk.work.page("help")
    assert page.text.font().pointSizeF() > page.font().pointSizeF()
    assert page.text.x() > page.pages.x()
    qapp.use_text_size(200)
    desk.settle()
    assert page.text.isVisible()
    assert not page.pages.isVisible()
    page.contents.click()
    assert page.pages.isVisible()
    assert not page.text.isVisible()
    page.pages.itemClicked.emit(page.pages.item(2))
    assert page.text.isVisible()


def test_the_way_back_leads_to_the_section_one_came_from(desk: Any) -> None:
    desk.unlocked("ru")
    desk.work.show_section("meetings")
    desk.settle()
    desk.key(Qt.Key.Key_F1)
    page = desk.work.page("help")
    page.text.setFocus()
    desk.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.work.section == "meetings"
    desk.work.show_section("exchange")
    desk.key(Qt.Key.Key_F1)
    desk.key(Qt.Key.Key_F1)  # asked for again: one does not come from the help itself
    assert page.back.isVisible()
    page.back.click()
    assert desk.work.section == "exchange"
