"""Trying the program out where it is installed: store, records, minutes, files for others, exchange, window."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ethnomed_desktop.cli.practice_walk import PAPERS, walk
from ethnomed_desktop.cli.self_test_office import SelfTestFailed, try_office
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.cli.walk_texts import TEXTS
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from ethnomed_desktop.i18n.current import _


def run(session: Session) -> Answer:
    """Try everything in a temporary folder; each part that works gets a line "ok".

    Raises what a part raises, or `SelfTestFailed`: the exit code is then not 0.
    """
    done: list[str] = []

    def ok(part: str) -> None:
        done.append(part)
        if not session.console.as_json:
            session.console.text(f"ok  {part}")

    with tempfile.TemporaryDirectory(prefix="ethnomed-self-test-") as place:
        folder = Path(place)
        walk(
            session,
            folder,
            lambda _step, said: ok(said),
            lambda ctx, incident, meeting: try_office(session, ctx, incident, meeting, folder / "office", ok),
        )
        for language in LANGUAGES:
            _read_back(session, folder / PAPERS / f"minutes-{language}.pdf")
            ok(_("Read the minutes back. Language: {language}").format(language=language))
        if session.surroundings.trial is not None:
            session.surroundings.trial(folder / "window", session.language)
            ok(_("Opened the window unseen and closed it."))
    return Answer({"ok": done}, _("Everything works here."))


def _read_back(session: Session, file: Path) -> None:
    from ethnomed_desktop.app.documents import read_back

    said = " ".join(read_back(file.read_bytes()).split())
    for name in ("matter", "speech", "decision"):
        if TEXTS[session.language][name] not in said:
            raise SelfTestFailed(file.name)
