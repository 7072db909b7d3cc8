"""Sentences about what goes between offices above and below (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

TIERS_TEXTS: dict[str, str] = {
    "tiers.*": N_("This was not done, and nothing was changed."),
    "tiers.due_before_asked": N_(
        "The day to answer by is before the day the request was made. What you typed is kept. Correct one of them."
    ),
    "tiers.from_above": N_(
        "An office above wrote this; only that office can change it. Nothing was changed. Answer it, or ask that "
        "office."
    ),
    "tiers.not_the_hub": N_(
        "Only the main computer of the office speaks to the offices below. Nothing was changed. Write this there."
    ),
}
