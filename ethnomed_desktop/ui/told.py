"""What the window tells in a box over it: the keys, the program itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ethnomed_desktop import __version__
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.paths import resource
from ethnomed_desktop.ui.actions import Actions
from ethnomed_desktop.ui.kit.appearance import unit
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.menus import MENUS

_WIDE_UNITS = 110


def tell(window: QWidget, title: str, html: str) -> None:
    """Open a box with words that are ready; does not wait for its being closed.

    No higher than the window it stands over: what is longer scrolls, so that its button is always there.
    """
    box = QDialog(window)
    box.setObjectName("told")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(title)
    words = QTextBrowser(box)
    words.setObjectName("told_words")
    words.setHtml(html)
    words.setAccessibleName(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok, box)
    buttons.accepted.connect(box.accept)
    column = QVBoxLayout(box)
    spaced(column, 3, (4, 4, 4, 4))
    column.addWidget(words, 1)
    column.addWidget(buttons)
    wide = min(_WIDE_UNITS * unit(), window.width())
    words.document().setTextWidth(wide - 16 * unit())
    high = round(words.document().size().height()) + buttons.sizeHint().height() + 18 * unit()
    box.resize(wide, min(high, window.height()))
    box.open()
    buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()


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
    others = _("From others come, with these licences (in English):")
    html = f"<b>Ethnomed Desktop {__version__}</b><p>{text}</p><p>{others}</p>{_from_elsewhere()}"
    tell(window, _("About the program"), html)


def _from_elsewhere() -> str:
    """Return what the licences of fonts and facts ask to be shown, without its first heading and its tables."""
    lines = resource("ATTRIBUTION.md").read_text(encoding="utf-8").splitlines()[1:]
    words = QTextDocument()
    words.setMarkdown("\n".join(line.replace("## ", "#### ") for line in lines if not line.startswith("|")))
    return words.toHtml()
