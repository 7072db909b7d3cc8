"""Erasing by law on the command line: the plan, the word, the ledger, the exit codes."""

from __future__ import annotations


def test_a_person_is_planned_erased_and_in_the_ledger(cli) -> None:
    person = cli.add("person", surname="Жұмбақтасов", given_name="Серік")["id"]
    incident = cli.add("incident", settlement="Ауыл", what_happened="Жұмбақтасов келді", reported_by=person)["id"]
    planned = cli("personal", "plan", person).json
    assert (planned["confirm"], planned["mode"]) == ("Жұмбақтасов", "erase")
    assert [one["id"] for one in planned["rewritten"]] == [incident]
    order = ("personal", "erase", person, "--ground", "court_decision")
    assert cli.refused(*order, "--confirm", "Жұмбақтасов", code=1) == "erasure.no_paper"
    assert cli.refused(*order, "--paper", "№ 5", "--confirm", "Әлиев", code=1) == "erasure.not_confirmed"
    done = cli(*order, "--paper", "№ 5", "--confirm", "жұмбақтасов")
    assert done.code == 0, done
    assert (done.json["records"], done.json["rewritten"], done.json["waits"]) == (1, 1, None)
    shown = cli("record", "show", incident).json["fields"]
    assert shown["what_happened"] == f"[{planned['stand_in']}] келді"
    (entry,) = cli("personal", "ledger").json
    assert (entry["ground"], entry["ground_words"], entry["stand_in"]) == (
        "court_decision",
        "№ 5",
        planned["stand_in"],
    )
    assert cli.refused("record", "show", person, code=1) == "record.unknown"


def test_what_is_kept_names_somebody_else(cli) -> None:
    person = cli.add("person", surname="Жұмбақтасов")["id"]
    incident = cli.add("incident", settlement="Ауыл", what_happened="Жұмбақтасов келді")["id"]
    order = ("--ground", "error", "--confirm", "Жұмбақтасов", "--keep", incident)
    assert cli("personal", "anonymise", person, *order).code == 0
    assert cli("record", "show", incident).json["fields"]["what_happened"] == "Жұмбақтасов келді"


def test_what_is_due_is_listed_and_kept_longer(cli) -> None:
    old = cli.add("incident", settlement="Ауыл", what_happened="Арық дауы", retention_until="2020-01-31")["id"]
    cli.add("incident", settlement="Қала", what_happened="Су дауы", retention_until="2060-01-31")
    (one,) = cli("personal", "due").json
    assert (one["id"], one["kind"], one["until"], one["erasable"]) == (old, "incident", "2020-01-31", True)
    assert "31.01.2020" in cli("personal", "due", as_json=False).out
    order = ("personal", "prolong", old)
    assert cli.refused(*order, "--until", "2060-12-31", "--reason", " ", code=1) == "retention.no_reason"
    assert cli.refused(*order, "--until", "2021-12-31", "--reason", "сот", code=1) == "retention.not_later"
    assert cli.refused(*order, "--until", "2060-13-31", "--reason", "сот", code=1).startswith("date.")
    assert cli(*order, "--until", "2060-12-31", "--reason", "сот жүріп жатыр").json["changed"] is True
    assert cli("personal", "due").json == []
    fields = cli("record", "show", old).json["fields"]
    assert (fields["retention_until"], fields["retention_reason"]) == ("2060-12-31", "сот жүріп жатыр")


def test_the_notice_of_a_breach_is_written(cli, tmp_path) -> None:
    out = tmp_path / "notice.pdf"
    said = cli("personal", "breach", "--language", "kk+ru", "--out", str(out)).json
    assert (said["language"], said["pages"] >= 1) == ("kk+ru", True)
    assert out.read_bytes().startswith(b"%PDF")
    other = cli.add("organisation", body_kind="council_of_elders", name_kk="Көрші кеңес")["id"]
    filled = tmp_path / "filled.pdf"
    assert cli("personal", "breach", "--body", other, "--out", str(filled)).code == 0
    assert filled.read_bytes() != out.read_bytes()
    assert cli.refused("personal", "breach", "--out", str(tmp_path), code=1) == "output.is_folder"
    assert cli.refused("personal", "breach", "--body", "жоқ", "--out", str(out), code=1) == "record.unknown"


def test_backups_under_an_earlier_key_stand_in_the_plan(cli) -> None:
    person = cli.add("person", surname="Жұмбақтасов")["id"]
    assert cli("personal", "plan", person).json["beyond"] == []
    assert cli("vault", "rekey").code == 0
    beyond = cli("personal", "plan", person).json["beyond"]
    assert beyond
    cli.language = "ru"
    said = cli("personal", "plan", person, as_json=False).out
    assert f"Сделаны под прежним ключом и не очищаются; уничтожьте их сами: {', '.join(beyond)}" in said
