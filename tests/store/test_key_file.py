"""keys.json as bytes: every flipped byte, hostile JSON, a power cut at every step of writing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain.errors import StorageError, VaultError
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.key_file import MOST_BYTES, canonical, parse_keys, read_keys, write_keys
from ethnomed_desktop.store.slots import add_slot, change_passphrase, create_keys, unlock

TEST = KdfParameters(t=1, m_kib=8, p=1)
OLD, NEW = "ескі құпиясөз осындай", "жаңа құпиясөз осындай"
USER = bytes(range(16))
MADE = create_keys(OLD, "Айгүл", USER, "chair", TEST, minimum=TEST)
KEYS = add_slot(MADE.keys, MADE.unlocked, NEW, "Ержан", bytes(16), "viewer", TEST, minimum=TEST).keys
DATA = KEYS.to_bytes()


def refused(data: bytes) -> str:
    with pytest.raises(VaultError) as caught:
        parse_keys(data, TEST)
    assert caught.value.exit_code == 3
    return caught.value.code


def mended(content: dict[str, Any]) -> bytes:
    """Compute the sum anew, as anyone can who edits the file."""
    content.pop("sum", None)
    content["sum"] = hashlib.sha256(canonical(content)).hexdigest()
    return json.dumps(content).encode()


def test_the_form_of_the_file() -> None:
    content = json.loads(DATA)
    assert set(content) == {"v", "vault", "created", "slots", "mac", "sum"}
    assert content["v"] == 1
    slot = content["slots"][0]
    assert set(slot) == {"id", "kind", "label", "user", "role", "kdf", "wrap"}
    assert (slot["label"], slot["user"], slot["role"]) == ("Айгүл", USER.hex(), "chair")
    assert slot["kdf"] | {"salt": ""} == {"alg": "argon2id", "v": 19, "m_kib": 8, "t": 1, "p": 1, "salt": ""}
    assert "Айгүл".encode() in DATA
    assert parse_keys(DATA, TEST) == KEYS
    assert parse_keys(json.dumps(content, indent=4).encode(), TEST) == KEYS


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_every_flipped_byte_is_refused_or_harmless(flip: int) -> None:
    harmless = 0
    for place in range(len(DATA)):
        data = bytearray(DATA)
        data[place] ^= flip
        try:
            keys = parse_keys(bytes(data), TEST)
        except VaultError as error:
            assert error.code in {"vault.keys_damaged", "vault.newer"}  # noqa: PT017 - most are refused
            continue
        assert keys == KEYS
        harmless += 1
    assert harmless < len(DATA) / 5  # only white space between the parts


def test_every_truncation_is_refused() -> None:
    for length in range(len(DATA) - 2):
        assert refused(DATA[:length]) == "vault.keys_damaged"


@pytest.mark.parametrize("flip", [0x01, 0x80])
def test_a_flipped_bit_with_the_sum_mended_never_gives_a_wrong_key(flip: int) -> None:
    """Salt, nonce, wrap, check and mac of the first slot, each byte, by somebody who knows the format."""
    import base64

    for part, name in (("kdf", "salt"), ("wrap", "nonce"), ("wrap", "ct"), ("wrap", "check"), ("", "mac")):
        content = json.loads(DATA)
        holder = content["slots"][0][part] if part else content
        original = base64.b64decode(holder[name])
        for place in range(len(original)):
            changed = bytearray(original)
            changed[place] ^= flip
            holder[name] = base64.b64encode(changed).decode()
            keys = parse_keys(mended(content), TEST)
            with pytest.raises(VaultError) as caught:
                unlock(keys, OLD, "Айгүл")
            expected = {"vault.wrong_passphrase"} if name in {"salt"} else {"vault.keys_altered"}
            assert caught.value.code in expected, name


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c.update(v="1"),
        lambda c: c.update(v=True),
        lambda c: c.update(v=0),
        lambda c: c.update(created=1.5),
        lambda c: c.update(created=-1),
        lambda c: c.update(created=2**60),
        lambda c: c.update(slots=[]),
        lambda c: c.update(slots={}),
        lambda c: c.update(slots=c["slots"] * 30),
        lambda c: c.update(slots=[c["slots"][0]] * 2),
        lambda c: c.update(extra=1),
        lambda c: c.update(vault=c["vault"].upper() + "0"),
        lambda c: c.update(vault=5),
        lambda c: c.update(mac="AAAA"),
        lambda c: c.update(mac="?" * 44),
        lambda c: c["slots"][0].update(id=0),
        lambda c: c["slots"][0].update(id=True),
        lambda c: c["slots"][0].update(id=2**40),
        lambda c: c["slots"][0].update(label=""),
        lambda c: c["slots"][0].update(label="x" * 81),
        lambda c: c["slots"][0].update(label=None),
        lambda c: c["slots"][0].update(kind="door"),
        lambda c: c["slots"][0].update(role="king"),
        lambda c: c["slots"][0].update(role=["chair"]),
        lambda c: c["slots"][0].update(user="zz" * 16),
        lambda c: c["slots"][0].update(kdf=None),
        lambda c: c["slots"][0]["kdf"].update(alg="argon2i"),
        lambda c: c["slots"][0]["kdf"].update(v=16),
        lambda c: c["slots"][0]["kdf"].update(t=-1),
        lambda c: c["slots"][0]["kdf"].update(t=1e3),
        lambda c: c["slots"][0]["kdf"].update(salt=""),
        lambda c: c["slots"][0]["wrap"].update(alg="none"),
        lambda c: c["slots"][0]["wrap"].pop("nonce"),
    ],
)
def test_wrong_content_is_damage_even_with_the_sum_mended(change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(DATA)
    change(content)
    assert refused(mended(content)) == "vault.keys_damaged"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"v":1,"v":1}',
        b'{"v":NaN}',
        DATA.replace(b'"role": "chair"', b'"role": "chair", "role": "chair"', 1),
        DATA.replace("Айгүл".encode(), b"\\ud800", 1),
        b'{"v":' + b"1" * 5000 + b"}",
    ],
)
def test_hostile_bytes_are_damage(data: bytes) -> None:
    assert refused(data) == "vault.keys_damaged"


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert refused(data) in {"vault.keys_damaged", "vault.newer"}


def test_a_newer_format_is_named_so_whatever_else_it_holds() -> None:
    assert refused(b'{"v": 3, "locks": []}') == "vault.newer"


# --- on the disk --------------------------------------------------------------------------------


def test_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_keys(path, KEYS)
    assert read_keys(path, TEST) == KEYS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]
    assert read_keys(path, TEST).fingerprint() == KEYS.fingerprint() != MADE.keys.fingerprint()


def test_missing_huge_and_unreadable_files(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(VaultError, match=r"vault\.missing"):
        read_keys(path, TEST)
    path.write_bytes(b" " * (MOST_BYTES + 1))
    with pytest.raises(VaultError, match=r"vault\.keys_damaged"):
        read_keys(path, TEST)
    path.unlink()
    path.mkdir()
    with pytest.raises(StorageError):
        read_keys(path, TEST)


STEPS = ("open", "write", "fsync", "replace")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("time", [1, 2])
def test_a_cut_at_any_step_leaves_the_old_or_the_new_passphrase(
    step: str, time: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys.json"
    write_keys(path, MADE.keys)
    changed = change_passphrase(MADE.keys, MADE.unlocked, NEW, TEST, TEST)
    real, calls = getattr(os, step), 0

    def cut(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == time:
            raise OSError(errno.ENOSPC, "cut")
        return real(*given, **named)

    monkeypatch.setattr(os, step, cut)
    try:
        write_keys(path, changed)
        happened = False
    except StorageError as error:
        happened = error.code == "storage.full"
    monkeypatch.setattr(os, step, real)
    assert happened == (calls >= time)
    opened = []
    for passphrase in (OLD, NEW):
        try:
            opened.append(unlock(read_keys(path, TEST), passphrase).vault_key)
        except VaultError:
            continue
    assert opened == [MADE.unlocked.vault_key]
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


def test_the_content_is_on_the_disk_before_it_gets_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    for step in STEPS:
        real = getattr(os, step)

        def noted(*given: Any, _step: str = step, _real: Any = real, **named: Any) -> Any:
            order.append(_step)
            return _real(*given, **named)

        monkeypatch.setattr(os, step, noted)
    write_keys(tmp_path / "keys.json", MADE.keys)
    assert order == ["open", "write", "fsync", "replace", "open", "fsync"]
