"""The problem report and the log: what helps to find a fault, and never a name, a text or a path."""

from __future__ import annotations

import getpass
import os
import platform
from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.crash_notes import record_crash
from ethnomed_desktop.app.problem_report import problem_report, save_report
from ethnomed_desktop.app.program_log import FILE, KEPT_FILES, MOST_BYTES, last_lines, note_event
from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

CANARY = "қарабұлтаспан"


def places_of(council: AppContext) -> paths.Places:
    return paths.places(data=council.vault.folder.root)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_council_stands_in_it(
    council: AppContext, add: Callable[..., object], language: str
) -> None:
    add("person", surname=CANARY, given_name="Айгерім")
    places = places_of(council)
    try:
        raise ValueError(f"{CANARY} in a message")
    except ValueError as error:
        reference = record_crash(error, places.logs / "crashes")
    note_event(places.logs, "window.opened", version="0.1.0")
    said = problem_report(places, Catalog.load(language), {"qt": "6.11"})
    assert reference in said
    assert "window.opened version=0.1.0" in said
    assert "store.db" in said
    assert "test_problem_report.py" in said  # where it happened
    forbidden = [
        CANARY,
        "Айгерім",
        "Раушан",
        "Сейітова",
        str(places.data),
        places.data.parent.name,
        platform.node(),
    ]
    assert [word for word in (*forbidden, f"/{getpass.getuser()}/") if word in said] == []


def test_it_is_made_where_there_is_nothing_yet(tmp_path: Path) -> None:
    said = problem_report(paths.places(data=tmp_path / "none" / "yet"), Catalog.load("en"))
    assert "backups: 0" in said
    assert not (tmp_path / "none").exists()


def test_it_is_written_whole_or_refused_in_words(tmp_path: Path) -> None:
    save_report("мәтін\n", tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "мәтін\n"
    with pytest.raises(StorageError):
        save_report("мәтін\n", tmp_path / "nowhere" / "report.txt")


@pytest.mark.parametrize("wrong", ["Айгерім", "two words", "", "/home/somebody", "Name", "x" * 61, "line\nline"])
def test_a_name_or_a_text_never_comes_into_the_log(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError, match="codes and numbers"):
        note_event(tmp_path, "event", fact=wrong)
    with pytest.raises(ValueError, match="codes and numbers"):
        note_event(tmp_path, wrong)
    assert list(tmp_path.iterdir()) == []


def test_the_log_stays_small(tmp_path: Path) -> None:
    for number in range(KEPT_FILES + 2):
        with (tmp_path / FILE).open("a", encoding="ascii") as file:
            file.write("x" * MOST_BYTES + "\n")
        note_event(tmp_path, "event", number=number)
    assert len(list(tmp_path.iterdir())) == KEPT_FILES
    assert last_lines(tmp_path, 1)[0].endswith(f"number={KEPT_FILES + 1}")
    if os.name == "posix":
        assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_disk_that_refuses_loses_the_line_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    note_event(tmp_path / "file" / "logs", "event")
    assert last_lines(tmp_path / "file" / "logs", 5) == []
