"""Recording, showing, listing, changing, withdrawing and restoring records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.input_files import STANDARD_INPUT, parse_objects, read_text, require_object
from ethnomed_desktop.cli.references import resolved
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.cli.shown import list_text, record_json, record_text, titles_of
from ethnomed_desktop.domain.errors import EthnomedError, UsageError, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.i18n import formatting, labels
from ethnomed_desktop.i18n.current import _, ngettext

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.lists import ListQuestion
    from ethnomed_desktop.app.records import Recorded

ANY_KIND = "any"
MOST_ROWS = 10_000
Item = tuple[str, Mapping[str, object]]


class _Items:
    """The records of an input one by one, remembering where a refused one stands."""

    def __init__(self, kind: str, objects: Iterator[tuple[int | None, dict[str, Any]]]) -> None:
        self._kind = kind
        self._objects = objects
        self.place: int | None = None

    def __iter__(self) -> Iterator[Item]:
        for place, one in self._objects:
            self.place = place
            kind = one.pop("kind", self._kind)
            if not isinstance(kind, str) or kind == ANY_KIND:
                raise UserError("input.kind_missing")
            yield kind_named(kind).name, one


def _objects(session: Session, source: object) -> Iterator[tuple[int | None, dict[str, Any]]]:
    if isinstance(source, dict):
        yield None, source
    elif isinstance(source, list):
        if not source:
            raise UserError("input.empty")
        for position, one in enumerate(source, start=1):
            yield position, dict(require_object(one, position))
    else:
        yield from parse_objects(_read(session, str(source)))


def _read(session: Session, name: str) -> str:
    if session.in_batch and name == STANDARD_INPUT:
        raise UsageError("usage.wrong_value", value=name, option="--from")
    return read_text(name, session.surroundings.stdin)


def add(session: Session, given: Given) -> Answer:
    """Record one or many, all in one transaction."""
    from ethnomed_desktop.app import records

    kind = given.text("kind")
    if kind != ANY_KIND:
        kind_named(kind)
    items = _Items(kind, _objects(session, given.raw("from")))
    ctx = session.council()
    try:
        made = records.record_many(ctx, items, lambda done, _total: _progress(session, done)).value
    except EthnomedError as error:
        if items.place is not None:
            error.facts.setdefault("line", items.place)
        raise
    value = [_recorded_json(one) for one in made]
    return Answer(value, _recorded_text(session, ctx, made))


def _progress(session: Session, done: int) -> None:
    count = formatting.number(done, session.language)
    session.console.note(ngettext("{count} record read", "{count} records read", done).format(count=count))


def _recorded_json(one: Recorded) -> dict[str, Any]:
    value: dict[str, Any] = {"id": uid_text(one.uid), "kind": one.kind, "number": one.number}
    if one.label is not None:
        value["label"] = one.label
    return value


def _recorded_text(session: Session, ctx: AppContext, made: list[Recorded]) -> str:
    catalog = session.catalog
    named = titles_of(ctx, [one.uid for one in made], catalog)
    rows = [
        [labels.kind_label(kind_named(one.kind), catalog), uid_text(one.uid), named.get(one.uid, "")]
        for one in made
    ]
    count = formatting.number(len(made), session.language)
    said = ngettext("{count} record was saved.", "{count} records were saved.", len(made)).format(count=count)
    return f"{table(rows, most=60)}\n{said}"


def show(session: Session, given: Given) -> Answer:
    """Show one record."""
    from ethnomed_desktop.app import records
    from ethnomed_desktop.app.viewing import note_view

    ctx = session.council()
    found = records.show(ctx, _uid(ctx, given))
    note_view(ctx, found.uid)
    return Answer(record_json(found), record_text(ctx, found, session.catalog))


def _uid(ctx: AppContext, given: Given, kind: str | None = None) -> bytes:
    from ethnomed_desktop.app.lookup import find_record

    return find_record(ctx, given.text("id"), kind)


def listing(session: Session, given: Given) -> Answer:
    """List records of a kind, page by page."""
    from ethnomed_desktop.app import lists

    kind = kind_named(given.text("kind"))
    limit = given.whole("limit", low=1, high=MOST_ROWS, default=50)
    assert limit is not None
    sort = _sort(kind, given.maybe("sort"))
    ctx = session.council()
    question = lists.ListQuestion(
        kind.name, _where(ctx, kind, given.many("where")), sort, withdrawn=given.switch("withdrawn")
    )
    if given.maybe("format") or given.maybe("out"):
        return _list_file(session, given, question)
    page = lists.list_records(ctx, question, after=given.maybe("after"), limit=limit)
    total = lists.count(ctx, question)
    value = {"records": [record_json(one) for one in page.rows], "next": page.after, "count": total}
    text = ""
    if not session.console.as_json:
        text = _page_text(
            session, list_text(ctx, kind.name, [one.rid for one in page.rows], session.catalog), total
        )
        if page.after is not None and len(page.rows) < total:
            session.console.note(_("More: --after {token}").format(token=page.after))
    return Answer(value, text)


def _list_file(session: Session, given: Given, question: ListQuestion) -> Answer:
    """Write the whole list as a spreadsheet."""
    from ethnomed_desktop.app.list_files import XLSX, write_list

    file_format, out = given.maybe("format") or XLSX, given.maybe("out")
    if file_format != XLSX:
        raise UsageError("document.format_unknown", name=file_format[:40], known=XLSX)
    if out is None:
        raise UsageError("usage.missing_argument", missing="--out FILE")
    target = Path(out)
    if target.is_dir():
        raise UserError("output.is_folder", path=target.name)
    sheet = write_list(session.council(), question, session.catalog, target)
    session.console.note(
        _("This file is outside the protection: anyone who gets hold of it can read it. {file}").format(file=target)
    )
    if sheet.cut:
        session.console.note(_("Texts too long for a cell were cut: {count}").format(count=sheet.cut))
    value = {"file": str(target), "format": file_format, "records": sheet.rows, "cut": sheet.cut}
    said = ngettext("{count} record was written: {file}", "{count} records were written: {file}", sheet.rows)
    return Answer(value, said.format(count=formatting.number(sheet.rows, session.language), file=target))


def _page_text(session: Session, rows: str, total: int) -> str:
    if not total:
        return _("Nothing here.")
    count = formatting.number(total, session.language)
    said = ngettext("{count} record", "{count} records", total).format(count=count)
    return f"{rows}\n{said}"


def _sort(kind: Kind, sort: str | None) -> str:
    if sort is None:
        return ""
    if not kind.field(sort.lstrip("-")).sortable:
        raise UsageError("field.not_sortable", name=sort.lstrip("-"))
    return sort


def _where(ctx: AppContext, kind: Kind, conditions: list[str]) -> tuple[tuple[str, object], ...]:
    wanted: dict[str, list[object]] = {}
    for one in conditions:
        name, sign, value = one.partition("=")
        if not sign:
            raise UsageError("usage.wrong_value", value=one[:60], option="--where")
        field = kind.field(name.strip())
        wanted.setdefault(field.name, []).append(resolved(ctx, field, value) if value else None)
    return tuple((name, tuple(values)) for name, values in wanted.items())


def edit(session: Session, given: Given) -> Answer:
    """Change fields of one record."""
    from ethnomed_desktop.app import records
    from ethnomed_desktop.app.values import parse_assignments

    source, assignments = given.raw("from"), given.many("set")
    if (source is None) == (not assignments):
        raise UsageError("usage.missing_argument", missing="--from FILE | --set F=V")
    raw = _one_object(session, source) if source is not None else {}
    ctx = session.council()
    uid = _uid(ctx, given)
    kind = records.show(ctx, uid).kind
    if assignments:
        raw = parse_assignments(kind, assignments)
    if raw.pop("kind", kind.name) != kind.name:
        raise UserError("record.other_kind", kind=kind.name)
    fields = {name: resolved(ctx, kind.field(name), value) for name, value in raw.items()}
    done = records.revise(ctx, uid, fields, revision=given.maybe("revision"))
    found = records.show(ctx, uid)
    value = {"differed": done.value, **record_json(found)}
    said = _("The change was saved.") if done.value else _("Nothing differed from what was there.")
    return Answer(value, f"{said}\n\n{record_text(ctx, found, session.catalog)}")


def _one_object(session: Session, source: object) -> dict[str, object]:
    objects = [one for _place, one in _objects(session, source)]
    if len(objects) != 1:
        raise UserError("input.wrong_shape", expected="{…}")
    return dict(objects[0])


def withdraw(session: Session, given: Given) -> Answer:
    """Put a record into the trash."""
    from ethnomed_desktop.app import records

    ctx = session.council()
    uid = _uid(ctx, given)
    records.withdraw(ctx, uid, given.text("reason"))
    return _standing(session, ctx, uid, _("In the trash now: {title}"))


def restore(session: Session, given: Given) -> Answer:
    """Take a record out of the trash."""
    from ethnomed_desktop.app import records

    ctx = session.council()
    uid = _uid(ctx, given)
    records.restore(ctx, uid)
    return _standing(session, ctx, uid, _("Restored: {title}"))


def _standing(session: Session, ctx: AppContext, uid: bytes, said: str) -> Answer:
    from ethnomed_desktop.app import records

    found = records.show(ctx, uid)
    title = titles_of(ctx, [uid], session.catalog).get(uid, "")
    return Answer(record_json(found), said.format(title=title))
