"""Notes: what somebody said, and – sealed to the one who heard it – what was said in confidence.

A private note is no kind of the registry: no table, no list, no search and no document knows it. Its
values are one sealed text, written into the stream of its owner alone.
"""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Code, Day, LongText, Ref, Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind, Level

OFFICE, CASE, IDENTITY = Level.OFFICE, Level.CASE, Level.IDENTITY
LONGEST = 20_000

NOTE = Kind(
    "note",
    90,
    label=N_("Note"),
    plural=N_("Notes"),
    feature="incidents",
    title=("noted_on", "text"),
    parent="incident",
    order="-noted_on",
    fields=(
        Field("incident", 1, Ref("incident"), N_("Incident"), CASE),
        Field("noted_on", 2, Day(), N_("Date"), OFFICE, sortable=True, listed=True),
        Field("note_kind", 3, Code("note_kind"), N_("Kind of note"), OFFICE, listed=True),
        Field("text", 4, LongText(LONGEST), N_("Text"), CASE, required=True, searchable=True, listed=True),
        Field("said_by", 5, Text(200), N_("Said by"), IDENTITY, searchable=True),
        Field("released_by", 6, Ref("user"), N_("Released from confidence by"), OFFICE, page=0),
    ),
)

PRIVATE_NOTE = Kind(
    "private_note",
    91,
    label=N_("Note in confidence"),
    plural=N_("Notes in confidence"),
    feature="incidents",
    title=(),
    fields=(Field("sealed", 1, LongText(), N_("Note in confidence"), IDENTITY),),
)
"""Not among `KINDS`."""
