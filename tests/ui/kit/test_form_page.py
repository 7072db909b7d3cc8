from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QTabBar

from ethnomed_desktop.domain.errors import Problems, UserError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.ui.kit.form_page import FormPage

INCIDENT = KINDS["incident"]
REQUIRED = ("happened", "what_happened")


@pytest.fixture
def form(qtbot, needs):
    made = FormPage(INCIDENT, needs, required=REQUIRED, pause_ms=20, longest_ms=60)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_fields_stand_on_the_pages_the_registry_names(form) -> None:
    assert next(iter(form.boxes)) == "happened"
    assert "number" not in form.boxes
    assert form.tabs.count() == form.stack.count() == len({f.page for f in INCIDENT.all_fields if f.page})


def test_every_input_has_a_name_for_screen_readers(form) -> None:
    for name, box in form.boxes.items():
        assert box.objectName() == name
        assert box.editor.objectName() == f"{name}_input"
        assert box.title() in box.editor.accessibleName()
        assert box.label.buddy() is box.editor


def test_required_fields_are_marked(form) -> None:
    assert form.boxes["happened"].label.text().endswith(" *")
    assert not form.boxes["phone"].label.text().endswith("*")


def test_a_draft_is_kept_after_a_pause(qtbot, form, type_text) -> None:
    with qtbot.wait_signal(form.draft_changed, timeout=1000) as kept:
        type_text(form.boxes["what_happened"].text, "Ағын су кезегі")
    assert kept.args[0] == {"what_happened": "Ағын су кезегі"}


def test_a_draft_is_kept_on_leaving_a_field(qtbot, needs, type_text) -> None:
    form = FormPage(INCIDENT, needs, pause_ms=3_600_000, longest_ms=3_600_000)
    qtbot.addWidget(form)
    kept = []
    form.draft_changed.connect(kept.append)
    type_text(form.boxes["settlement"].line, "Масаншы")
    assert kept == []
    form.boxes["settlement"]._on_left()
    assert kept == [{"settlement": "Масаншы"}]


def test_a_draft_is_kept_while_typing_goes_on(qtbot, needs, type_text) -> None:
    """The pause never comes, so the longest wait must do it."""
    form = FormPage(INCIDENT, needs, pause_ms=3_600_000, longest_ms=30)
    qtbot.addWidget(form)
    with qtbot.wait_signal(form.draft_changed, timeout=1000):
        type_text(form.boxes["settlement"].line, "М")


def test_a_draft_comes_back_as_it_was(qtbot, form, needs, type_text) -> None:
    type_text(form.boxes["happened"].line, "31.02")
    type_text(form.boxes["what_happened"].text, "Дау\nекі жол")
    draft = form.draft_values()
    again = FormPage(INCIDENT, needs)
    qtbot.addWidget(again)
    again.set_values(draft)
    assert again.draft_values() == draft
    assert not again.clock.dirty


def test_saving_nothing_lists_what_is_missing(qtbot, form) -> None:
    form.submit()
    assert form.summary.isVisible()
    assert form.summary.hasFocus()
    assert [link.property("field") for link in form.summary.links] == list(REQUIRED)
    assert form.summary.nextInFocusChain() is form.summary.links[0], "by Tab, before the fields"
    for link in form.summary.links:
        box = form.boxes[link.property("field")]
        assert box.error() == link.text()
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        assert box.editor.hasFocus()


def test_a_link_leads_to_another_page(qtbot, form, type_text) -> None:
    type_text(form.boxes["injured"].line, "көп")
    form.submit()
    link = next(link for link in form.summary.links if link.property("field") == "injured")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert form.stack.currentIndex() == 1
    assert form.boxes["injured"].editor.hasFocus()


def test_ctrl_enter_submits_checked_values(qtbot, form, type_text) -> None:
    type_text(form.boxes["happened"].line, "21.11")
    type_text(form.boxes["people_involved"].line, "6")
    type_text(form.boxes["what_happened"].text, "  Дау шықты ")
    form.boxes["severity"].set_value("2")
    form.boxes["what_happened"].text.setFocus()
    with qtbot.wait_signal(form.submitted, timeout=1000) as sent:
        qtbot.keyClick(form.boxes["what_happened"].text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    values = sent.args[0]
    assert values["happened"] == "2026-11-21"
    assert values["people_involved"] == 6
    assert values["what_happened"] == "Дау шықты"
    assert values["severity"] == "2"
    assert values["phone"] is None


def test_values_names_every_fault(form, type_text) -> None:
    type_text(form.boxes["happened"].line, "ертегі")
    type_text(form.boxes["people_involved"].line, "көп")
    with pytest.raises(Problems) as refused:
        form.values()
    assert {error.field for error in refused.value.problems} == {"happened", "people_involved"}


def test_what_the_command_refuses_stands_at_its_field(form) -> None:
    form.refuse(UserError("incident.future_date", field="happened"))
    assert form.boxes["happened"].error()
    assert form.summary.links[0].property("field") == "happened"


def test_enter_goes_on_and_is_a_new_line_in_paragraphs(qtbot, form) -> None:
    form.boxes["happened"].line.setFocus()
    qtbot.keyClick(form.boxes["happened"].line, Qt.Key.Key_Return)
    assert form.boxes["time"].editor.hasFocus()
    text = form.boxes["what_happened"].text
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.hasFocus()
    assert text.toPlainText() == "\n"


def test_esc_loses_nothing(qtbot, form, type_text) -> None:
    type_text(form.boxes["settlement"].line, "Сортөбе")
    form.boxes["settlement"].line.setFocus()
    qtbot.keyClick(form.boxes["settlement"].line, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.boxes["settlement"].draft() == "Сортөбе"


def test_leaving_keeps_the_draft_and_throwing_away_does_not(qtbot, form, type_text) -> None:
    kept = []
    form.draft_changed.connect(kept.append)
    type_text(form.boxes["settlement"].line, "Сортөбе")
    with qtbot.wait_signal(form.left, timeout=1000):
        qtbot.mouseClick(form.bar.leave, Qt.MouseButton.LeftButton)
    assert len(kept) == 1
    type_text(form.boxes["settlement"].line, "!")
    with qtbot.wait_signal(form.thrown_away, timeout=1000):
        qtbot.mouseClick(form.bar.throw_away, Qt.MouseButton.LeftButton)
    assert not form.clock.dirty


def test_a_language_switch_keeps_text_cursor_and_undo(qtbot, qapp, form, type_text) -> None:
    text = form.boxes["what_happened"].text
    text.setFocus()
    type_text(text, "Дау шықты")
    cursor = text.textCursor()
    cursor.setPosition(3)
    text.setTextCursor(cursor)
    form.boxes["severity"].set_value("1")
    form.submit()
    text.setFocus()
    words = {}
    for language in ("ru", "en", "kk"):
        qapp.use_language(language)
        words[language] = (form.bar.save.text(), form.tabs.tabText(0), form.boxes["severity"].chooser.line.text())
        assert text.toPlainText() == "Дау шықты"
        assert text.textCursor().position() == 3
        assert text.document().isUndoAvailable()
        assert form.boxes["severity"].draft() == "1"
        assert form.boxes["happened"].error() == form.summary.links[0].text()
        assert text.hasFocus()
    assert words["ru"][0] == "Сохранить"
    assert words["kk"][0] == "Сақтау"
    assert len(set(words.values())) == 3


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("size", [100, 200])
def test_no_word_is_cut_off(qtbot, qapp, form, language, size) -> None:
    qapp.use_language(language)
    qapp.use_text_size(size)
    form.resize(1180, 640)
    form.bar.draft_kept("14:32")
    form.submit()
    for page in range(form.stack.count()):
        form.tabs.setCurrentIndex(page)
        for _round in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        assert form.width() <= 1366
        assert form.stack.currentWidget().horizontalScrollBar().maximum() == 0
        for widget in form.findChildren(QLabel) + form.findChildren(QPushButton):
            if not widget.isVisible() or not widget.text():
                continue
            if isinstance(widget, QLabel) and widget.wordWrap():
                assert widget.heightForWidth(widget.width()) <= widget.height() + 1, widget.text()
                longest = max(widget.text().replace("-", " ").split(), key=len)
                assert widget.fontMetrics().horizontalAdvance(longest) <= widget.width(), widget.text()
            else:
                assert widget.sizeHint().width() <= widget.width(), widget.text()
    bar = form.findChild(QTabBar)
    assert bar.sizeHint().width() <= form.width()
    assert form.bar.geometry().bottom() <= form.height()


def test_one_column_at_twice_the_size(qapp, form) -> None:
    from ethnomed_desktop.ui.kit.form_grid import FormGrid

    grid = form.stack.widget(0).findChild(FormGrid)
    assert grid.columns() == 2
    qapp.use_text_size(200)
    form.resize(1000, 640)
    QApplication.processEvents()
    assert grid.columns() == 1
    assert isinstance(form.stack.widget(0), QScrollArea)
