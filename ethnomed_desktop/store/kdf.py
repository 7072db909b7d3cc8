"""From a passphrase to a key: Argon2id, its floor, its ceiling, its calibration.

Source of the numbers: RFC 9106 (the floor is its second recommended choice) and measurements on
office computers; 256 MiB makes a graphics card no better than a processor at guessing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from argon2.exceptions import Argon2Error
from argon2.low_level import Type, hash_secret_raw

from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.domain.passphrases import normalised

KEY_BYTES = 32
SALT_BYTES = 16
ALGORITHM = "argon2id"
VERSION = 19


@dataclass(frozen=True)
class KdfParameters:
    """How much work one guess costs: passes, memory in KiB, lanes."""

    t: int
    m_kib: int
    p: int = 4

    def at_least(self, minimum: KdfParameters) -> bool:
        """Whether no number is below ``minimum``."""
        return self.t >= minimum.t and self.m_kib >= minimum.m_kib and self.p >= minimum.p

    def within(self, ceiling: KdfParameters) -> bool:
        """Whether no number is above ``ceiling``: a hostile file must not hang the computer."""
        return self.t <= ceiling.t and self.m_kib <= ceiling.m_kib and self.p <= ceiling.p


FLOOR = KdfParameters(t=3, m_kib=64 * 1024, p=4)
CEILING = KdfParameters(t=24, m_kib=1024 * 1024, p=16)
PREFERRED_MEMORY_KIB = 256 * 1024
AIM_SECONDS = 1.2
"""Middle of the 1.0-1.5 s that one unlocking may take."""

Measure = Callable[[KdfParameters], float]


def require_allowed(params: KdfParameters, minimum: KdfParameters = FLOOR) -> None:
    """Refuse parameters weaker than ``minimum`` or above the ceiling.

    Raises `VaultError`: ``vault.kdf_too_weak``, ``vault.kdf_too_costly``.
    """
    if not params.at_least(minimum):
        raise VaultError("vault.kdf_too_weak")
    if not params.within(CEILING):
        raise VaultError("vault.kdf_too_costly")


def derive(passphrase: str, salt: bytes, params: KdfParameters) -> bytes:
    """Return the 32-byte key of the passphrase (read as NFC); takes about a second, no locks held.

    Raises `UserError` of `passphrases.normalised`, `VaultError` (``vault.no_memory``, fact
    ``needed`` in bytes).
    """
    return _argon2id(normalised(passphrase).encode("utf-8"), salt, params)


def calibrate(measure: Measure | None = None, minimum: KdfParameters = FLOOR) -> KdfParameters:
    """Choose parameters that take 1.0 to 1.5 s on this computer: 256 MiB and at least 3 passes.

    Less memory only where it cannot be had, never below ``minimum``; a slow computer waits
    longer. ``measure`` (seconds of one derivation) is for tests. Raises `VaultError`
    (``vault.no_memory``).
    """
    timed = measure or measured_seconds
    params = KdfParameters(t=minimum.t, m_kib=max(PREFERRED_MEMORY_KIB, minimum.m_kib), p=minimum.p)
    while True:
        try:
            seconds = timed(params)
            break
        except VaultError:
            if params.m_kib == minimum.m_kib:
                raise
            params = replace(params, m_kib=max(params.m_kib // 2, minimum.m_kib))
    passes = round(AIM_SECONDS / max(seconds, 1e-6) * params.t)
    return replace(params, t=min(max(passes, minimum.t), CEILING.t))


def measured_seconds(params: KdfParameters) -> float:
    """Return how long one derivation takes here: the better of two, the first also warms memory."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        _argon2id(b"how fast is this computer", bytes(SALT_BYTES), params)
        times.append(time.perf_counter() - start)
    return min(times)


def _argon2id(secret: bytes, salt: bytes, params: KdfParameters) -> bytes:
    try:
        return hash_secret_raw(
            secret,
            salt,
            time_cost=params.t,
            memory_cost=params.m_kib,
            parallelism=params.p,
            hash_len=KEY_BYTES,
            type=Type.ID,
            version=VERSION,
        )
    except (Argon2Error, MemoryError) as error:
        raise VaultError("vault.no_memory", needed=params.m_kib * 1024) from error
