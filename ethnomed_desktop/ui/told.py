"""What the window tells in a box over it: the keys, the program itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from ethnomed_desktop import __version__
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.actions import Actions
from ethnomed_desktop.ui.menus import MENUS


def tell(window: QWidget, title: str, html: str) -> None:
    """Open a box with words that are ready; does not wait for its being closed."""
    box = QMessageBox(window)
    box.setObjectName("told")
    box.setWindowTitle(title)
    box.setText(html)
    box.open()


def tell_keys(window: QWidget, actions: Actions) -> None:
    """List every entry of the menus that has a key."""
    titles = {name: _(label).replace("&", "") for name, label in MENUS}
    rows = []
    for menu, entries in actions.table().items():
        rows.append(f"<tr><th align='left' colspan='2'><br>{titles[menu]}</th></tr>")
        rows += [f"<tr><td>{words}&nbsp;&nbsp;&nbsp;</td><td>{keys}</td></tr>" for words, keys in entries]
    tell(window, _("Keys of the program"), f"<table>{''.join(rows)}</table>")


def tell_about(window: QWidget) -> None:
    """Say which program this is and what it promises."""
    text = _("Works without a network. Everything is encrypted and stays on this computer.")
    tell(window, _("About the program"), f"<b>Ethnomed Desktop {__version__}</b><p>{text}</p>")
