"""The practice council: made, opened in the window, or walked through without a display."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _, ngettext

_OWN_FOLDER = "practice"


def create(session: Session, given: Given) -> Answer:
    """Make the practice council in the data folder."""
    from ethnomed_desktop.app import practice

    made, recorded = practice.create_practice(
        session.folder, session.language, program="command", clock=session.clock, **session.costs
    )
    session.adopt(made.ctx)
    session.fix_clock(made.ctx)
    value = {
        "folder": str(session.folder),
        "passphrase": practice.PASSPHRASE,
        "user": uid_text(made.ctx.user),
        "records": len(recorded),
    }
    count = formatting.number(len(recorded), session.language)
    lines = [
        _("The practice council was made. Everything in it is invented. Folder: {folder}").format(
            folder=session.folder
        ),
        ngettext("{count} record was saved.", "{count} records were saved.", len(recorded)).format(count=count),
        _("Its password, known to everyone: {passphrase}").format(passphrase=practice.PASSPHRASE),
    ]
    return Answer(value, "\n".join(lines))


def run(session: Session, given: Given) -> Answer:
    """Open the window on the practice council; without a display walk through the main job."""
    window = session.surroundings.window
    folder = session.data_dir or session.folder / _OWN_FOLDER
    if window is not None and session.has_display:
        new = _make_once(session, folder)
        language = session.language if new else session.asked_language
        return Answer(None, "", window(folder, language, session.clock))
    from ethnomed_desktop.cli.practice_walk import walk

    def say(step: int, done: str) -> None:
        if not session.console.as_json:
            session.console.text(f"{step}. {done}")

    return walk(session, folder, say)


def _make_once(session: Session, folder: Path) -> bool:
    """Make the practice council where there is none, and say whether it is new."""
    from ethnomed_desktop.app import practice, vault

    new = not vault.has_council(folder)
    if new:
        session.console.note(_("Making the practice council …"))
        made, _recorded = practice.create_practice(folder, session.language, program="command", **session.costs)
        vault.close(made.ctx)
    session.console.note(_("Its password, known to everyone: {passphrase}").format(passphrase=practice.PASSPHRASE))
    return new
