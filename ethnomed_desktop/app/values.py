"""From what a person or a file gives to values that can be kept: one check for window, command and import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ethnomed_desktop.domain.errors import Problems, UsageError, UserError
from ethnomed_desktop.domain.fieldtypes import Ref, Refs, Value
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.store.uow import UnitOfWork


def checked_values(kind: Kind, raw: Mapping[str, object]) -> dict[str, Value]:
    """Return the values of the fields given; an empty one comes back as None.

    Raises `UsageError` (``field.unknown``), or `UserError` – as `Problems` when several fields
    are refused – with the field's name.
    """
    values: dict[str, Value] = {}
    problems: list[UserError] = []
    for name, given in raw.items():
        field = kind.field(name)
        if field.page == 0:
            problems.append(UserError("field.read_only", field=name, kind=kind.name))
            continue
        try:
            values[name] = None if given is None or given == "" else field.type.checked(given)
        except UserError as error:
            facts = {"kind": kind.name, **error.facts}
            problems.append(UserError(error.code, field=name, **facts))
    refuse(problems)
    return values


def require_fields(kind: Kind, values: Mapping[str, Value], fields: Iterable[Field]) -> None:
    """Refuse when a required field is empty; raises `UserError` (``field.required``) or `Problems`."""
    refuse(
        [
            UserError("field.required", field=field.name, kind=kind.name)
            for field in fields
            if field.required and values.get(field.name) in (None, [])
        ]
    )


def refuse(problems: list[UserError]) -> None:
    """Raise the one problem, or all of them together; nothing happens for none."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise Problems(tuple(problems))


def require_references(
    work: UnitOfWork, kind: Kind, values: Mapping[str, Value], made: Mapping[bytes, int] | None = None
) -> None:
    """Refuse references to nothing, to another kind or to the trash.

    ``made`` are records (uid to kind number) of the same unit that are not in the tables yet.
    Raises `UserError`: ``reference.unknown``, ``reference.wrong_kind``.
    """
    wanted: dict[bytes, tuple[str, str]] = {}
    for name, value in values.items():
        field = kind.field(name)
        if value is not None and isinstance(field.type, (Ref, Refs)):
            for text in value if isinstance(value, list) else [str(value)]:
                wanted[bytes(parse_uid(text))] = (name, field.type.kind)
    missing = [uid for uid in wanted if uid not in (made or {})]
    kinds = dict(made or {})
    if missing:
        kinds.update({uid: one.state.kind for uid, one in work.states(missing).items() if one.lids or one.seed})
    from ethnomed_desktop.domain.kinds import KINDS

    for uid, (name, kind_name) in wanted.items():
        if uid not in kinds:
            raise UserError("reference.unknown", field=name, kind=kind_name)
        if kinds[uid] != KINDS[kind_name].number:
            raise UserError("reference.wrong_kind", field=name, kind=kind_name)


def parse_assignments(kind: Kind, assignments: Iterable[str]) -> dict[str, object]:
    """Read ``field=value`` pairs of a command line; sets take values divided by ``;``.

    Raises `UsageError` (``usage.wrong_value``, ``field.unknown``).
    """
    raw: dict[str, object] = {}
    for one in assignments:
        name, sign, value = one.partition("=")
        if not sign:
            raise UsageError("usage.wrong_value", value=one[:60])
        field = kind.field(name.strip())
        raw[field.name] = [part for part in value.split(";") if part.strip()] if field.is_set else value
    return raw
