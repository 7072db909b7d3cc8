"""The file keys.json, format 1: slots that wrap the vault key, nothing secret in clear.

``sum`` tells damage from a wrong passphrase, ``mac`` (by a key derived from the vault key) tells
slots added, removed or put back; each wrap is bound to its own slot besides.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, cast

from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.store.handing_over import EPHEMERAL_BYTES, SEALED_BYTES, SEALED_NONCE_BYTES, HandedOver
from ethnomed_desktop.store.kdf import ALGORITHM, FLOOR, SALT_BYTES, VERSION, KdfParameters, require_allowed
from ethnomed_desktop.store.safe_files import read_limited, write_atomically

FIRST_FORMAT, FORMAT = 1, 2
"""Format 2 has slots that a new vault key was handed to; a file without any is written as format 1."""

HANDED = "X25519-HKDF-A256GCM"
MOST_BYTES = 64 * 1024
MOST_SLOTS = 64
LABEL_LIMIT = 80
ROLES = ("chair", "secretary", "mediator", "viewer", "administrator")
NONCE_BYTES, CHECK_BYTES, WRAPPED_BYTES = 12, 16, 32 + 32 + 16

SlotKind = Literal["passphrase", "recovery"]
_KINDS: Final = ("passphrase", "recovery")


@dataclass(frozen=True)
class Slot:
    """One way in. ``user`` is the uid (16 bytes) of the one who signs with what it wraps.

    ``check`` is derived from the key of the passphrase: it tells "wrong passphrase" from "right
    passphrase, but somebody changed this slot".
    """

    id: int
    kind: SlotKind
    label: str
    user: bytes
    role: str
    kdf: KdfParameters
    salt: bytes
    nonce: bytes
    wrapped: bytes
    check: bytes
    handed: HandedOver | None = None
    """The vault's key, where it was changed while this user was not there; what is wrapped is then an older one."""

    def bound(self, vault: bytes) -> bytes:
        """Return what the wrap is bound to: changing any of it makes the wrap fail."""
        return canonical({"vault": vault.hex(), **self._open_part()})

    def as_json(self) -> dict[str, object]:
        """Return the JSON form."""
        wrap = {
            "alg": "A256GCM",
            "check": _base64(self.check),
            "ct": _base64(self.wrapped),
            "nonce": _base64(self.nonce),
        }
        made = {**self._open_part(), "wrap": wrap}
        if self.handed is not None:
            made["handed"] = {
                "alg": HANDED,
                "eph": _base64(self.handed.ephemeral),
                "nonce": _base64(self.handed.nonce),
                "ct": _base64(self.handed.sealed),
            }
        return made

    def _open_part(self) -> dict[str, object]:
        kdf = {
            "alg": ALGORITHM,
            "v": VERSION,
            "m_kib": self.kdf.m_kib,
            "t": self.kdf.t,
            "p": self.kdf.p,
            "salt": _base64(self.salt),
        }
        return {
            "id": self.id,
            "kind": self.kind,
            "label": self.label,
            "user": self.user.hex(),
            "role": self.role,
            "kdf": kdf,
        }


@dataclass(frozen=True)
class KeyFile:
    """keys.json as a value; every change makes a new one (`store.slots`)."""

    vault: bytes
    created_ms: int
    slots: tuple[Slot, ...]
    mac: bytes = b""

    def slot(self, slot_id: int) -> Slot | None:
        """Return the slot, if there is one."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def labels(self) -> tuple[str, ...]:
        """Return the names to choose from at the unlocking page, in the order they were added."""
        return tuple(dict.fromkeys(slot.label for slot in self.slots))

    def expected_mac(self, key: bytes) -> bytes:
        """Return the HMAC-SHA256 over everything but ``mac`` and ``sum``."""
        return hmac.new(key, canonical(self._content()), hashlib.sha256).digest()

    def sealed(self, key: bytes) -> KeyFile:
        """Return the same with the ``mac`` it must have."""
        return replace(self, mac=self.expected_mac(key))

    def to_bytes(self) -> bytes:
        """Return the file's bytes."""
        content = {**self._content(), "mac": _base64(self.mac)}
        content["sum"] = _sum(content)
        return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1).encode() + b"\n"

    def fingerprint(self) -> bytes:
        """Return SHA-256 of the bytes: kept inside the vault, it tells an older keys.json put back."""
        return hashlib.sha256(self.to_bytes()).digest()

    def _content(self) -> dict[str, object]:
        return {
            "v": FORMAT if any(slot.handed for slot in self.slots) else FIRST_FORMAT,
            "vault": self.vault.hex(),
            "created": self.created_ms,
            "slots": [slot.as_json() for slot in self.slots],
        }


def read_keys(path: Path, minimum: KdfParameters = FLOOR) -> KeyFile:
    """Read keys.json. ``minimum`` is lowered by tests only.

    Raises `VaultError`: ``vault.missing``, ``vault.keys_damaged``, ``vault.newer``,
    ``vault.kdf_too_weak``, ``vault.kdf_too_costly``; `StorageError` when the disk refuses.
    """
    try:
        data = read_limited(path, MOST_BYTES)
    except EthnomedError as error:
        if error.code == "storage.gone":
            raise VaultError("vault.missing") from error
        if error.code == "storage.too_large":
            raise VaultError("vault.keys_damaged") from error
        raise
    return parse_keys(data, minimum)


def write_keys(path: Path, keys: KeyFile) -> None:
    """Put keys.json in place, whole or not at all; raises `StorageError`."""
    data = keys.to_bytes()
    if len(data) > MOST_BYTES or parse_keys(data, KdfParameters(1, 8, 1)) != keys:
        raise AssertionError("keys.json would not be read back as it was written")
    write_atomically(path, data)


def parse_keys(data: bytes, minimum: KdfParameters = FLOOR) -> KeyFile:
    """Read the bytes of keys.json; raises `VaultError` like `read_keys`."""
    try:
        content = json.loads(data.decode("utf-8"), object_pairs_hook=_no_repeats)
        version = content["v"]
        if type(version) is int and version > FORMAT:
            raise VaultError("vault.newer")
        stated = content.pop("sum")
        _require(type(version) is int and version >= FIRST_FORMAT and hmac.compare_digest(stated, _sum(content)))
        keys = _key_file(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise VaultError("vault.keys_damaged") from error
    for slot in keys.slots:
        require_allowed(slot.kdf, minimum)
    return keys


def canonical(content: Mapping[str, object]) -> bytes:
    """Return JSON with sorted keys and no spaces, UTF-8: the bytes that seals are computed over."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def _key_file(content: dict[str, Any]) -> KeyFile:
    _require(set(content) == {"v", "vault", "created", "slots", "mac"})
    slots = content["slots"]
    _require(type(content["created"]) is int and 0 <= content["created"] < 2**48)
    _require(type(slots) is list and 0 < len(slots) <= MOST_SLOTS)
    keys = KeyFile(
        _hex(content["vault"], 16),
        content["created"],
        tuple(_slot(slot) for slot in slots),
        _bytes(content["mac"], 32),
    )
    _require(len({slot.id for slot in keys.slots}) == len(keys.slots))
    return keys


def _slot(content: dict[str, Any]) -> Slot:
    _require(set(content) - {"handed"} == {"id", "kind", "label", "user", "role", "kdf", "wrap"})
    kdf, wrap = content["kdf"], content["wrap"]
    _require(set(kdf) == {"alg", "v", "m_kib", "t", "p", "salt"} and set(wrap) == {"alg", "check", "ct", "nonce"})
    _require((kdf["alg"], kdf["v"], wrap["alg"]) == (ALGORITHM, VERSION, "A256GCM"))
    numbers = (content["id"], kdf["t"], kdf["m_kib"], kdf["p"])
    _require(all(type(number) is int and 0 < number < 2**31 for number in numbers))
    label = content["label"]
    _require(type(label) is str and 0 < len(label) <= LABEL_LIMIT)
    _require(content["kind"] in _KINDS and content["role"] in ROLES)
    return Slot(
        id=content["id"],
        kind=cast(SlotKind, content["kind"]),
        label=label,
        user=_hex(content["user"], 16),
        role=content["role"],
        kdf=KdfParameters(t=kdf["t"], m_kib=kdf["m_kib"], p=kdf["p"]),
        salt=_bytes(kdf["salt"], SALT_BYTES),
        nonce=_bytes(wrap["nonce"], NONCE_BYTES),
        wrapped=_bytes(wrap["ct"], WRAPPED_BYTES),
        check=_bytes(wrap["check"], CHECK_BYTES),
        handed=_handed(content["handed"]) if "handed" in content else None,
    )


def _handed(content: dict[str, Any]) -> HandedOver:
    _require(set(content) == {"alg", "eph", "nonce", "ct"} and content["alg"] == HANDED)
    return HandedOver(
        _bytes(content["eph"], EPHEMERAL_BYTES),
        _bytes(content["nonce"], SEALED_NONCE_BYTES),
        _bytes(content["ct"], SEALED_BYTES),
    )


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    _require(len(content) == len(pairs))
    return content


def _sum(content: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("not keys.json of format 1")


def _hex(text: str, length: int) -> bytes:
    _require(re.fullmatch(r"[0-9a-f]*", text) is not None and len(text) == 2 * length)
    return bytes.fromhex(text)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str, length: int) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    _require(len(data) == length and _base64(data) == text)
    return data
