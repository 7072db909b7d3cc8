"""Scanned papers by commands: told first, attached when asked."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.domain.paper_codes import paper_code


def form(cli, folder: Path, *record: str) -> Path:
    target = folder / "form.pdf"
    assert cli("print", "incident-form", *record, "--out", str(target)).code == 0
    return target


def test_a_paper_is_told_and_then_attached(cli, tmp_path: Path) -> None:
    incident = cli.add("incident", settlement="Мысалбұлақ", what_happened="Дау")["id"]
    scan = form(cli, tmp_path, incident)
    (told,) = cli("attachment", "scan", str(scan)).json
    assert (told["record"], told["paper"], told["attached"]) == (incident, "incident-form", None)
    assert cli("attachment", "list", incident).json == []
    (made,) = cli("attachment", "scan", str(scan), "--attach").json
    assert [one["id"] for one in cli("attachment", "list", incident).json] == [made["attached"]]
    again = cli("attachment", "scan", str(scan), "--attach")
    assert again.code == 1
    assert again.json[0]["problem"]["error"] == "attachment.already"


def test_a_blank_form_asks_for_the_record(cli, tmp_path: Path) -> None:
    incident = cli.add("incident", settlement="Мысалбұлақ", what_happened="Дау")["id"]
    scan = form(cli, tmp_path)
    told = cli("attachment", "scan", str(scan), "--attach")
    assert told.code == 1
    assert told.json[0]["problem"]["error"] == "scan.blank"
    assert cli("attachment", "scan", str(scan), "--attach", "--to", incident).code == 0
    assert len(cli("attachment", "list", incident).json) == 1


def test_the_code_on_the_paper_names_the_record_in_commands(cli, tmp_path: Path) -> None:
    incident = cli.add("incident", settlement="Мысалбұлақ", what_happened="Дау")["id"]
    code = paper_code("incident-form", bytes.fromhex(incident.replace("-", "")))
    assert cli("record", "show", code).json["id"] == incident
    assert cli("search", code).json[0]["id"] == incident
