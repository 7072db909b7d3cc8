"""One-line titles of records in a reader's language: for lists, choosers, history and references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ethnomed_desktop.app.discretion import concealed, is_hidden, shown_name
from ethnomed_desktop.domain.fieldtypes import Code, LongText, Moment, Ref, Value, When
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.naming import stand_in
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.domain.values import PartialDate, initials
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import code_label, kind_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.erasing import erased_records
from ethnomed_desktop.store.queries.records import StoredRecord, records_by

SHORT = 80
SEVERITY_SHAPES = {"0": "○", "1": "●", "2": "□", "3": "■", "4": "▲", "5": "▲▲"}
"""From a ring to two triangles: signs that the fonts have, told apart in grey too."""
_DEPTH = 3
"""References within titles are followed this far: a membership names a person, who names nobody."""


def titles(connection: Reading, uids: Iterable[str], catalog: Catalog) -> dict[str, str]:
    """Return titles by uid text; unknown records are left out."""
    return _titles(connection, uids, catalog, _DEPTH)


def _titles(connection: Reading, uids: Iterable[str], catalog: Catalog, depth: int) -> dict[str, str]:
    wanted = list({bytes(parse_uid(uid)) for uid in uids})
    records = records_by(connection, "uid", wanted)
    erased = erased_records(connection, wanted) if len(records) < len(wanted) else {}
    referred: dict[str, str] = {}
    if depth > 0:
        inner = {
            str(one.values[name])
            for one in records
            for name in one.kind.title
            if name in one.kind.by_name and isinstance(one.kind.field(name).type, Ref) and name in one.values
        }
        referred = _titles(connection, inner, catalog, depth - 1) if inner else {}
    found = {uid_text(one.uid): title_of(one, catalog, referred) for one in records}
    return found | {uid_text(uid): erased_title(uid, kind, catalog) for uid, kind in erased.items()}


def erased_title(uid: bytes, number: int, catalog: Catalog) -> str:
    """Return what stands for an erased record wherever others refer to it: always the same."""
    kind = KINDS_BY_NUMBER.get(number)
    label = kind_label(kind, catalog) if kind is not None else ""
    return catalog.gettext("{kind} {code} (erased)").format(kind=label, code=stand_in(uid)).strip()


def title_of(record: StoredRecord, catalog: Catalog, referred: Mapping[str, str]) -> str:
    """Return the title; ``referred`` holds the titles of what its title refers to.

    Corrected minutes keep their number and day: only the version tells them from those before.
    """
    if record.kind.name == "person":
        return shown_name(person_title(record.values), catalog, record.values.get("hidden_name"))
    parts = [_part(record.kind, name, record.values, catalog, referred) for name in record.kind.title]
    version = record.values.get("version")
    if record.kind.name == "meeting" and isinstance(version, int) and version > 1:
        parts.append(catalog.gettext("Version {version}").format(version=version))
    text = " · ".join(part for part in parts if part)
    return text or kind_label(record.kind, catalog)


def person_title(values: Mapping[str, Value]) -> str:
    """Return «Асқаров Бауыржан Маратұлы»: as a list names people."""
    return " ".join(str(values[name]) for name in ("surname", "given_name", "patronymic") if values.get(name))


def person_short(values: Mapping[str, Value]) -> str:
    """Return «Б. М. Асқаров», as a signature line names people; no-break spaces inside."""
    first = initials(_text(values.get("given_name")), None)
    return "\u00a0".join(part for part in (first, str(values.get("surname") or "")) if part)


def name_in(values: Mapping[str, Value], stem: str, language: str) -> str:
    """Return ``stem_<language>`` or the nearest name there is: kk, then ru, then en; never nothing."""
    for one in (language, "kk", "ru", "en"):
        if values.get(f"{stem}_{one}"):
            return str(values[f"{stem}_{one}"])
    return ""


def shown_value(field: Field, value: Value, catalog: Catalog, referred: Mapping[str, str]) -> str:
    """Return a value as a person reads it in lists, cards and history."""
    language = catalog.language
    if value is None:
        return ""
    if is_hidden(field, catalog):
        return concealed(field, value)
    if isinstance(value, list):
        list_name = getattr(field.type, "list_name", None)
        if list_name:
            return formatting.joined([code_label(list_name, one, catalog) for one in value], language)
        return formatting.joined([referred.get(one, one) for one in value], language)
    if isinstance(value, bool):
        return formatting.yes_no(value, language)
    return _scalar(field, value, catalog, referred)


def severity_words(code: str, catalog: Catalog) -> str:
    """Return a severity by shape, number and word: seen at a glance, and without colours."""
    return f"{SEVERITY_SHAPES.get(code, '')} {code} {code_label('severity', code, catalog)}".strip()


def _scalar(field: Field, value: str | float, catalog: Catalog, referred: Mapping[str, str]) -> str:
    language = catalog.language
    match field.type:
        case Code(list_name="severity"):
            return severity_words(str(value), catalog)
        case Code(list_name=list_name):
            return code_label(list_name, str(value), catalog)
        case When():
            return formatting.partial_date(PartialDate.parse(str(value)), language)
        case Moment():
            return formatting.moment(str(value), language)
        case Ref():
            return referred.get(str(value), "…")
    if field.type.name == "day":
        return formatting.partial_date(PartialDate.parse(str(value)), language)
    if field.type.name == "iin":
        return f"{str(value)[:4]}********"
    if isinstance(value, (int, float)) and field.name not in {"year", "birth_year", "position", "version"}:
        return formatting.number(value, language)
    return str(value)


def _part(kind: Kind, name: str, values: Mapping[str, Value], catalog: Catalog, referred: Mapping[str, str]) -> str:
    if name.endswith("_*"):
        return name_in(values, name[:-2], catalog.language)
    field = kind.field(name)
    value = values.get(name)
    if isinstance(field.type, LongText) and isinstance(value, str) and not is_hidden(field, catalog):
        line = value.split("\n", 1)[0]
        return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"
    return shown_value(field, value, catalog, referred)


def references_in(records: Sequence[StoredRecord], names: Iterable[str] | None = None) -> set[str]:
    """Return the uids that the shown fields of the records refer to."""
    found: set[str] = set()
    for one in records:
        for name in names if names is not None else one.values:
            value = one.values.get(name)
            if value is not None and one.kind.field(name).type.name in {"ref", "refs"}:
                found.update(value if isinstance(value, list) else [str(value)])
    return found


def _text(value: Value) -> str | None:
    return str(value) if value else None
