"""Reminders that several pages show, in words."""

from __future__ import annotations

from datetime import date

from ethnomed_desktop.app.exchange_status import Late
from ethnomed_desktop.app.tiers import Asked
from ethnomed_desktop.i18n.current import _, current, ngettext
from ethnomed_desktop.i18n.formatting import number, numeric_date


def late_words(one: Late) -> str:
    """Remind of a partner that has not confirmed for weeks."""
    count = number(one.days, current().language)
    text = ngettext(
        "{name} has not confirmed for {count} day what was written for it. Send a file, or ask for one.",
        "{name} has not confirmed for {count} days what was written for it. Send a file, or ask for one.",
        one.days,
    )
    return text.format(name=one.name, count=count)


def asked_words(one: Asked) -> str:
    """Remind of what an office above asks."""
    if not one.due:
        return _("Request from above: {title}").format(title=one.subject)
    day = numeric_date(date.fromisoformat(one.due))
    return _("Request from above, answer by {date}: {title}").format(title=one.subject, date=day)
