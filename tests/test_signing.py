"""Signing a release: the packages in a folder, a key from outside, what is new in three languages."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from ethnomed_desktop.exchange.releases import read_release, trusted_keys
from tests.app.releases import pack
from tests.conftest import load_script

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def sign() -> ModuleType:
    """The script that signs."""
    return load_script(ROOT / ".ci" / "installer" / "sign.py")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """A private key of this test alone."""
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True, timeout=20)
    return path


def test_the_packages_are_signed_with_the_key_given(sign: ModuleType, key: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "ethnomed-desktop-1.2.3-linux-x86_64.tar.xz").write_bytes(pack("tar", "1.2.3"))
    (folder / "ethnomed-desktop-1.2.3-portable-linux-x86_64.zip").write_bytes(pack("portable", "1.2.3"))
    (folder / "SHA256SUMS").write_text("", encoding="ascii")
    assert sign.main([str(folder), "--key", str(key)]) == 0
    keys = trusted_keys(key.with_suffix(".pub").read_text(encoding="ascii"))
    release = read_release((folder / "ethnomed-desktop-1.2.3.update").read_bytes(), keys)
    assert (release.version, {one.kind for one in release.packages}) == ("1.2.3", {"tar", "portable"})
    assert all(one.unpacked > 5000 for one in release.packages)
    assert all(release.notes[language] for language in ("kk", "ru", "en"))


def test_packages_of_two_versions_are_not_signed_as_one(
    sign: ModuleType, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for version in ("1.2.3", "1.2.4"):
        (tmp_path / f"ethnomed-desktop-{version}-linux-x86_64.tar.xz").write_bytes(pack("tar", version))
    assert sign.main([str(tmp_path), "--key", str(key)]) == 1
    assert "1.2.3, 1.2.4" in capsys.readouterr().err


def test_notes_in_two_languages_are_refused(sign: ModuleType, tmp_path: Path) -> None:
    notes = tmp_path / "notes.toml"
    notes.write_text('kk = ["Жаңа"]\nru = ["Новое"]\n', encoding="utf-8")
    with pytest.raises(sign.Refused, match="en"):
        sign.notes_of(notes)


def test_no_private_key_lies_in_the_repository() -> None:
    listed = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=True).stdout
    marks = (b"PRIVATE " + b"KEY-----", b"openssh-" + b"key-v1")
    found = [name for name in listed.splitlines() if any(mark in (ROOT / name).read_bytes() for mark in marks)]
    assert found == []
