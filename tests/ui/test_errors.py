from __future__ import annotations

import stat

from PySide6.QtWidgets import QDialog, QTextBrowser

from ethnomed_desktop.app.crash_notes import KEPT_NOTES, record_crash
from ethnomed_desktop.app.program_log import last_lines
from ethnomed_desktop.domain.errors import UserError, VaultError
from ethnomed_desktop.ui.errors import note_refusals_in, show_error, words_of
from ethnomed_desktop.ui.kit.message_bar import MessageBar


def crash() -> Exception:
    try:
        secret_name = "Асқаров"
        raise KeyError(secret_name)
    except KeyError as error:
        return error


def test_a_known_refusal_is_a_sentence(qtbot, qapp) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    told = {}
    for language in ("kk", "ru", "en"):
        qapp.use_language(language)
        with qtbot.wait_signal(bar.told, timeout=1000) as signal:
            show_error(bar, UserError("record.unknown"))
        told[language] = signal.args[1]
        assert signal.args[0] == "warning"
    assert len(set(told.values())) == 3
    assert told["en"] == words_of(UserError("record.unknown"))


def test_an_unknown_one_leaves_a_note_without_values(qtbot, tmp_path) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    with qtbot.wait_signal(bar.told, timeout=1000) as signal:
        show_error(bar, crash(), tmp_path)
    (note,) = tmp_path.iterdir()
    text = note.read_text(encoding="utf-8")
    assert signal.args[0] == "error"
    assert note.stem in signal.args[1]
    assert "KeyError" in text
    assert "test_errors.py" in text
    assert "Асқаров" not in text
    assert str(tmp_path) not in text
    assert stat.S_IMODE(note.stat().st_mode) == 0o600


def test_what_the_window_refuses_stands_in_the_log(qtbot, tmp_path) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    note_refusals_in(tmp_path)
    try:
        show_error(bar, VaultError("vault.damaged", path="Асқаров"))
        show_error(bar, UserError("record.unknown"))
    finally:
        note_refusals_in(None)
    show_error(bar, VaultError("vault.newer"))
    (line,) = last_lines(tmp_path, 5)
    assert line.endswith("refused code=vault.damaged at=window exit=3")


def test_only_the_newest_notes_are_kept(tmp_path) -> None:
    for number in range(KEPT_NOTES + 5):
        (tmp_path / f"20200101-0000{number:02d}-aaaa.txt").write_text("old")
    reference = record_crash(crash(), tmp_path)
    names = {path.stem for path in tmp_path.iterdir()}
    assert len(names) == KEPT_NOTES
    assert reference in names


def test_a_full_disk_loses_the_note_only(tmp_path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert record_crash(crash(), blocked)


def test_a_fault_of_ours_on_the_window_is_told_and_can_be_reported(desk) -> None:
    window = desk.unlocked("ru")
    window.work.notices.inform("drafts")
    asked = []
    window.report_requested.connect(lambda: asked.append("report"))
    window.tell_fault("20261122-190900-bf83")
    bar = window.work.notices
    assert bar.isVisible()
    assert bar.property("level") == "error"
    assert "20261122-190900-bf83" in bar.label.text()
    window.tell_fault("20261122-190901-0000")  # the first is not told over by what follows from it
    assert "20261122-190900-bf83" in bar.label.text()
    bar.button.click()
    assert asked == ["report"]


def test_a_fault_at_the_door_is_told_in_one_box(desk) -> None:
    window = desk.open()
    for reference in ("20261122-190900-bf83", "20261122-190901-0000"):
        window.tell_fault(reference)
    (box,) = [one for one in window.findChildren(QDialog) if one.objectName() == "told"]
    assert "20261122-190900-bf83" in box.findChild(QTextBrowser).toPlainText()
    box.close()
