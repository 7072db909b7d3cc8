"""Where files lie: in a checkout, beside the program on a stick, in a folder named by the caller."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ethnomed_desktop import paths


def test_resources_and_catalogs_are_found() -> None:
    assert (paths.resource("fonts") / "Tinos-Regular.ttf").is_file()
    assert paths.catalog_file("kk").is_file()


def test_a_frozen_program_looks_into_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("resources", "translations"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    paths.share_dir.cache_clear()
    try:
        assert paths.share_dir() == tmp_path
    finally:
        monkeypatch.undo()
        paths.share_dir.cache_clear()


@pytest.mark.parametrize(("inside", "seen"), [("program-1.2.3", "."), ("lib", "lib")])
def test_the_starter_of_a_frozen_program_is_what_a_person_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str, seen: str
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / inside / "ethnomed-desktop"))
    assert paths.program_dir() == (tmp_path / seen).resolve()


def test_an_incomplete_installation_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_candidates", lambda: [Path("nowhere")])
    paths.share_dir.cache_clear()
    try:
        with pytest.raises(FileNotFoundError, match="install it again"):
            paths.share_dir()
    finally:
        monkeypatch.undo()
        paths.share_dir.cache_clear()


def test_portable_keeps_everything_beside_the_program(tmp_path: Path) -> None:
    (tmp_path / "portable.txt").touch()
    found = paths.places(tmp_path)
    assert found.portable
    assert all(path.is_relative_to(tmp_path) for path in (found.data, found.settings, found.logs))


def test_a_named_folder_holds_everything(tmp_path: Path) -> None:
    found = paths.places(data=tmp_path)
    assert (found.data, found.portable) == (tmp_path, False)
    assert found.settings.parent == found.logs.parent == tmp_path


def test_otherwise_the_folders_of_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    found = paths.places(tmp_path)
    assert found.data.name == "ethnomed-desktop"
    assert not found.portable
    assert not found.data.exists()
