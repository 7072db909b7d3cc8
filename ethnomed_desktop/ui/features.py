"""The sections of the window and where their pages come from: the one list that joins features.

A feature never imports another one. It is named here by module and class, imported when its section
is first shown, and made with the `Session` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.ui.kit.side_bar import Section

if TYPE_CHECKING:
    from ethnomed_desktop.app.drafts import Draft
    from ethnomed_desktop.ui.session import Session


@runtime_checkable
class FeaturePage(Protocol):
    """What the page of a section offers (besides being a `QWidget` made by ``factory(session)``)."""

    def open_record(self, uid: str) -> None:
        """Show one record of the section (``uid`` as UUID text)."""
        ...


@runtime_checkable
class MakesRecords(Protocol):
    """A page with records of its own to begin: Ctrl+N, and drafts kept from before."""

    def start_new(self) -> None:
        """Show an empty form."""
        ...

    def open_draft(self, draft: Draft) -> None:
        """Show the form as it was kept."""
        ...


@runtime_checkable
class PrintsRecords(Protocol):
    """A page whose records are printed by a dialog that stands over any section."""

    def print_meeting(self, uid: str, language: str) -> None:
        """Open the dialog."""
        ...


@runtime_checkable
class KeepsDrafts(Protocol):
    """A page where something may be typed and not kept yet."""

    def keep_drafts(self) -> None:
        """Hand what is typed to `Session.keep` at once: the vault is being locked or the window closed."""
        ...


@runtime_checkable
class HasActions(Protocol):
    """A page with actions of its own; they stand in the menu Record while the page is shown."""

    def record_actions(self) -> Sequence[QAction]:
        """Return the actions in order, children of the page; words follow the language by themselves."""
        ...


@dataclass(frozen=True)
class Feature:
    """One section: ``kinds`` are the kinds of record that open there, ``page`` is ``module:Class``."""

    section: Section
    kinds: tuple[str, ...]
    page: str

    @property
    def key(self) -> str:
        """The section's key."""
        return self.section.key

    def make_page(self, session: Session) -> QWidget:
        """Import the feature and return its page."""
        module, name = self.page.split(":")
        return cast(QWidget, getattr(import_module(module), name)(session))


FEATURES = (
    Feature(Section("home", N_("Home"), "home", "Ctrl+1"), (), "ethnomed_desktop.ui.home.page:HomePage"),
    Feature(
        Section("incidents", N_("Incidents"), "incidents", "Ctrl+2"),
        ("incident", "incident_party", "note"),
        "ethnomed_desktop.ui.incidents.page:IncidentsPage",
    ),
    Feature(
        Section("meetings", N_("Meetings"), "meetings", "Ctrl+4"),
        ("meeting", "agenda_item", "attendance", "speech", "decision", "task"),
        "ethnomed_desktop.ui.meetings.page:MeetingsPage",
    ),
    Feature(
        Section("people", N_("People"), "people", "Ctrl+6"),
        ("person", "organisation", "place", "membership", "consent", "handover"),
        "ethnomed_desktop.ui.directory.page:PeoplePage",
    ),
    Feature(
        Section("exchange", N_("Exchange"), "exchange", "Ctrl+8"),
        (),
        "ethnomed_desktop.ui.exchange.page:ExchangePage",
    ),
    Feature(
        Section("tiers", N_("Requests"), "documents"),
        ("request", "request_answer", "recommendation", "feedback", "code_entry"),
        "ethnomed_desktop.ui.tiers.page:TiersPage",
    ),
)
"""The sections above the line, in order; their keys keep the numbers of the whole map (1 Home … 8 Exchange)."""

BELOW = (
    Feature(Section("trash", N_("Trash"), "trash"), (), "ethnomed_desktop.ui.trash.page:TrashPage"),
    Feature(
        Section("notes", N_("Notes in confidence"), "notes", seldom=True),
        (),
        "ethnomed_desktop.ui.notes.page:NotesPage",
    ),
    Feature(
        Section("users", N_("Users"), "users", seldom=True),
        ("user",),
        "ethnomed_desktop.ui.vault.users_page:UsersPage",
    ),
    Feature(
        Section("personal", N_("Personal data"), "lock", seldom=True),
        ("erasure", "policy_document", "responsible_person"),
        "ethnomed_desktop.ui.personal.page:PersonalPage",
    ),
    Feature(
        Section("audit", N_("Audit trail"), "history", seldom=True), (), "ethnomed_desktop.ui.audit.page:AuditPage"
    ),
    Feature(
        Section("settings", N_("Settings"), "settings"), (), "ethnomed_desktop.ui.vault.settings_page:SettingsPage"
    ),
    Feature(Section("help", N_("Help"), "help", "F1"), (), "ethnomed_desktop.ui.help.page:HelpPage"),
)
"""The sections below the line."""


def feature_of(kind: str) -> Feature | None:
    """Return the feature whose page opens records of the kind."""
    return next((feature for feature in (*FEATURES, *BELOW) if kind in feature.kinds), None)
