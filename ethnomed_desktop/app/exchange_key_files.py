"""Confirming a key from elsewhere: cards of people of other offices, and a change carried to them by file.

A card says who somebody is and which key is his; it is signed by this key. Whoever reads it compares its
six words by phone before he names that person. A change that waits is carried as it is, signed there and
carried back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_keys import Confirmed, Draft, KeyPerson, finish, required_draft, settle
from ethnomed_desktop.documents.files import put_whole
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.exchange import shapes
from ethnomed_desktop.exchange.identity import Signer
from ethnomed_desktop.exchange.intake import read_file
from ethnomed_desktop.exchange.joining import fingerprint, fingerprint_of_root
from ethnomed_desktop.exchange.limits import STATEMENT_BYTES
from ethnomed_desktop.exchange.roots import Rotation
from ethnomed_desktop.exchange.sshsig import BadSignature, Namespace
from ethnomed_desktop.exchange.statements import (
    LaterStatement,
    Statement,
    add_signature,
    body_of,
    head_of,
    joined,
    make_statement,
    read_statement,
)
from ethnomed_desktop.exchange.strict_json import Malformed
from ethnomed_desktop.store import audit


@dataclass(frozen=True)
class KeyFile:
    """What a file about keys holds, with the six words to compare: a card, or a change to confirm.

    ``person`` is whose card it is, ``persons`` are those who may replace the key after the change.
    """

    words: tuple[str, ...]
    person: KeyPerson | None = None
    number: int = 0
    persons: tuple[str, ...] = ()


def is_key_file(path: Path) -> bool:
    """Say whether the file is about keys, by its content; reads at most a few kilobytes."""
    try:
        body = json.loads(json.loads(read_file(path, STATEMENT_BYTES))["body"])
        return body["t"] in {"person", "rotate"}
    except (UserError, ValueError, TypeError, KeyError, RecursionError):
        return False


def write_card(ctx: AppContext, target: Path, language: str) -> tuple[str, ...]:
    """Write the card of the user of this session; returns the words to read out. Raises `StorageError`."""
    me = Signer(ctx.vault.unlocked.signing_seed)
    with ctx.writing(Act.COMPUTERS) as connection:
        own = identity.standing(ctx, connection)
        name = f"{ctx.vault.unlocked.label} – {own.authority.name_of_root(own.root)}"[:80]
        audit.note(connection, ctx.clock, ctx.user, "exchange.key_card", {})
    body = {**head_of("person"), "name": name, "key": me.public.hex(), "at": ctx.clock.now_ms()}
    put_whole(make_statement(body, [me], Namespace.JOIN).raw, target)
    return _words_of(me.public, language)


def read_key_file(path: Path, language: str) -> KeyFile:
    """Say what a file about keys holds. Raises `UserError` (``exchange.not_a_key_file``, ``exchange.…``)."""
    raw = read_file(path, STATEMENT_BYTES)
    try:
        card = read_statement(raw, Namespace.JOIN)
    except BadSignature:
        said = _change(raw)
        step = Rotation.of(said)
        names = tuple(one.name for one in step.persons)
        return KeyFile(fingerprint_of_root(step.root, language, said.mark), None, step.number, names)
    except Malformed:
        raise UserError("exchange.not_a_key_file") from None
    person = _person(card)
    return KeyFile(_words_of(person.public, language), person)


def write_change(ctx: AppContext, target: Path) -> None:
    """Write the change that waits, for a person elsewhere. Raises `UserError`, `StorageError`."""
    with ctx.writing(Act.COMPUTERS) as connection:
        raw = required_draft(connection).said.raw
    put_whole(raw, target)


def confirm_elsewhere(ctx: AppContext, path: Path, target: Path) -> None:
    """Sign the change of another office with the user's own key, once its words were compared.

    Raises `UserError` (``exchange.not_a_key_file``), `NotAllowed` (``exchange.key_signed_already``),
    `StorageError`.
    """
    said, me = _change(read_file(path, STATEMENT_BYTES)), Signer(ctx.vault.unlocked.signing_seed)
    if me.public in said.signers:
        raise NotAllowed("exchange.key_signed_already")
    step = Rotation.of(said)
    put_whole(add_signature(said, me).raw, target)
    with ctx.writing(Act.COMPUTERS) as connection:
        detail = {"root": step.root.hex(), "number": step.number}
        audit.note(connection, ctx.clock, ctx.user, "exchange.key_signed", detail)


def take_confirmation(ctx: AppContext, path: Path) -> Confirmed:
    """Take the signatures back that a person elsewhere has given to the change that waits here.

    Raises `UserError` (``exchange.not_a_key_file``, ``exchange.key_nothing_waits``, ``exchange.key_other_file``).
    """
    said = _change(read_file(path, STATEMENT_BYTES))
    with ctx.writing(Act.COMPUTERS) as connection:
        draft = required_draft(connection)
        if said.mark != draft.said.mark or said.signers <= draft.said.signers:
            raise UserError("exchange.key_other_file")
        own = identity.standing(ctx, connection)
        with_both = Draft(joined(draft.said, said), draft.seed, draft.stolen)
        confirmed = settle(ctx, connection, own, with_both)
    return finish(ctx, confirmed)


def _change(raw: bytes) -> Statement:
    try:
        said = read_statement(raw)
        Rotation.of(said)
    except LaterStatement:
        raise UserError("exchange.newer") from None
    except (Malformed, BadSignature):
        raise UserError("exchange.not_a_key_file") from None
    return said


def _person(card: Statement) -> KeyPerson:
    try:
        body = body_of(card, "person")
        name, key = shapes.words(body.get("name"), 80), shapes.hexed(body.get("key"), 32)
    except LaterStatement:
        raise UserError("exchange.newer") from None
    except Malformed:
        raise UserError("exchange.not_a_key_file") from None
    if key not in card.signers:
        raise UserError("exchange.not_a_key_file")
    return KeyPerson(name, key)


def _words_of(public: bytes, language: str) -> tuple[str, ...]:
    return fingerprint(b"\0".join((b"person", public)), language)
