"""What a person or a broken program may give: everything is kept as it should be, or refused in plain words."""

from __future__ import annotations

import json
import os

import pytest

from ethnomed_desktop.cli import input_files
from ethnomed_desktop.i18n.catalogs import LANGUAGES

BROKEN = [
    ("latin-1 bytes", b'{"surname": "\xc4\xe5"}', "input.not_utf8"),
    ("utf-16", '{"surname": "Ә"}'.encode("utf-16"), "input.byte_order_mark"),
    ("byte order mark", b'\xef\xbb\xbf{"surname": "A"}', "input.byte_order_mark"),
    ("nothing", b"", "input.empty"),
    ("blank lines", b"\n \n", "input.empty"),
    ("an empty list", b"[]", "input.empty"),
    ("no JSON", b"surname: A", "input.not_json"),
    ("half an object", b'{"surname": "A"', "input.not_json"),
    ("a broken second line", b'{"surname": "A"}\n{"surname": \n', "input.not_json"),
    ("two objects on a line", b'{"surname": "A"} {"surname": "B"}', "input.not_json"),
    ("a text", b'"surname"', "input.wrong_shape"),
    ("a number", b"5", "input.wrong_shape"),
    ("nothing at all", b"null", "input.wrong_shape"),
    ("a list of texts", b'["surname"]', "input.wrong_shape"),
    ("a list within lines", b'{"surname": "A"}\n["B"]', "input.wrong_shape"),
    ("a double key", b'{"surname": "A", "surname": "B"}', "input.double_key"),
    ("a double key within", b'{"surname": {"a": 1, "a": 2}}', "input.double_key"),
    ("not a number", b'{"birth_year": NaN}', "input.nan"),
    ("infinity", b'{"birth_year": -Infinity}', "input.nan"),
    ("a bottomless pit", b"[" * 100_000, "input.not_json"),
    ("a lone surrogate", b'{"surname": "\\ud800"}', "text.broken"),
    ("NUL", b'{"surname": "A\\u0000B"}', "text.broken"),
    ("a list for a text", b'{"surname": ["A"]}', "text.expected"),
    ("an object for a text", b'{"surname": {}}', "text.expected"),
    ("a huge number", b'{"surname": "A", "birth_year": ' + b"9" * 5000 + b"}", "input.not_json"),
    ("a large number", b'{"surname": "A", "birth_year": 1e400}', "whole.expected"),
    ("nothing required", b"{}", "field.required"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("data", "error"), [(data, error) for _, data, error in BROKEN], ids=[n for n, *_ in BROKEN]
)
def test_broken_input_is_refused_and_nothing_is_kept(cli, data: bytes, error: str, language: str) -> None:
    cli.language = language
    assert cli.refused("record", "add", "person", "--from", "-", stdin=data) == error
    spoken = cli("record", "add", "person", "--from", "-", stdin=data, as_json=False)
    assert spoken.code == 1
    assert spoken.out == ""
    assert len(spoken.err.strip()) > 18
    assert not set("{}") & set(spoken.err.replace("{…}", ""))
    assert cli("record", "list", "person").json["count"] == 0


@pytest.mark.parametrize("day", ["2026-02-29", "2026-13-01", "2026-11-31", "0001-01-01", "9999-01-01"])
def test_impossible_dates_are_refused(cli, day: str) -> None:
    given = json.dumps({"settlement": "A", "what_happened": "b", "happened": day})
    assert cli.refused("record", "add", "incident", "--from", "-", stdin=given) == "date.impossible"


def test_a_date_to_come_is_refused(cli) -> None:
    given = json.dumps({"settlement": "A", "what_happened": "b", "happened": "2026-11-22"})
    assert cli.refused("record", "add", "incident", "--from", "-", stdin=given) == "incident.future_date"


def test_the_longest_text_is_kept_and_a_letter_more_is_refused(cli) -> None:
    text = ("Қазақ сөзі " * 10_000)[:99_999] + "."
    assert len(text) == 100_000
    made = cli.add("incident", settlement="A", what_happened=text)
    assert cli("record", "show", made["id"]).json["fields"]["what_happened"] == text
    longer = json.dumps({"settlement": "A", "what_happened": "ә" * 100_001})
    ended = cli("record", "add", "incident", "--from", "-", stdin=longer)
    assert ended.code == 1
    assert ended.json["error"] == "text.too_long"
    assert ended.json["facts"]["length"] == 100_001


@pytest.mark.parametrize(
    "name",
    [
        "О'Коннор",
        "<b>Әлиев</b>",
        "Әлиев & серіктері",
        "'; DROP TABLE person; --",
        "%s {surname} %(x)s",
        "👨‍👩‍👧 Отбасы 🎉",
        "Ёлкина-Досымбекова",
        "ӘІҢҒҮҰҚӨҺ",
        "\\ud800",
        "../../etc/passwd",
    ],
)
def test_strange_names_are_kept_letter_by_letter(cli, name: str) -> None:
    made = cli.add("person", surname=name)
    assert cli("record", "show", made["id"]).json["fields"]["surname"] == name
    assert name in cli("record", "show", made["id"], as_json=False).out
    assert name in cli("record", "list", "person", as_json=False).out


def test_direction_marks_are_dropped_and_escapes_never_reach_the_terminal(cli) -> None:
    made = cli.add("person", surname="\u202eÀлиев\u2066", given_name="B\u001b[31m")
    fields = cli("record", "show", made["id"]).json["fields"]
    assert fields["surname"] == "Àлиев"
    assert "\x1b" not in fields["given_name"]
    said = cli("record", "show", "\x1b[31m", as_json=False)
    assert "\x1b" not in said.out + said.err


def test_broken_arguments_do_not_break_the_answer(cli) -> None:
    cli.add("incident", settlement="A", what_happened="b")
    assert cli.refused("record", "edit", "2026/1", "--set", "spot=\udc80") == "text.broken"
    unknown = cli("record", "edit", "2026/1", "--set", "\udc80=1")
    assert unknown.code == 2
    unknown.out.encode("utf-8")
    assert cli("search", "\udc80").json == []


def test_files_that_cannot_be_read(cli, tmp_path) -> None:
    words = ("record", "add", "person", "--from")
    assert cli.refused(*words, str(tmp_path / "nowhere.json")) == "input.not_found"
    assert cli.refused(*words, str(tmp_path / "no" / "where.json")) == "input.not_found"
    assert cli.refused(*words, "nul\x00.json") == "input.not_found"
    assert cli.refused(*words, str(tmp_path)) == "input.unreadable"
    assert cli.refused(*words, "x" * 5000) == "input.unreadable"
    locked = tmp_path / "locked.json"
    locked.write_text("{}")
    locked.chmod(0)
    if os.geteuid():
        assert cli.refused(*words, str(locked)) == "input.unreadable"


def test_an_input_above_the_limit_is_refused(cli, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_files, "MOST_BYTES", 1000)
    file = tmp_path / "large.json"
    file.write_text(json.dumps({"surname": "A" * 1000}))
    words = ("record", "add", "person", "--from")
    assert cli.refused(*words, str(file)) == "input.too_large"
    assert cli.refused(*words, "-", stdin=file.read_bytes()) == "input.too_large"


def test_the_limit_is_sixty_four_megabytes() -> None:
    assert input_files.MOST_BYTES == 64 * 1024 * 1024


@pytest.mark.parametrize(
    ("council", "error"),
    [
        (b"[]", "input.wrong_shape"),
        (b'{"kind": "person"}', "input.wrong_shape"),
        (b'{"user": {"name": "A"}, "bodies": []}', "input.wrong_shape"),
        (b'{"user": {"name": ""}, "bodies": [{"body_kind": "other", "name_kk": "A"}]}', "field.required"),
        (b'{"user": {"name": "A"}, "bodies": [{"body_kind": "nothing", "name_kk": "A"}]}', "code.unknown"),
        (b'{"user": {"name": "A", "role": "tsar"}, "bodies": [{"body_kind": "other"}]}', "code.unknown"),
    ],
)
def test_a_council_of_the_wrong_shape_is_not_made(nowhere, council: bytes, error: str) -> None:
    ended = nowhere("vault", "create", "--from", "-", stdin=council)
    assert ended.code == 1
    codes = [ended.json["error"], *(one["error"] for one in ended.json.get("problems", ()))]
    assert error in codes
    assert not (nowhere.folder / "keys.json").exists()
