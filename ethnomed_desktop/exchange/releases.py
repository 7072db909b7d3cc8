"""A release of the program as it travels on a stick: one small signed file that names its packages.

The file is JSON, readable by anybody, followed by an armoured SSH signature over exactly the bytes before it.
Cut in two, ``ssh-keygen -Y verify -n em-release@v1`` checks it too. The packages lie beside it under the names
it gives; their SHA-256 stand in it, so the signature covers them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import shapes, sshsig
from ethnomed_desktop.exchange.strict_json import Malformed, strict_json

ENDING = ".update"
LARGEST_FILE = 256 << 10
_PROGRAM = "ethnomed-desktop"
_FORM = 1
_PACKAGES = 32
_LINES = 60
_LINE_CHARACTERS = 400
_LARGEST_PACKAGE = 4 << 30
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,119}")
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){2}")
_WORD = re.compile(r"[a-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Package:
    """One package: for which way of installing and which system, its file, bytes packed and unpacked."""

    kind: str
    system: str
    name: str
    size: int
    sha256: bytes
    unpacked: int


@dataclass(frozen=True)
class Release:
    """What was released: version, day, what is new (lines by language), and the packages."""

    version: str
    day: date
    notes: Mapping[str, Sequence[str]]
    packages: Sequence[Package]


def version_parts(version: str) -> tuple[int, ...]:
    """Return a version for comparing; raises `Malformed` for anything but three numbers."""
    if not _VERSION.fullmatch(version):
        raise Malformed("a version is three numbers")
    return tuple(map(int, version.split(".")))


def trusted_keys(text: str) -> tuple[bytes, ...]:
    """Return the keys of a list as OpenSSH writes them, a line each; raises `Malformed`."""
    lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    return tuple(map(sshsig.public_key_of, lines))


def write_release(release: Release, key: Ed25519PrivateKey) -> bytes:
    """Return the signed file of a release."""
    told = {
        "v": _FORM,
        "program": _PROGRAM,
        "version": release.version,
        "day": release.day.isoformat(),
        "notes": {language: list(lines) for language, lines in release.notes.items()},
        "packages": [
            {
                **{"kind": one.kind, "system": one.system, "name": one.name},
                **{"size": one.size, "sha256": one.sha256.hex(), "unpacked": one.unpacked},
            }
            for one in release.packages
        ],
    }
    text = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    _read(text)  # what we write can be read
    return text + sshsig.make_signature(key, sshsig.Namespace.RELEASE, text)


def read_release(raw: bytes, trusted: Sequence[bytes]) -> Release:
    """Return what was signed by one of the ``trusted`` keys (32 bytes each).

    Raises `UserError`: ``update.not_one``, ``update.unsigned``, ``update.no_keys``, ``update.foreign_key``,
    ``update.damaged``.
    """
    text, sign, rest = raw.partition(sshsig.BEGIN)
    if not text.lstrip().startswith(b"{") or len(raw) > LARGEST_FILE:
        raise UserError("update.not_one")
    if not sign:
        raise UserError("update.unsigned")
    signature = sign + rest
    try:
        signer = sshsig.signer_of(signature)
        if not trusted:
            raise UserError("update.no_keys")
        if signer not in trusted:
            raise UserError("update.foreign_key")
        sshsig.check_signature(signature, signer, sshsig.Namespace.RELEASE, text)
        return _read(text)
    except (sshsig.BadSignature, Malformed):
        raise UserError("update.damaged") from None


def _read(text: bytes) -> Release:
    told = shapes.mapping(strict_json(text))
    if told.get("v") != _FORM or told.get("program") != _PROGRAM:
        raise Malformed("another form or another program")
    version = shapes.words(told.get("version"))
    version_parts(version)
    try:
        day = date.fromisoformat(shapes.words(told.get("day")))
    except ValueError:
        raise Malformed("a day is expected") from None
    notes = {
        shapes.words(language): tuple(shapes.words(line, _LINE_CHARACTERS) for line in shapes.listed(lines, _LINES))
        for language, lines in shapes.mapping(told.get("notes")).items()
    }
    packages = tuple(map(_package, shapes.listed(told.get("packages"), _PACKAGES)))
    return Release(version, day, notes, packages)


def _package(value: object) -> Package:
    told = shapes.mapping(value)
    kind, system, name = (shapes.words(told.get(one)) for one in ("kind", "system", "name"))
    if not (_WORD.fullmatch(kind) and _WORD.fullmatch(system) and _NAME.fullmatch(name)):
        raise Malformed("a package has a kind, a system and a plain name")
    return Package(
        kind,
        system,
        name,
        shapes.whole(told.get("size"), 1, _LARGEST_PACKAGE),
        shapes.digest(told.get("sha256")),
        shapes.whole(told.get("unpacked"), 1, _LARGEST_PACKAGE),
    )
