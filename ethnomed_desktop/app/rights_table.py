"""What each role may do, as a table in words: the page of the settings and ``rights list`` show the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.rights import (
    ACT_LABELS,
    LEVEL_LABELS,
    ROLES,
    Act,
    ceiling_of,
    may_as_a_rule,
)
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import code_label

NOTES = (
    N_(
        "Where there is neither a chair nor an administrator, the secretaries keep the users; without "
        "secretaries, the mediators do."
    ),
    N_(
        "Everybody may change the own password and print a recovery sheet of the own. Everybody sees who the "
        "colleagues are. A note given in confidence is seen by nobody but the one who wrote it."
    ),
    N_(
        "Writing as somebody else is impossible: everything is signed with a key that only the own password opens. "
        "What a role is shown is limited by the program alone: all users of one computer open the same file."
    ),
)
"""What stands under the table."""


@dataclass(frozen=True)
class TableLine:
    """One line: what it is about (``act`` or ``level`` and its code), its words, a yes or no per role."""

    about: str
    code: str
    label: str
    may: tuple[bool, ...]


@dataclass(frozen=True)
class RightsTable:
    """The whole table in one language."""

    codes: tuple[str, ...]
    roles: tuple[str, ...]
    lines: tuple[TableLine, ...]
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for programs: by act and by level, the roles that may."""
        found: dict[str, Any] = {"acts": {}, "sees": {}}
        for line in self.lines:
            roles = [code for code, may in zip(self.codes, line.may, strict=True) if may]
            found["acts" if line.about == "act" else "sees"][line.code] = roles
        return found


def rights_table(catalog: Catalog) -> RightsTable:
    """Return the table, made from `domain.rights`; needs no vault."""
    seen = [
        TableLine(
            "level",
            str(int(level)),
            catalog.gettext("Sees: {what}").format(what=catalog.gettext(label)),
            tuple(ceiling_of(role) >= level for role in ROLES),
        )
        for level, label in LEVEL_LABELS.items()
    ]
    done = [
        TableLine("act", act.value, catalog.gettext(ACT_LABELS[act]), tuple(_may(role, act) for role in ROLES))
        for act in ACT_LABELS
    ]
    roles = tuple(code_label("user_role", role, catalog) for role in ROLES)
    return RightsTable(ROLES, roles, (*seen, *done), tuple(catalog.gettext(note) for note in NOTES))


def _may(role: str, act: Act) -> bool:
    return may_as_a_rule(role, act)
