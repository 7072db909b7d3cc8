"""The thick frame of the focus takes no room from the words of a button or a tab."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStyleOptionTab, QTabBar

WORDS = "Сөздер бірдей: қосылу"


@pytest.mark.parametrize("size", [100, 125, 150, 175, 200])
@pytest.mark.parametrize("role", ["", "primary", "plain"])
def test_the_words_of_a_button_keep_their_room(qtbot, qapp, size, role) -> None:
    qapp.use_text_size(size)
    button = QPushButton(WORDS)
    button.setProperty("role", role)
    qtbot.addWidget(button)
    button.show()
    button.adjustSize()
    option = QStyleOptionButton()
    button.initStyleOption(option)
    option.state |= QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Enabled
    room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    assert room.width() >= button.fontMetrics().horizontalAdvance(WORDS)


@pytest.mark.parametrize("size", [100, 125, 150, 175, 200])
def test_the_words_of_a_tab_keep_their_room(qtbot, qapp, size) -> None:
    qapp.use_text_size(size)
    bar = QTabBar()
    bar.addTab(WORDS)
    qtbot.addWidget(bar)
    bar.show()
    option = QStyleOptionTab()
    bar.initStyleOption(option, 0)
    option.state |= QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Enabled
    room = bar.style().subElementRect(QStyle.SubElement.SE_TabBarTabText, option, bar)
    assert room.width() >= bar.fontMetrics().horizontalAdvance(WORDS)
