"""Who works with the vault."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Code, Flag, Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind, Level

USER = Kind(
    "user",
    60,
    label=N_("User"),
    plural=N_("Users"),
    feature="settings",
    title=("name",),
    fields=(
        Field("name", 1, Text(200), N_("Full name"), Level.IDENTITY, required=True, searchable=True, listed=True),
        Field("role", 2, Code("user_role"), N_("Role"), Level.OFFICE, required=True, listed=True),
        Field("slot_label", 3, Text(60), N_("Name at the door"), Level.OFFICE, listed=True),
        Field("active", 4, Flag(), N_("Active"), Level.OFFICE, listed=True),
        Field("verify_key", 5, Text(64), N_("Key that checks the signature"), Level.OFFICE, page=0),
    ),
)
