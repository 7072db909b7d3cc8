"""Inputs to be read only: words can still be selected and are spoken, nothing can be typed or pressed."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget


def only_read(part: QWidget, reading: bool) -> None:
    """Make every input within a part read-only, or writable again."""
    for line in part.findChildren(QLineEdit):
        line.setReadOnly(reading)
    for text in part.findChildren(QPlainTextEdit):
        text.setReadOnly(reading)
    for one in (*part.findChildren(QAbstractButton), *part.findChildren(QAbstractItemView)):
        one.setEnabled(not reading)
