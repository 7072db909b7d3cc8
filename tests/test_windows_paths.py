"""Where things lie on Windows, by Windows' own rules of paths; nothing here runs on Windows itself."""

from __future__ import annotations

import importlib
import re
from pathlib import Path, PureWindowsPath
from types import ModuleType

import pytest
from platformdirs.windows import Windows, get_win_folder_from_env_vars

from ethnomed_desktop.domain.attachments import clean_name
from ethnomed_desktop.paths import PROGRAM
from tests.conftest import load_script

ROOT = Path(__file__).resolve().parent.parent
LOCAL = PureWindowsPath(r"C:\Users\Айгерім Әлиева\AppData\Local")


@pytest.fixture(scope="module")
def windows() -> ModuleType:
    """The stages of the package for Windows."""
    load_script(ROOT / "build_installer.py")
    return importlib.import_module("installer.windows")


def test_the_data_lie_in_the_local_folder_that_the_uninstaller_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.windows.get_win_folder", get_win_folder_from_env_vars)
    monkeypatch.setenv("LOCALAPPDATA", str(LOCAL))
    monkeypatch.setenv("APPDATA", str(LOCAL.parent / "Roaming"))
    places = Windows(PROGRAM, appauthor=False, roaming=False)
    found = [PureWindowsPath(one) for one in (places.user_data_dir, places.user_config_dir, places.user_log_dir)]
    assert all(path.is_relative_to(LOCAL / PROGRAM) for path in found)
    assert not any("Roaming" in path.parts for path in found)
    script = (ROOT / ".ci" / "installer" / "windows_setup" / "setup.nsi").read_text(encoding="utf-8")
    named = set(re.findall(r"\$LOCALAPPDATA\\([\w-]+)\"", script))
    assert named == {PROGRAM}


def test_the_program_never_lies_among_the_data() -> None:
    script = (ROOT / ".ci" / "installer" / "windows_setup" / "setup.nsi").read_text(encoding="utf-8")
    match = re.search(r'^InstallDir "\$LOCALAPPDATA\\(.+)"$', script, re.MULTILINE)
    assert match is not None
    program, data = LOCAL / match[1], LOCAL / PROGRAM
    assert not program.is_relative_to(data)
    assert not data.is_relative_to(program)
    removed = set(re.findall(r'RMDir (?:/r )?"\$INSTDIR\\?([^"]*)"', script))
    assert removed == {"app", "python", "python.old", "licences", ""}


@pytest.mark.parametrize(
    "name", ["NUL", "app/aux.py", "app/a:b", "app/ends ", "app/ends.", "app/" + "x" * 200, "app/what?"]
)
def test_names_that_windows_does_not_take_stop_the_build(windows: ModuleType, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch()
    assert windows.unfit(tmp_path) == [name]


def test_names_that_differ_by_capitals_only_stop_the_build(windows: ModuleType, tmp_path: Path) -> None:
    for name in ("Тау.txt", "тау.txt", "other.txt"):
        (tmp_path / name).touch()
    assert windows.unfit(tmp_path) == ["тау.txt"]


def test_our_own_files_can_lie_on_windows(windows: ModuleType) -> None:
    for folder in ("ethnomed_desktop", "resources", "translations"):
        assert windows.unfit(ROOT / folder) == []


@pytest.mark.parametrize(
    "given", [r"C:\Users\somebody\Desktop\photo.jpg", r"\\server\share\photo.jpg", "photo.jpg. "]
)
def test_a_name_given_on_windows_is_cut_down_to_its_last_part(given: str) -> None:
    assert clean_name(given) == "photo.jpg"
