"""Updating the program from a file that came on a stick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _

if TYPE_CHECKING:
    from ethnomed_desktop.app.updates import Update


def update(session: Session, given: Given) -> Answer:
    """Check an update, and without ``--check`` back up and put it in place."""
    from ethnomed_desktop.app import updates

    found = updates.look_at(Path(given.text("file")))
    value: dict[str, object] = {
        "version": found.version,
        "installed_version": found.installed.version,
        "day": found.day.isoformat(),
        "notes": list(found.notes(session.language)),
        "package": found.package.name,
        "kind": found.installed.kind,
        "installed": False,
    }
    lines = [_told(session, found), *found.notes(session.language)]
    if given.switch("check"):
        return Answer(value, "\n".join(lines))
    from ethnomed_desktop.app.update_install import install, require_place

    if found.installed.by_itself:
        require_place(found)
    backup = None if given.switch("without-backup") else _back_up(session, found)
    value["backup"] = backup
    if not found.installed.by_itself:
        value["line"] = found.administrator_line
        lines.append(_("To be installed by an administrator: {line}").format(line=found.administrator_line))
        return Answer(value, "\n".join(lines))
    kept = install(found)
    value |= {"installed": True, "kept": str(kept)}
    lines.append(_("Version {version} is installed. It starts from now on.").format(version=found.version))
    lines.append(_("The version until now stays and can be started: {file}").format(file=kept))
    return Answer(value, "\n".join(lines))


def _told(session: Session, found: Update) -> str:
    words = _("The signature is right. New version: {version} of {day}. Installed: {own}")
    day = formatting.long_date(found.day, session.language)
    return words.format(version=found.version, day=day, own=found.installed.version)


def _back_up(session: Session, found: Update) -> str | None:
    """Back up the records of the data folder, where there are any; return the backup's file."""
    from ethnomed_desktop.app import updates, vault

    if not vault.has_council(session.folder):
        return None
    made = updates.back_up_first(session.council(), found)
    if made is None:
        return None
    session.console.note(_("The backup is written and checked: {file}").format(file=made.path))
    return str(made.path)


UPDATES = (
    Command(
        ("update",),
        N_("Put a newer version of the program in place, from a signed file; backs the records up first"),
        update,
        (Argument("file", N_("The file ending in .update, or a package beside it"), "FILE"),),
        (
            Option("check", N_("Only say what it is and whether it is genuine")),
            Option("without-backup", N_("Make no backup first, where nobody's password is at hand")),
        ),
        in_batch=False,
        details=(
            N_(
                "A package installed by an administrator is not touched: the line is printed that an administrator "
                "runs. The version until now stays beside the new one and can be started."
            ),
        ),
        examples=("ethnomed-desktop update /media/stick/ethnomed-desktop-0.2.0.update --check",),
    ),
)
