"""Entries of the menus that the role of the user does not allow: grey, with the reason."""

from __future__ import annotations

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.actions import Actions
from ethnomed_desktop.ui.kit.message_bar import MessageBar

NEEDED = {
    "incident": Act.RECORD,
    "back_up": Act.BACK_UP,
    "check": Act.CHECK,
    "print": Act.PRINT,
    "papers": Act.PRINT,
}
"""What an entry of the menus takes; entries not named here are everybody's, or refuse with a sentence."""


WRITING = ("new", "another", "edit", "save", "trash")
"""Entries that write a record of whatever section is shown: grey for who may write none at all."""


def limit(actions: Actions, ctx: AppContext) -> None:
    """Grey out what the user may not do; the reason stands in the tool tip, for screen readers too."""
    needed = dict(NEEDED)
    if not any(ctx.may(act) for act in (Act.RECORD, Act.MINUTES, Act.DIRECTORY)):
        needed |= dict.fromkeys(WRITING, Act.RECORD)
    for key, act in needed.items():
        if not ctx.may(act):
            action = actions.by_key[key]
            action.setEnabled(False)
            action.setToolTip(sentence(ctx.rights.refusal(act), current()))


def tell_role(notices: MessageBar, ctx: AppContext, show: object) -> None:
    """Say to somebody who may not write that the records are shown for reading only."""
    if ctx.may(Act.RECORD) or ctx.reading_only or not callable(show):  # a standing band says the latter
        return
    role = code_label("user_role", ctx.rights.role, current())
    text = _("Your role: {role}. Records are shown to you for reading; some fields are not shown.").format(
        role=role
    )
    notices.tell("info", text, action=_("What each role may do"), on_action=show)
