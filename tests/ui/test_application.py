from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

from ethnomed_desktop.ui.kit.appearance import TEXT_SIZES, appearance, unit
from ethnomed_desktop.ui.kit.palettes import THEMES

HEAVY = ("sqlalchemy", "reportlab", "babel", "babel.messages", "docx", "pypdfium2", "alembic", "argon2", "PIL")

FIRST_PAINT = """
import sys
from ethnomed_desktop.ui.application import make_application
from ethnomed_desktop.ui.kit.secret_field import SecretField
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.domain.fieldtypes import Text
app = make_application(["test"], language="kk")
field = SecretField(Field("passphrase", 1, Text(), "Passphrase"))
field.show()
app.processEvents()
print(",".join(name for name in {heavy!r} if name in sys.modules))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    code = FIRST_PAINT.replace("{heavy!r}", repr(HEAVY))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_standard_dialogs_are_ours(qapp) -> None:
    assert QApplication.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def test_text_size_is_live(qtbot, qapp) -> None:
    button = QPushButton("Сақтау")
    qtbot.addWidget(button)
    button.show()
    small = button.sizeHint()
    qapp.use_text_size(200)
    qapp.processEvents()
    assert qapp.font().pointSizeF() == 22
    assert button.sizeHint().height() >= 1.8 * small.height()


def test_text_size_goes_by_steps(qapp) -> None:
    seen = [appearance().text_size]
    for _step in range(6):
        qapp.step_text_size(1)
        seen.append(appearance().text_size)
    assert seen == [*TEXT_SIZES, 200, 200]
    qapp.use_text_size(130)
    assert appearance().text_size == 125


@pytest.mark.parametrize("theme", [*THEMES, "system"])
def test_every_theme_can_be_worn(qtbot, qapp, theme) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    qapp.use_theme(theme)
    widget.show()
    assert qapp.palette().window().color().name().upper() == appearance().colours.window


def test_an_unknown_theme_is_refused(qapp) -> None:
    with pytest.raises(ValueError, match="pink"):
        qapp.use_theme("pink")


def test_targets_are_large_enough(qtbot) -> None:
    for kind in (QPushButton, QToolButton):
        button = kind()
        button.setText("+")
        qtbot.addWidget(button)
        button.show()
        assert button.height() >= 32
        assert button.width() >= 32


def test_no_size_of_letters_in_the_stylesheet(qapp) -> None:
    assert "font-size" not in qapp.styleSheet()
    assert "$" not in qapp.styleSheet()
    assert unit() == max(2, round(QFontMetrics(qapp.font()).height() / 4.25))
