"""F11: names, contacts and private text leave the screen everywhere, and nothing that is kept changes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ethnomed_desktop.app import records
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.settings_file import WindowSettings

SECRETS = ("Асқарова", "Әлиясы", "701 123", "Көлсай")
PERSON = {
    "surname": "Асқарова",
    "given_name": "Әлиясы",
    "phones": ["+7 701 123 45 67"],
    "workplace": "Көлсай мектебі",
}


def in_lane(desk: Any, job: Any) -> Any:
    done: list[Any] = []
    desk.work.session.tasks.write(lambda progress: job(desk.work.session.ctx), done.append)
    desk.settle()
    return done[0]


def seen(desk: Any) -> str:
    """Return all words on the screen: labels, buttons, cells, the title of the window."""
    window = desk.window
    words = [window.windowTitle()]
    for kind in (QLabel, QPushButton):
        words += [one.text() for one in window.findChildren(kind) if one.isVisible()]
    for table in window.findChildren(type(desk.incidents.list.table)):
        if table.isVisible():
            model = table.model()
            rows, columns = model.rowCount(), model.columnCount()
            words += [str(model.index(row, at).data()) for row in range(rows) for at in range(columns)]
    return "\n".join(words)


def with_person(desk: Any) -> str:
    desk.unlocked("ru")
    uid = uid_text(in_lane(desk, lambda ctx: records.record(ctx, "person", PERSON)).value.uid)
    incident = {"what_happened": "Су дауы", "settlement": "Масаншы", "reported_by": uid, "phone": "701 123 45 67"}
    in_lane(desk, lambda ctx: records.record(ctx, "incident", incident))
    return uid


def names_in(desk: Any) -> list[str]:
    desk.settle()
    return [secret for secret in SECRETS if secret in seen(desk)]


def walk(desk: Any, uid: str) -> list[str]:
    """Return what is given away on Home, in the list, on the cards and by the search."""
    found = []
    desk.work.show_section("home")
    desk.work.page("home").reload()
    found += names_in(desk)
    desk.work.show_section("people")
    desk.work.page("people").pages("person").show_list()
    found += names_in(desk)
    desk.work.open_record("person", uid)
    found += names_in(desk)
    desk.work.show_section("incidents")
    desk.incidents.show_list()
    desk.incidents.list.table.selectRow(0)
    desk.incidents.open_current()
    found += names_in(desk)
    hits: list[Any] = []
    words = desk.work.session.catalog
    desk.work.session.query(lambda ctx: search(ctx, "701", words), hits.extend)
    desk.settle()
    assert hits
    offered = " ".join(f"{hit.title} {hit.excerpt}" for hit in hits)
    return found + [secret for secret in SECRETS if secret in offered]


def test_names_and_contacts_leave_every_page_and_come_back(desk: Any) -> None:
    uid = with_person(desk)
    assert set(walk(desk, uid)) >= {"Асқарова", "701 123"}
    desk.key(Qt.Key.Key_F11)
    assert walk(desk, uid) == []
    assert desk.work.status.parts["names"].text() == "Имена скрыты"
    assert desk.work.status.parts["user"].text() == "С.\u00a0Р."
    desk.work.status.parts["names"].click()
    assert not appearance().names_hidden
    assert "Асқарова" in walk(desk, uid)
    assert desk.work.status.parts["names"].text() == ""


def test_hidden_names_stay_hidden_over_lock_and_restart(desk: Any) -> None:
    uid = with_person(desk)
    desk.work.top_bar.view.eye.click()
    desk.settle()
    assert desk.window.actions_.by_key["names"].isChecked()
    desk.window.lock()
    desk._bot.waitUntil(lambda: desk.window.stack.count() == 1, timeout=20_000)
    desk.unlock()
    assert walk(desk, uid) == []
    assert desk.work.top_bar.view.eye.isChecked()
    assert WindowSettings.read(desk.folder / "settings").names_hidden


def test_a_form_saved_while_names_are_hidden_loses_nothing(desk: Any) -> None:
    uid = with_person(desk)
    desk.key(Qt.Key.Key_F11)
    desk.work.open_record("person", uid)
    desk.settle()
    people = desk.work.page("people").pages("person")
    people.edit_current()
    desk.settle()
    people.form.form.boxes["note"].set_value("жаңа")
    people.form.form.submit()
    desk.settle()
    values = in_lane(desk, lambda ctx: records.show(ctx, parse_uid(uid))).values
    assert (values["surname"], values["note"]) == ("Асқарова", "жаңа")
    assert values["phones"] == ["+77011234567"] or "701" in str(values["phones"])
