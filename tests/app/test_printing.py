"""Pages by their numbers, printers that do not print, and what is remembered for the next time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import print_memory, printing
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.print_memory import PrintChoices
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.store import schema

Add = Callable[..., Recorded]


@pytest.fixture
def meeting(add: Add) -> bytes:
    return bytes(add("meeting", starts="2026-11-20T10:00", heading="Ағын су туралы").uid)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", ()),
        (" ", ()),
        ("1", (1,)),
        ("1-3", (1, 2, 3)),
        ("2, 1", (1, 2)),
        ("1–2;4", (1, 2, 4)),
        ("3 - 5, 4", (3, 4, 5)),
    ],
)
def test_pages_are_named_as_people_name_them(text: str, pages: tuple[int, ...]) -> None:
    assert printing.page_numbers(text, 5) == pages


@pytest.mark.parametrize("text", ["0", "6", "3-2", "1-6", "a", "-1", "1-", "1.2", "999999"])
def test_pages_that_are_not_there_are_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        printing.page_numbers(text, 5)
    assert (refused.value.code, refused.value.facts["pages"]) == ("print.wrong_pages", 5)


def service(folder: Path, monkeypatch: pytest.MonkeyPatch, state: str, *, lp: str = "exit 0") -> None:
    """Put a print service first on the path that says ``state`` of every printer."""
    (folder / "state").write_text(state, encoding="utf-8")
    for name, script in (("lp", f'echo "$@" > "{folder}/arguments"\n{lp}'), ("lpstat", f'cat "{folder}/state"')):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("printer office is idle.  enabled since Fri\n\tAlerts: none\n", None),
        (
            "printer office now printing office-7.  enabled since Fri\n\tAlerts: media-empty-error\n",
            "print.no_paper",
        ),
        ("printer office is idle.\n\tAlerts: media-jam-error cover-open\n", "print.jam"),
        ("printer office is idle.\n\tAlerts: offline-report\n", "print.offline"),
        ("printer office disabled since Fri -\n\treason unknown\n", "print.stopped"),
        ("", None),
    ],
)
def test_a_printer_that_does_not_print_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, code: str | None
) -> None:
    service(tmp_path, monkeypatch, state)
    trouble = printing.printer_trouble("office")
    assert (trouble.code if trouble else None) == code
    for language in LANGUAGES if trouble else ():
        assert "office" in sentence(trouble, Catalog.load(language))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "code"),
    [("lp: The printer or class does not exist.", "print.printer_gone"), ("lp: Bad Request", "print.refused")],
)
def test_a_printer_that_is_gone_is_told_from_one_that_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: str
) -> None:
    service(tmp_path, monkeypatch, "", lp=f'cat > /dev/null; echo "{said}" >&2; exit 1')
    with pytest.raises(UserError) as refused:
        printing.print_by_lp(b"%PDF", "office", 1, "Minutes")
    assert (refused.value.code, refused.value.facts["printer"]) == (code, "office")


def test_only_the_chosen_pages_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service(tmp_path, monkeypatch, "", lp="cat > /dev/null")
    printing.print_by_lp(b"%PDF", "office", 2, "Minutes", (1, 3))
    assert "-P 1,3" in (tmp_path / "arguments").read_text(encoding="utf-8")
    printing.print_by_lp(b"%PDF", "office", 2, "Minutes")
    assert "-P" not in (tmp_path / "arguments").read_text(encoding="utf-8")


def test_choices_are_remembered_for_the_body(council: AppContext, add: Add, meeting: bytes) -> None:
    assert print_memory.remembered(council, meeting) == PrintChoices()
    chosen = PrintChoices("kk|ru", "short", 12, "copy", False, "office")
    print_memory.remember(council, meeting, chosen)
    later = bytes(add("meeting", starts="2026-11-21T10:00").uid)
    assert print_memory.remembered(council, later) == chosen


def test_an_extract_is_asked_for_anew_each_time(council: AppContext, meeting: bytes) -> None:
    print_memory.remember(council, meeting, PrintChoices("ru", "extract"))
    assert print_memory.remembered(council, meeting).form == "full"


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"size": 3}', '{"watermark": "x", "sign": 1, "language": "ru"}'])
def test_what_cannot_be_read_is_passed_over(council: AppContext, meeting: bytes, kept: str) -> None:
    print_memory.remember(council, meeting, PrintChoices("ru", size=12))
    with council.vault.store.database.writing() as connection:
        name = connection.exec_driver_sql("SELECT name FROM meta WHERE name LIKE 'print:%'").scalar_one()
        schema.set_meta(connection, str(name), kept)
    found = print_memory.remembered(council, meeting)
    assert (found.size, found.watermark, found.sign) == (14, "auto", True)
