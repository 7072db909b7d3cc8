"""Sentences about erasing and anonymising (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

ERASURE_TEXTS: dict[str, str] = {
    "erasure.ground_names": N_(
        "The words about the ground name the person, and the ledger is kept. Nothing was erased. Write the number "
        "and the date of the paper without the name."
    ),
    "erasure.no_ground": N_(
        "Erasing needs a ground: nothing was erased. Choose it from the list; it stands in the ledger."
    ),
    "erasure.no_paper": N_(
        "This ground rests on a paper. Nothing was erased. Write the number and the date of the decision or order."
    ),
    "erasure.not_by_hand": N_(
        "Entries of the ledger are written by the program when something is erased. Nothing was recorded."
    ),
    "erasure.not_confirmed": N_(
        "The word typed is not the one asked for: {word}. Nothing was erased. Type it as it stands."
    ),
    "erasure.not_this_kind": N_(
        "Records of this kind are not erased or anonymised: {kind}. Nothing was changed. Users are removed on "
        "their own page; places and bodies are corrected."
    ),
    "erasure.office_only": N_(
        "This computer works for an office, and only the office erases. Nothing was erased. Ask the office; its "
        "erasure comes here with the next exchange file."
    ),
    "erasure.sealed": N_(
        "This belongs to closed minutes No. {number}, which must be kept. Nothing was erased. Anonymise the people "
        "in them instead."
    ),
    "erasure.stays": N_("Entries of the ledger of erasures are kept as they are. Nothing was changed."),
    "retention.no_reason": N_(
        "Keeping longer needs a reason, which stands in the history. Nothing was changed. Write it in a few words."
    ),
    "retention.not_later": N_(
        "The new day must come after today. Nothing was changed. Choose a later day, or erase the record."
    ),
}
"""By code."""
