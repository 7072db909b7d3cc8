"""A one-way extract of a record that is shown, from the menu Record."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app.exchange_extract import write_extract
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.folders import documents_folder
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.kit.saving import ask_where
from ethnomed_desktop.ui.session import Session


def extract_record(parent: QWidget, session: Session, messages: MessageBar, uid: str) -> None:
    """Ask where to, and write the record into a readable file without fields that name people."""
    proposed = documents_folder() / f"{_('Extract')}.pdf"
    target = ask_where(parent, _("One-way extract of the record"), proposed, "PDF (*.pdf)")
    if target is None:
        return
    language, uids = current().language, [bytes(parse_uid(uid))]
    session.keep(
        lambda ctx, progress: write_extract(ctx, uids, language, target),
        lambda _count: messages.succeed(
            _("Saved: {name}. The file is outside the protection: anyone can read it.").format(name=target.name)
        ),
        lambda error: show_error(messages, error),
    )
