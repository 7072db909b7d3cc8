"""Users and rights on the command line: the same rules as in the window."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.i18n.catalogs import LANGUAGES

SECOND = "бес түп алма ағаш тұр"


def add_user(cli, name: str, role: str, label: str, secret: str = SECOND) -> None:
    cli.environment["ETHNOMED_NEW_PASSPHRASE"] = secret
    made = cli("users", "add", "--name", name, "--role", role, "--label", label)
    assert made.code == 0, made


def as_user(cli, label: str, secret: str = SECOND):
    cli.environment = {"ETHNOMED_PASSPHRASE": secret}
    return lambda *words, **more: cli(*words, "--user", label, **more)


def test_users_are_added_changed_and_removed(cli) -> None:
    first = dict(cli.environment)
    add_user(cli, "Асқаров Бауыржан", "mediator", "Бауыржан")
    listed = {one["label"]: one for one in cli("users", "list").json}
    assert listed["Бауыржан"]["role"] == "mediator"
    assert listed["Раушан"]["me"]
    assert cli("users", "role", "бауыржан", "viewer").json == {"changed": True}
    viewer = as_user(cli, "Бауыржан")
    refused = viewer("record", "add", "person", "--from", "-", stdin=json.dumps({"surname": "Ә"}))
    assert (refused.code, refused.json["error"]) == (4, "rights.act")
    cli.environment = first
    assert cli("users", "remove", "Бауыржан").json == {"removed": True}
    assert cli("users", "list").json[1]["active"] is False
    assert cli("vault", "check").json["sound"]
    assert as_user(cli, "Бауыржан")("users", "list").code == 3


def test_the_history_names_who_did_it(cli) -> None:
    person = cli.add("person", surname="Әбілов")
    add_user(cli, "Асқаров Бауыржан", "secretary", "Бауыржан")
    second = as_user(cli, "Бауыржан")
    assert second("record", "edit", person["id"], "--set", "given_name=Ерлан").code == 0
    steps = second("record", "history", person["id"]).json
    assert "Асқаров Бауыржан" in json.dumps(steps[-1], ensure_ascii=False)
    assert "Сейітова Раушан" in json.dumps(steps[0], ensure_ascii=False)


def test_a_viewer_is_shown_no_names(cli) -> None:
    person = cli.add("person", surname="Қанарейкин")
    add_user(cli, "Қараушы", "viewer", "қараушы")
    viewer = as_user(cli, "қараушы")
    for words in (
        ("record", "show", person["id"]),
        ("record", "list", "person"),
        ("record", "history", person["id"]),
        ("search", "Қанарейкин"),
    ):
        told = viewer(*words)
        assert told.code == 0, told
        assert "Қанарейкин" not in told.out
    assert viewer("record", "list", "person", "--sort", "surname").json["error"] == "rights.field"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rights_need_no_data(nowhere, language: str) -> None:
    nowhere.language = language
    nowhere.now = None
    told = nowhere("rights", "list")
    assert told.json["acts"]["users"] == ["chair", "administrator"]
    assert told.json["sees"]["3"] == ["chair", "secretary", "mediator"]
    text = nowhere("rights", "list", as_json=False).out
    assert len(text.splitlines()) > 15


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("users", "remove", "Раушан"), 4, "users.not_oneself"),
        (("users", "role", "Раушан", "viewer"), 4, "users.not_oneself"),
        (("users", "remove", "Ешкім"), 1, "users.unknown"),
        (("users", "role", "Раушан", "king"), 2, "usage.wrong_value"),
    ],
)
def test_refusals_have_words(cli, words: tuple[str, ...], code: int, error: str) -> None:
    assert cli.refused(*words, code=code) == error


def test_a_new_key_after_somebody_left(cli) -> None:
    first = dict(cli.environment)
    person = cli.add("person", surname="Әбілов")
    add_user(cli, "Асқаров Бауыржан", "mediator", "Бауыржан")
    before = (cli.folder / "keys.json").read_bytes()
    as_user(cli, "Бауыржан")("users", "list")
    cli.environment = first
    assert cli("users", "remove", "Бауыржан").code == 0
    changed = cli("vault", "rekey")
    assert changed.code == 0, changed
    assert Path(changed.json["backup"]).exists()
    assert cli("record", "show", person["id"]).code == 0
    assert cli("vault", "check").json["sound"]
    (cli.folder / "keys.json").write_bytes(before)
    gone = as_user(cli, "Бауыржан")("users", "list")
    assert (gone.code, gone.json["error"]) == (3, "vault.damaged")


def test_who_may_not_changes_no_key(cli) -> None:
    add_user(cli, "Асқаров Бауыржан", "mediator", "Бауыржан")
    before = (cli.folder / "keys.json").read_bytes()
    refused = as_user(cli, "Бауыржан")("vault", "rekey")
    assert (refused.code, refused.json["error"]) == (4, "rights.act")
    assert (cli.folder / "keys.json").read_bytes() == before


def test_parts_for_trustees_open_the_data(cli, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    assert cli.refused("vault", "recovery-parts", "--out", str(tmp_path / "no")) == "output.no_folder"
    words = ("vault", "recovery-parts", "--out", str(folder))
    assert cli.refused(*words, "--needed", "4", "--parts", "3") == "trustees.numbers"
    made = cli(*words, "--needed", "2", "--parts", "3")
    assert made.code == 0, made
    assert len(made.json["files"]) == 3
    parts = [
        " ".join(re.findall(r"\b\d{4}\b", pages.text(Path(one).read_bytes(), 0))) for one in made.json["files"]
    ]
    parts = [" ".join(part.split()[-23:]) for part in parts]
    cli.environment["ETHNOMED_PASSPHRASE"] = f"{parts[2]} {parts[1]}"
    assert cli("users", "list").code == 0
    cli.environment["ETHNOMED_PASSPHRASE"] = parts[1]
    assert cli.refused("users", "list", code=3) == "trustees.few"
