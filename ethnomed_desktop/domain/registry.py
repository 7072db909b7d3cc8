"""The field registry: what a kind of record is, declared once, for every layer to derive from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.fieldtypes import (
    Code,
    Day,
    FieldType,
    Tags,
    Text,
    Value,
)
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.projection import GoesUp, Source, as_it_is, stays

SCHEMA_VERSION = 1
"""Stands in every change line; raised when the meaning of a field changes (with an upcaster)."""


OFFICE_STREAM, FOR_BELOW = "D", "A"
"""Letters of the stream of an office, and of the one in which it speaks to all offices below."""


class Level(IntEnum):
    """How confidential a field is; a stream carries nothing above its ceiling."""

    AGGREGATE = 0
    OFFICE = 1
    CASE = 2
    IDENTITY = 3


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a kind.

    ``number`` is its identity in every log line ever written: never re-used, never changed.
    ``level`` left out means the highest. ``listed`` puts it into the plain list, ``page`` onto
    the n-th page of the plain form, ``goes_up`` is the projection rule for the tier above.
    """

    name: str
    number: int
    type: FieldType
    label: str
    level: Level = Level.IDENTITY
    required: bool = False
    hint: str = ""
    searchable: bool = False
    sortable: bool = False
    listed: bool = False
    page: int = 1
    goes_up: GoesUp | None = None

    @cached_property
    def key(self) -> str:
        """Its number as lines of the log have it."""
        return str(self.number)

    @property
    def is_set(self) -> bool:
        """Whether it holds a set, merged element by element (adding wins over removing)."""
        return self.type.many


COMMON_FIELDS = (
    Field("number", 900, Text(60), N_("Number"), Level.OFFICE, sortable=True, page=0, goes_up=as_it_is),
    Field("tags", 901, Tags(), N_("Tags"), Level.CASE, searchable=True, page=9),
    Field("content_language", 902, Code("language"), N_("Language of the text"), Level.OFFICE, page=9),
    # Counted from the day of an incident, so it would betray that day.
    Field("retention_until", 903, Day(), N_("Keep until"), Level.OFFICE, page=9, goes_up=stays),
    Field("retention_reason", 904, Text(300), N_("Why it is kept longer"), Level.CASE, page=9),
    Field("spare_1", 911, Text(500), N_("Own field 1"), Level.CASE, searchable=True, page=9),
    Field("spare_2", 912, Text(500), N_("Own field 2"), Level.CASE, searchable=True, page=9),
    Field("spare_3", 913, Text(500), N_("Own field 3"), Level.CASE, searchable=True, page=9),
)
"""What every kind has besides its own; the spare fields are named by each council for itself."""


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of record: everything generic is derived from this declaration.

    ``title`` names the fields that make its one-line title (``name_*`` stands for the name in the
    reader's language); ``parent`` the reference to the record it is a part of; ``series`` says
    that each record gets a running number; ``order`` is how plain lists are sorted. ``goes_up`` says
    of which records something goes to the tier above (left out: of none), ``made_up`` makes values
    that only stand there. ``approvals`` names texts that leave once a person has approved them, each with
    the field where that person stands; ``above`` the field that holds the record's name in the tiers above.
    ``stream`` is the letter of the stream it is written into: `FOR_BELOW` is read by all offices below.
    """

    name: str
    number: int
    label: str
    plural: str
    feature: str
    fields: tuple[Field, ...]
    title: tuple[str, ...]
    parent: str | None = None
    series: bool = False
    order: str = ""
    seeded: bool = False
    goes_up: Callable[[Source], bool] | None = None
    made_up: Mapping[str, Callable[[Source], Value]] = field(default_factory=dict)
    approvals: Mapping[str, str] = field(default_factory=dict)
    above: str = ""
    stream: str = OFFICE_STREAM

    def link_to(self, other: str) -> str:
        """Return the field by which a record is a part of one of the kind ``other``; empty when there is none.

        The parent's field where it fits, else the first reference to such a record: a membership stands
        on the card of the body and of the person.
        """
        fits = [one.name for one in self.fields if getattr(one.type, "kind", "") == other and not one.is_set]
        return self.parent if self.parent in fits else next(iter(fits), "")

    @cached_property
    def all_fields(self) -> tuple[Field, ...]:
        """Own fields, then the common ones; for offices below only those that everybody there may read."""
        most = Level.OFFICE if self.stream == FOR_BELOW else Level.IDENTITY
        return self.fields + tuple(one for one in COMMON_FIELDS if one.level <= most)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.all_fields}

    @cached_property
    def by_number(self) -> dict[int, Field]:
        """Fields by stable number."""
        return {field.number: field for field in self.all_fields}

    def field(self, name: str) -> Field:
        """Return the field; raises `UsageError` (``field.unknown``)."""
        try:
            return self.by_name[name]
        except KeyError:
            raise UsageError("field.unknown", kind=self.name, name=name[:60]) from None
