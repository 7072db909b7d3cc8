"""Argon2id: vectors, floor and ceiling, calibration, what memory refuses."""

from __future__ import annotations

import pytest
from argon2 import low_level
from argon2.exceptions import HashingError

from ethnomed_desktop.domain.errors import UserError, VaultError
from ethnomed_desktop.store import kdf
from ethnomed_desktop.store.kdf import (
    CEILING,
    FLOOR,
    KdfParameters,
    calibrate,
    derive,
    measured_seconds,
    require_allowed,
)

QUICK = KdfParameters(t=1, m_kib=64, p=1)
SALT = bytes(range(16))


def test_the_library_computes_the_vector_of_rfc_9106() -> None:
    """Section 5.3 needs key and associated data, which the plain call lacks: the core is asked."""
    ffi, lib = low_level.ffi, low_level.lib
    out = ffi.new("uint8_t[]", 32)
    parts = [ffi.new("uint8_t[]", bytes([byte]) * size) for byte, size in ((1, 32), (2, 16), (3, 8), (4, 12))]
    context = ffi.new(
        "argon2_context *",
        {
            "out": out, "outlen": 32, "pwd": parts[0], "pwdlen": 32, "salt": parts[1], "saltlen": 16,
            "secret": parts[2], "secretlen": 8, "ad": parts[3], "adlen": 12,
            "t_cost": 3, "m_cost": 32, "lanes": 4, "threads": 4, "version": kdf.VERSION,
            "allocate_cbk": ffi.NULL, "free_cbk": ffi.NULL, "flags": lib.ARGON2_DEFAULT_FLAGS,
        },
    )  # fmt: skip
    assert low_level.core(context, low_level.Type.ID.value) == 0
    expected = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    assert bytes(ffi.buffer(out)).hex() == expected


def test_derive_is_argon2id_of_the_utf8_text() -> None:
    expected = low_level.hash_secret_raw("Құпиясөз".encode(), SALT, 1, 64, 1, 32, low_level.Type.ID, 19)
    assert derive("Құпиясөз", SALT, QUICK) == expected
    assert derive("құпиясөз", SALT, QUICK) != expected
    assert derive("Құпиясөз", SALT[::-1], QUICK) != expected


def test_composed_and_decomposed_letters_are_one_passphrase() -> None:
    composed = "\u0439\u043e\u0434, \u0451\u043b\u043a\u0430"
    decomposed = "\u0438\u0306\u043e\u0434, \u0435\u0308\u043b\u043a\u0430"
    assert composed != decomposed
    assert derive(composed, SALT, QUICK) == derive(decomposed, SALT, QUICK)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud83d", "\udcff"])
def test_what_cannot_be_a_passphrase_is_refused_plainly(text: str) -> None:
    with pytest.raises(UserError) as caught:
        derive(text, SALT, QUICK)
    assert caught.value.code == "passphrase.broken_characters"


def test_the_floor_is_the_second_choice_of_rfc_9106() -> None:
    assert KdfParameters(t=3, m_kib=65536, p=4) == FLOOR
    require_allowed(FLOOR)
    require_allowed(CEILING)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        (KdfParameters(2, 65536, 4), "vault.kdf_too_weak"),
        (KdfParameters(3, 65535, 4), "vault.kdf_too_weak"),
        (KdfParameters(3, 65536, 3), "vault.kdf_too_weak"),
        (KdfParameters(25, 65536, 4), "vault.kdf_too_costly"),
        (KdfParameters(3, 1024 * 1024 + 1, 4), "vault.kdf_too_costly"),
        (KdfParameters(3, 65536, 17), "vault.kdf_too_costly"),
    ],
)
def test_outside_the_bounds_is_refused(params: KdfParameters, code: str) -> None:
    with pytest.raises(VaultError) as caught:
        require_allowed(params)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("seconds_per_pass", "passes"), [(0.15, 8), (0.4, 3), (0.39, 3), (2.0, 3), (0.001, 24), (0.0, 24)]
)
def test_calibration_aims_between_one_and_one_and_a_half_seconds(seconds_per_pass: float, passes: int) -> None:
    chosen = calibrate(lambda params: seconds_per_pass * params.t)
    assert chosen == KdfParameters(t=passes, m_kib=256 * 1024, p=4)
    if 0.05 < seconds_per_pass <= 0.4:
        assert 1.0 <= seconds_per_pass * chosen.t <= 1.5


def test_calibration_takes_less_memory_only_where_there_is_none() -> None:
    asked = []

    def little_memory(params: KdfParameters) -> float:
        asked.append(params.m_kib // 1024)
        if params.m_kib > 100 * 1024:
            raise VaultError("vault.no_memory", needed=params.m_kib * 1024)
        return 0.3

    assert calibrate(little_memory) == KdfParameters(t=12, m_kib=64 * 1024, p=4)
    assert asked == [256, 128, 64]


def test_calibration_never_goes_below_the_floor() -> None:
    def no_memory(params: KdfParameters) -> float:
        assert params.m_kib >= FLOOR.m_kib
        raise VaultError("vault.no_memory", needed=params.m_kib * 1024)

    with pytest.raises(VaultError, match=r"vault\.no_memory"):
        calibrate(no_memory)


def test_want_of_memory_is_said_with_the_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(kdf, "hash_secret_raw", refuse)
    with pytest.raises(VaultError) as caught:
        derive("long enough for this", SALT, QUICK)
    assert (caught.value.code, caught.value.facts) == ("vault.no_memory", {"needed": 64 * 1024})


def test_measuring_takes_time() -> None:
    assert measured_seconds(QUICK) > 0
