"""The problem report in the window: asked for at the door too, read first, then saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.ui.problem_report import ProblemReport


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "ақауы туралы есеп"), ("ru", "Отчёт о неполадке"), ("en", "report")]
)
def test_it_is_read_before_it_is_saved(desk: Any, tmp_path: Path, language: str, words: str) -> None:
    desk.unlocked(language)
    report = ProblemReport(paths.places(data=desk.folder), desk.window.door_pages.tasks, desk.window)
    assert not report.save.isEnabled()
    report.open()
    desk.settle()
    desk._bot.waitUntil(report.save.isEnabled, timeout=20_000)
    assert words in report.text.toPlainText()
    assert "qt: 6." in report.text.toPlainText()
    report.save_to(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == report.text.toPlainText()
    assert "report.txt" in report.messages.label.text()
    report.save_to(tmp_path / "nowhere" / "report.txt")
    assert not report.messages.isHidden()
    report.close()


def test_it_can_be_asked_for_at_the_door(desk: Any) -> None:
    desk.open("en")
    desk.settle()
    asked: list[bool] = []
    desk.window.report_requested.connect(lambda: asked.append(True))
    desk.window.actions_.by_key["report"].trigger()
    assert asked == [True]
