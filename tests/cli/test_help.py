"""Help is complete in three languages, and no language leaks into another."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from ethnomed_desktop import cli as cli_room
from ethnomed_desktop.cli.commands import COMMANDS
from ethnomed_desktop.cli.main import SHARED
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

CLI = Path(cli_room.__file__).parent


def all_messages() -> list[str]:
    found = [option.help for option in SHARED]
    for command in COMMANDS:
        found += [command.help, *command.details, *(one.help for one in command.takes)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_help_is_translated(language: str) -> None:
    catalog = Catalog.load(language)
    for message in all_messages():
        assert message
        assert (catalog.gettext(message) == message) == (language == "en"), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_names_every_command_option_and_exit_code(nowhere, language: str) -> None:
    nowhere.language = language
    ended = nowhere("--help", as_json=False)
    assert ended.code == 0
    assert ended.err == ""
    for command in COMMANDS:
        assert f"\n  {command.name}" in ended.out
    for option in SHARED:
        assert f"\n  {option.flag}" in ended.out
    for code in range(6):
        assert re.search(rf"^  {code}  ", ended.out, re.MULTILINE)
    assert max(len(line) for line in ended.out.splitlines()) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(nowhere, language: str, command) -> None:
    nowhere.language = language
    ended = nowhere(*command.path, "--help", as_json=False)
    assert ended.code == 0
    flowing = " ".join(ended.out.split())
    for one in command.takes:
        assert one.metavar in ended.out
        assert " ".join(Catalog.load(language).gettext(one.help).split()) in flowing
    assert not nowhere.folder.exists()


def test_words_of_the_reader_itself_are_translated(nowhere) -> None:
    english = ("Usage", "Options", "Arguments", "Commands", "COMMAND", "Exit codes", "For every command")
    for language in ("kk", "ru"):
        nowhere.language = language
        said = nowhere("--help", as_json=False).out + nowhere("record", "list", "--help", as_json=False).out
        assert not [word for word in english if word in said]


def test_a_group_of_commands_helps_too(nowhere) -> None:
    ended = nowhere("record", "--help", as_json=False)
    assert "record add" in ended.out
    assert "vault create" not in ended.out
    without = nowhere("record", as_json=False)
    assert without.code == 2
    assert "record add" in without.err
    assert without.out == ""


def test_the_version(nowhere) -> None:
    assert nowhere("--version").json["version"] == "0.1.0"
    assert nowhere("--version", as_json=False).out == "Ethnomed Desktop 0.1.0\n"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LANG": "C"}, "kk"),
        ({"LANG": "de_DE.UTF-8"}, "kk"),
        ({}, "kk"),
    ],
)
def test_without_lang_the_language_is_that_of_the_system(call_plain, environment, language: str) -> None:
    ended = call_plain("nonsense", environment=environment)
    assert ended.code == 2
    assert (
        Catalog.load(language)
        .gettext("There is no command “{value}”. Nothing was changed. See --help.")
        .format(value="nonsense")
        in ended.err
    )


def test_an_unknown_language_is_refused(call_plain) -> None:
    assert call_plain("--lang", "de", "undo", environment={}).code == 2


def test_no_marked_word_hides_in_a_formatted_string() -> None:
    """Extraction does not look into f-strings: a word marked there would never be translated."""
    hidden = []
    for path in sorted(CLI.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.JoinedStr):
                continue
            for part in ast.walk(node):
                if isinstance(part, ast.Call) and getattr(part.func, "id", "") in {"_", "ngettext", "N_"}:
                    hidden.append(f"{path.name}:{part.lineno}")
    assert hidden == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_is_listed_shown_and_searched_without_a_vault(nowhere, language: str) -> None:
    nowhere.language = language
    listed = nowhere("help").json
    assert [one["page"] for one in listed][:2] == ["start", "incidents"]
    shown = nowhere("help", "vault", as_json=False)
    assert shown.code == 0
    assert "vault backup" in shown.out
    assert "**" not in shown.out
    assert max(len(line) for line in shown.out.splitlines()) <= 100
    assert [one["page"] for one in nowhere("help", "--search", "PostgreSQL").json] == ["protected"]
    assert not nowhere.folder.exists()


def test_a_page_that_is_not_there_is_named(nowhere) -> None:
    assert nowhere.refused("help", "nope", code=2) == "usage.unknown_page"
