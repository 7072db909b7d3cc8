"""The menus of the window by name: they stand there at the first picture, their entries come after it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QMainWindow, QMenu

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _

MENUS = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("view", N_("&View")),
    ("record", N_("&Record")),
    ("print", N_("&Print")),
    ("help", N_("&Help")),
)


def made_menus(window: QMainWindow) -> dict[str, QMenu]:
    """Put the menus, still empty, into the window's menu bar; return them by name."""
    menus: dict[str, QMenu] = {}
    for name, label in MENUS:
        menus[name] = window.menuBar().addMenu(_(label))
        menus[name].setObjectName(f"menu_{name}")
    return menus


def name_menus(menus: Mapping[str, QMenu]) -> None:
    """Name the menus in the interface language."""
    for name, label in MENUS:
        menus[name].setTitle(_(label))
