"""Driver errors become sentences: the world's faults (disk, passphrase, damage) apart from ours."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from ethnomed_desktop.domain.errors import EthnomedError, StorageError, VaultError

_BY_TEXT: tuple[tuple[str, type[EthnomedError], str], ...] = (
    ("database or disk is full", StorageError, "storage.full"),
    ("no space left", StorageError, "storage.full"),
    ("readonly database", StorageError, "storage.read_only"),
    ("unable to open database file", StorageError, "storage.gone"),
    ("disk i/o error", StorageError, "storage.failed"),
    ("vtable constructor failed", StorageError, "storage.failed"),  # the index of words could not be read
    ("an error occurred with pragma key or rekey", StorageError, "storage.failed"),  # it says no more of a disk
    ("database is locked", VaultError, "vault.busy"),
    ("file is not a database", VaultError, "vault.damaged"),
    ("file is encrypted", VaultError, "vault.damaged"),
    ("malformed", VaultError, "vault.damaged"),
    ("connection refused", VaultError, "vault.server_gone"),
    ("connection to server", VaultError, "vault.server_gone"),
    ("connection failed", VaultError, "vault.server_gone"),
    ("connection is closed", VaultError, "vault.server_gone"),
    ("server closed the connection", VaultError, "vault.server_gone"),
    ("could not connect", VaultError, "vault.server_gone"),
)


def known_fault(error: BaseException) -> EthnomedError | None:
    """Return the sentence-worthy error behind a driver or system error, or None if it is our fault."""
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return StorageError("storage.full", path="")
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return StorageError("storage.read_only", path="")
        if error.errno == errno.EIO:
            return StorageError("storage.failed", path="")
        if error.errno in (errno.ENODEV, errno.ENXIO, errno.ESTALE):
            return StorageError("storage.gone", path="")
    text = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, kind, code in _BY_TEXT:
        if sign in text:
            return kind(code, path="") if kind is StorageError else kind(code)
    return None


@contextmanager
def translated_faults() -> Iterator[None]:
    """Raise what `known_fault` says instead of a driver's error; others pass unchanged."""
    try:
        yield
    except EthnomedError:
        raise
    except Exception as error:
        known = known_fault(error)
        if known is None:
            raise
        raise known from error
