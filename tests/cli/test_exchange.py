"""Backups and exchange from the command line: two computers that meet by files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import COUNCIL, Cli


def made(folder: Path, name: str) -> Cli:
    cli = Cli(folder)
    body = {**COUNCIL["bodies"][0], "name_kk": name}
    council = json.dumps({**COUNCIL, "bodies": [body]})
    assert cli("vault", "create", "--from", "-", stdin=council).code == 0
    return cli


@pytest.fixture
def two(tmp_path: Path) -> tuple[Cli, Cli, Path]:
    """A hub, a laptop, and a stick between them."""
    stick = tmp_path / "stick"
    stick.mkdir()
    return made(tmp_path / "hub", "Орталық"), made(tmp_path / "laptop", "Дала"), stick


def joined(hub: Cli, laptop: Cli, stick: Path) -> None:
    request = str(stick / "request")
    words = laptop("exchange", "request", "--out", request).json["words"]
    asked = hub("exchange", "enrol", request, "--out", str(stick)).json
    assert asked == {"name": "Дала", "words": words, "enrolled": False}
    said = " ".join(words)
    done = hub("exchange", "enrol", request, "--words", said, "--out", str(stick)).json
    shown = laptop("exchange", "preview", *done["files"]).json
    assert len(shown[0]["root_words"]) == 6
    assert laptop("exchange", "receive", *done["files"]).code == 1
    assert laptop("exchange", "receive", *done["files"], "--root-confirmed").code == 0
    assert len(list((laptop.folder / "backups").glob("before-import-*.emb"))) == 1


def sent(giver: Cli, to: str, stick: Path) -> list[str]:
    answer: Any = giver("exchange", "send", "--to", to, "--out", str(stick)).json
    return list(answer["files"])


def test_a_laptop_joins_and_its_work_arrives(two: tuple[Cli, Cli, Path]) -> None:
    hub, laptop, stick = two
    joined(hub, laptop, stick)
    made_id = laptop.add("incident", settlement="Масанчи", what_happened="Су дауы", severity="1")["id"]
    files = sent(laptop, "Орталық", stick)
    report = hub("exchange", "receive", *files).json[0]
    assert report["sender"] == "Дала"
    assert report["new"] >= 1
    assert hub("record", "show", made_id).json["fields"]["what_happened"] == "Су дауы"
    assert hub("exchange", "receive", *files).json[0]["already_known"]
    assert hub("vault", "check").code == 0
    assert len(hub("exchange", "digest").json["digest"]) == 64
    assert "Дала" in hub("exchange", "partners", as_json=False).out


def test_a_conflict_is_listed_and_settled(two: tuple[Cli, Cli, Path]) -> None:
    hub, laptop, stick = two
    joined(hub, laptop, stick)
    one = laptop.add("incident", settlement="Масанчи", what_happened="Су дауы", severity="1")["id"]
    hub("exchange", "receive", *sent(laptop, "Орталық", stick))
    laptop("record", "edit", one, "--set", "severity=2")
    hub("record", "edit", one, "--set", "severity=3")
    report = hub("exchange", "receive", *sent(laptop, "Орталық", stick)).json[0]
    assert report["conflicts"] == 1
    found = hub("exchange", "conflicts").json
    assert {side["value"] for side in found[0]["values"]} == {"2", "3"}
    assert "Severity" in hub("exchange", "conflicts", as_json=False).out
    assert hub("exchange", "resolve", one, "severity").code == 2
    assert hub("exchange", "resolve", one, "severity", "--keep", "theirs").code == 0
    assert hub("record", "show", one).json["fields"]["severity"] == "2"
    assert hub("exchange", "conflicts").json == []
    assert hub("exchange", "resolve", one, "severity", "--keep", "mine").json["error"] == "conflict.unknown"


def test_the_last_file_is_given_back(two: tuple[Cli, Cli, Path]) -> None:
    hub, laptop, stick = two
    joined(hub, laptop, stick)
    laptop.add("person", surname="Жаңа")
    before = hub("exchange", "digest").json["digest"]
    files = sent(laptop, "Орталық", stick)
    hub("exchange", "receive", *files)
    assert hub("exchange", "undo").json["undone"]
    assert hub("exchange", "digest").json["digest"] == before
    assert hub("exchange", "undo").json["error"] == "exchange.nothing_to_undo"


def test_other_words_let_nobody_in(two: tuple[Cli, Cli, Path]) -> None:
    hub, laptop, stick = two
    request = str(stick / "request")
    laptop("exchange", "request", "--out", request)
    refused = hub("exchange", "enrol", request, "--words", "бір екі үш", "--out", str(stick))
    assert refused.code == 2
    assert refused.json["error"] == "exchange.words_differ"
    assert hub("exchange", "partners").json == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_other_files_are_refused_in_words(two: tuple[Cli, Cli, Path], language: str) -> None:
    hub, _, stick = two
    (stick / "x.emx").write_bytes(b"%PDF-1.7 not ours")
    hub.language = language
    refused = hub("exchange", "receive", str(stick / "x.emx"))
    assert refused.code == 1
    assert refused.json["error"].startswith("exchange.")
    assert len(refused.json["message"]) > 20


def test_backup_and_restore(two: tuple[Cli, Cli, Path]) -> None:
    hub, _, stick = two
    file = str(stick / "em.emb")
    assert hub("vault", "backup", file).json["bytes"] > 10_000
    hub.add("person", surname="Кейінгі")
    kept = hub("vault", "restore", file).json["kept"]
    assert kept is not None
    assert hub("record", "list", "person").json["count"] == 0
    before = Cli(Path(kept))
    assert before("record", "list", "person").json["count"] == 1
    assert hub("vault", "restore", str(stick / "none.emb")).code == 1


def test_a_district_sends_up_what_may_leave_and_sees_it_before(two: tuple[Cli, Cli, Path], tmp_path: Path) -> None:
    region, district, stick = two
    request = str(stick / "request")
    words = " ".join(district("exchange", "request", "--out", request).json["words"])
    enrolled = ("exchange", "enrol", request, "--as", "district", "--words", words, "--out", str(stick))
    files = region(*enrolled).json["files"]
    assert district("exchange", "receive", *files, "--root-confirmed").code == 0
    one = district.add("incident", settlement="Масанчи", what_happened="Су дауы", severity="1", people_involved=2)
    looked = district("exchange", "leaving", "--to", "Орталық").json
    assert not looked["whole"]
    (seen,) = [found for found in looked["records"] if found["id"] == one["id"]]
    told = {line["label"]: line for line in seen["fields"]}
    assert told["Village or town"]["leaves"] == ""
    assert told["People involved"]["why"]
    said = district("exchange", "leaving", "--to", "Орталық", as_json=False).out
    assert "Масанчи" in said
    assert "fewer than five" in said
    standing = district("exchange", "status").json
    assert standing["partners"][0]["owed"] >= 1
    assert standing["partners"][0]["late_days"] is None
    assert region("exchange", "receive", *sent(district, "Орталық", stick)).json[0]["new"] >= 1
    (above,) = region("record", "list", "incident").json["records"]
    assert "settlement" not in above["fields"]
    assert above["fields"]["severity"] == "1"
    ways = [line["direction"] for line in district("exchange", "journal").json]
    assert ways[:2] == ["sent", "received"]
    assert "SHA-256" in region("exchange", "journal", as_json=False).out
    assert "Орталық" in district("exchange", "status", as_json=False).out
    body = district("record", "list", "organisation", "--where", "is_ours=true").json["records"][0]["id"]
    printed = ("print", "exchange-journal", body, "--language", "kk", "--out", str(tmp_path / "r13.pdf"))
    assert district(*printed).json["pages"] == 1
    extract = str(tmp_path / "extract.pdf")
    assert district("exchange", "extract", one["id"], "--out", extract).json["records"] == 1
    assert region("exchange", "receive", extract).code == 1


def test_a_file_is_sent_again_by_its_number(two: tuple[Cli, Cli, Path]) -> None:
    hub, laptop, stick = two
    joined(hub, laptop, stick)
    sent(laptop, "Орталық", stick)
    assert laptop("exchange", "send", "--to", "Орталық", "--out", str(stick), "--again", "x").code == 2
    refused = laptop("exchange", "send", "--to", "Орталық", "--out", str(stick), "--again", "9")
    assert refused.json["error"] == "exchange.never_sent"
    again = laptop("exchange", "send", "--to", "Орталық", "--out", str(stick), "--again", "1").json
    assert hub("exchange", "receive", *again["files"]).json[0]["missing_files"] == []
    (view,) = laptop("exchange", "partners").json
    assert (view["asks_again"], view["wants_files"]) == ([], 0)
