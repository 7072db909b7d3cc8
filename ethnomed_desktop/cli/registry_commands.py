"""Kinds, their fields and codes: what may be recorded. Needs no vault."""

from __future__ import annotations

from typing import Any

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.kinds import KINDS, kind_named
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.i18n import labels
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.current import _


def kinds(session: Session, given: Given) -> Answer:
    """List the kinds of record."""
    value = [_kind_json(kind) for kind in KINDS.values()]
    rows = [[kind.name, labels.kind_label(kind, session.catalog, plural=True)] for kind in KINDS.values()]
    return Answer(value, table(rows))


def fields(session: Session, given: Given) -> Answer:
    """Describe the fields of one kind, or of all."""
    name = given.maybe("kind")
    if name is not None:
        kind = kind_named(name)
        return Answer(_described(kind), _text(kind, session.catalog))
    value = [_described(kind) for kind in KINDS.values()]
    return Answer(value, "\n\n".join(_text(kind, session.catalog) for kind in KINDS.values()))


def _in_all(message: str) -> dict[str, str]:
    return {language: Catalog.load(language).gettext(message) for language in LANGUAGES}


def _kind_json(kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "label": _in_all(kind.label),
        "plural": _in_all(kind.plural),
        "feature": kind.feature,
        "part_of": kind.parent,
        "numbered": kind.series,
    }


def _described(kind: Kind) -> dict[str, Any]:
    return {**_kind_json(kind), "fields": [_field_json(field) for field in kind.all_fields]}


def _field_json(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "number": field.number,
        "type": field.type.name,
        "set": field.is_set,
        "required": field.required,
        "read_only": field.page == 0,
        "level": int(field.level),
        "level_name": field.level.name.lower(),
        "sortable": field.sortable,
        "searchable": field.searchable,
        "label": _in_all(field.label),
    }
    if field.hint:
        described["hint"] = _in_all(field.hint)
    list_name = getattr(field.type, "list_name", None)
    if list_name:
        described["list"] = list_name
        described["codes"] = [{"code": code, **_in_all(label)} for code, label in CODE_LISTS[list_name].entries]
    for limit in ("kind", "limit", "low", "high"):
        if hasattr(field.type, limit):
            described["refers_to" if limit == "kind" else limit] = getattr(field.type, limit)
    return described


def _text(kind: Kind, catalog: Catalog) -> str:
    rows = [_row(field, catalog) for field in kind.all_fields]
    return f"{kind.name} – {labels.kind_label(kind, catalog)}\n{table(rows, most=2000)}"


def _row(field: Field, catalog: Catalog) -> list[str]:
    marks = [_("required")] if field.required else []
    if field.page == 0:
        marks.append(_("filled in by the program"))
    list_name = getattr(field.type, "list_name", None)
    target = getattr(field.type, "kind", None)
    kept = " | ".join(CODE_LISTS[list_name].by_code) if list_name else f"→ {target}" if target else ""
    return [f"  {field.name}", field.type.name, labels.field_label(field, catalog), ", ".join(marks), kept]
