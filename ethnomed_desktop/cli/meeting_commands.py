"""Order of what was said and decided, versions of minutes, the register of proposals and dissenting opinions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.labels import code_label

if TYPE_CHECKING:
    from ethnomed_desktop.app.meeting_versions import Comparison, Difference, Version
    from ethnomed_desktop.domain.comparing import Span


def move(session: Session, given: Given) -> Answer:
    """Put an item, a speech or a decision in another place."""
    from ethnomed_desktop.app.lookup import find_record
    from ethnomed_desktop.app.meeting_order import move_part

    ctx = session.council()
    uid = find_record(ctx, given.text("id"))
    place = given.whole("to", low=1, high=10_000) or 1
    meeting = move_part(ctx, uid, place).value
    value = {"id": uid_text(uid), "meeting": meeting, "position": place}
    return Answer(value, _("Moved. Its place is now: {place}").format(place=place))


def left_open(session: Session, given: Given) -> Answer:
    """List what earlier meetings left open."""
    from ethnomed_desktop.app import carry_over

    found = carry_over.left_open(session.council())
    value = [{"id": one.uid, "title": one.title, "held": one.held, "why": one.why} for one in found]
    rows = [
        [formatting.numeric_date(date.fromisoformat(one.held)), one.title, _(carry_over.WHY[one.why])]
        for one in found
    ]
    return Answer(value, table(rows, most=60) or _("Nothing is left open."))


def compare(session: Session, given: Given) -> Answer:
    """Show what two versions of minutes say differently."""
    from ethnomed_desktop.app.lookup import find_record
    from ethnomed_desktop.app.meeting_versions import compare_versions, versions_of
    from ethnomed_desktop.domain.errors import UserError

    ctx = session.council()
    uid = find_record(ctx, given.text("id"), "meeting")
    other = given.maybe("with")
    if other is not None:
        second = find_record(ctx, other, "meeting")
    else:
        chain = [one.uid for one in versions_of(ctx, uid)]
        place = chain.index(uid_text(uid))
        if len(chain) == 1:
            raise UserError("meeting.one_version")
        second = parse_uid(chain[place - 1] if place else chain[1])
    found = compare_versions(ctx, uid, second, session.catalog)
    shown = found.rows if given.switch("all") else found.differing
    value = {
        "older": _version_json(found.older),
        "newer": _version_json(found.newer),
        "differences": [_row_json(one) for one in shown],
    }
    return Answer(value, "" if session.console.as_json else _text(found, shown))


def _version_json(one: Version) -> dict[str, Any]:
    return {"id": one.uid, "version": one.version, "number": one.number, "state": one.state, "reason": one.reason}


def _row_json(one: Difference) -> dict[str, Any]:
    before, after = ("".join(span.text for span in spans) for spans in (one.before, one.after))
    return {"where": one.where, "field": one.label, "change": one.change, "before": before, "after": after}


def _text(found: Comparison, rows: Sequence[Difference]) -> str:
    head = _("Version {older} and version {newer}. Reason of the correction: {reason}").format(
        older=found.older.version, newer=found.newer.version, reason=found.newer.reason or "–"
    )
    lines = [head, _("Taken out stands in [- -], put in stands in {+ +}.")]
    for row in rows:
        place = " · ".join(part for part in (row.where, row.label) if part)
        lines += [
            f"{place}:",
            f"  {found.older.version}: {_marked(row.before, '[-', '-]')}",
            f"  {found.newer.version}: {_marked(row.after, '{+', '+}')}",
        ]
    if not rows:
        lines.append(_("The two versions say the same."))
    return "\n".join(lines)


def _marked(spans: Sequence[Span], opening: str, closing: str) -> str:
    text = "".join(f"{opening}{one.text}{closing}" if one.changed else one.text for one in spans)
    return " ".join(text.split()) or "–"


def register(session: Session, given: Given) -> Answer:
    """List proposals and dissenting opinions over all meetings."""
    from ethnomed_desktop.app.meeting_registers import (
        RegisterQuestion,
        register_item,
        register_numbers,
        register_rows,
    )

    year = given.whole("year", low=1900, high=2200)
    asked = RegisterQuestion(given.maybe("kind") or "", given.maybe("outcome") or "", year)
    ctx = session.council()
    found = register_rows(ctx, register_numbers(ctx, asked), session.catalog)
    names = (
        *("uid", "meeting", "kind", "starts", "number", "body", "item", "title", "who", "text"),
        *("addressee", "outcome", "decision"),
    )
    value = [{"id" if name == "uid" else name: getattr(one, name) for name in names} for one in found]
    rows = [
        [
            formatting.moment(one.starts, session.language),
            one.number,
            code_label("speech_kind", one.kind, session.catalog),
            register_item(one, session.catalog),
            one.who,
            " ".join(one.text.split()),
            code_label("proposal_outcome", one.outcome, session.catalog) if one.outcome else "",
        ]
        for one in found
    ]
    return Answer(value, table(rows, most=50) or _("Nothing is registered."))
