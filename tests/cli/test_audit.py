"""The audit trail on the command line: read page by page, verified, in three languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ethnomed_desktop.i18n.catalogs import LANGUAGES
from tests.cli.conftest import Cli


def store_of(cli: Cli) -> Path:
    return next(cli.folder.rglob("store.db"))


def test_it_is_listed_page_by_page(cli: Cli) -> None:
    first = cli("audit", "list", "--limit", "1").json
    assert len(first["entries"]) == 1
    assert first["before"] == first["entries"][0]["number"]
    rest = cli("audit", "list", "--before", str(first["before"])).json
    assert [one["number"] for one in rest["entries"]] == list(range(first["before"] - 1, 0, -1))
    assert rest["entries"][-1]["action"] == "vault.created"
    assert rest["before"] is None
    assert "vault.opened" in {one["action"] for one in rest["entries"]}


@pytest.mark.parametrize("wrong", [("--limit", "0"), ("--limit", "5000"), ("--before", "x"), ("--before", "0")])
def test_impossible_numbers_are_refused(cli: Cli, wrong: tuple[str, str]) -> None:
    assert cli.refused("audit", "list", *wrong, code=2).startswith("usage.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_stands_in_it_in_words(cli: Cli, language: str) -> None:
    cli.language = language
    right, cli.environment = cli.environment, {"ETHNOMED_PASSPHRASE": "мүлде басқа бес сөз осында"}
    assert cli("audit", "list").code == 3
    cli.environment = right
    failed = [one for one in cli("audit", "list").json["entries"] if one["action"] == "unlock.failed"]
    assert failed
    assert failed[0]["alarming"]
    assert failed[0]["who"] is None
    assert failed[0]["words"] in cli("audit", "list", as_json=False).out


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_older_store_put_back_is_said_once_and_for_all(cli: Cli, tmp_path: Path, language: str) -> None:
    cli.language = language
    assert cli("audit", "verify").code == 0
    shutil.copyfile(store_of(cli), tmp_path / "older.db")
    cli.add("incident", settlement="Масанчи", what_happened="Су")
    shutil.copyfile(tmp_path / "older.db", store_of(cli))
    ended = cli("audit", "verify")
    assert ended.code == 3
    assert {one["code"]: one["sound"] for one in ended.json["findings"]} == {
        "audit": True,
        "newest": False,
        "keys": True,
    }
    assert "vault.rolled_back" in {one["action"] for one in cli("audit", "list").json["entries"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_written_into_a_readable_file(cli: Cli, tmp_path: Path, language: str) -> None:
    cli.language = language
    cli.add("incident", settlement="Масанчи", what_happened="Су")
    target = tmp_path / "all.jsonl"
    ended = cli("vault", "export", str(target))
    assert ended.code == 0
    assert ended.json["records"] == sum('"record":' in line for line in target.read_text("utf-8").splitlines())
    assert str(target) in ended.err
    assert cli.refused("vault", "export", str(tmp_path)) == "output.is_folder"
