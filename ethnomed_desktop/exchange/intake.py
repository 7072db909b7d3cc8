"""The bytes of a file somebody gave us: looked at from outside, refused early, read once.

Every refusal is a `UserError` whose code begins with ``exchange.``; nothing is written here.
"""

from __future__ import annotations

import os
import re
import stat
from enum import Enum
from pathlib import Path

import pyrage

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.exchange.joining import JoinRequest, read_request
from ethnomed_desktop.exchange.sshsig import BadSignature
from ethnomed_desktop.exchange.statements import LaterStatement
from ethnomed_desktop.exchange.strict_json import Malformed

_AGE = b"age-encryption.org/"
_AGE_1 = b"age-encryption.org/v1\n"
_AGE_LATER = re.compile(rb"age-encryption\.org/v[0-9]{1,4}\n")
_STANZA = b"\n-> "
_HEADER_END = b"\n--- "
_REQUEST = b'{"body":"'
_LOOK_AT = 64


class FileKind(Enum):
    """What a file is, by its content; names get lost on the way."""

    EXCHANGE = "exchange"
    REQUEST = "request"
    OTHER = "other"


def kind_of(path: Path) -> FileKind:
    """Look at the beginning of a file; folders, devices and unreadable files are `FileKind.OTHER`."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return FileKind.OTHER
        with path.open("rb") as file:
            head = file.read(_LOOK_AT)
    except OSError:
        return FileKind.OTHER
    if head.startswith(_AGE):
        return FileKind.EXCHANGE
    return FileKind.REQUEST if head.startswith(_REQUEST) else FileKind.OTHER


def read_file(path: Path, most: int = limits.FILE_BYTES) -> bytes:
    """Return the content of a regular file.

    Raises `UserError`: ``exchange.not_a_file``, ``exchange.empty``, ``exchange.too_large`` (facts
    ``size`` and ``limit_bytes``; decided before a byte is read), ``exchange.unreadable``.
    """
    try:
        found = os.stat(path)
        if not stat.S_ISREG(found.st_mode):
            raise UserError("exchange.not_a_file")
        _check_size(found.st_size, most)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise UserError("exchange.unreadable") from error
    _check_size(len(data), most)
    return data


def read_request_file(path: Path) -> JoinRequest:
    """Read a join request; raises `UserError` as `read_file`, and ``exchange.not_a_request``."""
    try:
        return read_request(read_file(path, limits.STATEMENT_BYTES))
    except LaterStatement as error:
        raise UserError("exchange.newer") from error
    except (Malformed, BadSignature) as error:
        raise UserError("exchange.not_a_request") from error


def decrypt(data: bytes, me: Identity) -> bytes:
    """Return the archive inside the encryption, authenticated by age.

    Raises `UserError`: ``exchange.other_product``, ``exchange.newer``, ``exchange.damaged``,
    ``exchange.not_for_us``. The number of recipients is bounded before any key is tried.
    """
    if not data.startswith(_AGE_1):
        raise UserError("exchange.newer" if _AGE_LATER.match(data) else "exchange.other_product")
    end = data.find(_HEADER_END, 0, limits.AGE_HEADER_BYTES)
    if end < 0 or data.count(_STANZA, 0, end) > limits.RECIPIENTS + 1:  # one more: age's grease
        raise UserError("exchange.damaged")
    try:
        plain: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(me.age_secret)])
    except pyrage.DecryptError as error:
        unknown = "No matching keys" in str(error)
        raise UserError("exchange.not_for_us" if unknown else "exchange.damaged") from None
    return plain


def _check_size(size: int, most: int) -> None:
    if size == 0:
        raise UserError("exchange.empty")
    if size > most:
        raise UserError("exchange.too_large", size=size, limit_bytes=most)
