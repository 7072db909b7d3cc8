"""Incidents with their form, card, files and history; people, bodies, places and the two registers of data."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QImage

from ethnomed_desktop.app import records
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.ids import uid_text

from .walk import Walk


def incidents(walk: Walk) -> None:
    """Show the list, every page of the form, and what stands behind the card."""
    walk.window.act("section:incidents")
    walk.shoot("incidents")
    pages = walk.work.page("incidents")
    _finding(walk, pages.list)
    _form(walk, pages)
    pages.open_current()
    walk.shoot("card")
    pages.card.area.verticalScrollBar().setValue(10_000)
    walk.shoot("card-end")
    _files(walk, pages.card)
    pages.show_history()
    walk.shoot("history")
    pages.go_back()
    pages.card.part_requested.emit("incident_party", "")
    walk.shoot("party")
    pages.go_back()
    walk.settle()
    pages.withdraw_current()
    walk.shoot("reason")
    pages.card.reason.usual[0].click()
    walk.shoot("undo")
    walk.window.act("section:trash")
    walk.shoot("trash")


def _finding(walk: Walk, page: Any) -> None:
    """Show the filters of a list, also in a low window, and what it says when they find nothing."""
    page.find_button.setChecked(True)
    page.filters.fold_button.setChecked(True)
    walk.shoot("filters")
    page.filters.set_filters([("text", "ххх")])
    walk.shoot("nothing-found")
    page.filters.clear()
    page.filters.fold_button.setChecked(False)
    page.find_button.setChecked(False)
    walk.settle()


def _form(walk: Walk, pages: Any) -> None:
    walk.window.act("incident")
    walk.shoot("form")
    form = pages.form.form
    form.submit()
    walk.shoot("form-missing")
    form.go_to("what_happened")
    known = walk.in_lane(lambda ctx: list_records(ctx, ListQuestion("incident"), limit=1).rows[0].values)
    form.boxes["what_happened"].editor.insertPlainText(str(known["what_happened"])[:60])
    pages.similar.ask()
    walk.shoot("similar")
    if pages.similar.buttons:
        pages.similar.buttons[0].click()
        walk.shoot("similar-compared")
    for tab in (1, 2, 3):
        form.tabs.setCurrentIndex(tab)
        walk.shoot(f"form-page-{tab + 1}")
    pages.form._on_new("reported_by", "person", "")
    walk.shoot("form-new-person")
    pages.form._close_quick()
    pages.go_back()
    walk.settle()


def _files(walk: Walk, card: Any) -> None:
    folder = Path(tempfile.mkdtemp(prefix="em-files-"))
    image = QImage(640, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("#338855"))
    paths = [folder / "арық-2026-11-20.png", folder / "ұзақ-атаулы-хаттаманың-қол-қойылған-данасы.txt"]
    image.save(str(paths[0]))
    paths[1].write_text("…", encoding="utf-8")
    card.files.attach(paths)
    walk.settle()
    card.area.verticalScrollBar().setValue(10_000)
    walk.shoot("files")
    card.files.rows[0].remove_button.click()
    card.area.verticalScrollBar().setValue(10_000)
    walk.shoot("files-reason")
    card.files.reason.hide()


def people(walk: Walk) -> None:
    """Show every tab, a card with memberships, the forms of a membership, a consent and a handing over."""
    page = walk.work.page("people")
    walk.window.act("section:people")
    walk.shoot("people")
    page.open_current()
    walk.shoot("person-card")
    page.go_back()
    for kind in ("organisation", "place", "consent", "handover"):
        page.choose(kind)
        walk.shoot(kind)
    page.choose("place")
    page.open_current()
    walk.shoot("place-card")
    page.go_back()
    _membership(walk, page)
    for kind in ("consent", "handover"):
        page.choose(kind)
        page.start_new()
        walk.shoot(f"{kind}-form")
        page.save_current()
        walk.shoot(f"{kind}-missing")
        page.go_back()
        walk.settle()
    _registers(walk, page)


def _membership(walk: Walk, page: Any) -> None:
    rows = walk.in_lane(lambda ctx: list_records(ctx, ListQuestion("organisation", (("is_ours", True),))).rows)
    pages = page.pages("organisation")
    page.choose("organisation")
    pages.open_record(rows[-1].uid.hex())
    walk.settle()
    pages.card.area.verticalScrollBar().setValue(10_000)
    walk.shoot("members")
    pages.card.part_requested.emit("membership", "")
    walk.shoot("membership-form")
    pages.go_back()
    walk.settle()
    pages.show_list()


def _registers(walk: Walk, page: Any) -> None:
    person = walk.in_lane(lambda ctx: uid_text(list_records(ctx, ListQuestion("person"), limit=1).rows[0].uid))
    way = CODE_LISTS["handover_kind"].entries[0][0]
    registers: dict[str, dict[str, Any]] = {
        "consent": {"person": person, "purpose": "…", "data": "…", "given_on": "2026-11-20"},
        "handover": {"handed_on": "2026-11-20", "how": way, "receiver": "…", "data": "…", "ground": "…"},
    }
    for kind, values in registers.items():
        walk.in_lane(partial(records.record, kind_name=kind, raw=values))
        page.choose(kind)
        walk.settle()
        page.open_current()
        walk.shoot(f"{kind}-card")
        page.go_back()
