"""Searching, history, undo, finishing and correcting minutes, printing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import refusal, table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.cli.shown import moment_json, moment_text, titles_of
from ethnomed_desktop.cli.words import action_label
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.i18n import formatting, labels
from ethnomed_desktop.i18n.current import _, ngettext

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.history import FieldStep, Step, Undoable

PDF, DOCX = "pdf", "docx"


def search(session: Session, given: Given) -> Answer:
    """Search everything."""
    from ethnomed_desktop.app.search import search as find

    limit = given.whole("limit", low=1, high=1000, default=20)
    assert limit is not None
    kind = given.maybe("kind")
    if kind is not None:
        kind_named(kind)
    ctx = session.council()
    hits = find(ctx, " ".join(given.many("text")), session.catalog, kind_name=kind, limit=limit)
    value = [
        {"kind": hit.kind, "id": uid_text(hit.uid), "title": hit.title, "excerpt": hit.excerpt} for hit in hits
    ]
    rows = [
        [labels.kind_label(kind_named(hit.kind), session.catalog), hit.title, hit.excerpt, uid_text(hit.uid)]
        for hit in hits
    ]
    return Answer(value, table(rows, most=60) or _("Nothing was found."))


def history(session: Session, given: Given) -> Answer:
    """Tell who changed what in a record."""
    from ethnomed_desktop.app import records
    from ethnomed_desktop.app.history import history as steps_of
    from ethnomed_desktop.app.lookup import find_record
    from ethnomed_desktop.app.vault import user_name

    ctx = session.council()
    uid = find_record(ctx, given.text("id"))
    kind = records.show(ctx, uid).kind
    steps = steps_of(ctx, uid)
    users = {step.user: user_name(ctx, step.user) for step in steps}
    value = [_step_json(step, users[step.user]) for step in steps]
    text = "" if session.console.as_json else _steps_text(session, ctx, kind, steps, users)
    return Answer(value, text)


def put_back(session: Session, given: Given) -> Answer:
    """Give a field the value it had before a change."""
    from ethnomed_desktop.app import earlier_values
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    uid = find_record(ctx, given.text("id"))
    transaction = parse_uid(given.text("transaction"))
    differs = earlier_values.put_back(ctx, uid, transaction, given.text("field")).value
    said = _("The earlier value was put back.") if differs else _("Nothing differed: that value stands already.")
    return Answer({"changed": differs}, said)


def _step_json(step: Step, user: str) -> dict[str, Any]:
    return {
        "at": moment_json(step.at_ms),
        "user": uid_text(step.user),
        "user_name": user,
        "action": step.action,
        "transaction": uid_text(step.transaction),
        "fields": [{"field": one.field, "before": one.before, "after": one.after} for one in step.fields],
    }


def _steps_text(session: Session, ctx: AppContext, kind: Kind, steps: list[Step], users: dict[bytes, str]) -> str:
    from ethnomed_desktop.app.titles import titles

    named = [value for step in steps for one in step.fields for value in _references(kind, one)]
    with ctx.reading() as connection:
        referred = titles(connection, named, session.catalog)
    lines = []
    for step in steps:
        when = moment_text(step.at_ms, session.language)
        lines.append(f"{when}  {users[step.user]}  {action_label(step.action)}")
        lines += [f"    {_change(session, kind, one, referred)}" for one in step.fields]
    return "\n".join(lines)


def _references(kind: Kind, step: FieldStep) -> list[str]:
    field = kind.by_name.get(step.field)
    if field is None or field.type.name not in {"ref", "refs"}:
        return []
    return [str(value) for value in (step.before, step.after) if value]


def _change(session: Session, kind: Kind, step: FieldStep, referred: dict[str, str]) -> str:
    from ethnomed_desktop.app.titles import shown_value

    field = kind.by_name.get(step.field)
    if field is None:
        label = _("In the trash, because of") if step.field == "_withdrawn" else step.field
        before, after = ("" if value is None else str(value) for value in (step.before, step.after))
    else:
        label = labels.field_label(field, session.catalog)
        values = ([value] if field.is_set and value else value for value in (step.before, step.after))
        before, after = (shown_value(field, value, session.catalog, referred) for value in values)  # type: ignore[arg-type]
    before, after = (" ".join(value.split()) for value in (before, after))
    return f"{label}: {before or '–'} → {after or '–'}" if before else f"{label}: {after or '–'}"


def undo(session: Session, given: Given) -> Answer:
    """Take the last action back."""
    from ethnomed_desktop.app.history import undo as take_back

    ctx = session.council()
    return _undone(session, ctx, take_back(ctx).value, "undone", _("Taken back: {action}"))


def redo(session: Session, given: Given) -> Answer:
    """Bring back what the last undo took."""
    from ethnomed_desktop.app.history import redo as bring_back

    ctx = session.council()
    return _undone(session, ctx, bring_back(ctx).value, "redone", _("Brought back: {action}"))


def _undone(session: Session, ctx: AppContext, done: Undoable, key: str, said: str) -> Answer:
    named = titles_of(ctx, [uid for _kind, uid in done.records], session.catalog)
    value = {
        key: done.meant,
        "transaction": uid_text(done.transaction),
        "at": moment_json(done.at_ms),
        "records": [{"kind": kind, "id": uid_text(uid)} for kind, uid in done.records],
    }
    rows = [
        [f"  {labels.kind_label(kind_named(kind), session.catalog)}", named.get(uid, ""), uid_text(uid)]
        for kind, uid in done.records
    ]
    return Answer(value, f"{said.format(action=action_label(done.meant))}\n{table(rows, most=60)}")


def check_meeting(session: Session, given: Given) -> Answer:
    """Say what minutes still need before they get their number."""
    from ethnomed_desktop.app import meetings
    from ethnomed_desktop.app.messages import sentence

    ctx = session.council()
    obstacles, warnings = meetings.check_meeting(ctx, _meeting(ctx, given))
    catalog = session.catalog
    value = {
        "obstacles": [refusal(one, catalog) for one in obstacles],
        "warnings": [refusal(one, catalog) for one in warnings],
    }
    lines = [f"• {sentence(one, catalog)}" for one in obstacles]
    if warnings:
        lines += [_("Worth a second look:"), *(f"• {sentence(one, catalog)}" for one in warnings)]
    text = "\n".join(lines) or _("Nothing is missing: the minutes can be finished and numbered.")
    return Answer(value, text, 1 if obstacles else 0)


def finish_meeting(session: Session, given: Given) -> Answer:
    """Give minutes their number and close them."""
    from ethnomed_desktop.app import meetings
    from ethnomed_desktop.app.messages import sentence

    ctx = session.council()
    uid = _meeting(ctx, given)
    numbered = meetings.finish_meeting(ctx, uid).value
    catalog = session.catalog
    for warning in numbered.warnings:
        session.console.note(sentence(warning, catalog))
    value = {
        "id": uid_text(uid),
        "number": numbered.number,
        "warnings": [refusal(one, catalog) for one in numbered.warnings],
    }
    return Answer(value, _("The minutes are numbered and closed. Number: {number}").format(number=numbered.number))


def correct_meeting(session: Session, given: Given) -> Answer:
    """Open a corrected version of numbered minutes."""
    from ethnomed_desktop.app import meetings, records

    ctx = session.council()
    copied = meetings.correct_meeting(ctx, _meeting(ctx, given), given.text("reason")).value
    version = records.show(ctx, copied).values.get("version")
    value = {"id": uid_text(copied), "version": version}
    said = _("A corrected version was opened. Version: {version}. Identifier: {id}")
    return Answer(value, said.format(version=version, id=uid_text(copied)))


def _meeting(ctx: AppContext, given: Given) -> bytes:
    from ethnomed_desktop.app.lookup import find_record

    return find_record(ctx, given.text("id"), "meeting")


def _item(ctx: AppContext, uid: bytes | None, given: Given) -> int | None:
    """Return the place of the agenda's item that an extract is about; it is named as it is printed: 2, or 2.1."""
    from ethnomed_desktop.app.meetings import place_of_item

    label = (given.maybe("item") or "").strip()
    number = None if "." in label else given.whole("item", low=1, high=1000)
    if uid is None or not label or given.text("document") != "minutes":
        return number
    return place_of_item(ctx, uid, label)


def print_document(session: Session, given: Given) -> Answer:
    """Write a document as a file."""
    from ethnomed_desktop.app import documents
    from ethnomed_desktop.app.editable_documents import write_docx
    from ethnomed_desktop.app.lookup import find_record

    document = documents.document_named(given.text("document"))
    file_format = given.maybe("format") or PDF
    if file_format not in (PDF, DOCX):
        raise UsageError("document.format_unknown", name=file_format[:40], known=f"{PDF}, {DOCX}")
    ctx = session.council()
    uid = find_record(ctx, given.text("id"), document.kind) if given.maybe("id") else None
    form, item = given.maybe("form"), _item(ctx, uid, given)
    order = documents.Order(
        given.maybe("language") or session.language,
        form or ("extract" if item else "full"),
        item,
        given.whole("size", low=12, high=14, default=14) or 14,
        wishes=documents.Wishes(
            given.maybe("watermark") or "auto",
            not given.switch("without-lines"),
            tuple(given.many("signer")),
            given.switch("hide-names"),
        ),
    )
    target = Path(given.text("out"))
    if target.is_dir():
        raise UserError("output.is_folder", path=target.name)
    pages = 0
    if file_format == DOCX:
        if uid is None:
            raise UsageError("document.needs_record", name=document.name)
        write_docx(ctx, document.name, uid, order, target)
    else:
        pages = documents.write_document(ctx, document.name, uid, order, target)
    session.console.note(
        _("This file is outside the protection: anyone who gets hold of it can read it. {file}").format(file=target)
    )
    value: dict[str, object] = {
        "file": str(target),
        "document": document.name,
        "format": file_format,
        "language": order.language,
        "form": order.form,
    }
    if file_format == DOCX:
        return Answer(value, _("A copy was written: {file}").format(file=target))
    value["pages"] = pages
    count = formatting.number(pages, session.language)
    said = ngettext("{count} page was written: {file}", "{count} pages were written: {file}", pages)
    return Answer(value, said.format(count=count, file=target))
