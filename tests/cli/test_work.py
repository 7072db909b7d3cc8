"""Meetings from entering to printing, and many commands over one unlocking."""

from __future__ import annotations

import json

import pytest

from ethnomed_desktop.app.documents import read_back
from ethnomed_desktop.app.lists import ListQuestion
from ethnomed_desktop.i18n.catalogs import LANGUAGES

MEETING = [
    {"kind": "person", "@": "p", "surname": "Әлиев", "given_name": "Болат"},
    {
        "kind": "meeting",
        "@": "m",
        "starts": "2026-11-20T10:00",
        "chair": "@p",
        "secretary": "@p",
        "entitled": 1,
        "venue": "Ауыл клубы",
        "heading": "Су туралы",
    },
    {"kind": "attendance", "meeting": "@m", "person": "@p", "capacity": "member"},
    {"kind": "agenda_item", "@": "i", "meeting": "@m", "position": 1, "title": "Ағын су кезегі"},
    {"kind": "decision", "agenda_item": "@i", "text": "Кесте жасалсын.", "votes_for": 1},
]


@pytest.fixture
def meeting(cli) -> str:
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in MEETING)
    made = cli("record", "add", "any", "--from", "-", stdin=text).json
    return next(one["id"] for one in made if one["kind"] == "meeting")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_meeting_says_what_it_needs(cli, language: str) -> None:
    made = cli.add("meeting", starts="2026-11-20T10:00")
    cli.language = language
    ended = cli("meeting", "check", made["id"])
    assert ended.code == 1
    assert {"meeting.nobody_present", "meeting.no_agenda"} <= {one["error"] for one in ended.json["obstacles"]}
    assert cli("meeting", "check", made["id"], as_json=False).out.count("•") == sum(map(len, ended.json.values()))
    refused = cli("meeting", "finish", made["id"])
    assert refused.code == 1
    assert len(refused.json["problems"]) == len(ended.json["obstacles"])


def test_finishing_numbering_and_correcting(cli, meeting: str) -> None:
    assert cli("meeting", "check", meeting).json == {"obstacles": [], "warnings": []}
    assert cli("meeting", "finish", meeting).json == {"id": meeting, "number": "1", "warnings": []}
    assert cli.refused("meeting", "finish", meeting, code=4) == "meeting.numbered"
    assert cli.refused("record", "edit", meeting, "--set", "heading=x", code=4) == "meeting.numbered"
    assert cli.refused("meeting", "correct", "1", code=2) == "usage.missing_argument"
    corrected = cli("meeting", "correct", "1", "--reason", "Тегі қате жазылған").json
    assert corrected["version"] == 2
    assert cli.refused("meeting", "correct", meeting, "--reason", "again", code=4) == "meeting.already_corrected"
    assert cli("meeting", "finish", corrected["id"]).json["number"] == "1"
    assert cli.refused("meeting", "check", "1") == "record.number_shared"


def test_only_meetings_are_finished(cli) -> None:
    person = cli.add("person", surname="Әлиев")
    assert cli.refused("meeting", "finish", person["id"]) == "record.other_kind"


def test_votes_that_do_not_add_up_are_a_warning(cli, meeting: str) -> None:
    decision = cli("record", "list", "decision").json["records"][0]["id"]
    cli("record", "edit", decision, "--set", "votes_for=7")
    assert [one["error"] for one in cli("meeting", "check", meeting).json["warnings"]]
    ended = cli("meeting", "finish", meeting, as_json=False)
    assert ended.code == 0
    assert ended.err


@pytest.mark.parametrize("language", ["kk", "ru", "en", "kk+ru"])
@pytest.mark.parametrize("form", ["full", "short", "extract"])
def test_minutes_in_every_language_and_form(cli, meeting: str, tmp_path, language: str, form: str) -> None:
    target = tmp_path / "minutes.pdf"
    words = ["--item", "1"] if form == "extract" else []
    ended = cli(
        *("print", "minutes", meeting, "--language", language, "--form", form, "--out", str(target)), *words
    )
    assert ended.code == 0
    assert ended.json["pages"] >= 1
    assert "anyone who gets hold of it" in ended.err
    assert "Кесте жасалсын" in read_back(target.read_bytes())
    assert target.stat().st_mode & 0o077 == 0


def test_an_extract_is_of_the_item_that_is_printed_under_the_number(cli, meeting: str, tmp_path) -> None:
    first = cli("record", "list", "agenda_item").json["records"][0]["id"]
    part, second = (
        {"title": "Арық тазалау", "position": 2, "parent_item": first},
        {"title": "Мектеп", "position": 3},
    )
    for one in (part, second):
        cli.add("agenda_item", meeting=meeting, **one)
    target = tmp_path / "extract.pdf"
    for label, title in (("1.1", "Арық тазалау"), ("2", "Мектеп")):
        assert cli("print", "minutes", meeting, "--item", label, "--out", str(target)).code == 0
        assert f"{label}. HEARD: {title}" in read_back(target.read_bytes())
    out = ("--out", str(target))
    assert cli.refused("print", "minutes", meeting, "--item", "3", *out) == "meeting.no_such_item"
    assert cli.refused("print", "minutes", meeting, "--item", "x.1", *out) == "meeting.no_such_item"
    assert cli.refused("print", "minutes", meeting, "--item", "x", *out, code=2) == "usage.wrong_value"


def test_both_languages_of_a_text_stand_side_by_side(cli, meeting: str, tmp_path) -> None:
    item = cli("record", "list", "agenda_item").json["records"][0]["id"]
    cli("record", "edit", item, "--set", "title_second=Очередь на поливную воду")
    target = tmp_path / "minutes.pdf"
    assert cli("print", "minutes", meeting, "--language", "kk|ru", "--out", str(target)).json["language"] == "kk|ru"
    text = read_back(target.read_bytes())
    assert "1. Ағын су кезегі 1. Очередь на поливную воду" in text
    assert "1.1. (текст на казахском языке)" in text
    assert "Төраға / Председатель" in text


def test_the_list_to_sign_is_printed_too(cli, meeting: str, tmp_path) -> None:
    target = tmp_path / "list.pdf"
    assert cli("print", "attendance-list", meeting, "--out", str(target)).code == 0
    assert "Әлиев" in read_back(target.read_bytes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_printed_is_refused_with_what_can(cli, tmp_path, language: str) -> None:
    cli.language = language
    out = ("--out", str(tmp_path / "x"))
    refused = cli("print", "contract", "1", *out)
    assert refused.code == 2
    assert "minutes" in refused.json["message"]
    for document, file_format in (("minutes", "xlsx"), ("person-report", "docx")):
        number = "1" if document == "minutes" else cli.add("person", surname="Әлиев")["id"]
        refused = cli("print", document, number, "--format", file_format, *out)
        assert refused.code == 2
        assert "pdf" in refused.json["message"]
    assert cli.refused("print", "minutes", "1", "--language", "de", *out, code=2) == "usage.wrong_value"
    assert cli.refused("print", "minutes", "1", "--form", "long", *out, code=2) == "usage.wrong_value"
    assert cli.refused("print", "minutes", "99", *out) == "record.unknown"
    assert not (tmp_path / "x").exists()


def test_places_that_cannot_hold_the_file(cli, meeting: str, tmp_path) -> None:
    assert cli.refused("print", "minutes", meeting, "--out", str(tmp_path)) == "output.is_folder"
    assert cli.refused("print", "minutes", meeting, "--out", str(tmp_path / "no" / "x.pdf")) == "storage.gone"
    assert cli.refused("print", "minutes", meeting, "--item", "9", "--out", str(tmp_path / "x")) == (
        "meeting.no_such_item"
    )


def test_an_emoji_is_kept_and_refused_in_print_by_name(cli, meeting: str, tmp_path) -> None:
    decision = cli("record", "list", "decision").json["records"][0]["id"]
    cli("record", "edit", decision, "--from", "-", stdin='{"text": "Кесте 🎉 жасалсын."}')
    ended = cli("print", "minutes", meeting, "--out", str(tmp_path / "x.pdf"))
    assert ended.code == 1
    assert ended.json["error"] == "document.missing_glyph"
    assert "🎉" in ended.json["message"]
    assert not (tmp_path / "x.pdf").exists()


def test_every_printing_is_noted(cli, meeting: str, tmp_path) -> None:
    from ethnomed_desktop.app import vault

    cli("print", "minutes", meeting, "--out", str(tmp_path / "x.pdf"))
    secret = cli.environment["ETHNOMED_PASSPHRASE"]
    ctx = vault.open_council(cli.folder, secret, program="command", minimum=cli.params)
    with ctx.vault.store.database.reading() as connection:
        noted = [row[0] for row in connection.exec_driver_sql("SELECT action FROM audit ORDER BY aid")]
    vault.close(ctx)
    assert noted[-3:] == ["clock.fixed", "document.printed", "vault.opened"]


# --- batch --------------------------------------------------------------------------------------


def test_a_batch_answers_every_line_and_goes_on_after_refusals(cli) -> None:
    add = {
        "command": "record add",
        "args": {"kind": "incident", "from": {"settlement": "A", "what_happened": "су"}},
    }
    many = {"command": "record add", "args": {"kind": "person", "from": [{"surname": "A"}, {"surname": "B"}]}}
    lines = [
        json.dumps(add),
        json.dumps(many),
        "",
        '{"argv": ["record", "edit", "2026/1", "--set", "severity=9"]}',
        '{"argv": ["record", "edit", "2026/1", "--set", "severity=3"]}',
        "no JSON",
        '{"command": "search", "args": {"text": ["су"], "limit": 5}}',
        '{"command": "undo"}',
    ]
    ended = cli("batch", stdin="\n".join(lines))
    assert ended.code == 1
    answers = ended.lines
    assert [one["line"] for one in answers] == [1, 2, 4, 5, 6, 7, 8]
    assert [one["ok"] for one in answers] == [True, True, False, True, False, True, True]
    assert [one["exit"] for one in answers] == [0, 0, 1, 0, 1, 0, 0]
    assert answers[0]["result"][0]["number"] == "2026/1"
    assert len(answers[1]["result"]) == 2
    assert answers[2]["error"] == "code.unknown"
    assert answers[5]["result"][0]["id"] == answers[0]["result"][0]["id"]
    assert answers[6]["result"]["undone"] == "revise"


def test_a_batch_without_refusals_ends_well(cli) -> None:
    ended = cli("batch", stdin='{"command": "record kinds"}\n{"argv": ["vault", "check"]}\n')
    assert ended.code == 0
    assert ended.lines[1]["result"]["sound"] is True
    assert cli("batch", stdin="").code == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"[]", "input.wrong_shape"),
        (b"{}", "input.wrong_shape"),
        (b'{"command": "undo", "more": 1}', "input.wrong_shape"),
        (b'{"command": 5}', "input.wrong_shape"),
        (b'{"argv": "undo"}', "input.wrong_shape"),
        (b'{"argv": ["--help"]}', "usage.unknown_option"),
        (b'{"argv": []}', "usage.unknown_command"),
        (b'{"argv": ["batch"]}', "usage.unknown_command"),
        (b'{"command": "vault create"}', "usage.unknown_command"),
        (b'{"command": "vault passphrase"}', "usage.unknown_command"),
        (b'{"argv": ["record", "add", "person", "--from", "-"]}', "usage.wrong_value"),
        (b'{"command": "record add", "args": {"kind": "person", "from": []}}', "input.empty"),
        (b'{"command": "record add", "args": {"kind": "person", "from": [5]}}', "input.wrong_shape"),
        (b'{"command": "record show", "args": {}}', "usage.missing_argument"),
        (b"\xff", "input.not_utf8"),
    ],
)
def test_lines_that_are_refused(cli, line: bytes, error: str, language: str) -> None:
    cli.language = language
    ended = cli("batch", stdin=line + b"\n" + b'{"command": "record kinds"}')
    assert ended.code == 1
    assert ended.lines[0]["error"] == error
    assert ended.lines[0]["message"]
    assert ended.lines[1]["ok"] is True


def test_a_fault_of_ours_in_a_batch_does_not_stop_the_rest(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from ethnomed_desktop.app import lists

    def broken(*_anything: object, **_named: object) -> None:
        raise ZeroDivisionError(ListQuestion)

    monkeypatch.setattr(lists, "list_records", broken)
    ended = cli("batch", stdin='{"argv": ["record", "list", "person"]}\n{"command": "record kinds"}')
    assert ended.code == 5
    assert ended.lines[0]["error"] == "internal"
    assert ended.lines[1]["ok"] is True


def test_minutes_are_dressed_as_asked(cli, meeting: str, tmp_path) -> None:
    target = tmp_path / "minutes.pdf"
    out = ("print", "minutes", meeting, "--language", "ru", "--out", str(target))
    assert cli(*out, "--watermark", "copy", "--size", "12", "--without-lines").code == 0
    assert "КОПИЯ" in read_back(target.read_bytes())
    assert cli(*out, "--watermark", "none").code == 0
    assert "ПРОЕКТ" not in read_back(target.read_bytes())
    assert cli(*out, "--signer", "Әлиев Болат").code == 0
    assert read_back(target.read_bytes()).count("Б. Әлиев") == 3
    assert cli.refused(*out, "--signer", "Никто") == "document.unknown_signer"
    assert cli.refused(*out, "--watermark", "secret", code=2) == "usage.wrong_value"
    assert cli.refused(*out, "--size", "13", code=2) == "usage.wrong_value"


@pytest.mark.parametrize("language", ["kk", "kk+ru", "kk|ru"])
def test_minutes_are_written_for_word(cli, meeting: str, tmp_path, language: str) -> None:
    import docx

    target = tmp_path / "minutes.docx"
    out = ("--language", language, "--format", "docx", "--out", str(target))
    ended = cli("print", "minutes", meeting, *out)
    assert (ended.code, ended.json["format"]) == (0, "docx")
    assert "anyone who gets hold of it" in ended.err
    text = " ".join(docx.Document(str(target)).element.body.itertext())
    assert "Кесте жасалсын" in text
    assert ("РЕШИЛИ:" in text) == ("ru" in language)
    assert target.stat().st_mode & 0o077 == 0
    assert cli.refused("print", "minutes", meeting, "--item", "9", *out) == "meeting.no_such_item"
    assert cli.refused("print", "minutes", meeting, *out[:-1], str(tmp_path / "no" / "x")) == "storage.gone"
