"""Reminders that several pages show, in words."""

from __future__ import annotations

from ethnomed_desktop.app.exchange_status import Late
from ethnomed_desktop.i18n.current import current, ngettext
from ethnomed_desktop.i18n.formatting import number


def late_words(one: Late) -> str:
    """Remind of a partner that has not confirmed for weeks."""
    count = number(one.days, current().language)
    text = ngettext(
        "{name} has not confirmed for {count} day what was written for it. Send a file, or ask for one.",
        "{name} has not confirmed for {count} days what was written for it. Send a file, or ask for one.",
        one.days,
    )
    return text.format(name=one.name, count=count)
