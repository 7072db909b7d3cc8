"""Files of a record: attaching, listing, saving a copy, taking them off, checking that they are whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _

if TYPE_CHECKING:
    from ethnomed_desktop.app.attachments import Attached, Held

STATE_WORDS = {"here": N_("here"), "not_come": N_("not come yet"), "lost": N_("lost")}


def add(session: Session, given: Given) -> Answer:
    """Attach files to a record, each in one transaction."""
    from ethnomed_desktop.app import attachments
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    uid = find_record(ctx, given.text("id"))
    wish = attachments.Wish(
        name=given.maybe("name"),
        note=given.maybe("note"),
        taken_on=given.maybe("taken-on"),
        contains_identity=given.switch("identity"),
        as_it_is=given.switch("as-it-is"),
        lawful_copy=given.switch("lawful-copy"),
    )
    made = attachments.attach(ctx, uid, Path(given.text("file")), wish).value
    return Answer(_attached_json(made), "\n".join(_attached_text(session, made)))


def _attached_json(made: Attached) -> dict[str, Any]:
    return {
        "id": uid_text(made.uid),
        "name": made.name,
        "media_type": made.media_type,
        "size": made.size,
        "shrunk": made.shrunk,
        "traces_removed": made.traces_removed,
        "traces_left": made.traces_left,
    }


def _attached_text(session: Session, made: Attached) -> list[str]:
    size = formatting.file_size(made.size, session.language)
    said = [_("Attached: {name}, {size}").format(name=made.name, size=size)]
    if made.shrunk:
        said.append(_("The photograph was made smaller."))
    if made.traces_removed:
        said.append(_("Place, time and other traces of the camera were removed."))
    if made.traces_left:
        said.append(_("This file may say where it was recorded; that was not removed."))
    said.append(_("Identifier: {id}").format(id=uid_text(made.uid)))
    return said


def listing(session: Session, given: Given) -> Answer:
    """List the files of a record."""
    from ethnomed_desktop.app import attachments
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    found = attachments.attached_to(ctx, find_record(ctx, given.text("id")))
    rows = [
        [one.name, formatting.file_size(one.size, session.language), _(STATE_WORDS[one.state]), uid_text(one.uid)]
        for one in found
    ]
    return Answer([_held_json(one) for one in found], table(rows, most=60) or _("No files are attached."))


def _held_json(one: Held) -> dict[str, Any]:
    return {
        "id": uid_text(one.uid),
        "name": one.name,
        "media_type": one.media_type,
        "size": one.size,
        "sha256": one.sha256,
        "taken_on": one.taken_on,
        "note": one.note,
        "contains_identity": one.contains_identity,
        "state": one.state,
    }


def save(session: Session, given: Given) -> Answer:
    """Write a copy of an attached file, which anyone can read."""
    from ethnomed_desktop.app import attachments
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    uid = find_record(ctx, given.text("id"), attachments.ATTACHMENT.name)
    target = Path(given.text("out"))
    size = attachments.save_copy(ctx, uid, target)
    session.console.note(_("This copy is not protected: whoever finds it can read it."))
    text = _("A copy was written: {file}").format(file=target)
    return Answer({"file": str(target), "bytes": size}, text)


def check(session: Session, given: Given) -> Answer:
    """Read every content; exit code 3 when one is lost or damaged."""
    from ethnomed_desktop.app.attachment_check import check_contents
    from ethnomed_desktop.app.checks import finding_sentence

    findings = check_contents(session.council())
    value = [{"code": one.code, "sound": one.sound, "facts": dict(one.facts)} for one in findings]
    text = "\n".join(finding_sentence(one, session.catalog) for one in findings)
    return Answer(value, text, 0 if all(one.sound for one in findings) else 3)


def mend(session: Session, given: Given) -> Answer:
    """Set damaged contents aside; the check then names what is lost."""
    from ethnomed_desktop.app.attachment_check import mend_contents

    done = mend_contents(session.council())
    whole = formatting.number(done.kept, session.language)
    lost = formatting.number(done.lost, session.language)
    text = _(
        "Whole files kept: {whole}. Files that could not be read: {lost}. What was damaged lies in the backups."
    )
    return Answer({"kept": done.kept, "lost": done.lost}, text.format(whole=whole, lost=lost))
