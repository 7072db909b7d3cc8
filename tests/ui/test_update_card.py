"""Settings, update from a file: looked at first, backed up, put in place; refusals in words."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import updates
from tests.app.releases import KEYS, here, lay_out, stick


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program unpacked by a person that believes the keys of the tests."""
    place = lay_out(tmp_path / "program", "0.1.0")
    monkeypatch.setattr(updates, "installed", lambda: here(place))
    monkeypatch.setattr(updates, "release_keys", lambda: KEYS)
    return place


def card(desk: Any, language: str = "en") -> Any:
    desk.unlocked(language)
    desk.window.act("update")
    desk.settle()
    assert desk.work.section == "settings"
    return desk.work.page("settings").updates


def version(folder: Path) -> str:
    done = subprocess.run([folder / "ethnomed-desktop"], capture_output=True, text=True, check=True, timeout=20)
    return done.stdout.split()[-1]


@pytest.mark.parametrize(("language", "news"), [("kk", "Жаңалық"), ("ru", "Новое"), ("en", "New things")])
def test_what_is_new_is_shown_before_anything_is_changed(
    desk: Any, folder: Path, tmp_path: Path, language: str, news: str
) -> None:
    page = card(desk, language)
    assert page.news.isHidden()
    assert page.go.isHidden()
    page.look(stick(tmp_path / "stick"))
    desk.settle()
    assert news in page.news.text()
    assert "0.9.0" in page.news.text()
    assert not page.go.isHidden()
    assert page.line.isHidden()
    assert version(folder) == "0.1.0"


def test_it_is_backed_up_and_put_in_place(desk: Any, folder: Path, tmp_path: Path) -> None:
    page = card(desk)
    page.look(stick(tmp_path / "stick"))
    desk.settle()
    page.go.click()
    desk.settle()
    assert version(folder) == "0.9.0"
    assert "ethnomed-desktop-0.1.0" in page.messages.label.text()
    assert page.go.isHidden()
    kept = [path.name for path in desk.work.session.ctx.vault.folder.backups.glob("before-0.9.0-*.emb")]
    assert len(kept) == 1


def test_a_file_that_is_not_genuine_is_refused_in_words(desk: Any, folder: Path, tmp_path: Path) -> None:
    page = card(desk)
    file = stick(tmp_path / "stick")
    page.look(file)
    desk.settle()
    file.write_bytes(file.read_bytes().replace(b"0.9.0", b"0.9.1"))
    page.look(file)
    desk.settle()
    assert "changed after it was signed" in page.messages.label.text()
    assert page.go.isHidden()
    assert page.choose.isEnabled()
    assert version(folder) == "0.1.0"


@pytest.mark.parametrize(
    ("language", "told"), [("kk", "кілті әлі жоқ"), ("ru", "нет ключа"), ("en", "no key of its makers")]
)
def test_a_version_without_a_key_says_that_it_believes_nothing(
    desk: Any, folder: Path, tmp_path: Path, language: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told not in card(desk, language).explain.text()
    monkeypatch.setattr(updates, "release_keys", tuple)
    page = desk.work.page("settings").updates
    page.retranslate()
    assert told in page.explain.text()
    page.look(stick(tmp_path / "stick"))
    desk.settle()
    assert page.go.isHidden()
    assert page.messages.label.text()
    assert version(folder) == "0.1.0"


def test_an_administrators_package_shows_the_line(
    desk: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "installed", lambda: here(folder, "deb"))
    page = card(desk)
    page.look(stick(tmp_path / "stick", kinds=("deb",)))
    desk.settle()
    assert page.line.text() == f"sudo apt-get install {tmp_path}/stick/0.9.0.deb"
    assert page.go.isHidden()
    desk.window.use_language("ru")
    desk.settle()
    assert "администратор" in page.news.text()
