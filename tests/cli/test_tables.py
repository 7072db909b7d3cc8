"""Spreadsheets through the command line: looked through, taken in, refused in words."""

from __future__ import annotations

import json

import pytest

CSV = "Тегі;Аты;Туған жылы\nӘлиев;Болат;1961\nКим;Вера;жас\n"
MAP = {"columns": {"Тегі": "surname", "Аты": "given_name", "Туған жылы": "birth_year"}}


@pytest.fixture
def files(tmp_path) -> tuple[str, str]:
    (tmp_path / "people.csv").write_bytes(CSV.encode("utf-8-sig"))
    (tmp_path / "map.json").write_text(json.dumps(MAP), encoding="utf-8")
    return str(tmp_path / "people.csv"), str(tmp_path / "map.json")


def test_a_preview_writes_nothing_and_names_the_cells_at_fault(cli, files) -> None:
    table, plan = files
    seen = cli("import", "table", table, "--kind", "person", "--map", plan, "--preview")
    assert seen.code == 0
    assert [one["line"] for one in seen.json["new"]] == [2]
    assert [(one["line"], one["column"], one["error"]) for one in seen.json["refused"]] == [
        (3, "Туған жылы", "whole.expected")
    ]
    assert cli("record", "list", "person").json["count"] == 0


@pytest.mark.parametrize(("language", "words"), [("kk", "3-жол"), ("ru", "Строка 3"), ("en", "Line 3")])
def test_a_preview_is_told_in_words(cli, files, language: str, words: str) -> None:
    cli.language = language
    table, plan = files
    assert words in cli("import", "table", table, "--kind", "person", "--map", plan, "--preview", as_json=False).out


def test_all_rows_or_none_unless_the_refused_are_left_out(cli, files) -> None:
    table, plan = files
    refused = cli("import", "table", table, "--kind", "person", "--map", plan)
    assert (refused.code, refused.json["error"], refused.json["facts"]["line"]) == (1, "table.rows_refused", 3)
    assert cli("record", "list", "person").json["count"] == 0
    taken = cli("import", "table", table, "--kind", "person", "--map", plan, "--leave-refused")
    assert (taken.code, len(taken.json["records"])) == (0, 1)
    assert len(list((cli.folder / "backups").glob("before-import-*.emb"))) == 1
    again = cli("import", "table", table, "--kind", "person", "--map", plan, "--leave-refused")
    assert (again.code, again.json["error"]) == (1, "table.nothing_new")
    assert "table.taken_in" in [one["action"] for one in cli("audit", "list").json["entries"]]
    assert cli("undo").json["undone"] == "record"
    assert cli("record", "list", "person").json["count"] == 0


@pytest.mark.parametrize(
    ("more", "code", "error"),
    [
        (["--kind", "nobody"], 2, "kind.unknown"),
        ([], 2, "usage.missing_argument"),
        (["--kind", "incident"], 1, "table.nothing_fits"),
    ],
)
def test_wrong_calls_are_told_apart(cli, files, more: list[str], code: int, error: str) -> None:
    ended = cli("import", "table", files[0], *more)
    assert (ended.code, ended.json["error"]) == (code, error)


def test_a_map_may_stand_in_a_batch_as_it_is(cli, files) -> None:
    line = {"command": "import table", "args": {"file": files[0], "kind": "person", "map": MAP, "preview": True}}
    ended = cli("batch", stdin=json.dumps(line))
    assert ended.lines[0]["result"]["known"] == 0
