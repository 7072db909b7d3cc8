"""The workspace tab by tab, what stands behind its buttons, closed minutes, their versions and the print dialog."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.meetings import check_meeting, correct_meeting, finish_meeting
from ethnomed_desktop.domain.ids import uid_text

from .walk import Walk


def meetings(walk: Walk) -> None:
    """Show the list, a new meeting in all its parts, the register, and numbered minutes."""
    walk.window.act("section:meetings")
    walk.shoot("meetings")
    page = walk.work.page("meetings")
    page.list.find_button.setChecked(True)
    page.list.filters.set_filters([("text", "ххх")])
    walk.shoot("meetings-nothing-found")
    page.list.filters.clear()
    page.list.find_button.setChecked(False)
    walk.settle()
    _writing(walk, page)
    page.show_register()
    walk.shoot("register")
    page.show_list()
    _numbered(walk, page)
    page.show_list()
    walk.settle()


def _writing(walk: Walk, page: Any) -> None:
    page.start_new()
    walk.settle()
    writing = page.workspace
    for tab in ("meeting", "attendance"):
        writing.show_tab(tab)
        walk.shoot(f"meeting-{tab}")
    writing.attendance.toggle(0)
    walk.shoot("meeting-one-came")
    if "agenda" in writing.shown_pages():
        writing.show_tab("agenda")
        walk.shoot("meeting-agenda")
    writing.add_item()
    editor = writing.minutes.editor
    editor.form.boxes["title"].editor.insert("Ағын су")
    editor.recusal.button.click()
    editor.speakers.button.click()
    for name in ("А. Қонақов", "Б. Тұрғынов"):
        editor.queue.person.editor.setText(name)
        editor.queue.add()
    writing.next_speaker()
    editor.add_speech("proposal").part.put("text", "Ұсыныс: кестені бекіту.")
    editor.add_speech().part.put("text", "Кезекті қолдаймын.")
    sitting = writing.sheet.meeting
    second = walk.in_lane(lambda ctx: _another_body(ctx, sitting.text("organisation")))
    sitting.values.update(meeting_kind="joint", other_organisation=second, joint_votes="each")
    counts = editor.add_decision()
    counts.part.values.update(votes_for="9", other_votes_for="1")
    editor.recount()
    editor.add_decision().more.button.click()
    bar = writing.minutes.area.verticalScrollBar()
    for part in range(5):
        bar.setValue(bar.maximum() * part // 4)
        walk.shoot(f"meeting-item-{part + 1}")
    writing.show_tab("check")
    walk.shoot("meeting-check")
    writing.go_to_place("meeting", 0, "joint_votes")
    walk.shoot("meeting-joint")
    for name in ("other_organisation", "joint_votes"):
        sitting.put(name, None)
    sitting.put("meeting_kind", "sitting")
    writing.agenda.remove_item()
    walk.shoot("meeting-item-taken-out")
    writing.messages.button.click()
    writing.save()
    walk.settle()
    page.show_history()
    walk.shoot("meeting-history")
    page.go_back()
    writing.leave()
    walk.settle()


def _numbered(walk: Walk, page: Any) -> None:
    uid = walk.in_lane(_finish_one)
    page.open_record(uid.hex())
    walk.shoot("meeting-closed")
    page.print_current()
    walk.settle()
    dialog: Any = walk.window.findChild(QDialog, "print_dialog")
    walk.shoot("print", dialog)
    dialog.paper.forms.choose("extract")
    dialog.refresh()
    walk.shoot("print-extract", dialog)
    dialog.close()
    walk.settle()
    second = walk.in_lane(lambda ctx: correct_meeting(ctx, uid, "Мерзімі қате жазылған").value)
    page.open_record(second.hex())
    walk.settle()
    item = page.workspace.sheet.items[0]
    item.put("title", f"{item.text('title')} (нақтыланған)")
    page.workspace._on_edited()
    page.workspace.save()
    walk.settle()
    page.show_versions()
    walk.shoot("versions")
    page.go_back()


def _another_body(ctx: AppContext, own: str) -> str:
    rows = list_records(ctx, ListQuestion("organisation"), limit=50).rows
    return next(uid_text(row.uid) for row in rows if uid_text(row.uid) != own)


def _finish_one(ctx: AppContext) -> bytes:
    """Number the first minutes that lack nothing."""
    for row in list_records(ctx, ListQuestion("meeting"), limit=50).rows:
        if row.values.get("state") != "numbered" and not check_meeting(ctx, row.uid)[0]:
            finish_meeting(ctx, row.uid)
            return row.uid
    raise LookupError("no minutes of the practice council can be numbered")
