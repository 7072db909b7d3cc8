"""Recording, showing, listing, changing, withdrawing and restoring through the command line."""

from __future__ import annotations

import json
import uuid

import pytest

INCIDENT = {"settlement": "Мысалбұлақ", "what_happened": "Су кезегі туралы сөз."}


def test_a_record_is_added_shown_and_found_by_its_number(cli) -> None:
    made = cli.add("incident", **INCIDENT)
    assert made["number"] == "2026/1"
    shown = cli("record", "show", "2026/1").json
    assert list(shown) == [
        *("id", "kind", "number", "revision", "created", "changed", "withdrawn", "conflicts", "fields", "newer")
    ]
    assert shown["id"] == made["id"] == str(uuid.UUID(made["id"]))
    assert shown["fields"]["settlement"] == "Мысалбұлақ"
    assert shown["fields"]["happened"] == "2026-11-21"
    assert "number" not in shown["fields"]
    assert cli("record", "show", made["id"]).json == shown
    assert cli("search", "су", "кезегі").json[0]["id"] == made["id"]


@pytest.mark.parametrize(("language", "label"), [("kk", "Нөмірі"), ("ru", "Номер"), ("en", "Number")])
def test_a_card_has_labels_of_the_language(cli, language: str, label: str) -> None:
    cli.add("incident", **INCIDENT)
    cli.language = language
    said = cli("record", "show", "2026/1", as_json=False).out
    assert f"\n{label}" in said
    assert "settlement" not in said


def test_a_file_of_many_is_one_transaction_with_labels_and_places(cli, tmp_path) -> None:
    lines = [
        {"kind": "person", "@": "p", "surname": "Әлиев", "given_name": "Болат"},
        {"kind": "meeting", "@": "m", "starts": "2026-11-20T10:00", "chair": "@p", "place": "kato:314800000"},
        {"meeting": "@m", "person": "@p", "capacity": "member"},
    ]
    file = tmp_path / "meeting.ndjson"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    made = cli("record", "add", "attendance", "--from", str(file)).json
    assert [one["kind"] for one in made] == ["person", "meeting", "attendance"]
    assert [one.get("label") for one in made] == ["p", "m", None]
    assert cli("record", "show", made[1]["id"]).json["fields"]["chair"] == made[0]["id"]
    assert cli("undo").json["undone"] == "record"
    assert cli("record", "list", "person").json["count"] == 0


@pytest.mark.parametrize("form", ["object", "list", "ndjson", "pretty"])
def test_every_form_of_json_is_read(cli, form: str) -> None:
    one = {"surname": "Әлиев"}
    text = {
        "object": json.dumps(one),
        "list": json.dumps([one, one]),
        "ndjson": json.dumps(one) + "\n\n" + json.dumps(one) + "\n",
        "pretty": json.dumps([one, one], indent=2),
    }[form]
    made = cli("record", "add", "person", "--from", "-", stdin=text).json
    assert len(made) == (1 if form == "object" else 2)


def test_one_refused_record_keeps_all_out_and_is_named(cli) -> None:
    lines = '{"surname": "A"}\n{"surname": "B"}\n{"surname": "C", "iin": "1"}\n'
    ended = cli("record", "add", "person", "--from", "-", stdin=lines)
    assert ended.code == 1
    assert ended.json["facts"]["line"] == 3
    assert ended.json["error"] == "iin.wrong"
    assert cli("record", "list", "person").json["count"] == 0
    cli.language = "ru"
    assert cli("record", "add", "person", "--from", "-", stdin=lines, as_json=False).err.startswith(
        "Строка 3: ИИН "
    )


def test_any_demands_that_each_names_its_kind(cli) -> None:
    assert cli.refused("record", "add", "any", "--from", "-", stdin='{"surname": "A"}') == "input.kind_missing"
    assert cli.refused("record", "add", "nothing", "--from", "-", stdin="{}", code=2) == "kind.unknown"
    assert cli.refused("record", "add", "person", "--from", "-", stdin='{"kind": 5}') == "input.kind_missing"


def test_lists_are_paged_sorted_and_narrowed(cli) -> None:
    lines = [
        {"settlement": f"Ауыл {n}", "what_happened": "x", "severity": str(n % 3), "happened": f"2026-10-{n:02d}"}
        for n in range(1, 8)
    ]
    cli("record", "add", "incident", "--from", "-", stdin=json.dumps(lines))
    first = cli("record", "list", "incident", "--sort", "happened", "--limit", "5").json
    rest = cli("record", "list", "incident", "--sort", "happened", "--limit", "5", "--after", first["next"]).json
    assert first["count"] == 7
    days = [one["fields"]["happened"] for one in first["records"] + rest["records"]]
    assert days == [f"2026-10-{n:02d}" for n in range(1, 8)]
    assert rest["next"] is None
    chosen = cli("record", "list", "incident", "--where", "severity=1", "--where", "severity=2").json
    assert {one["fields"]["severity"] for one in chosen["records"]} == {"1", "2"}
    assert cli("record", "list", "incident", "--where", "severity=", "--where", "state=new").json["count"] == 0
    assert cli.refused("record", "list", "incident", "--sort", "what_happened", code=2) == "field.not_sortable"
    assert cli.refused("record", "list", "incident", "--after", "MQ", code=2) == "list.token"
    assert cli.refused("record", "list", "incident", "--where", "severity", code=2) == "usage.wrong_value"
    assert cli.refused("record", "list", "incident", "--where", "unknown=1", code=2) == "field.unknown"
    assert cli.refused("record", "list", "incident", "--where", "happened=2026-02-30") == "date.impossible"
    assert cli.refused("record", "list", "incident", "--limit", "0", code=2) == "usage.wrong_value"


def test_a_list_for_people_is_aligned_and_says_how_to_go_on(cli) -> None:
    cli("record", "add", "person", "--from", "-", stdin='[{"surname": "Әлиев"}, {"surname": "Досымбекова"}]')
    ended = cli("record", "list", "person", "--limit", "1", as_json=False)
    head, row, count = ended.out.splitlines()
    assert head.index("Identifier") == row.index(row.split()[-1])
    assert count == "2 records"
    assert "--after " in ended.err


@pytest.mark.parametrize(("language", "count"), [("kk", "2 жазба"), ("ru", "2 записи"), ("en", "2 records")])
def test_counts_are_said_in_the_language(cli, language: str, count: str) -> None:
    cli("record", "add", "person", "--from", "-", stdin='[{"surname": "A"}, {"surname": "B"}]')
    cli.language = language
    assert cli("record", "list", "person", as_json=False).out.splitlines()[-1] == count
    nothing = cli("record", "list", "task", as_json=False).out
    assert len(nothing.splitlines()) == 1


def test_editing_by_assignments_and_by_file(cli) -> None:
    made = cli.add("incident", **INCIDENT)
    words = ("--set", "severity=3", "--set", "place=kato:314800000", "--set", "tags=су;арық")
    changed = cli("record", "edit", "2026/1", *words).json
    assert changed["differed"] is True
    assert changed["fields"]["tags"] == ["арық", "су"]
    assert cli("record", "edit", "2026/1", "--set", "severity=3").json["differed"] is False
    cleared = cli("record", "edit", made["id"], "--from", "-", stdin='{"severity": null, "spot": "көпір"}').json
    assert "severity" not in cleared["fields"]
    assert cleared["fields"]["spot"] == "көпір"


def test_references_may_be_numbers(cli) -> None:
    made = cli.add("incident", **INCIDENT)
    other = cli.add("incident", **INCIDENT)
    changed = cli("record", "edit", other["id"], "--set", "linked_incidents=2026/1").json
    assert changed["fields"]["linked_incidents"] == [made["id"]]
    found = cli("record", "list", "incident", "--where", "linked_incidents=2026/1").json
    assert [one["id"] for one in found["records"]] == [other["id"]]


def test_an_edit_of_what_somebody_changed_is_refused(cli) -> None:
    cli.add("incident", **INCIDENT)
    seen = cli("record", "show", "2026/1").json["revision"]
    assert cli("record", "edit", "2026/1", "--set", "severity=3", "--revision", seen).code == 0
    words = ("record", "edit", "2026/1", "--set", "severity=4", "--revision", seen)
    assert cli.refused(*words, code=4) == "record.changed_meanwhile"


@pytest.mark.parametrize(
    ("words", "stdin", "code", "error"),
    [
        ((), "", 2, "usage.missing_argument"),
        (("--set", "severity=3", "--from", "-"), "{}", 2, "usage.missing_argument"),
        (("--set", "severity"), "", 2, "usage.wrong_value"),
        (("--set", "unknown=1"), "", 2, "field.unknown"),
        (("--set", "severity=99"), "", 1, "code.unknown"),
        (("--set", "number=5"), "", 1, "field.read_only"),
        (("--set", "place=nowhere"), "", 1, "reference.malformed"),
        (("--set", "what_happened="), "", 1, "field.required"),
        (("--from", "-"), '[{"spot": "a"}, {"spot": "b"}]', 1, "input.wrong_shape"),
        (("--from", "-"), '{"kind": "person", "spot": "a"}', 1, "record.other_kind"),
    ],
)
def test_refused_edits(cli, words, stdin: str, code: int, error: str) -> None:
    cli.add("incident", **INCIDENT)
    assert cli.refused("record", "edit", "2026/1", *words, stdin=stdin, code=code) == error


def test_trash_and_back(cli) -> None:
    cli.add("incident", **INCIDENT)
    assert cli("record", "withdraw", "2026/1", "--reason", "қайталанған").json["withdrawn"] is True
    assert cli("record", "list", "incident").json["count"] == 0
    assert cli("record", "list", "incident", "--withdrawn").json["count"] == 1
    assert cli.refused("record", "withdraw", "2026/1", "--reason", "again") == "record.withdrawn"
    assert cli.refused("record", "edit", "2026/1", "--set", "severity=1") == "record.withdrawn"
    assert cli("record", "restore", "2026/1").json["withdrawn"] is False
    assert cli.refused("record", "restore", "2026/1") == "record.not_withdrawn"
    assert cli.refused("record", "withdraw", "2026/1", code=2) == "usage.missing_argument"
    assert cli.refused("record", "withdraw", "2026/1", "--reason", "  ") == "record.reason_missing"


@pytest.mark.parametrize("name", ["2026/99", "01a1fc79-c080-7952-a268-5aa301021d4f", "nonsense", "01a1fc79"])
@pytest.mark.parametrize("command", ["show", "history", "restore"])
def test_records_that_are_not_here(cli, command: str, name: str) -> None:
    assert cli.refused("record", command, name) == "record.unknown"


def test_history_names_who_what_and_when(cli) -> None:
    cli.add("incident", **INCIDENT)
    cli("record", "edit", "2026/1", "--set", "severity=2")
    cli("record", "edit", "2026/1", "--set", "severity=3")
    steps = cli("record", "history", "2026/1").json
    assert [step["action"] for step in steps] == ["record", "revise", "revise"]
    assert steps[2]["fields"] == [{"field": "severity", "before": "2", "after": "3"}]
    assert {step["user_name"] for step in steps} == {"Сейітова Раушан"}
    cli.language = "kk"
    said = cli("record", "history", "2026/1", as_json=False).out
    assert "Өзгертілді" in said
    assert "→" in said


def test_undo_and_redo_name_what_they_took(cli) -> None:
    made = cli.add("incident", **INCIDENT)
    cli("record", "edit", "2026/1", "--set", "severity=2")
    undone = cli("undo").json
    assert undone["undone"] == "revise"
    assert undone["records"] == [{"kind": "incident", "id": made["id"]}]
    assert "severity" not in cli("record", "show", "2026/1").json["fields"]
    assert cli("redo").json["redone"] == "revise"
    assert cli("record", "show", "2026/1").json["fields"]["severity"] == "2"
    assert "Taken back: Changed" in cli("undo", as_json=False).out
    assert "Taken back: Recorded" in cli("undo", as_json=False).out
    assert cli("record", "show", "2026/1").json["withdrawn"] is True


def test_search_narrows_and_limits(cli) -> None:
    for number in range(3):
        cli.add("incident", **{**INCIDENT, "spot": f"арық {number}"})
    cli.add("person", surname="Арықов")
    assert {hit["kind"] for hit in cli("search", "арық").json} == {"incident", "person"}
    assert len(cli("search", "арық", "--kind", "incident", "--limit", "2").json) == 2
    assert cli("search", "жоқсөз").json == []
    assert cli.refused("search", "a", "--kind", "nothing", code=2) == "kind.unknown"
    assert cli.refused("search", code=2) == "usage.missing_argument"
    assert cli("search", "жоқсөз", as_json=False).out == "Nothing was found.\n"


def test_fields_are_described_without_a_vault(nowhere) -> None:
    kinds = [kind["kind"] for kind in nowhere("record", "kinds").json]
    described = nowhere("record", "fields").json
    assert [kind["kind"] for kind in described] == kinds
    incident = nowhere("record", "fields", "incident").json
    severity = next(field for field in incident["fields"] if field["name"] == "severity")
    assert severity["type"] == "code"
    assert set(severity["label"]) == {"kk", "ru", "en"}
    assert severity["codes"][0].keys() == {"code", "kk", "ru", "en"}
    assert severity["level"] == 1
    assert next(field for field in incident["fields"] if field["name"] == "place")["refers_to"] == "place"
    assert nowhere("record", "fields", "incident", as_json=False).out.startswith("incident – Incident\n")
    assert nowhere.refused("record", "fields", "nothing", code=2) == "kind.unknown"
    assert not nowhere.folder.exists()


def test_an_earlier_value_is_put_back(cli) -> None:
    made = cli.add("person", surname="Әлиева")
    assert cli("record", "edit", made["id"], "--set", "surname=Алиева").code == 0
    change = cli("record", "history", made["id"]).json[-1]["transaction"]
    asked = ("record", "put-back", made["id"], "--transaction", change, "--field")
    assert cli(*asked, "surname").json == {"changed": True}
    assert cli("record", "show", made["id"]).json["fields"]["surname"] == "Әлиева"
    assert cli(*asked, "surname").json == {"changed": False}
    assert cli.refused(*asked, "note") == "history.no_such_step"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_list_is_written_as_a_spreadsheet(cli, tmp_path, language: str) -> None:
    from zipfile import ZipFile

    cli.language = language
    for number in range(3):
        cli.add("incident", settlement="Мысалбұлақ", what_happened=f"=дау {number}", happened="2026-11-20")
    target = tmp_path / "list.xlsx"
    ended = cli("record", "list", "incident", "--format", "xlsx", "--out", str(target), "--limit", "1")
    assert (ended.code, ended.json["records"], ended.json["cut"]) == (0, 3, 0)
    assert str(target) in ended.err
    with ZipFile(target) as file:
        sheet, words = (file.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings"))
    assert sheet.count("<row ") == 4
    assert "Мысалбұлақ" in words
    assert "=дау 2" in words
    assert "<f>" not in sheet
    assert target.stat().st_mode & 0o077 == 0


def test_a_list_goes_nowhere_it_cannot(cli, tmp_path) -> None:
    wanted = ("record", "list", "person", "--format")
    assert cli.refused(*wanted, "xlsx", code=2) == "usage.missing_argument"
    assert cli.refused(*wanted, "ods", "--out", str(tmp_path / "x"), code=2) == "document.format_unknown"
    assert cli.refused(*wanted, "xlsx", "--out", str(tmp_path)) == "output.is_folder"
    assert cli.refused(*wanted, "xlsx", "--out", str(tmp_path / "no" / "x.xlsx")) == "storage.gone"
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "x").exists()
