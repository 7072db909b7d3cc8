"""How exchange stands: what would leave and what stays, who has confirmed what, the journal of files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.exchange_commands import iso, partner_named, when
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.formatting import joined, number

if TYPE_CHECKING:
    from ethnomed_desktop.app.exchange_leaving import RecordLeaving
    from ethnomed_desktop.app.exchange_status import Unaware


def leaving(session: Session, given: Given) -> Answer:
    """Describe a file that was not written yet."""
    from ethnomed_desktop.app import exchange_leaving

    ctx = session.council()
    found = exchange_leaving.leaving(ctx, partner_named(session, given.text("to")), session.catalog)
    if found.whole:
        head = _("To: {name}. A computer of this office: records leave whole. Records: {count}")
    else:
        head = _("To: {name}. Another office: only what is listed as leaving. Records: {count}")
    blocks = [head.format(name=found.partner, count=number(found.count, session.language))]
    blocks += [_record_text(one) for one in found.records]
    value = {
        "partner": found.partner,
        "whole": found.whole,
        "count": found.count,
        "records": [_record_json(one) for one in found.records],
    }
    return Answer(value, "\n\n".join(blocks))


def _record_text(one: RecordLeaving) -> str:
    title = f"{one.about}: {one.title}"
    if one.withdrawn:
        return _("{title} – is withdrawn there").format(title=title)
    rows = [["  " + line.label, line.here, line.leaves or "–", line.why] for line in one.fields]
    if not rows:
        return title
    return title + "\n" + table([["  " + _("Field"), _("Here"), _("Leaves"), _("Why")], *rows])


def _record_json(one: RecordLeaving) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": uid_text(one.uid),
        "title": one.title,
        "withdrawn": one.withdrawn,
        "fields": [
            {"label": line.label, "here": line.here, "leaves": line.leaves, "why": line.why} for line in one.fields
        ],
    }


def approve_again(session: Session, given: Given) -> Answer:
    """Let the approval stand for the text as it is now; without ``--yes`` the text is only shown."""
    from ethnomed_desktop.app import summary_approval
    from ethnomed_desktop.app.lookup import find_record
    from ethnomed_desktop.domain.errors import UserError

    ctx = session.council()
    uid = bytes(find_record(ctx, given.text("id")))
    found = summary_approval.stale(ctx, session.catalog, uid)
    if not found:
        raise UserError("summary.not_stale")
    (one,) = found
    value = {
        "id": uid_text(one.uid),
        "text": one.text,
        "approved_by": one.approved_by,
        "approved": given.switch("yes"),
    }
    if not given.switch("yes"):
        shown = _("It now reads: {text} Approved by: {name}. To let it go up as it stands, call again with --yes.")
        return Answer(value, shown.format(text=one.text, name=one.approved_by))
    summary_approval.approve_again(ctx, uid)
    return Answer(value, _("Approved: the text goes up with the next file."))


def extract(session: Session, given: Given) -> Answer:
    """Write chosen records into a readable file."""
    from ethnomed_desktop.app.exchange_extract import write_extract
    from ethnomed_desktop.app.lookup import find_record

    ctx, target = session.council(), Path(given.text("out"))
    uids = [find_record(ctx, one) for one in given.many("id")]
    language = given.maybe("language") or session.language
    count = write_extract(ctx, uids, language, target, with_names=given.switch("with-names"))
    session.console.note(
        _("This file is outside the protection: anyone who gets hold of it can read it. {file}").format(file=target)
    )
    return Answer({"file": str(target), "records": count}, _("The extract was written: {file}").format(file=target))


def status(session: Session, given: Given) -> Answer:
    """Say who has what."""
    from ethnomed_desktop.app import exchange, exchange_status

    ctx = session.council()
    views = [one for one in exchange.partners(ctx) if not one.revoked]
    late = {one.replica: one.days for one in exchange_status.late_partners(ctx)}
    waiting = exchange_status.waiting(ctx)
    rows = [[_("Name"), _("Not confirmed yet"), _("Sent last"), _("Heard last"), _("Files that have not come yet")]]
    for one in views:
        runs = [str(first) if first == last else f"{first}–{last}" for first, last in one.missing]
        owed = number(one.owed_lines, session.language)
        rows.append(
            [one.name, owed, when(session, one.sent_ms), when(session, one.heard_ms), ", ".join(runs) or "–"]
        )
    blocks = [table(rows) if views else _("There is nobody to exchange with yet.")]
    blocks += [
        _("{name} has not confirmed for so many days: {days}").format(name=one.name, days=late[one.replica])
        for one in views
        if one.replica in late
    ]
    blocks += [
        _("Changes {first}–{last} of {name} wait for an earlier file since {time}").format(
            first=one.first, last=one.last, name=one.name, time=when(session, one.since_ms)
        )
        for one in waiting
    ]
    unaware = exchange_status.unaware(ctx)
    blocks += [_unaware_text(session, one) for one in unaware]
    value = {
        "unaware": [{"lost": one.lost, "computers": list(one.computers)} for one in unaware],
        "partners": [
            {
                "id": uid_text(one.replica),
                "name": one.name,
                "owed": one.owed_lines,
                "sent": one.sent,
                "sent_at": iso(one.sent_ms),
                "heard_at": iso(one.heard_ms),
                "missing_files": [list(run) for run in one.missing],
                "late_days": late.get(one.replica),
            }
            for one in views
        ],
        "waiting": [
            {"name": one.name, "from": one.first, "to": one.last, "since": iso(one.since_ms)} for one in waiting
        ],
    }
    return Answer(value, "\n".join(blocks))


def _unaware_text(session: Session, one: Unaware) -> str:
    names = joined(list(one.computers), session.language)
    if not one.lost:
        return _("Have not confirmed that they know the new key of the office: {names}").format(names=names)
    return _("Shut out: {lost}. Have not confirmed that they know it: {names}").format(lost=one.lost, names=names)


def journal(session: Session, given: Given) -> Answer:
    """List the files sent and received."""
    from ethnomed_desktop.app import exchange_journal

    found = exchange_journal.journal(session.council(), session.catalog)
    if not found:
        return Answer([], _("No files were sent or received yet."))
    rows = [[_("Date"), _("Which way"), _("Partner"), "№", _("File"), "SHA-256", _("By")]]
    for one in found:
        way = session.catalog.gettext(exchange_journal.DIRECTIONS[one.direction])
        rows.append(
            [when(session, one.at_ms), way, one.partner, str(one.number or ""), one.file, one.sha256[:16], one.by]
        )
    value = [
        {
            "direction": one.direction.partition(".")[2],
            "at": iso(one.at_ms),
            "partner": one.partner,
            "number": one.number,
            "file": one.file,
            "sha256": one.sha256,
            "by": one.by,
        }
        for one in found
    ]
    return Answer(value, table(rows))
