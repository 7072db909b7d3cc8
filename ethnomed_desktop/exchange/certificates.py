"""Certificates of installations and their revocation, made and read as in `roots`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ethnomed_desktop.exchange import shapes
from ethnomed_desktop.exchange.identity import PublicIdentity
from ethnomed_desktop.exchange.roots import MOST_STREAMS
from ethnomed_desktop.exchange.statements import Statement, body_of, head_of
from ethnomed_desktop.exchange.strict_json import Malformed

_WORD = re.compile(r"[a-z_]{1,20}")
_ACCESS = frozenset({"r", "w", "rw"})


@dataclass(frozen=True)
class Certificate:
    """An installation, its keys and what it may read and write; signed by the root's key in force.

    ``tier`` is one word (laptop, office, region, nation), ``body_uid`` the organisation it serves,
    ``access`` maps streams of this root to ``r``, ``w`` or ``rw``.
    """

    root: bytes
    holder: PublicIdentity
    name: str
    tier: str
    body_uid: bytes
    access: Mapping[bytes, str]
    valid_from: int

    def body(self) -> dict[str, object]:
        """Return what is signed."""
        return {
            **head_of("cert", self.root),
            "replica": self.holder.replica.hex(),
            "sign": self.holder.signing.hex(),
            "age": self.holder.age,
            "name": self.name,
            "tier": self.tier,
            "district": self.body_uid.hex(),
            "streams": [[stream.hex(), access] for stream, access in sorted(self.access.items())],
            "from": self.valid_from,
        }

    @classmethod
    def of(cls, statement: Statement) -> Certificate:
        """Read the statement; raises `Malformed` or `LaterStatement`."""
        body = body_of(statement, "cert")
        return cls(
            shapes.identifier(body.get("root")),
            public_identity(body),
            shapes.words(body.get("name")),
            _one_word(body.get("tier")),
            shapes.identifier(body.get("district")),
            dict(_access(entry) for entry in shapes.listed(body.get("streams"), MOST_STREAMS)),
            shapes.whole(body.get("from")),
        )


@dataclass(frozen=True)
class Revocation:
    """An installation is lost or withdrawn: only what it wrote up to ``last`` still counts.

    A stream that is not named has nothing that counts. Signed by the root's key in force.
    """

    root: bytes
    replica: bytes
    last: Mapping[bytes, int]
    at: int

    def body(self) -> dict[str, object]:
        """Return what is signed."""
        return {
            **head_of("revoke", self.root),
            "replica": self.replica.hex(),
            "last": [[stream.hex(), seq] for stream, seq in sorted(self.last.items())],
            "at": self.at,
        }

    @classmethod
    def of(cls, statement: Statement) -> Revocation:
        """Read the statement; raises `Malformed` or `LaterStatement`."""
        body = body_of(statement, "revoke")
        rows = [shapes.row(entry, 2) for entry in shapes.listed(body.get("last"), MOST_STREAMS)]
        return cls(
            shapes.identifier(body.get("root")),
            shapes.identifier(body.get("replica")),
            {shapes.identifier(stream): shapes.whole(seq) for stream, seq in rows},
            shapes.whole(body.get("at")),
        )


def public_identity(body: Mapping[str, object]) -> PublicIdentity:
    """Read replica id and keys, as certificates and join requests carry them."""
    return PublicIdentity(
        shapes.identifier(body.get("replica")), shapes.hexed(body.get("sign"), 32), shapes.age_key(body.get("age"))
    )


def _access(entry: object) -> tuple[bytes, str]:
    stream, access = shapes.row(entry, 2)
    if not isinstance(access, str) or access not in _ACCESS:
        raise Malformed("r, w or rw is expected")
    return shapes.identifier(stream), access


def _one_word(value: object) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise Malformed("one word is expected")
    return value
