"""Signed statements: a JSON text and who signed exactly these bytes.

The envelope is ``{"body": "<the JSON text>", "sigs": [["<public key, hex>", "<armoured>"], …]}``. What a
statement says stands in `certificates`; here is only the proof that the named keys signed it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ethnomed_desktop.exchange import limits, shapes
from ethnomed_desktop.exchange.identity import Signer
from ethnomed_desktop.exchange.sshsig import BadSignature, Namespace, check_signature
from ethnomed_desktop.exchange.strict_json import Malformed, compact_json, strict_json

MOST_SIGNERS = 4
_PUBLIC_BYTES = 32


class LaterStatement(ValueError):
    """A newer program made it: kept and passed on, not understood."""


@dataclass(frozen=True)
class Statement:
    """A statement whose signatures were checked; ``raw`` is what is kept and passed on."""

    raw: bytes = field(repr=False)
    body: Mapping[str, object]
    signers: frozenset[bytes]
    mark: bytes
    """SHA-256 of the body: two envelopes of one body are one statement."""

    @property
    def type(self) -> str:
        """What it is: ``root``, ``rotate``, ``streams``, ``cert``, ``revoke``, ``join`` or of a newer program."""
        return str(self.body.get("t"))


def make_statement(
    body: Mapping[str, object], signers: Iterable[Signer], namespace: Namespace = Namespace.STATEMENT
) -> Statement:
    """Sign a body; it can then be put into a file or a bundle by its ``raw``."""
    text = compact_json(body)
    sigs = [[signer.public.hex(), signer.sign(namespace, text).decode("ascii")] for signer in signers]
    return read_statement(compact_json({"body": text.decode("utf-8"), "sigs": sigs}), namespace)


def add_signature(statement: Statement, signer: Signer) -> Statement:
    """Let another person sign the same body: where two are needed they need not sit together."""
    envelope = shapes.mapping(strict_json(statement.raw))
    text = str(envelope["body"]).encode("utf-8")
    sigs = [
        *shapes.listed(envelope["sigs"], MOST_SIGNERS),
        [signer.public.hex(), signer.sign(Namespace.STATEMENT, text).decode("ascii")],
    ]
    return read_statement(compact_json({"body": envelope["body"], "sigs": sigs}))


def joined(one: Statement, other: Statement) -> Statement:
    """Return one envelope with the signatures of both; their bodies are the same. Raises `Malformed`."""
    envelopes = [shapes.mapping(strict_json(statement.raw)) for statement in (one, other)]
    rows = [
        shapes.row(entry, 2) for envelope in envelopes for entry in shapes.listed(envelope["sigs"], MOST_SIGNERS)
    ]
    sigs = {str(public): armoured for public, armoured in rows}
    return read_statement(compact_json({"body": envelopes[0]["body"], "sigs": [list(row) for row in sigs.items()]}))


def read_statement(raw: bytes, namespace: Namespace = Namespace.STATEMENT) -> Statement:
    """Read an envelope and check every signature in it.

    Raises `Malformed`, or `BadSignature`. Whether the signers had any right to say so is decided
    by `authority`.
    """
    if len(raw) > limits.STATEMENT_BYTES:
        raise Malformed("statement too long")
    envelope = shapes.mapping(strict_json(raw))
    if set(envelope) != {"body", "sigs"} or not isinstance(envelope["body"], str):
        raise Malformed("not an envelope")
    text = envelope["body"].encode("utf-8")
    signers: set[bytes] = set()
    for entry in shapes.listed(envelope["sigs"], MOST_SIGNERS):
        public, armoured = shapes.row(entry, 2)
        key = shapes.hexed(public, _PUBLIC_BYTES)
        if not isinstance(armoured, str) or not armoured.isascii() or key in signers:
            raise Malformed("not a signature")
        check_signature(armoured.encode("ascii"), key, namespace, text)
        signers.add(key)
    if not signers:
        raise BadSignature("nobody signed")
    body = shapes.mapping(strict_json(text))
    return Statement(raw, body, frozenset(signers), hashlib.sha256(text).digest())


def head_of(kind: str, root: bytes | None = None) -> dict[str, object]:
    """Return what every body begins with: type, version, and the root that speaks."""
    head: dict[str, object] = {"t": kind, "v": limits.VERSION}
    return head if root is None else {**head, "root": root.hex()}


def body_of(statement: Statement, kind: str) -> Mapping[str, object]:
    """Return the body of a statement of this type; raises `Malformed` or `LaterStatement`."""
    if statement.type != kind:
        raise Malformed(f"not a statement of type {kind}")
    if shapes.whole(statement.body.get("v"), 1) > limits.VERSION:
        raise LaterStatement(kind)
    return statement.body
