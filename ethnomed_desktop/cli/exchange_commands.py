"""Who we are, joining a hub, sending and taking in files, conflicts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.formatting import joined, moment, number

if TYPE_CHECKING:
    from ethnomed_desktop.app.exchange import PartnerView, Sent
    from ethnomed_desktop.app.exchange_receiving import Report

_SIZE = re.compile(r"(\d{1,4})\s*MB", re.IGNORECASE)


def identity(session: Session, given: Given) -> Answer:
    """Say who this computer is for others."""
    from ethnomed_desktop.app import exchange

    me = exchange.who_am_i(session.council(), session.language)
    value = {
        "id": uid_text(me.replica),
        "name": me.name,
        "words": list(me.words),
        "joined": me.joined,
        "office_words": list(me.office_words),
    }
    rows = [
        [_("Name"), me.name],
        [_("Identifier"), uid_text(me.replica)],
        [_("Six words to compare by phone"), " ".join(me.words)],
        [_("Six words of our office, for those who join us"), " ".join(me.office_words)],
    ]
    return Answer(value, table(rows, most=200))


def request(session: Session, given: Given) -> Answer:
    """Write the file that asks a hub to certify this computer."""
    from ethnomed_desktop.app import exchange

    ctx = session.council()
    target = Path(given.text("out"))
    exchange.write_request(ctx, target)
    me = exchange.who_am_i(ctx, session.language)
    text = _(
        "The request was written: {file}. Pass it to the office and read these words to it by phone: {words}"
    ).format(file=target, words=" ".join(me.words))
    return Answer({"file": str(target), "words": list(me.words)}, text)


def enrol(session: Session, given: Given) -> Answer:
    """Certify a computer that asks; without ``--words`` only its words are shown."""
    from ethnomed_desktop.app import exchange

    file = Path(given.text("file"))
    name, words = exchange.words_of_request(file, session.language)
    said = given.maybe("words")
    if said is None:
        text = _(
            "This computer asks to join: {name}. Its words: {words}. Compare them by phone, then call again with "
            "--words."
        ).format(name=name, words=" ".join(words))
        return Answer({"name": name, "words": list(words), "enrolled": False}, text)
    if said.split() != list(words):
        raise UsageError("exchange.words_differ")
    sent = exchange.enrol(session.council(), file, Path(given.text("out")), role=given.maybe("as") or "laptop")
    return Answer({"name": name, "enrolled": True, **_sent_json(sent)}, _sent_text(session, sent))


def partners(session: Session, given: Given) -> Answer:
    """List everybody we may exchange with."""
    from ethnomed_desktop.app import exchange

    views = exchange.partners(session.council())
    if not views:
        return Answer([], _("There is nobody to exchange with yet. Join a hub, or enrol a computer that asks."))
    rows = [[_("Name"), _("Not confirmed yet"), _("Sent last"), _("Heard last"), _("Identifier")]]
    rows += [_partner_row(session, one) for one in views]
    return Answer([_partner_json(one) for one in views], table(rows))


def _partner_row(session: Session, one: PartnerView) -> list[str]:
    name = _("{name} (shut out)").format(name=one.name) if one.revoked else one.name
    owed = number(one.owed_lines, session.language)
    return [name, owed, when(session, one.sent_ms), when(session, one.heard_ms), uid_text(one.replica)]


def _partner_json(one: PartnerView) -> dict[str, Any]:
    return {
        "id": uid_text(one.replica),
        "name": one.name,
        "tier": one.tier,
        "revoked": one.revoked,
        "sent": one.sent,
        "sent_at": iso(one.sent_ms),
        "heard_at": iso(one.heard_ms),
        "missing_files": [list(run) for run in one.missing],
        "owed": one.owed_lines,
        "asks_again": [list(run) for run in one.asked],
        "wants_files": one.wanted,
        "stale_texts": one.stale_summaries,
    }


def revoke(session: Session, given: Given) -> Answer:
    """Withdraw a lost computer."""
    from ethnomed_desktop.app import exchange

    replica = partner_named(session, given.text("partner"))
    exchange.revoke(session.council(), replica)
    text = _("The computer is shut out. Others learn it with the next file you send them; send one today.")
    return Answer({"id": uid_text(replica), "revoked": True}, text)


def send(session: Session, given: Given) -> Answer:
    """Write what the partner has not confirmed."""
    from ethnomed_desktop.app import exchange

    replica = partner_named(session, given.text("to"))
    size = given.maybe("max-part")
    options = {} if size is None else {"most_bytes": _bytes(size)}
    again = [_file_number(one) for one in given.many("again")]
    sent = exchange.send(session.council(), replica, Path(given.text("out")), again=again, **options)
    return Answer(_sent_json(sent), _sent_text(session, sent))


def preview(session: Session, given: Given) -> Answer:
    """Say what files hold, changing nothing."""
    from ethnomed_desktop.app import exchange_receiving

    ctx = session.council()
    reports = [exchange_receiving.preview(ctx, Path(one), session.language) for one in given.many("file")]
    text = "\n\n".join(_report_text(session, one) for one in reports)
    return Answer([_report_json(one) for one in reports], text)


def receive(session: Session, given: Given) -> Answer:
    """Take files in; each whole or not at all."""
    from ethnomed_desktop.app import exchange_receiving
    from ethnomed_desktop.app.backup_before import back_up_before_import

    ctx = session.council()
    confirmed = given.switch("root-confirmed")
    back_up_before_import(ctx)
    reports = [
        exchange_receiving.receive(ctx, Path(one), session.language, root_confirmed=confirmed)
        for one in given.many("file")
    ]
    text = "\n\n".join(_report_text(session, one) for one in reports)
    return Answer([_report_json(one) for one in reports], text)


def undo(session: Session, given: Given) -> Answer:
    """Give the last file back."""
    from ethnomed_desktop.app import exchange_receiving

    count = len(exchange_receiving.undo_receive(session.council()).touched)
    text = _(
        "The last file was given back: everything is as it was before it. Records touched: {count}. Take the file "
        "in again whenever you like."
    ).format(count=number(count, session.language))
    return Answer({"undone": True, "records": count}, text)


def conflicts(session: Session, given: Given) -> Answer:
    """List the records where two people wrote different things into one field."""
    from ethnomed_desktop.app import conflicts as conflict_list

    found = conflict_list.list_conflicts(session.council(), session.catalog)
    if not found:
        return Answer([], _("Nobody contradicts anybody: there are no conflicts."))
    value = [
        {
            "id": uid_text(one.uid),
            "kind": one.kind,
            "title": one.title,
            "field": one.field,
            "values": [{"value": side.value, "by": side.by, "at": iso(side.at_ms)} for side in one.sides],
        }
        for one in found
    ]
    blocks = []
    for one in found:
        rows = [[f"{one.title}: {one.label}", ""]]
        rows += [["  " + side.by, side.shown] for side in one.sides]
        blocks.append(table(rows))
    return Answer(value, "\n\n".join(blocks))


def resolve(session: Session, given: Given) -> Answer:
    """Settle one field: keep the value shown first, another one, or write a new one."""
    from ethnomed_desktop.app import conflicts as conflict_list
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    uid = find_record(ctx, given.text("id"))
    keep, value = given.maybe("keep"), given.maybe("set")
    if (keep is None) == (value is None):
        raise UsageError("usage.missing_argument")
    if value is not None:
        conflict_list.resolve(ctx, uid, given.text("field"), value)
    else:
        conflict_list.keep(ctx, uid, given.text("field"), str(keep))
    return Answer(
        {"id": uid_text(uid), "field": given.text("field"), "resolved": True}, _("The conflict is settled.")
    )


def digest(session: Session, given: Given) -> Answer:
    """Print the digest of all that is here: equal on computers that have the same."""
    from ethnomed_desktop.app import exchange

    text = exchange.state_digest(session.council())
    return Answer({"digest": text}, text)


def _sent_json(sent: Sent) -> dict[str, Any]:
    return {"files": [str(one) for one in sent.files], "numbers": list(sent.numbers), "lines": sent.lines}


def _sent_text(session: Session, sent: Sent) -> str:
    lines = [
        _("File № {number}: {file}").format(number=number_of, file=file)
        for number_of, file in zip(sent.numbers, sent.files, strict=True)
    ]
    lines.append(_("Written, read back and whole. Changes inside: {count}.").format(count=sent.lines))
    return "\n".join(lines)


def _report_json(one: Report) -> dict[str, Any]:
    return {
        "sender": one.sender,
        "number": one.number,
        "created": iso(one.created_ms),
        "new": one.new,
        "changed": one.changed,
        "withdrawn": one.withdrawn,
        "conflicts": one.conflicts,
        "newer": one.newer,
        "already_known": one.already_known,
        "waiting": len(one.waiting),
        "held": one.held,
        "forked": one.forked,
        "reborn": one.reborn,
        "trail_fits": one.trail_fits,
        "clock_ahead": one.clock_ahead,
        "clock_went_back": one.clock_went_back,
        "missing_files": [list(run) for run in one.missing_files],
        "taken_back": one.taken_back,
        "revived": one.revived,
        "under_trash": one.under_trash,
        "closed_minutes": list(one.closed_minutes),
        "root_words": list(one.root_words),
        "key_of": one.key_of,
        "vouched_for": one.vouched_for,
    }


def _trash_rows(one: Report) -> list[list[str]]:
    rows = []
    if one.revived:
        rows.append([_("Put into the trash while somebody else went on writing; they stay"), str(one.revived)])
    if one.under_trash:
        rows.append([_("Written to records that are in the trash here"), str(one.under_trash)])
    return rows


def _clock_rows(one: Report) -> list[list[str]]:
    rows = []
    if one.clock_ahead:
        rows.append([_("Made later than it is here, by the clock there"), _("check both clocks")])
    if one.clock_went_back:
        rows.append([_("The clock there was set back since the file before"), _("let it be checked")])
    return rows


def _report_text(session: Session, one: Report) -> str:
    made = when(session, one.created_ms)
    rows = [
        [_("From"), one.sender],
        [_("File"), f"№ {one.number}, {made}"],
        [_("New records"), str(one.new)],
        [_("Changed records"), str(one.changed)],
        [_("Put into the trash"), str(one.withdrawn)],
        [_("Conflicts"), str(one.conflicts)],
    ]
    if one.already_known:
        rows.append([_("Already taken in"), _("nothing new")])
    if one.waiting or one.missing_files:
        runs = [str(first) if first == last else f"{first}–{last}" for first, last in one.missing_files]
        rows.append([_("Files that have not come yet"), joined(runs, session.language) or "?"])
    if one.newer:
        rows.append([_("Data of a newer program, kept as they are"), str(one.newer)])
    if one.forked:
        rows.append([_("A disk was copied: both branches are kept"), str(one.forked)])
    if not one.trail_fits:
        rows.append(
            [_("The audit trail there was altered, cut off, or an old state was put back"), _("ask the sender")]
        )
    rows += _trash_rows(one)
    rows += _clock_rows(one)
    if one.reborn:
        rows.append([_("This computer goes on under a new identifier"), _("let the office enrol it again")])
    if one.closed_minutes:
        numbers = joined([f"№ {number}" for number in one.closed_minutes], session.language)
        rows.append([_("Changes minutes that are closed here; compare them with the signed paper"), numbers])
    if one.taken_back:
        rows.append([_("Lose what a lost computer wrote after it was shut out"), str(one.taken_back)])
    if one.vouched_for:
        rows.append([_("Key above replaced after a theft; your own office vouches for it"), one.vouched_for])
    if one.key_of:
        rows.append([_("Its key was stolen and replaced; call it and compare the words"), one.key_of])
    if one.root_words:
        rows.append([_("Words of the office, to be compared by phone"), " ".join(one.root_words)])
    return table(rows, most=200)


def partner_named(session: Session, name: str) -> bytes:
    """Return the id of a partner given by name or identifier; raises `UsageError` (``id.malformed``)."""
    from ethnomed_desktop.app import exchange

    views = exchange.partners(session.council())
    found = [one.replica for one in views if one.name == name or uid_text(one.replica) == name]
    if len(found) == 1:
        return found[0]
    return bytes(parse_uid(name))


def _file_number(text: str) -> int:
    if not text.isdecimal():
        raise UsageError("usage.wrong_value", value=text[:40], option="--again")
    return int(text)


def _bytes(text: str) -> int:
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise UsageError("usage.wrong_value", value=text[:40], option="--max-part")
    return int(match[1]) * 1_000_000


def when(session: Session, at_ms: int | None) -> str:
    """Return a time (ms UTC) in words; a dash for never."""
    return "–" if at_ms is None else moment(local_time(at_ms).isoformat(), session.language)


def iso(at_ms: int | None) -> str | None:
    """Return a time (ms UTC) as it stands in JSON."""
    return None if at_ms is None else local_time(at_ms).isoformat(timespec="seconds")
