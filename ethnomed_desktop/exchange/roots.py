"""Where an authority begins: roots, the streams they own, and how a root gets another key.

Each class makes its ``body()`` and reads it again with ``of(statement)``; fields that a newer program
added are ignored, a newer ``v`` is refused with `LaterStatement`. Instants are milliseconds UTC and
never decide anything: clocks of laptops are wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ethnomed_desktop.domain import projection
from ethnomed_desktop.exchange import shapes
from ethnomed_desktop.exchange.statements import Statement, body_of, head_of

MOST_STREAMS = 64
MOST_PERSONS = 8
MOST_CHANGES = 10_000
"""Changes of key of one root."""


class StreamClass(StrEnum):
    """What a stream is for; the classes L and P never leave a vault and have no letter here."""

    DISTRICT = "D"
    REGION = "R"
    NATION = "N"
    AUTHORITY = "A"
    AUDIT = "U"


CEILINGS: Mapping[StreamClass, int] = {one: projection.CEILINGS[one.value] for one in StreamClass}
"""Highest level of a field that a stream of the class may carry."""


class Person(NamedTuple):
    """Who may, together with another, replace the key of a root."""

    name: str
    public: bytes


Owned = Mapping[bytes, StreamClass]
"""Streams of a root with their classes."""


@dataclass(frozen=True)
class Root:
    """The beginning of an authority; signed by its own key. Its id is the hash of its body."""

    name: str
    public: bytes
    persons: tuple[Person, ...]
    streams: Owned
    at: int

    def body(self) -> dict[str, object]:
        """Return what is signed."""
        return {
            **head_of("root"),
            "name": self.name,
            "key": self.public.hex(),
            "persons": _persons_out(self.persons),
            "streams": _owned_out(self.streams),
            "at": self.at,
        }

    @classmethod
    def of(cls, statement: Statement) -> Root:
        """Read the statement; raises `Malformed` or `LaterStatement`."""
        body = body_of(statement, "root")
        return cls(
            shapes.words(body.get("name")),
            shapes.hexed(body.get("key"), 32),
            _persons(body.get("persons")),
            _owned(body.get("streams")),
            shapes.whole(body.get("at")),
        )


def root_id(statement: Statement) -> bytes:
    """Return the 16-byte id of a root: nobody can make another root with the same one."""
    return statement.mark[:16]


@dataclass(frozen=True)
class Rotation:
    """A root gets another key; signed as `keychain` says. ``number`` counts from 1."""

    root: bytes
    number: int
    public: bytes
    persons: tuple[Person, ...]
    at: int

    def body(self) -> dict[str, object]:
        """Return what is signed."""
        return {
            **head_of("rotate", self.root),
            "no": self.number,
            "key": self.public.hex(),
            "persons": _persons_out(self.persons),
            "at": self.at,
        }

    @classmethod
    def of(cls, statement: Statement) -> Rotation:
        """Read the statement; raises `Malformed` or `LaterStatement`."""
        body = body_of(statement, "rotate")
        return cls(
            shapes.identifier(body.get("root")),
            shapes.whole(body.get("no"), 1, MOST_CHANGES),
            shapes.hexed(body.get("key"), 32),
            _persons(body.get("persons")),
            shapes.whole(body.get("at")),
        )


@dataclass(frozen=True)
class NewStreams:
    """Streams that a root opened later; signed by its key in force."""

    root: bytes
    streams: Owned
    at: int

    def body(self) -> dict[str, object]:
        """Return what is signed."""
        return {**head_of("streams", self.root), "streams": _owned_out(self.streams), "at": self.at}

    @classmethod
    def of(cls, statement: Statement) -> NewStreams:
        """Read the statement; raises `Malformed` or `LaterStatement`."""
        body = body_of(statement, "streams")
        return cls(shapes.identifier(body.get("root")), _owned(body.get("streams")), shapes.whole(body.get("at")))


def _persons(value: object) -> tuple[Person, ...]:
    rows = [shapes.row(entry, 2) for entry in shapes.listed(value, MOST_PERSONS)]
    return tuple(Person(shapes.words(name), shapes.hexed(public, 32)) for name, public in rows)


def _persons_out(persons: tuple[Person, ...]) -> list[list[str]]:
    return [[person.name, person.public.hex()] for person in persons]


def _owned(value: object) -> Owned:
    owned: dict[bytes, StreamClass] = {}
    for entry in shapes.listed(value, MOST_STREAMS):
        stream, letter = shapes.row(entry, 2)
        uid = shapes.identifier(stream)
        if letter in set(StreamClass):  # a class of a newer program: nobody here may write it
            owned[uid] = StreamClass(str(letter))
    return owned


def _owned_out(streams: Owned) -> list[list[str]]:
    return [[stream.hex(), letter.value] for stream, letter in sorted(streams.items())]
