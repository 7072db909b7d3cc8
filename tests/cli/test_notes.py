"""Notes in confidence on the command line."""

from __future__ import annotations

import json

SECOND = "бес түп алма ағаш тұр"
GIVEN = json.dumps({"text": "Қанарейка айтты", "said_by": "A-1", "note_kind": "concern"})


def test_a_note_is_kept_listed_and_released(cli) -> None:
    incident = cli.add("incident", settlement="Мысалбұлақ", what_happened="Су дауы")
    given = json.dumps({**json.loads(GIVEN), "incident": incident["id"]})
    made = cli("confide", "add", "--from", "-", stdin=given)
    assert made.code == 0, made
    listed = cli("confide", "list", "--incident", incident["id"]).json
    assert [one["text"] for one in listed] == ["Қанарейка айтты"]
    assert "Қанарейка" not in cli("search", "Қанарейка").out.replace('"Қанарейка"', "")
    changed = cli("confide", "add", "--from", "-", "--id", made.json["id"], stdin=GIVEN)
    assert changed.json["id"] == made.json["id"]
    note = cli("confide", "release", made.json["id"]).json["id"]
    assert cli("record", "show", note).json["fields"]["text"] == "Қанарейка айтты"
    assert cli("confide", "list").json == []
    assert cli.refused("confide", "drop", made.json["id"], code=4) == "notes.not_mine"


def test_nobody_else_lists_it(cli) -> None:
    made = cli("confide", "add", "--from", "-", stdin=GIVEN).json["id"]
    cli.environment["ETHNOMED_NEW_PASSPHRASE"] = SECOND
    assert cli("users", "add", "--name", "Төрайым", "--role", "chair", "--label", "төрайым").code == 0
    cli.environment = {"ETHNOMED_PASSPHRASE": SECOND}
    assert cli("confide", "list", "--user", "төрайым").json == []
    assert cli("confide", "release", made, "--user", "төрайым").json["error"] == "notes.not_mine"
    assert cli("record", "show", made, "--user", "төрайым").code != 0
