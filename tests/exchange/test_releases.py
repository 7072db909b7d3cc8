"""The signed file of a release: read only as it was signed, by a key that is known; OpenSSH agrees."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ethnomed_desktop import paths
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import sshsig
from ethnomed_desktop.exchange.releases import (
    Package,
    Release,
    read_release,
    trusted_keys,
    version_parts,
    write_release,
)
from ethnomed_desktop.exchange.strict_json import Malformed

KEY = Ed25519PrivateKey.from_private_bytes(b"r" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
RELEASE = Release(
    "1.2.3",
    date(2026, 11, 22),
    {"kk": ("Жаңалық",), "ru": ("Новое",), "en": ("New",)},
    (Package("tar", "linux-x86_64", "program-1.2.3.tar.xz", 10, b"h" * 32, 20),),
)


def refused(raw: bytes, trusted: tuple[bytes, ...] = (PUBLIC,)) -> str:
    with pytest.raises(UserError) as caught:
        read_release(raw, trusted)
    return caught.value.code


def test_what_is_written_is_read() -> None:
    assert read_release(write_release(RELEASE, KEY), (b"x" * 32, PUBLIC)) == RELEASE


def test_every_changed_byte_is_noticed() -> None:
    raw = write_release(RELEASE, KEY)
    for place in range(0, len(raw), 7):
        changed = bytearray(raw)
        changed[place] ^= 1
        assert refused(bytes(changed)).startswith("update."), place


def test_what_nobody_signed_is_refused() -> None:
    raw = write_release(RELEASE, KEY)
    assert refused(raw.partition(sshsig.BEGIN)[0]) == "update.unsigned"
    assert refused(raw, ()) == "update.no_keys"
    assert refused(raw, (b"x" * 32,)) == "update.foreign_key"
    assert refused(b"PK\x03\x04") == "update.not_one"
    assert refused(b"") == "update.not_one"
    assert refused(raw + b" " * (300 << 10)) == "update.not_one"
    assert refused(raw[:-5]) == "update.damaged"


def test_a_signature_for_another_purpose_is_worth_nothing() -> None:
    text = write_release(RELEASE, KEY).partition(sshsig.BEGIN)[0]
    assert refused(text + sshsig.make_signature(KEY, sshsig.Namespace.BUNDLE, text)) == "update.damaged"


@pytest.mark.parametrize("name", ["../evil", "a/b", "", ".hidden", "a\\b", "x" * 200])
def test_a_package_may_not_lie_elsewhere(name: str) -> None:
    with pytest.raises(Malformed):
        write_release(replace(RELEASE, packages=[replace(RELEASE.packages[0], name=name)]), KEY)


@pytest.mark.parametrize("version", ["1.2", "1.2.3.4", "1.2.x", "", "-1.2.3", "1.2.3\n"])
def test_a_version_is_three_numbers(version: str) -> None:
    with pytest.raises(Malformed):
        version_parts(version)
    assert version_parts("0.10.2") > version_parts("0.9.11")


def test_the_keys_that_are_believed_are_ones_of_openssh() -> None:
    line = sshsig.public_key_text(PUBLIC, "of a test")
    assert trusted_keys(f"# a comment\n\n{line}\n{line}\n") == (PUBLIC, PUBLIC)
    with pytest.raises(Malformed):
        trusted_keys("ssh-rsa AAAA")
    with pytest.raises(Malformed):
        trusted_keys(line.replace("AAAAC3", "AAAAC4"))
    trusted_keys(paths.resource("release-keys.txt").read_text(encoding="utf-8"))


def test_openssh_checks_the_same_signature(tmp_path: Path) -> None:
    text, sign, rest = write_release(RELEASE, KEY).partition(sshsig.BEGIN)
    (tmp_path / "signature").write_bytes(sign + rest)
    line = sshsig.public_key_text(PUBLIC)
    (tmp_path / "signers").write_text(f'releases namespaces="em-release@v1" {line}\n', encoding="utf-8")
    words = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "releases", "-n", "em-release@v1"]
    subprocess.run([*words, "-s", "signature"], cwd=tmp_path, input=text, check=True, capture_output=True)


def test_a_key_of_openssh_signs(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    kept = KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    key = load_ssh_private_key(kept, None)
    assert isinstance(key, Ed25519PrivateKey)
    assert write_release(RELEASE, key) == write_release(RELEASE, KEY)
