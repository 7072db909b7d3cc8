"""Scanned papers: which record each belongs to, and attaching them there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import refusal
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.current import _, ngettext

if TYPE_CHECKING:
    from ethnomed_desktop.app.attachments import Attached
    from ethnomed_desktop.app.paper_scans import Part


def scan(session: Session, given: Given) -> Answer:
    """Say what belongs where, and attach it where that was asked for."""
    from ethnomed_desktop.app import paper_scans
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    chosen = find_record(ctx, given.text("to")) if given.maybe("to") else None
    looked = [paper_scans.look(Path(name)) for name in given.many("file")]
    found = paper_scans.parts(ctx, looked, session.catalog)
    value, lines, bad = [], [], False
    for part in found:
        target = part.uid or chosen
        made: Attached | None = None
        problem: EthnomedError | None = part.problem if target is None else None
        if given.switch("attach") and target is not None:
            try:
                made = paper_scans.attach_part(ctx, part, chosen).value
            except UserError as error:
                problem = error
        bad = bad or problem is not None
        value.append(_json(session, part, target, made, problem))
        lines.append(_words(session, part, made, problem, by_hand=part.uid is None))
    if not given.switch("attach"):
        session.console.note(_("Nothing was attached. With --attach it is."))
    return Answer(value, "\n".join(lines), 1 if bad else 0)


def _json(
    session: Session, part: Part, target: bytes | None, made: Attached | None, problem: EthnomedError | None
) -> dict[str, Any]:
    return {
        "file": str(part.path),
        "pages": [number + 1 for number in part.pages],
        "name": part.name,
        "paper": part.paper or None,
        "record": uid_text(target) if target is not None else None,
        "kind": part.kind or None,
        "title": part.title or None,
        "attached": uid_text(made.uid) if made is not None else None,
        "problem": refusal(problem, session.catalog) if problem is not None else None,
        "note": refusal(part.note, session.catalog) if part.note is not None else None,
    }


def _words(
    session: Session, part: Part, made: Attached | None, problem: EthnomedError | None, *, by_hand: bool
) -> str:
    from ethnomed_desktop.app.messages import sentence
    from ethnomed_desktop.app.paper_scans import PAPER_NAMES

    pages = len(part.pages)
    span = ngettext("{name}, {count} page", "{name}, {count} pages", pages).format(name=part.name, count=pages)
    paper = _(PAPER_NAMES[part.paper]) if part.paper else ""
    where = " · ".join(one for one in (paper, part.title) if one)
    if problem is not None:
        said = sentence(problem, session.catalog)
    elif made is not None:
        said = _("Attached: {where}").format(where=where) if where and not by_hand else _("Attached.")
    else:
        said = _("Belongs to: {where}").format(where=where) if where and not by_hand else _("To the record named.")
    note = f" {sentence(part.note, session.catalog)}" if part.note is not None else ""
    return f"{span}: {said}{note}"
