from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Code, Codes, Flag, Iin, Phones, Ref, Refs, Tags, Text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.code_field import CodeField, matching_codes
from ethnomed_desktop.ui.kit.codes_field import CodesField
from ethnomed_desktop.ui.kit.digit_field import DigitField
from ethnomed_desktop.ui.kit.fields import make_field
from ethnomed_desktop.ui.kit.flag_field import FlagField
from ethnomed_desktop.ui.kit.reference_field import ReferenceField
from ethnomed_desktop.ui.kit.references_field import ReferencesField
from ethnomed_desktop.ui.kit.secret_field import SecretField
from ethnomed_desktop.ui.kit.words_field import WordsField

FIRST, SECOND = "01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"


def on_screen(qtbot, field):
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.editor.setFocus()
    return field


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_field_of_the_registry_has_an_input_that_starts_empty(qtbot, needs, kind) -> None:
    for field in kind.all_fields:
        box = make_field(field, needs)
        qtbot.addWidget(box)
        assert box.value() is None, field.name
        assert box.label.text() or box.editor.accessibleName()


@pytest.mark.parametrize("typed", ["фоновый", "жалпы", "background", "ЖАЛПЫ"])
def test_codes_are_found_in_any_language(typed) -> None:
    assert [choice.key for choice in matching_codes("severity", typed)][:1] == ["0"]


def test_kazakh_letters_are_forgiven(qapp) -> None:
    found = {choice.key for choice in matching_codes("channel", "полиция")}
    assert "police" in found


def test_a_code_is_chosen_by_keys(qtbot, type_text) -> None:
    field = on_screen(qtbot, CodeField(Field("severity", 1, Code("severity"), "Severity")))
    edits = []
    field.edited.connect(edits.append)
    type_text(field.chooser.line, "mass violence")
    assert field.chooser.is_open()
    with qtbot.wait_signal(field.entered, timeout=1000):
        qtbot.keyClick(field.chooser.line, Qt.Key.Key_Return)
    assert field.value() == "5"
    assert field.chooser.line.text().startswith("5 – ")
    assert not field.chooser.is_open()
    assert edits


def test_f4_opens_the_whole_list_and_esc_closes_it(qtbot) -> None:
    field = on_screen(qtbot, CodeField(Field("severity", 1, Code("severity"), "Severity")))
    qtbot.keyClick(field.chooser.line, Qt.Key.Key_F4)
    assert field.chooser.list.count() == 6
    qtbot.keyClick(field.chooser.line, Qt.Key.Key_Down)
    qtbot.keyClick(field.chooser.line, Qt.Key.Key_Down)
    qtbot.keyClick(field.chooser.line, Qt.Key.Key_Escape)
    assert not field.chooser.is_open()
    assert field.value() is None


def test_the_list_is_as_wide_as_its_choices_but_stays_within_the_window(qtbot) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    field = CodeField(Field("severity", 1, Code("severity"), "Severity"), home)
    field.setGeometry(0, 0, 120, 80)
    for width in (1000, 200):
        home.resize(width, 400)
        home.show()
        home.activateWindow()
        qtbot.waitUntil(home.isActiveWindow)
        qtbot.keyClick(field.chooser.line, Qt.Key.Key_F4)
        shown = field.chooser.list
        longest = shown.sizeHintForColumn(0)
        assert shown.width() >= min(longest, width - 20)
        assert shown.width() <= width
        field.chooser.close_list()


def test_the_list_does_not_stay_behind_when_its_line_is_scrolled_away(qtbot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    content = QWidget()
    content.setFixedSize(400, 2000)
    field = CodeField(Field("severity", 1, Code("severity"), "Severity"), content)
    field.setGeometry(0, 0, 300, 80)
    area.setWidget(content)
    area.resize(420, 300)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    qtbot.keyClick(field.chooser.line, Qt.Key.Key_F4)
    assert field.chooser.is_open()
    area.verticalScrollBar().setValue(50)
    assert not field.chooser.is_open()


def test_words_that_are_no_code_are_refused_and_kept(qtbot, type_text) -> None:
    field = on_screen(qtbot, CodeField(Field("severity", 1, Code("severity"), "Severity")))
    type_text(field.chooser.line, "қатты")
    assert field.draft() == "қатты"
    with pytest.raises(UserError) as refused:
        field.value()
    assert refused.value.field == "severity"


def test_changing_the_words_forgets_the_code(qtbot, type_text) -> None:
    field = on_screen(qtbot, CodeField(Field("severity", 1, Code("severity"), "Severity")))
    field.set_value("5")
    field.chooser.line.end(False)
    type_text(field.chooser.line, "?")
    assert field.chooser.key() == ""


def test_several_codes_are_ticked(qtbot, qapp) -> None:
    field = on_screen(qtbot, CodesField(Field("triggers", 1, Codes("trigger"), "Triggers")))
    field.set_value(["video"])
    with qtbot.wait_signal(field.edited, timeout=1000):
        qtbot.keyClick(field.list, Qt.Key.Key_Space)
    assert field.value() == ["insult", "video"]
    qapp.use_language("ru")
    assert field.value() == ["insult", "video"]


def test_a_flag_never_touched_says_nothing(qtbot) -> None:
    field = on_screen(qtbot, FlagField(Field("minor", 1, Flag(), "Under 18")))
    assert field.value() is None
    qtbot.keyClick(field.box, Qt.Key.Key_Space)
    assert field.value() is True
    qtbot.keyClick(field.box, Qt.Key.Key_Space)
    assert field.value() is False


def test_tags_and_telephones_are_lists(qtbot, type_text) -> None:
    tags = on_screen(qtbot, WordsField(Field("tags", 1, Tags(), "Tags")))
    type_text(tags.line, "су, жер; су,")
    assert tags.value() == ["жер", "су"]
    phones = on_screen(qtbot, WordsField(Field("phones", 1, Phones(), "Telephones")))
    phones.set_value(["+7 701 123 45 67"])
    assert phones.value() == ["+7 701 123 45 67"]


def test_an_iin_is_masked_until_it_is_typed(qtbot) -> None:
    field = DigitField(Field("iin", 1, Iin(), "IIN"))
    qtbot.addWidget(field)
    assert field.line.displayText() != "123456789012"
    field.set_value("123456789012")
    assert "123456789012" not in field.line.displayText()


def test_a_reference_is_searched_and_chosen(qtbot, tasks, people, type_text) -> None:
    field = ReferenceField(Field("chair", 1, Ref("person"), "Chair"), people, tasks, delay_ms=5)
    on_screen(qtbot, field)
    with qtbot.wait_signal(tasks.idle, timeout=2000):
        for text in ("А", "с", "қ"):
            type_text(field.chooser.line, text)
    assert people.asked == ["Асқ"]
    qtbot.keyClick(field.chooser.line, Qt.Key.Key_Return)
    assert field.value() == FIRST


def test_enter_before_the_answer_takes_its_first_choice(qtbot, tasks, people, type_text) -> None:
    field = ReferenceField(Field("chair", 1, Ref("person"), "Chair"), people, tasks, delay_ms=5_000)
    on_screen(qtbot, field)
    with qtbot.wait_signal(tasks.idle, timeout=2000):
        type_text(field.chooser.line, "Асқ")
        qtbot.keyClick(field.chooser.line, Qt.Key.Key_Return)
        field.chooser.line.clearFocus()
    assert field.value() == FIRST


def test_what_is_called_so_comes_before_what_begins_so(qtbot, qapp, type_text) -> None:
    qapp.use_language("en")
    assert matching_codes("speech_kind", "Spoke")[0].key == "spoke"
    field = on_screen(qtbot, CodeField(Field("speech_kind", 1, Code("speech_kind"), "Kind")))
    type_text(field.chooser.line, "Spoke")
    field.chooser.line.clearFocus()
    assert field.value() == "spoke"


def test_a_late_answer_to_another_search_is_dropped(qtbot, tasks, people) -> None:
    field = ReferenceField(Field("chair", 1, Ref("person"), "Chair"), people, tasks, delay_ms=5)
    on_screen(qtbot, field)
    field._wanted = "new"
    field._on_found("old", people.CHOICES)
    assert field.chooser.list.count() == 0


def test_a_known_reference_gets_its_name(qtbot, tasks, people) -> None:
    field = ReferenceField(Field("chair", 1, Ref("person"), "Chair"), people, tasks)
    qtbot.addWidget(field)
    with qtbot.wait_signal(tasks.idle, timeout=2000):
        field.set_value(SECOND)
    assert field.chooser.text() == "Исмаилов А."
    assert field.value() == SECOND


def test_typed_but_not_chosen_is_refused_and_a_new_one_can_be_asked_for(qtbot, tasks, people, type_text) -> None:
    field = on_screen(qtbot, ReferenceField(Field("chair", 1, Ref("person"), "Chair"), people, tasks))
    type_text(field.chooser.line, "Сейтова")
    assert field.problem()
    with qtbot.wait_signal(field.new_requested, timeout=1000) as asked:
        qtbot.mouseClick(field.new_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["chair", "person", "Сейтова"]
    field.choose(people.CHOICES[0])
    assert field.value() == FIRST


def test_several_references_can_be_taken_out_again(qtbot, tasks, people) -> None:
    field = on_screen(qtbot, ReferencesField(Field("recused", 1, Refs("person"), "Recused"), people, tasks))
    with qtbot.wait_signal(tasks.idle, timeout=2000):
        field.set_value([FIRST, SECOND])
    assert field.chosen.item(1).text() == "Исмаилов А."
    qtbot.keyClick(field.chosen, Qt.Key.Key_Delete)
    assert field.value() == [SECOND]
    field.choose(people.CHOICES[0])
    field.choose(people.CHOICES[0])
    assert sorted(field.uids()) == [FIRST, SECOND]


def test_a_passphrase_is_hidden_and_in_no_draft(qtbot, type_text) -> None:
    field = on_screen(qtbot, SecretField(Field("passphrase", 1, Text(), "Passphrase"), required=True))
    assert field.problem()
    type_text(field.line, " үш бұлақ ")
    assert field.secret() == " үш бұлақ "
    assert field.draft() is None
    assert "бұлақ" not in field.line.displayText()
    qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert "бұлақ" in field.line.displayText()


def test_an_error_is_said_with_the_input(qtbot, needs) -> None:
    box = make_field(Field("venue", 1, Text(), "Place"), needs, required=True)
    qtbot.addWidget(box)
    box.set_error(box.problem())
    assert box.editor.accessibleDescription() == box.error() != ""
    box.set_error("")
    assert box.error() == ""
