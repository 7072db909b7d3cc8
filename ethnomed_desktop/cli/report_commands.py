"""The problem report, shown or written."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.cli.arguments import Command, Given, Option
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _


def problem_report(session: Session, given: Given) -> Answer:
    """Show what helps to find a fault, or write it where the person says; opens no records."""
    from ethnomed_desktop import paths
    from ethnomed_desktop.app.problem_report import problem_report as report
    from ethnomed_desktop.app.problem_report import save_report

    text = report(paths.places(data=session.data_dir), session.catalog)
    out = given.maybe("out")
    if out is None:
        return Answer({"text": text}, text.rstrip())
    target = Path(out)
    if target.is_dir():
        raise UserError("output.is_folder", path=target.name)
    save_report(text, target)
    words = _("The problem report was written: {file}. Read it before you send it.").format(file=target)
    return Answer({"file": str(target)}, words)


REPORTS = (
    Command(
        ("problem-report",),
        N_("Show or write what helps to find a fault: versions, sizes, codes; no names, no texts"),
        problem_report,
        options=(Option("out", N_("File to write"), "FILE.txt"),),
    ),
)
