"""Notes given in confidence: one's own only, until they are released."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.input_files import parse_json, read_text, require_object
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.labels import code_label

if TYPE_CHECKING:
    from ethnomed_desktop.app.private_notes import PrivateNote


def listing(session: Session, given: Given) -> Answer:
    """List one's own notes in confidence."""
    from ethnomed_desktop.app.private_notes import list_notes

    notes = list_notes(session.council(), given.maybe("incident"))
    rows = [
        [
            uid_text(one.uid),
            str(one.values.get("noted_on", "")),
            code_label("note_kind", str(one.values["note_kind"]), session.catalog)
            if one.values.get("note_kind")
            else "",
            str(one.values.get("said_by", "")),
            str(one.values.get("text", "")).split("\n", 1)[0],
        ]
        for one in notes
    ]
    return Answer([_json(one) for one in notes], table(rows) if rows else _("You keep no notes in confidence."))


def _json(one: PrivateNote) -> dict[str, Any]:
    return {"id": uid_text(one.uid), "changed_ms": one.changed_ms, **one.values}


def confide(session: Session, given: Given) -> Answer:
    """Keep a note for oneself, or write an own one anew."""
    from ethnomed_desktop.app.private_notes import confide as keep

    raw = require_object(parse_json(read_text(given.text("from"), session.surroundings.stdin)))
    known = given.maybe("id")
    done = keep(session.council(), raw, parse_uid(known) if known else None)
    return Answer({"id": uid_text(done.value)}, _("Kept for you alone: {id}").format(id=uid_text(done.value)))


def release(session: Session, given: Given) -> Answer:
    """Make an own note a record of the office."""
    from ethnomed_desktop.app.private_notes import release as give_out

    done = give_out(session.council(), parse_uid(given.text("id")))
    said = _("Released: everybody who may see notes sees it now. Its identifier: {id}")
    return Answer({"id": uid_text(done.value)}, said.format(id=uid_text(done.value)))


def throw_away(session: Session, given: Given) -> Answer:
    """Take an own note out of the list."""
    from ethnomed_desktop.app.private_notes import throw_away as drop

    drop(session.council(), parse_uid(given.text("id")))
    return Answer({"thrown_away": True}, _("The note is no longer in your list."))


_NOTE = Argument("id", N_("Identifier of the note"), "ID")

NOTES = (
    Command(
        ("confide", "list"),
        N_("List your own notes given in confidence; nobody else can read them"),
        listing,
        options=(Option("incident", N_("Only notes about this incident (its identifier)"), "ID"),),
    ),
    Command(
        ("confide", "add"),
        N_("Keep a note that somebody gave you in confidence, sealed with your own key"),
        confide,
        options=(
            Option("from", N_("JSON object with the note; - is standard input"), "FILE", True, inline=True),
            Option("id", N_("Write this note of yours anew"), "ID"),
        ),
        examples=('{"text": "…", "said_by": "A-1", "note_kind": "concern"}',),
    ),
    Command(
        ("confide", "release"),
        N_("Make a note of yours a record that others see; this cannot be undone"),
        release,
        (_NOTE,),
    ),
    Command(("confide", "drop"), N_("Take a note of yours out of your list"), throw_away, (_NOTE,)),
)
"""In the order that help names them."""
