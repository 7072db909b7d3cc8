"""Making a council's vault, looking it over, its passwords and its recovery sheet."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.input_files import parse_json, read_text, require_object
from ethnomed_desktop.cli.session import NEW_PASSPHRASE_VARIABLE, PASSPHRASE_VARIABLE, Answer, Session
from ethnomed_desktop.domain.errors import EthnomedError, UsageError, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.labels import code_label

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.vault import Finding

UNSOUND = 3
_DATABASE = re.compile(r"postgresql(\+psycopg)?://[^\s/]*/[^\s/?]+(\?\S*)?")


def create(session: Session, given: Given) -> Answer:
    """Make the vault of a council."""
    from ethnomed_desktop.app import vault

    if session.now is not None and not session.in_test:
        raise UsageError("usage.practice_only")
    council = require_object(parse_json(read_text(given.text("from"), session.surroundings.stdin)))
    sheet, url = _sheet_place(given.maybe("recovery-sheet")), _database(given.maybe("database"))
    passphrase = session.new_passphrase(session.passphrase_file, PASSPHRASE_VARIABLE)
    session.console.note(_("Making the council's data; this takes a few seconds …"))
    made = vault.create_council(
        session.folder,
        council,
        passphrase,
        program="command",
        clock=session.clock,
        database_url=url,
        **session.costs,
    )
    session.adopt(made.ctx)
    session.fix_clock(made.ctx)
    file = hand_out(session, made.ctx, made.recovery_code, sheet)
    value = {
        "folder": str(session.folder),
        "user": uid_text(made.ctx.user),
        "bodies": [uid_text(body) for body in made.bodies],
        "recovery_sheet": file,
    }
    return Answer(value, _("The council's data were made. Folder: {folder}").format(folder=session.folder))


def _database(url: str | None) -> str | None:
    """Refuse what is no address of a PostgreSQL database; it may hold a password, so it is not repeated."""
    if url is not None and not _DATABASE.fullmatch(url):
        raise UsageError("usage.wrong_value", value="--database", option="--database")
    return url


def _sheet_place(name: str | None) -> Path | None:
    """Refuse a place for the sheet that cannot hold it before a code exists that would be lost."""
    if name is None:
        return None
    target = Path(name)
    if target.is_dir():
        raise UserError("output.is_folder", path=target.name)
    if not target.parent.is_dir():
        raise UserError("output.no_folder", path=target.parent.name)
    return target


def hand_out(session: Session, ctx: AppContext, code: str, sheet: Path | None) -> str | None:
    """Write the recovery sheet, or say the code: once, and it is kept nowhere.

    When the sheet cannot be written after all, the code is said, so that it is not lost.
    """
    from ethnomed_desktop.app import vault

    if sheet is not None:
        try:
            vault.write_recovery_sheet(ctx, code, session.catalog, sheet)
        except EthnomedError:
            session.console.insist(_("The sheet could not be written."))
        else:
            session.console.insist(
                _("The recovery sheet was written: {file}. Print it, lock it away and delete the file.").format(
                    file=sheet
                )
            )
            return str(sheet)
    session.console.insist(
        _(
            "Recovery code: {code}\n"
            "It is shown this once and kept nowhere. Write it down and lock it away: without it, a forgotten "
            "password means that everything is lost."
        ).format(code=code)
    )
    return None


def check(session: Session, given: Given) -> Answer:
    """Look the vault over: pages, log, signatures, audit trail, tables."""
    from ethnomed_desktop.app import vault

    return findings_answer(session, vault.check(session.council()))


def findings_answer(session: Session, findings: list[Finding]) -> Answer:
    """Say each finding in its sentence; exit code 3 when one is bad."""
    from ethnomed_desktop.app.checks import finding_sentence

    sound = all(finding.sound for finding in findings)
    value = {"sound": sound, "findings": [_finding_json(session, one) for one in findings]}
    rows = [[_("good") if one.sound else _("BAD"), finding_sentence(one, session.catalog)] for one in findings]
    text = "\n".join(table([row], most=400) for row in rows)
    return Answer(value, text, 0 if sound else UNSOUND)


def _finding_json(session: Session, finding: Finding) -> dict[str, Any]:
    from ethnomed_desktop.app.checks import finding_sentence

    return {
        "code": finding.code,
        "sound": finding.sound,
        "facts": dict(finding.facts),
        "message": finding_sentence(finding, session.catalog),
    }


def rebuild(session: Session, given: Given) -> Answer:
    """Make all tables anew from the log and compare."""
    from ethnomed_desktop.app import vault
    from ethnomed_desktop.app.checks import finding_sentence

    finding = vault.rebuild(session.council())
    return Answer(_finding_json(session, finding), finding_sentence(finding, session.catalog))


def passphrase(session: Session, given: Given) -> Answer:
    """Change the passphrase of this session's user."""
    from ethnomed_desktop.app import vault

    ctx = session.council()
    new = session.new_passphrase(given.maybe("new-passphrase-file"), NEW_PASSPHRASE_VARIABLE)
    vault.change_passphrase(ctx, new, **session.costs)
    said = _("The password was changed. The old one opens nothing any more; the recovery sheet stays valid.")
    return Answer({"changed": True}, said)


def slots(session: Session, given: Given) -> Answer:
    """List users and ways in."""
    from ethnomed_desktop.app import vault

    ctx = session.council()
    listed = vault.list_slots(ctx.vault)
    words = {"passphrase": _("Password"), "recovery": _("Recovery code")}
    rows = [
        [str(one["id"]), words.get(str(one["kind"]), str(one["kind"])), str(one["label"]), _role(session, one)]
        for one in listed
    ]
    return Answer(listed, table(rows))


def _role(session: Session, slot: dict[str, object]) -> str:
    list_name = getattr(KINDS["user"].field("role").type, "list_name", "")
    return code_label(list_name, str(slot["role"]), session.catalog)


def recovery_sheet(session: Session, given: Given) -> Answer:
    """Renew the recovery code and write its sheet."""
    from ethnomed_desktop.app import vault

    target = _sheet_place(given.text("out"))
    ctx = session.council()
    code = vault.renew_recovery(ctx, **session.costs)
    session.console.insist(
        _("There is a new recovery code. Sheets printed before open nothing any more: destroy them.")
    )
    file = hand_out(session, ctx, code, target)
    return Answer({"file": file, "renewed": True}, "")
