"""The question before what cannot be undone: its two answers are read whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from ethnomed_desktop.ui.kit.ask import ask


@pytest.mark.parametrize("size", [100, 150, 200])
def test_the_answers_are_as_wide_as_their_words(qapp, size) -> None:
    qapp.use_text_size(size)
    cut: list[str] = []

    def look() -> None:
        box = next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()
        )
        cut.extend(one.text() for one in box.buttons() if one.width() < one.sizeHint().width())
        box.reject()

    QTimer.singleShot(0, look)
    assert not ask(None, "Отменить это нельзя.", do="Завершить и присвоить номер", keep="Оставить проектом")
    assert cut == []
