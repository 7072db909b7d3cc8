"""Reminders that several pages show, in words."""

from __future__ import annotations

from datetime import date

from ethnomed_desktop.app.exchange_status import Late
from ethnomed_desktop.app.tiers import Asked
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.i18n.current import _, current, ngettext
from ethnomed_desktop.i18n.formatting import moment, number, numeric_date


def late_words(one: Late) -> str:
    """Remind of a partner that has not confirmed for weeks."""
    count = number(one.days, current().language)
    text = ngettext(
        "{name} has not confirmed for {count} day what was written for it. Send a file, or ask for one.",
        "{name} has not confirmed for {count} days what was written for it. Send a file, or ask for one.",
        one.days,
    )
    return text.format(name=one.name, count=count)


def clock_words(now_ms: int, worked_ms: int) -> tuple[str, str]:
    """Remind of a clock that was set back, and ask whether it is right now."""
    times = {
        name: moment(local_time(at).isoformat(), current().language)
        for name, at in (("now", now_ms), ("last", worked_ms))
    }
    told = _("The clock here shows {now}, yet the last work here was on {last}. Check date and time.")
    asked = _(
        "Is it really {now}? The last work here bears the date {last}. Dates that forms fill in follow the clock; "
        "what is written already stays as it is."
    )
    return told.format(**times), asked.format(**times)


def asked_words(one: Asked) -> str:
    """Remind of what an office above asks."""
    if not one.due:
        return _("Request from above: {title}").format(title=one.subject)
    day = numeric_date(date.fromisoformat(one.due))
    return _("Request from above, answer by {date}: {title}").format(title=one.subject, date=day)
