"""A name typed without its ending gets it, and nothing is written over unasked because of that."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from ethnomed_desktop.ui.kit import saving


@pytest.fixture
def page(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def typed(monkeypatch):
    def answer(path: Path | str) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(path), ""))

    return answer


def where(page: QWidget, folder: Path) -> Path | None:
    return saving.ask_where(page, "Save", folder / "Minutes 1 2026-11-21.pdf", "PDF (*.pdf)")


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("MINUTES.PDF", "MINUTES.PDF"),
        ("хаттама", "хаттама.pdf"),
        ("Кеңес 21.11.2026", "Кеңес 21.11.2026.pdf"),
    ],
)
def test_the_ending_is_added_to_the_whole_name(page, typed, tmp_path, name, whole) -> None:
    typed(tmp_path / name)
    assert where(page, tmp_path) == tmp_path / whole


def test_nothing_chosen_is_nothing(page, typed, tmp_path) -> None:
    typed("")
    assert where(page, tmp_path) is None


@pytest.mark.parametrize("agreed", [True, False])
def test_what_stands_under_the_whole_name_is_asked_about(page, typed, tmp_path, monkeypatch, agreed) -> None:
    (tmp_path / "хаттама.pdf").write_bytes(b"%PDF older")
    asked: list[str] = []
    monkeypatch.setattr(saving, "ask", lambda _page, text, **_words: asked.append(text) or agreed)
    typed(tmp_path / "хаттама")
    assert where(page, tmp_path) == (tmp_path / "хаттама.pdf" if agreed else None)
    assert "хаттама.pdf" in asked[0]
    typed(tmp_path / "хаттама.pdf")  # the dialog itself has asked about this one
    assert where(page, tmp_path) is not None
    assert len(asked) == 1
