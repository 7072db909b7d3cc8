"""``update``: what is said, what is backed up, what is put in place, what the refusals are."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ethnomed_desktop.app import update_install, updates
from ethnomed_desktop.i18n.catalogs import LANGUAGES
from tests.app.releases import KEYS, NOTES, here, lay_out, stick
from tests.cli.conftest import Cli


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program unpacked by a person that believes the keys of the tests."""
    place = lay_out(tmp_path / "program", "0.1.0")
    monkeypatch.setattr(updates, "installed", lambda: here(place))
    monkeypatch.setattr(updates, "release_keys", lambda: KEYS)
    return place


def version(folder: Path) -> str:
    done = subprocess.run([folder / "ethnomed-desktop"], capture_output=True, text=True, check=True, timeout=20)
    return done.stdout.split()[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_looking_changes_nothing(nowhere: Cli, folder: Path, tmp_path: Path, language: str) -> None:
    nowhere.language = language
    nowhere.now = None
    file = str(stick(tmp_path / "stick"))
    said = nowhere("update", file, "--check").json
    assert (said["version"], said["installed_version"], said["installed"]) == ("0.9.0", "0.1.0", False)
    assert said["notes"] == NOTES[language]
    text = nowhere("update", file, "--check", as_json=False).out
    assert NOTES[language][0] in text
    assert "0.9.0" in text
    assert version(folder) == "0.1.0"
    assert not nowhere.folder.exists()


def test_the_records_are_backed_up_and_the_version_is_put_in_place(cli: Cli, folder: Path, tmp_path: Path) -> None:
    said = cli("update", str(stick(tmp_path / "stick"))).json
    assert (said["installed"], version(folder)) == (True, "0.9.0")
    assert Path(said["backup"]).is_file()
    assert Path(said["kept"]).name == "ethnomed-desktop-0.1.0"
    assert cli("vault", "check").code == 0


def test_without_the_password_nothing_is_installed(cli: Cli, folder: Path, tmp_path: Path) -> None:
    cli.environment = {"ETHNOMED_PASSPHRASE": "мүлде басқа бес сөз осында"}
    file = str(stick(tmp_path / "stick"))
    assert cli.refused("update", file, code=3) == "vault.wrong_passphrase"
    assert version(folder) == "0.1.0"
    said = cli("update", file, "--without-backup").json
    assert (said["installed"], said["backup"], version(folder)) == (True, None, "0.9.0")


def test_an_administrators_package_is_left_to_the_administrator(
    nowhere: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere.now = None
    monkeypatch.setattr(updates, "installed", lambda: here(folder, "deb"))
    said = nowhere("update", str(stick(tmp_path / "stick", kinds=("deb",)))).json
    assert said["line"] == f"sudo apt-get install {tmp_path}/stick/0.9.0.deb"
    assert (said["installed"], version(folder)) == (False, "0.1.0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_genuine_is_refused_in_words(
    nowhere: Cli, folder: Path, tmp_path: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere.language = language
    nowhere.now = None
    file = stick(tmp_path / "stick")
    monkeypatch.setattr(updates, "release_keys", lambda: (b"x" * 32,))
    assert nowhere.refused("update", str(file)) == "update.foreign_key"
    monkeypatch.setattr(updates, "release_keys", tuple)
    assert nowhere.refused("update", str(file)) == "update.no_keys"
    file.write_text("{}", encoding="utf-8")
    assert nowhere.refused("update", str(file)) == "update.unsigned"
    assert nowhere.refused("update", str(tmp_path / "none.update")) == "storage.gone"
    assert version(folder) == "0.1.0"


def test_what_was_refused_stands_in_the_problem_report(cli: Cli, folder: Path, tmp_path: Path) -> None:
    file = stick(tmp_path / "stick")
    file.write_text("{}", encoding="utf-8")
    assert cli.refused("update", str(file)) == "update.unsigned"
    said = cli("problem-report", as_json=False).out
    assert "refused code=update.unsigned at=update exit=1" in said
    assert str(tmp_path) not in said


def test_too_little_room_is_told_before_anything_is_backed_up(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(stick(tmp_path / "stick"))
    monkeypatch.setattr(update_install, "_SPARE_BYTES", 1 << 60)
    assert cli.refused("update", file) == "update.no_room"
    assert list(cli.folder.rglob("before-*.emb")) == []
    assert version(folder) == "0.1.0"
