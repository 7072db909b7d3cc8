"""Approving a text again that was changed after its approval: it is shown whole before it may go up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.app import summary_approval
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.summary_approval import Stale
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.errors import show_error
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.message_bar import MessageBar
from ethnomed_desktop.ui.session import Session


def approve_again(
    parent: QWidget, session: Session, messages: MessageBar, uid: bytes, then: Callable[[], None]
) -> None:
    """Show the text as it stands, ask, and let the approval count for it; ``then()`` after it was kept."""
    words = current()

    def on_found(found: Sequence[Stale]) -> None:
        for one in found:
            text = _(
                "The text was changed after it was approved, so it stays here. It now reads:\n\n{text}\n\nMay it "
                "go up as it stands? Approved by: {name}"
            ).format(text=one.text, name=one.approved_by)
            if ask(parent, text, do=_("Approve again"), keep=_("Leave it here"), danger=False):
                session.command(approve, lambda _nothing: on_done(), on_failed)

    def approve(ctx: AppContext) -> Done[None]:
        return summary_approval.approve_again(ctx, uid)

    def on_done() -> None:
        messages.succeed(_("Approved: the text goes up with the next file. Ctrl+Z takes it back."))
        then()

    def on_failed(error: Exception) -> None:
        show_error(messages, error)

    session.query(lambda ctx: summary_approval.stale(ctx, words, uid), on_found, on_failed, owner=parent)
