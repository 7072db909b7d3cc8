"""Files attached to records: what is known about one; its content lies apart, found by its SHA-256."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import AnyRef, Flag, Text, When, Whole
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind, Level

CASE, IDENTITY = Level.CASE, Level.IDENTITY

ATTACHMENT = Kind(
    "attachment",
    80,
    label=N_("Attached file"),
    plural=N_("Attached files"),
    feature="attachments",
    title=("name",),
    fields=(
        # Fields of page 0 are filled in by attaching; nobody writes them by hand.
        Field("of", 1, AnyRef(), N_("Attached to"), CASE, required=True, sortable=True, page=0),
        Field("of_kind", 2, Text(60), N_("Kind of that record"), CASE, required=True, page=0),
        Field("name", 3, Text(200), N_("File name"), CASE, required=True, searchable=True, listed=True),
        Field("media_type", 4, Text(120), N_("Kind of file"), CASE, required=True, page=0),
        Field("sha256", 5, Text(64), N_("SHA-256"), CASE, required=True, sortable=True, page=0),
        Field("size", 6, Whole(0, 1 << 40), N_("Size in bytes"), CASE, required=True, listed=True, page=0),
        Field("taken_on", 7, When(), N_("Taken on"), CASE, listed=True),
        Field("contains_identity", 8, Flag(), N_("Shows who somebody is"), IDENTITY),
        Field("note", 9, Text(500), N_("Note"), CASE, searchable=True),
    ),
)
