from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMessageBox

from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.ui.qt_words import overlaid_words
from ethnomed_desktop.ui.translator import GettextTranslator


@pytest.mark.parametrize(("language", "word"), [("kk", "Болдырмау"), ("ru", "Отмена"), ("en", "Cancel")])
def test_cancel_is_one_word_everywhere(qtbot, qapp, language, word) -> None:
    qapp.use_language(language)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == word


def test_open_windows_change_their_standard_buttons(qtbot, qapp) -> None:
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    box.show()
    seen = set()
    for language in ("kk", "ru", "en"):
        qapp.use_language(language)
        seen.add(box.button(QMessageBox.StandardButton.Save).text())
    assert len(seen) == 3


def test_each_switch_is_told_once(qtbot, qapp) -> None:
    class Watch(QLabel):
        told = 0

        def changeEvent(self, event):
            self.told += event.type() == QEvent.Type.LanguageChange
            super().changeEvent(event)

    watch = Watch()
    qtbot.addWidget(watch)
    watch.show()
    qapp.processEvents()
    watch.told = 0
    qapp.use_language("ru")
    qapp.processEvents()
    assert watch.told == 1


def test_what_qt_lacks_is_ours(qapp) -> None:
    qapp.use_language("ru")
    assert QCoreApplication.translate("QFileDialog", "Files of &type:") == "&Тип файлов:"
    assert all(word and not word.isascii() for word in overlaid_words() if word != "%p%")


def test_not_ours_is_none_and_never_empty(qapp) -> None:
    translator = GettextTranslator(Catalog.load("en"), qapp)
    assert translator.translate("QFileDialog", "no such text") is None
    assert not translator.isEmpty()


def test_weeks_begin_on_monday(qapp) -> None:
    from PySide6.QtCore import QLocale

    for language in ("kk", "ru", "en"):
        qapp.use_language(language)
        assert QLocale().firstDayOfWeek() == Qt.DayOfWeek.Monday


def test_a_folder_has_one_word_in_file_dialogs_too(qapp) -> None:
    for language, word, others in (("kk", "алта", ("ума", "Ата-ана")), ("ru", "апк", ("аталог",))):
        qapp.use_language(language)
        for source in ("Directory:", "Directories", "&New Folder", "Parent Directory", "Find Directory"):
            shown = QCoreApplication.translate("QFileDialog", source)
            assert word in shown
            assert not any(other in shown for other in others)
