"""Every action of the window: one table gives menu, words and keys. F10 and Insert stay free."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.features import BELOW, FEATURES
from ethnomed_desktop.ui.kit.language_buttons import NAMES
from ethnomed_desktop.ui.kit.picture import picture
from ethnomed_desktop.ui.menus import name_menus


@dataclass(frozen=True)
class Act:
    """One entry: ``shown`` are keys that a widget takes by itself, so the menu only names them.

    ``at_door`` says that it works while the vault is locked; ``choice`` groups entries of which one
    is ticked; ``gap`` puts a line before it.
    """

    key: str
    menu: str
    label: str
    keys: tuple[str, ...] = ()
    shown: str = ""
    at_door: bool = False
    choice: str = ""
    gap: bool = False


def _sections() -> tuple[Act, ...]:
    features = (*FEATURES, *BELOW)
    return tuple(
        Act(
            f"section:{one.key}",
            "help" if one.key == "help" else "view",
            one.section.label,
            (one.section.keys,) if one.section.keys else (),
            at_door=one.key == "help",
        )
        for one in features
    )


ACTIONS: tuple[Act, ...] = (
    Act("new", "file", N_("New in this section"), ("Ctrl+N",)),
    Act("incident", "file", N_("Record incident"), ("Ctrl+Shift+I",)),
    Act("drafts", "file", N_("My drafts…")),
    Act("back_up", "file", N_("Back up now…"), gap=True),
    Act("restore", "file", N_("Restore from a backup…"), at_door=True),
    Act("password", "file", N_("Change the password…")),
    Act("recovery", "file", N_("New recovery sheet…")),
    Act("lock", "file", N_("Lock"), ("Ctrl+Shift+L",), gap=True),
    Act("quit", "file", N_("Close the program"), ("Ctrl+Q",), at_door=True),
    Act("undo", "edit", N_("Undo"), ("Ctrl+Z",)),
    Act("redo", "edit", N_("Redo"), ("Ctrl+Y", "Ctrl+Shift+Z")),
    Act("cut", "edit", N_("Cut"), shown="Ctrl+X", at_door=True, gap=True),
    Act("copy", "edit", N_("Copy"), shown="Ctrl+C", at_door=True),
    Act("paste", "edit", N_("Paste"), shown="Ctrl+V", at_door=True),
    Act("letter", "edit", N_("Turn the letter into its Kazakh pair"), shown="Shift+F7", gap=True),
    Act("search", "edit", N_("Search everywhere"), ("F3", "Ctrl+K", "Ctrl+F"), gap=True),
    *_sections(),
    Act("back", "view", N_("Back"), ("Alt+Left",), gap=True),
    Act("refresh", "view", N_("Refresh the list"), ("F5",)),
    *(
        Act(f"language:{code}", "view", names[1], at_door=True, choice="language", gap=code == "kk")
        for code, names in NAMES.items()
    ),
    Act("larger", "view", N_("Larger text"), ("Ctrl++", "Ctrl+="), at_door=True, gap=True),
    Act("smaller", "view", N_("Smaller text"), ("Ctrl+-",), at_door=True),
    Act("normal", "view", N_("Normal text"), ("Ctrl+0",), at_door=True),
    Act("theme:system", "view", N_("Colours of the desktop"), at_door=True, choice="theme", gap=True),
    Act("theme:light", "view", N_("Light colours"), at_door=True, choice="theme"),
    Act("theme:dark", "view", N_("Dark colours"), at_door=True, choice="theme"),
    Act("theme:contrast", "view", N_("High contrast"), at_door=True, choice="theme"),
    Act("letters", "view", N_("Palette of Kazakh letters"), at_door=True, choice="letters", gap=True),
    Act("names", "view", N_("Hide names on the screen"), ("F11",), choice="names"),
    Act("open", "record", N_("Open"), shown="Enter"),
    Act("edit", "record", N_("Edit"), ("F2",)),
    Act("save", "record", N_("Save the form"), shown="Ctrl+Enter"),
    Act("another", "record", N_("Save and add another"), ("Ctrl+Shift+Return",)),
    Act("history", "record", N_("History of the record"), ("Ctrl+H",)),
    Act("trash", "record", N_("Move to trash…"), ("Del",)),
    Act("scans", "record", N_("Attach scanned papers…"), gap=True),
    Act("extract", "record", N_("One-way extract…")),
    Act("print", "print", N_("Print…"), ("Ctrl+P", "F12")),
    Act("papers", "print", N_("Forms and registers…")),
    Act("keys", "help", N_("Keys of the program"), ("Ctrl+/",), at_door=True),
    Act("check", "help", N_("Check the data")),
    Act("update", "help", N_("Update from a file…"), gap=True),
    Act("report", "help", N_("Problem report…"), at_door=True),
    Act("about", "help", N_("About the program"), at_door=True),
)


_PRINTED = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter"}


def as_printed_on_keys(keys: Sequence[str]) -> str:
    """Return keys as people see them on the keyboard: Qt's words for arrows and Enter are English."""
    return ", ".join(
        dict.fromkeys(re.sub("[A-Z][a-z]+$", lambda last: _PRINTED.get(last[0], last[0]), one) for one in keys)
    )


class Actions(QObject):
    """The entries of a window's menus. ``triggered(key)`` for every entry, by menu or key."""

    triggered = Signal(str)

    def __init__(self, window: QMainWindow, menus: dict[str, QMenu]) -> None:
        super().__init__(window)
        self.by_key: dict[str, QAction] = {}
        self.menus = menus
        self._own_words: dict[str, str] = {}
        self._stale = False
        self._groups: dict[str, QActionGroup] = {}
        for act in ACTIONS:
            self._add(window, act)
        for menu in menus.values():
            menu.aboutToShow.connect(self._word_all)
        self.retranslate()

    def set_words(self, key: str, words: str = "") -> None:
        """Give an entry words of its own (already translated); empty gives the usual ones back."""
        self._own_words[key] = words
        self._word(next(act for act in ACTIONS if act.key == key))

    def tick(self, choice: str, key: str) -> None:
        """Show which entry of a group is in force."""
        self.by_key[f"{choice}:{key}"].setChecked(True)

    def open_house(self, unlocked: bool) -> None:
        """Let in what works: everything, or while locked only what needs no record."""
        for act in ACTIONS:
            self.by_key[act.key].setEnabled(unlocked or act.at_door)

    def retranslate(self) -> None:
        """Name the menus; their entries follow the picture, or the opening of a menu."""
        name_menus(self.menus)
        self._stale = True
        picture().then(self._word_all, self)

    def _word_all(self) -> None:
        if self._stale:
            self._stale = False
            for act in ACTIONS:
                self._word(act)

    def _word(self, act: Act) -> None:
        words = self._own_words.get(act.key) or (act.label if act.choice == "language" else _(act.label))
        words = words.replace("&", "&&")
        self.by_key[act.key].setText(f"{words}\t{act.shown}" if act.shown else words)

    def table(self) -> Mapping[str, list[tuple[str, str]]]:
        """Return words and keys by menu, for the list of keys; in the menu Record also what the page adds.

        What an entry says of a record, as that of undoing does, is left out: it may be a person's name.
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for act in ACTIONS:
            keys = as_printed_on_keys(act.keys) or act.shown
            if keys:
                words = act.label if act.choice == "language" else _(act.label)
                found.setdefault(act.menu, []).append((words, keys))
        ours = set(self.by_key.values())
        for action in self.menus["record"].actions():
            keys = as_printed_on_keys([one.toString() for one in action.shortcuts()])
            if keys and action not in ours:
                found.setdefault("record", []).append((action.text().replace("&&", "&"), keys))
        return found

    def _add(self, window: QMainWindow, act: Act) -> None:
        menu = self.menus[act.menu]
        if act.gap:
            menu.addSeparator()
        action = QAction(window)
        action.setObjectName(f"action_{act.key}")
        action.setShortcuts([QKeySequence(keys) for keys in act.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if act.choice:
            action.setCheckable(True)
            if ":" in act.key:
                group = self._groups.setdefault(act.choice, QActionGroup(self))
                group.addAction(action)
        action.triggered.connect(lambda _checked=False, key=act.key: self.triggered.emit(key))
        menu.addAction(action)
        self.by_key[act.key] = action
