"""Pictures joined into contact sheets, to be looked over at once."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

COLUMNS, ROWS, WIDTH, GAP = 3, 4, 683, 8


def contact_sheets(pictures: list[Path], folder: Path, mark: str) -> list[Path]:
    """Write sheets of twelve pictures each; returns their paths."""
    made = []
    for number, start in enumerate(range(0, len(pictures), COLUMNS * ROWS), start=1):
        path = folder / f"sheet-{mark}-{number}.png"
        _sheet(pictures[start : start + COLUMNS * ROWS]).save(str(path))
        made.append(path)
    return made


def _sheet(pictures: list[Path]) -> QImage:
    small = [
        QImage(str(path)).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation) for path in pictures
    ]
    high = max(picture.height() for picture in small)
    rows = math.ceil(len(small) / COLUMNS)
    sheet = QImage(COLUMNS * (WIDTH + GAP), rows * (high + GAP), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(sheet)
    for number, picture in enumerate(small):
        painter.drawImage(number % COLUMNS * (WIDTH + GAP), number // COLUMNS * (high + GAP), picture)
    painter.end()
    return sheet
