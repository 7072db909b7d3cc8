"""Two versions of the same minutes side by side; what differs is marked, and why it was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_versions import (
    ADDED,
    CHANGED,
    REMOVED,
    SAME,
    Comparison,
    Difference,
    Version,
    compare_versions,
    versions_of,
)
from ethnomed_desktop.domain.comparing import Span
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _, ngettext
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.scale import sized_font, spaced, with_icon
from ethnomed_desktop.ui.meetings.flow_row import FlowRow
from ethnomed_desktop.ui.session import Session

CHANGES = {SAME: "", CHANGED: N_("Changed"), ADDED: N_("Put in"), REMOVED: N_("Taken out")}
Found = tuple[list[Version], Comparison | None]


class VersionsPage(QWidget):
    """``left()`` goes back to where one came from."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("versions_page")
        self.setProperty("role", "page")
        self._session = session
        self._asked = ""
        self._pair = ("", "")
        self.versions: Sequence[Version] = ()
        self.comparison: Comparison | None = None
        self.back = PushButton(self)
        self.back.setObjectName("versions_back")
        self.back.setProperty("role", "plain")
        with_icon(self.back, "back", "accent")
        self.back.clicked.connect(self.left)
        self.title = QLabel(self)
        sized_font(self.title, 1.2, bold=True)
        self.title.setWordWrap(True)
        self.reason = QLabel(self)
        self.reason.setObjectName("versions_reason")
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.everything = QCheckBox(self)
        self.everything.setObjectName("show_everything")
        self.everything.toggled.connect(self._show)
        self._pairs = FlowRow((), self)
        self.pair_buttons: list[PushButton] = []
        self.messages = MessageBar(self)
        self.text = QTextBrowser(self)
        self.text.setObjectName("versions_text")
        self.text.setOpenLinks(False)
        self._build()
        appearance().changed.connect(self._show)
        self.retranslate()

    def _build(self) -> None:
        head = QHBoxLayout()
        spaced(head, 3)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        spaced(column, 2, (6, 4, 6, 4))
        column.addLayout(head)
        for widget in (self.reason, self._pairs, self.everything, self.messages):
            column.addWidget(widget)
        column.addWidget(self.text, 1)

    def show_versions(self, uid: str) -> None:
        """Compare a version with the one before it; the first one with the next."""
        self._asked, self._pair = uid, ("", "")
        self.comparison, self.versions = None, ()
        self._show()
        self._read()

    def choose(self, older: str, newer: str) -> None:
        """Compare two other versions of these minutes."""
        self._pair = (older, newer)
        self._read()

    def _read(self) -> None:
        asked, pair, words = self._asked, self._pair, self._session.catalog

        def found(ctx: AppContext) -> Found:
            versions = versions_of(ctx, parse_uid(asked))
            uids = [one.uid for one in versions]
            if len(uids) < 2:
                return versions, None
            place = max(1, uids.index(asked))
            older, newer = pair if pair[0] else (uids[place - 1], uids[place])
            return versions, compare_versions(ctx, parse_uid(older), parse_uid(newer), words)

        self._session.query(found, partial(self._on_found, asked), self._on_failed, owner=self)

    def _on_found(self, asked: str, found: Found) -> None:
        if asked != self._asked:
            return
        self.versions, self.comparison = found
        self._offer_pairs()
        self._show()
        self.text.setFocus()

    def _offer_pairs(self) -> None:
        """With more than two versions: each with the next, and the first with the last."""
        for button in self.pair_buttons:
            button.hide()
            button.deleteLater()
        self.pair_buttons = []
        if len(self.versions) < 3:
            return
        pairs = [*pairwise(self.versions), (self.versions[0], self.versions[-1])]
        layout = self._pairs.layout()
        assert layout is not None
        for older, newer in pairs:
            button = PushButton(f"{older.version} – {newer.version}", self._pairs)
            button.setAccessibleName(
                _("Versions {older} and {newer}").format(older=older.version, newer=newer.version)
            )
            button.clicked.connect(partial(self._on_pair, older.uid, newer.uid))
            layout.addWidget(button)
            button.show()
            self.pair_buttons.append(button)

    def _on_pair(self, older: str, newer: str, checked: bool = False) -> None:
        self.choose(older, newer)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Exception):
            show_error(self.messages, error)

    def retranslate(self) -> None:
        self.back.setText(_("Back"))
        self.everything.setText(_("Show what is the same, too"))
        self.text.setAccessibleName(_("Comparison of versions"))
        self._offer_pairs()
        self._show()
        if self._asked and self.comparison is not None:
            self._read()  # labels and codes are worded by the query

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- words ----------------------------------------------------------------

    def _show(self, _checked: object = None) -> None:
        found = self.comparison
        self.title.setText(_("Comparison of versions"))
        self.everything.setVisible(found is not None)
        if found is None:
            alone = _("These minutes have one version only: there is nothing to compare.")
            self.reason.setText(alone if self.versions else "")
            self.text.clear()
            return
        count = len(found.differing)
        words = ngettext("{count} difference", "{count} differences", count).format(count=count)
        number = f"№\u00a0{found.older.number} · " if found.older.number else ""
        self.title.setText(_("Comparison of versions: {found}").format(found=f"{number}{words}"))
        reason = found.newer.reason or "–"
        self.reason.setText(_("Reason of the correction: {reason}").format(reason=reason))
        self.text.setHtml(_page(found, found.rows if self.everything.isChecked() else found.differing))


def _page(found: Comparison, rows: Sequence[Difference]) -> str:
    colours = appearance().colours
    heads = "".join(f"<th align='left' width='40%'>{_head(one)}</th>" for one in (found.older, found.newer))
    where, alike = escape(_("Where")), escape(_("The two versions say the same."))
    lines = [f"<tr><th align='left' width='20%'>{where}</th>{heads}</tr>"]
    lines += [_line(row) for row in rows]
    if not rows:
        lines.append(f"<tr><td colspan='3'>{alike}</td></tr>")
    style = f"border-collapse: collapse; border: 1px solid {colours.border};"
    return (
        f"<table width='100%' border='1' cellspacing='0' cellpadding='6' style='{style}'>{''.join(lines)}</table>"
    )


def _head(one: Version) -> str:
    from ethnomed_desktop.i18n.current import current

    words = _("Version {version}").format(version=one.version)
    return escape(f"{words} · {code_label('meeting_state', one.state, current())}")


def _line(row: Difference) -> str:
    change = _(CHANGES[row.change]) if CHANGES[row.change] else ""
    where = "<br>".join(escape(part) for part in (row.where, row.label) if part)
    if change:
        where += f"<br><b>{escape(change)}</b>"
    before, after = _spans(row.before, "s", "error_back"), _spans(row.after, "u", "success_back")
    return f"<tr><td valign='top'>{where}</td><td valign='top'>{before}</td><td valign='top'>{after}</td></tr>"


def _spans(spans: Sequence[Span], tag: str, role: str) -> str:
    """Mark by a line through or under the words, and by colour besides."""
    back = getattr(appearance().colours, role)
    made = []
    for one in spans:
        text = escape(one.text).replace("\n", "<br>")
        made.append(f"<{tag} style='background-color: {back}'>{text}</{tag}>" if one.changed else text)
    return "".join(made) or "–"
