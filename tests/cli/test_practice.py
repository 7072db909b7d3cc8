"""The practice council, and the walk that ``make run`` takes without a display."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ethnomed_desktop.app.documents import read_back
from ethnomed_desktop.app.practice import PASSPHRASE
from ethnomed_desktop.cli.walk_texts import TEXTS
from ethnomed_desktop.i18n.catalogs import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_walk_does_the_main_job_and_leaves_its_papers(nowhere, language: str) -> None:
    nowhere.language = language
    nowhere.now = None
    ended = nowhere("practice", "run", as_json=False)
    assert ended.code == 0, ended
    steps = ended.out.splitlines()
    assert [line.split(".")[0] for line in steps[:-1]] == [str(number) for number in range(1, 13)]
    papers = nowhere.folder / "papers"
    assert str(papers) in steps[-1]
    assert sorted(file.name for file in papers.iterdir()) == [
        *("minutes-en.pdf", "minutes-kk-beside-ru.pdf", "minutes-kk-ru.pdf", "minutes-kk.pdf", "minutes-ru.pdf")
    ]
    for file in papers.iterdir():
        assert TEXTS[language]["decision"] in read_back(file.read_bytes())
    assert sorted(path.name for path in nowhere.folder.iterdir()) == ["papers"], "the council itself is gone"
    again = nowhere("practice", "run")
    assert again.code == 0
    assert again.json["files"][-1] == "minutes-kk-beside-ru.pdf"


def test_the_practice_council_opens_with_the_password_everyone_knows(nowhere) -> None:
    made = nowhere("practice", "create").json
    assert made["passphrase"] == PASSPHRASE
    nowhere.environment["ETHNOMED_PASSPHRASE"] = PASSPHRASE
    assert nowhere("record", "list", "incident").json["count"] > 0
    assert nowhere.refused("practice", "create", code=3) == "vault.exists"


def test_the_clock_of_practice_may_stand(nowhere) -> None:
    params, nowhere.params = nowhere.params, None
    nowhere.now = "2026-12-31T23:00+05:00"
    assert nowhere("practice", "create").code == 0
    nowhere.environment["ETHNOMED_PASSPHRASE"] = PASSPHRASE
    made = nowhere.add("incident", settlement="A", what_happened="b")
    assert nowhere("record", "show", made["id"]).json["fields"]["happened"] == "2026-12-31"
    assert params is not None


def test_the_clock_of_a_real_council_may_not(cli) -> None:
    from ethnomed_desktop.cli.session import Session

    real = property(lambda _session: False)
    original = Session.in_test
    try:
        Session.in_test = real  # type: ignore[method-assign,assignment]
        assert cli.refused("record", "list", "incident", code=2) == "usage.practice_only"
    finally:
        Session.in_test = original  # type: ignore[method-assign]


def test_with_a_display_the_window_opens_on_the_practice_council(nowhere) -> None:
    opened: list[object] = []

    def window(folder: Path | None, language: str, clock: object) -> int:
        opened.extend((folder, language, clock))
        return 7

    nowhere.window = window
    nowhere.now = None
    nowhere.environment["DISPLAY"] = ":99"
    for _turn in range(2):
        assert nowhere("practice", "run").code == 7
    assert opened == [nowhere.folder, "en", None] * 2
    nowhere.language = ""
    assert nowhere("practice", "run").code == 7
    assert opened[-2] == "", "the window opens in the language that was chosen there"
    assert (nowhere.folder / "keys.json").exists()


def test_without_a_command_the_window_opens_where_there_is_a_display(nowhere) -> None:
    opened: list[object] = []

    def window(folder: Path | None, language: str, clock: object) -> int:
        opened.append(folder)
        return 0

    nowhere.window = window
    nowhere.now = None
    ended = nowhere(as_json=False)
    if sys.platform.startswith("linux"):
        assert ended.code == 2
        assert "no display" in ended.err
        assert opened == []
    nowhere.environment["WAYLAND_DISPLAY"] = "wayland-0"
    assert nowhere(as_json=False).code == 0
    assert opened[-1] == nowhere.folder


# --- as a process -------------------------------------------------------------------------------


def process(*words: str, folder: Path, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Call the program as a person would, without a display and in a poor environment."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY", "LANG"}
    }
    environment |= {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "HOME": str(folder), **variables}
    return subprocess.run(
        [sys.executable, "-m", "ethnomed_desktop", *words],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )


def test_streams_are_utf8_whatever_the_system_thinks(tmp_path: Path) -> None:
    done = process("--lang", "kk", "record", "fields", "incident", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Ауырлық деңгейі" in done.stdout.decode("utf-8")


def test_files_are_the_owners_alone_and_commands_work_across_processes(tmp_path: Path) -> None:
    data = ("--data-dir", str(tmp_path / "d"), "--lang", "ru", "--json")
    assert process(*data, "practice", "create", folder=tmp_path).returncode == 0
    for file in (tmp_path / "d").rglob("*"):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file
    given = '{"surname": "Өтегенов"}'.encode()
    words = (*data, "record", "add", "person", "--from", "-")
    done = process(*words, folder=tmp_path, stdin=given, ETHNOMED_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    found = process(*data, "search", "өтегенов", folder=tmp_path, ETHNOMED_PASSPHRASE=PASSPHRASE)
    assert "Өтегенов" in found.stdout.decode("utf-8")


def test_a_reader_that_has_enough_is_no_fault(tmp_path: Path) -> None:
    command = f"{sys.executable} -m ethnomed_desktop --lang en record fields --json | head -c 20"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_full_disk_behind_the_answer_is_said_in_words() -> None:
    command = f"{sys.executable} -m ethnomed_desktop --lang en record fields > /dev/full"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("The disk is full.")
    assert len(done.stderr.splitlines()) == 1


def test_no_headless_command_imports_qt(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom ethnomed_desktop.__main__ import main\n"
        "codes = [main(words.split()) for words in sys.argv[1:]]\n"
        "qt = [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]\n"
        "print(codes, qt, file=sys.stderr)\n"
    )
    data = f"--data-dir {tmp_path / 'd'} --quiet --lang en"
    calls = [
        *("--help", "--version", "record kinds", f"{data} practice create", f"{data} record list incident"),
        *(f"{data} vault check", f"{data} search water", f"--data-dir {tmp_path / 'w'} --lang en practice run"),
        f"{data} batch",
    ]
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code, *calls],
        cwd=ROOT,
        input=b"",
        capture_output=True,
        env={**environment, "ETHNOMED_PASSPHRASE": PASSPHRASE},
        timeout=120,
        check=False,
    )
    assert done.stderr.decode().splitlines()[-1] == f"{[0] * len(calls)} []", done.stderr.decode()


def test_describing_fields_loads_no_store(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom ethnomed_desktop.__main__ import main\nmain(['record', 'fields'])\n"
        "print([name for name in ('sqlalchemy', 'reportlab', 'argon2') if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.stderr.decode().strip() == "[]"


def test_the_self_test_says_ok(tmp_path: Path) -> None:
    done = process("--self-test", "--lang", "en", folder=tmp_path, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode("utf-8").splitlines()
    assert len([line for line in lines if line.startswith("ok  ")]) == 21
    assert lines[-1] == "Everything works here."
