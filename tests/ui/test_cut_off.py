"""After a power cut the window says that everything is whole, or what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ethnomed_desktop.app.checks import finding_sentence
from ethnomed_desktop.app.vault import Finding
from ethnomed_desktop.i18n.current import current


def cut_off(folder: Path) -> None:
    (folder / "store.lock").write_text('{"who": "Раушан"}', encoding="utf-8")  # as a killed program leaves it


def test_it_says_that_all_is_whole(council_folder: Path, desk: Any) -> None:
    cut_off(council_folder)
    desk.unlocked("ru")
    notices = desk.work.notices
    assert notices.isVisible()
    assert notices.label.text() == finding_sentence(Finding("cut_off", True, {}), current())


def test_it_says_what_is_damaged(council_folder: Path, desk: Any) -> None:
    cut_off(council_folder)
    data = bytearray((council_folder / "store.db").read_bytes())
    data[-3000] ^= 1
    (council_folder / "store.db").write_bytes(data)
    desk.unlocked("kk")
    assert desk.work.notices.label.text() == finding_sentence(Finding("pages", False, {"count": 1}), current())
    assert desk.work.notices.button.isVisible()


def test_after_a_closing_it_says_nothing(council_folder: Path, desk: Any) -> None:
    desk.unlocked("en")
    assert not desk.work.notices.isVisible()
