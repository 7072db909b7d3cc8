"""The starter of the unpacked program: it finds its version, and says plainly where the program cannot run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ethnomed_desktop.app.program_log import FILE, last_lines

FILES = Path(__file__).resolve().parent.parent / ".ci" / "installer" / "linux"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
LANGUAGES = {"kk_KZ.UTF-8": "Деректер", "ru_RU.UTF-8": "Данные", "en_GB.UTF-8": "data"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An unpacked package whose program prints what it was called with."""
    place = tmp_path / "folder with spaces"
    inside = place / "program-1.2.3"
    inside.mkdir(parents=True)
    text = (FILES / "start").read_text(encoding="utf-8").replace("@VERSION@", "1.2.3")
    _script(place / "ethnomed-desktop", text)
    _script(inside / "ethnomed-desktop", '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
    return place


def _script(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def _start(
    folder: Path, *words: str, language: str = "en_GB.UTF-8", display: str = "", **tools: str
) -> subprocess.CompletedProcess[str]:
    """Call the starter without a terminal where the named tools of the system answer what is given."""
    bench = folder.parent / "tools"
    shutil.rmtree(bench, ignore_errors=True)
    bench.mkdir()
    for name, said in {"uname": "x86_64", "getconf": "glibc 2.36", **tools}.items():
        _script(bench / name, f"#!/bin/sh\necho '{said}'\n")
    return subprocess.run(
        [folder / "ethnomed-desktop", *words],
        env={
            "PATH": f"{bench}:/usr/bin:/bin",
            "LANG": language,
            "HOME": str(folder.parent / "home"),
            "DISPLAY": display,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


def test_the_program_of_the_version_is_started_with_all_words(folder: Path) -> None:
    done = _start(folder, "--lang", "ru", "a file.emx")
    program = folder / "program-1.2.3" / "ethnomed-desktop"
    assert (done.returncode, done.stdout) == (0, f"{program}\n--lang\nru\na file.emx\n")


def test_it_may_be_called_through_a_link(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder / "ethnomed-desktop")
    done = subprocess.run([link], capture_output=True, text=True, check=True, timeout=20)
    assert done.stdout == f"{folder}/program-1.2.3/ethnomed-desktop\n"


@pytest.mark.parametrize("known", ["glibc 2.36", "glibc 2.41", "glibc 3.0"])
def test_a_system_that_is_new_enough_is_let_in(folder: Path, known: str) -> None:
    assert _start(folder, getconf=known).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("tools", "named"),
    [
        ({"uname": "aarch64"}, "aarch64"),
        ({"getconf": "glibc 2.31"}, "2.31"),
        ({"getconf": ""}, "2.36"),  # another C library
    ],
)
def test_a_computer_that_cannot_run_it_is_told_so_plainly(
    folder: Path, language: str, tools: dict[str, str], named: str
) -> None:
    done = _start(folder, language=language, **tools)
    assert done.returncode == 3
    assert done.stdout == ""
    assert named in done.stderr
    assert LANGUAGES[language] in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("portable", [False, True])
def test_what_was_refused_stands_in_the_log_by_its_code(folder: Path, portable: bool) -> None:
    logs = folder.parent / "home" / ".local" / "state" / "ethnomed-desktop" / "log"
    if portable:
        (folder / "portable.txt").touch()
        logs = folder / "data" / "logs"
    _start(folder, getconf="glibc 2.31")
    _start(folder, "Айгерім.emx", uname="aarch64")
    shutil.rmtree(folder / "program-1.2.3")
    _start(folder)
    lines = last_lines(logs, 10)
    assert [line.split()[1:3] for line in lines] == [
        ["refused", f"code=starter.{code}"] for code in ("glibc", "processor", "files_missing")
    ]
    assert all(datetime.fromisoformat(line.split()[0]).utcoffset() == timedelta(hours=5) for line in lines)
    assert all(line.isascii() and str(folder.parent.name) not in line for line in lines)
    assert (logs / FILE).stat().st_mode & 0o077 == 0
    assert (folder.parent / "home").exists() != portable  # a stick leaves nothing on the computer


def test_a_disk_that_refuses_the_log_loses_the_line_only(folder: Path) -> None:
    (folder.parent / "home").write_text("a file in the way", encoding="ascii")
    done = _start(folder, getconf="glibc 2.31")
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)


def test_a_package_that_was_half_unpacked_says_so(folder: Path) -> None:
    shutil.rmtree(folder / "program-1.2.3")
    done = _start(folder)
    assert done.returncode == 3
    assert "program-1.2.3" in done.stderr


def test_a_medium_from_which_nothing_starts_says_so(folder: Path) -> None:
    (folder / "program-1.2.3" / "ethnomed-desktop").chmod(0o644)
    done = _start(folder, language="ru_RU.UTF-8")
    assert done.returncode == 3
    assert "носителя" in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("library", "package"), [("libGL.so.1", "libgl1"), ("libEGL.so.1", "libegl1")])
def test_a_library_that_is_missing_is_told_in_a_box_where_nobody_reads_the_terminal(
    folder: Path, language: str, library: str, package: str
) -> None:
    known = "libGL.so.1 libEGL.so.1".replace(library, "libelse.so.1")
    box = folder.parent / "box"
    zenity = f'\'; printf %s "$3" >"{box}"; echo \''
    done = _start(folder, language=language, display=":none", ldconfig=known, zenity=zenity)
    assert done.returncode == 3
    assert package in done.stderr
    assert box.read_text(encoding="utf-8") == done.stderr.rstrip("\n")
    # Without a display the program itself is started, which may have to do with no window.
    assert _start(folder, language=language, ldconfig=known).returncode == 0


@pytest.mark.parametrize("known", ["libGL.so.1 libEGL.so.1", "exit"])
def test_where_the_libraries_are_or_nobody_knows_the_program_is_started(folder: Path, known: str) -> None:
    tools = {"ldconfig": known} if known != "exit" else {"ldconfig": "'; exit 1; echo '"}
    assert _start(folder, display=":none", **tools).returncode == 0
