"""What each role may do: one table, read by `app` before every command and shown to the people as it is.

Reading limits between roles on one computer are kept by the program, not by encryption: all users of a
vault open the same file. Writing as another is impossible: everybody signs with a seed of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Kind, Level

ROLES = ("chair", "secretary", "mediator", "viewer", "administrator")
"""In the order of the table's columns; labels are those of the code list ``user_role``."""


class Act(StrEnum):
    """What a role may or may not do; the value is what the command line and the audit trail say."""

    RECORD = "record"
    MINUTES = "minutes"
    DIRECTORY = "directory"
    NUMBER = "number"
    CONFIDE = "confide"
    PRINT = "print"
    EXCHANGE = "exchange"
    COMPUTERS = "computers"
    BACK_UP = "back_up"
    CHECK = "check"
    USERS = "users"
    ERASE = "erase"


ACT_LABELS: dict[Act, str] = {
    Act.RECORD: N_("Record and change incidents, people and tasks"),
    Act.MINUTES: N_("Write minutes"),
    Act.DIRECTORY: N_("Change places, bodies and settings of the office"),
    Act.NUMBER: N_("Number minutes and open corrections"),
    Act.CONFIDE: N_("Keep notes given in confidence"),
    Act.PRINT: N_("Print and save documents"),
    Act.EXCHANGE: N_("Send and take in exchange files"),
    Act.COMPUTERS: N_("Let other computers join, withdraw lost ones"),
    Act.BACK_UP: N_("Make backups"),
    Act.CHECK: N_("Check the data and make the tables anew"),
    Act.ERASE: N_("Erase and anonymise personal data"),
    Act.USERS: N_("Add users, change roles, remove users, change the key"),
}
"""How the table names them, in its order."""

_ALL = frozenset(Act)
_MAY: dict[str, frozenset[Act]] = {
    "chair": _ALL,
    "secretary": _ALL - {Act.USERS},
    "mediator": frozenset({Act.RECORD, Act.CONFIDE, Act.PRINT, Act.EXCHANGE, Act.BACK_UP, Act.CHECK}),
    "viewer": frozenset(),
    "administrator": frozenset({Act.DIRECTORY, Act.EXCHANGE, Act.COMPUTERS, Act.BACK_UP, Act.CHECK, Act.USERS}),
}
_SEES: dict[str, Level] = {
    "chair": Level.IDENTITY,
    "secretary": Level.IDENTITY,
    "mediator": Level.IDENTITY,
    "viewer": Level.CASE,
    "administrator": Level.OFFICE,
}
"""The highest level of a field that the role is shown."""

OPEN_KINDS = frozenset({"user", "place", "organisation", "number_series"})
"""Colleagues, places and bodies are shown to every role in full."""

_STEWARDS = (("chair", "administrator"), ("secretary",), ("mediator",), ("viewer",))
"""Who keeps the users: the first of these groups that anybody here belongs to, so that somebody always does."""

_WRITTEN_BY: dict[str, Act] = {
    "place": Act.DIRECTORY,
    "organisation": Act.DIRECTORY,
    "meeting": Act.MINUTES,
    "agenda_item": Act.MINUTES,
    "attendance": Act.MINUTES,
    "speech": Act.MINUTES,
    "decision": Act.MINUTES,
    "request": Act.MINUTES,
    "recommendation": Act.MINUTES,
    "feedback": Act.MINUTES,
    "code_entry": Act.DIRECTORY,
    "private_note": Act.CONFIDE,
    "user": Act.USERS,
    "erasure": Act.ERASE,
    "policy_document": Act.DIRECTORY,
    "responsible_person": Act.DIRECTORY,
}
"""The act that writing a kind is; kinds not named here are the daily work, `Act.RECORD`."""

_BY_THEMSELVES = frozenset({"number_series"})
"""Written along with others, by whoever may write those."""


WITHOUT_WRITING = frozenset({Act.PRINT, Act.BACK_UP, Act.CHECK})
"""What is left where a newer program wrote the records, and this one only reads them."""


@dataclass(frozen=True)
class Rights:
    """What one user may do. ``steward``: the role is one of those that keep the users in this vault.

    ``reading_only``: a newer program wrote the vault, so nobody may write here, whatever the role.
    """

    role: str
    steward: bool = False
    reading_only: bool = False

    def may(self, act: Act) -> bool:
        """Whether the role may do it; an unknown role (of a newer program) may nothing."""
        if self.reading_only and act not in WITHOUT_WRITING:
            return False
        if act is Act.USERS:
            return self.steward
        return act in _MAY.get(self.role, frozenset())

    def require(self, act: Act) -> None:
        """Refuse what the role may not do; raises `NotAllowed` (``rights.act``, ``vault.reading_only``)."""
        if not self.may(act):
            raise self.refusal(act)

    def refusal(self, act: Act) -> NotAllowed:
        """Return why the act is not allowed: for the role, or for everybody here."""
        if self.reading_only and act not in WITHOUT_WRITING:
            return NotAllowed("vault.reading_only")
        return NotAllowed("rights.act", act=act.value, role=self.role)

    def may_write(self, kind_name: str) -> bool:
        """Whether the role may record, change and withdraw records of the kind."""
        if kind_name in _BY_THEMSELVES:
            return self.may(Act.RECORD) or self.may(Act.MINUTES)
        return self.may(written_by(kind_name))

    def require_write(self, kind_name: str) -> None:
        """Refuse to write a kind; raises `NotAllowed` (``rights.act``, ``vault.reading_only``)."""
        if not self.may_write(kind_name):
            raise self.refusal(written_by(kind_name))

    @property
    def ceiling(self) -> Level:
        """The highest level of a field that is shown."""
        return _SEES.get(self.role, Level.AGGREGATE)

    def hidden(self, kind: Kind) -> frozenset[str]:
        """Return the names of the kind's fields that are not shown."""
        return _hidden(kind, self.ceiling)

    def sees(self, kind: Kind, name: str) -> bool:
        """Whether a field of the kind is shown."""
        return name not in self.hidden(kind)

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden."""
        return self.ceiling is Level.IDENTITY


def written_by(kind_name: str) -> Act:
    """Return the act that writing a record of the kind is."""
    return _WRITTEN_BY.get(kind_name, Act.RECORD)


def rights_of(role: str, roles_here: Iterable[str]) -> Rights:
    """Return the rights of a role among the roles of all who have a way in."""
    return Rights(role, role in stewards({*roles_here, role}))


def stewards(roles_here: Iterable[str]) -> frozenset[str]:
    """Return the roles that keep the users where these roles are present."""
    present = set(roles_here)
    return next((frozenset(group) for group in _STEWARDS if present.intersection(group)), frozenset())


def ceiling_of(role: str) -> Level:
    """Return the highest level that the role is shown."""
    return Rights(role).ceiling


def may_as_a_rule(role: str, act: Act) -> bool:
    """What the table shows: the role's right where a chair or an administrator keeps the users."""
    return act in _MAY[role]


@cache
def _hidden(kind: Kind, ceiling: Level) -> frozenset[str]:
    if kind.name in OPEN_KINDS:
        return frozenset()
    return frozenset(field.name for field in kind.all_fields if field.level > ceiling)


LEVEL_LABELS: dict[Level, str] = {
    Level.AGGREGATE: N_("Counts and public places"),
    Level.OFFICE: N_("Dates, states and papers of the office"),
    Level.CASE: N_("What happened: texts without names"),
    Level.IDENTITY: N_("Names, telephones, addresses"),
}
"""How the table names what is seen."""

assert all(name in KINDS or name == "private_note" for name in _WRITTEN_BY)
