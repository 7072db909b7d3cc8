"""The door, Home, settings and the sections below the line."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog

from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.practice import PASSPHRASE
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.features import BELOW, FEATURES, MakesRecords
from ethnomed_desktop.ui.vault.recovery_page import RecoveryPage

from .walk import Walk

CODE = "1234-5678-9012-3456-7890-1234-5678-9012-3456"


def wizard(walk: Walk) -> None:
    """Show the steps of the first start, what they say when nothing was typed, and the sheet; then practise."""
    pages = walk.window.door_pages
    walk.until(lambda: pages.founding is not None)
    founding: Any = pages.founding
    for place, name in enumerate(("look", "who", "password", "place")):
        founding.show_step(place)
        walk.shoot(f"wizard-{name}")
        if name == "who":
            founding.who.bodies.buttons["council_of_elders"].click()
            walk.shoot("wizard-bodies")
    founding.show_step(1)
    founding.next.click()
    walk.shoot("wizard-missing")
    sheet = RecoveryPage(pages)
    stack: Any = founding.parent()
    sheet.show_code(CODE)
    stack.addWidget(sheet)
    stack.setCurrentWidget(sheet)
    walk.shoot("wizard-sheet")
    sheet.to_typing.click()
    walk.shoot("wizard-sheet-typed")
    stack.setCurrentWidget(founding)
    stack.removeWidget(sheet)
    sheet.deleteLater()
    founding._on_practice()
    walk.until(lambda: walk.window.work is not None)


def home(walk: Walk) -> None:
    """Show Home with its notices, its end, and a list behind a number."""
    page = walk.work.page("home")
    walk.window.act("section:home")
    walk.shoot("home-again")
    page.front.verticalScrollBar().setValue(10_000)
    walk.shoot("home-end")
    if page.attention.lines:
        page.attention.lines[0].click()
        walk.shoot("home-list")
        walk.window.act("back")


def window(walk: Walk) -> None:
    """Show what stands around the pages: what was found, names hidden, an error, the keys, the program."""
    top = walk.work.top_bar.search
    top.chooser.line.setFocus()
    top.chooser.line.setText("су")
    top.asked.emit("су")
    walk.shoot("found")
    walk.shoot("found-list", top.chooser.list)
    top.chooser.close_list()
    top.chooser.write("")
    walk.window.act("section:incidents")
    walk.window.act("names")
    walk.shoot("names-hidden")
    walk.window.act("names")
    walk.work.notices.fail(sentence(StorageError("storage.full"), current()))
    walk.shoot("error")
    walk.work.notices.dismiss()
    for name in ("keys", "about"):
        walk.window.act(name)
        box: Any = walk.window.findChild(QDialog, "told")
        walk.shoot(name, box)
        box.close()
        walk.settle()


WALKED = frozenset("home incidents people meetings exchange trash notes users audit settings help".split())
"""Sections that a walk of their own shows."""


def other_sections(walk: Walk) -> None:
    """Show every section that has no walk of its own yet, each of its tabs, and a new record where there is one."""
    for key in [one.key for one in (*FEATURES, *BELOW) if one.key not in WALKED]:
        walk.window.act(f"section:{key}")
        walk.shoot(key)
        page = walk.work.page(key)
        tabs: Any = getattr(page, "tabs", None)
        for place in range(1, tabs.count() if tabs is not None else 0):
            tabs.setCurrentIndex(place)
            walk.shoot(f"{key}-{place + 1}")
        if isinstance(page, MakesRecords):
            walk.window.act("new")
            walk.shoot(f"{key}-new")
            walk.window.act("back")


def notes(walk: Walk) -> None:
    """Show the notes in confidence: none, one refused, one kept."""
    walk.window.act("section:notes")
    walk.shoot("notes")
    page = walk.work.page("notes")
    page.save.click()
    walk.shoot("notes-missing")
    page.fields["text"].set_value("А-1: …")
    page.save.click()
    walk.shoot("notes-kept")
    page.verticalScrollBar().setValue(10_000)
    walk.shoot("notes-end")


def users(walk: Walk) -> None:
    """Show who may come in, what a new user lacks, and the table of rights."""
    walk.window.act("section:users")
    page = walk.work.page("users")
    page.params = FLOOR
    walk.shoot("users")
    page.adding.add.click()
    bar = page.verticalScrollBar()
    for part in (1, 2, 3):
        bar.setValue(bar.maximum() * part // 3)
        walk.shoot(f"users-{part}")


def settings(walk: Walk) -> None:
    """Show the settings from top to end, the check and the manual."""
    walk.window.act("section:settings")
    walk.shoot("settings")
    bar = walk.work.page("settings").area.verticalScrollBar()
    for part in (1, 2, 3):
        bar.setValue(bar.maximum() * part // 3)
        walk.shoot(f"settings-{part}")
    walk.window.act("check")
    walk.shoot("checked")
    walk.window.act("section:audit")
    walk.shoot("audit")
    walk.window.act("section:home")
    walk.window.act("section:help")
    walk.shoot("help")


def door_again(walk: Walk) -> None:
    """Lock with something typed, restore, a wrong password, and what was kept."""
    window = walk.window
    window.lock()
    walk.until(lambda: window.stack.count() == 1)
    walk.shoot("unlock")
    window.door_pages.show_restore()
    walk.shoot("restore")
    window.door_pages.begin()
    unlock = window.door_pages.unlock
    unlock.secret.line.setText("?")
    unlock._submit()
    walk.shoot("wrong-password")
    unlock.secret.line.setText(PASSPHRASE)
    unlock._submit()
    walk.until(lambda: window.work is not None)
    walk.shoot("drafts-kept")
