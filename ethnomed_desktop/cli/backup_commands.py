"""Backing up into one verified file, and restoring."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _, ngettext


def backup(session: Session, given: Given) -> Answer:
    """Write a verified backup."""
    from ethnomed_desktop.app import backups

    made = backups.back_up(session.council(), Path(given.text("file")))
    text = _("The backup was written and opened for a trial: {file}. It stays encrypted.").format(file=made.path)
    return Answer({"file": str(made.path), "bytes": made.size, "created": _iso(made.created_ms)}, text)


def restore(session: Session, given: Given) -> Answer:
    """Put a backup in the place of the vault; what was there is kept."""
    from ethnomed_desktop.app import backups

    file, secret = Path(given.text("file")), session.passphrase()
    minimum = session.surroundings.params
    if minimum is None:
        kept = backups.restore(file, session.folder, secret, program="command", label=session.user)
    else:
        kept = backups.restore(file, session.folder, secret, program="command", label=session.user, minimum=minimum)
    text = _("The backup was restored. Folder: {folder}").format(folder=session.folder)
    if kept is not None:
        text += "\n" + _("What was there before is kept: {folder}").format(folder=kept)
    return Answer({"folder": str(session.folder), "kept": str(kept) if kept is not None else None}, text)


def export_all(session: Session, given: Given) -> Answer:
    """Write everything the user may see as a file for other programs."""
    from ethnomed_desktop.app.open_export import export_all as write

    target = Path(given.text("file"))
    if target.is_dir():
        raise UserError("output.is_folder", path=target.name)
    made = write(session.council(), target, session.catalog)
    session.console.note(
        _("This file is outside the protection: anyone who gets hold of it can read it. {file}").format(file=target)
    )
    said = ngettext("{count} record was written: {file}", "{count} records were written: {file}", made.records)
    count = formatting.number(made.records, session.language)
    value = {"file": str(target), "records": made.records, "bytes": made.size}
    return Answer(value, said.format(count=count, file=target))


def _iso(at_ms: int) -> str:
    return local_time(at_ms).isoformat(timespec="seconds")
