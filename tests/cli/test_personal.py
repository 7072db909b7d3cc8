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
