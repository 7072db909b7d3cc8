"""Making, opening, checking and locking a council's data: passwords, damage, and who may not come in."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from ethnomed_desktop.app import vault
from ethnomed_desktop.i18n.catalogs import LANGUAGES

COUNCIL = {
    "user": {"name": "Сейітова Раушан", "role": "secretary", "label": "Раушан"},
    "bodies": [{"body_kind": "council_of_elders", "name_kk": "Ақсақалдар кеңесі", "place": "kato:314800000"}],
}


@pytest.fixture
def given(tmp_path: Path) -> str:
    file = tmp_path / "council.json"
    file.write_text(json.dumps(COUNCIL, ensure_ascii=False), encoding="utf-8")
    return str(file)


def code_in(text: str) -> str:
    return next(word for word in text.split() if word.count("-") == 8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_recovery_code_is_said_once_on_standard_error_and_opens(nowhere, given: str, language: str) -> None:
    nowhere.language = language
    made = nowhere("--quiet", "vault", "create", "--from", given)
    assert made.code == 0
    assert made.json["recovery_sheet"] is None
    code = code_in(made.err)
    assert code not in made.out
    nowhere.environment["ETHNOMED_PASSPHRASE"] = code
    assert nowhere("record", "list", "organisation", "--where", "is_ours=true").json["count"] == 1


def test_the_recovery_sheet_takes_the_place_of_the_code(nowhere, given: str, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    made = nowhere("vault", "create", "--from", given, "--recovery-sheet", str(sheet))
    assert made.json["recovery_sheet"] == str(sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "Recovery code" not in made.err
    assert sheet.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_hold_the_sheet_is_refused_before_anything_is_made(nowhere, given, tmp_path) -> None:
    words = ("vault", "create", "--from", given, "--recovery-sheet")
    assert nowhere.refused(*words, str(tmp_path)) == "output.is_folder"
    assert nowhere.refused(*words, str(tmp_path / "no" / "sheet.pdf")) == "output.no_folder"
    assert not nowhere.folder.exists()


def test_a_second_council_in_the_folder_is_refused(cli, given: str) -> None:
    before = (cli.folder / "keys.json").read_bytes()
    assert cli.refused("vault", "create", "--from", given, code=3) == "vault.exists"
    assert (cli.folder / "keys.json").read_bytes() == before


@pytest.mark.parametrize(
    ("secret", "error"), [("short", "passphrase.too_short"), ("a" * 20, "passphrase.too_simple")]
)
def test_weak_passwords_make_nothing(nowhere, given: str, secret: str, error: str) -> None:
    nowhere.environment["ETHNOMED_PASSPHRASE"] = secret
    assert nowhere.refused("vault", "create", "--from", given) == error
    assert not (nowhere.folder / "keys.json").exists()


def test_the_clock_of_real_papers_cannot_be_set(nowhere, cli, given: str) -> None:
    nowhere.params = cli.params = None
    assert nowhere.refused("vault", "create", "--from", given, code=2) == "usage.practice_only"
    nowhere.now = "yesterday"
    assert nowhere.refused("vault", "slots", code=2) == "usage.wrong_value"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_is_code_three(cli, language: str) -> None:
    cli.language = language
    cli.environment["ETHNOMED_PASSPHRASE"] = "something else entirely"
    assert cli.refused("record", "list", "incident", code=3) == "vault.wrong_passphrase"
    assert cli.refused("record", "list", "incident", "--user", "Болат", code=3) == "vault.no_such_user"
    cli.environment["ETHNOMED_PASSPHRASE"] = "x" * 5000
    assert cli.refused("record", "list", "incident", code=3) == "passphrase.too_long"


def test_passwords_come_from_a_file_or_the_variable_and_never_from_arguments(cli, tmp_path: Path) -> None:
    secret = cli.environment.pop("ETHNOMED_PASSPHRASE")
    assert cli.refused("vault", "slots", code=2) == "usage.no_passphrase"
    file = tmp_path / "secret"
    for data in (secret.encode(), secret.encode() + b"\r\nnote\n", b"\xef\xbb\xbf" + secret.encode() + b"\n"):
        file.write_bytes(data)
        assert cli("--passphrase-file", str(file), "vault", "slots").code == 0
    assert cli("--passphrase-file", "-", "vault", "slots", stdin=secret + "\n").code == 0
    assert cli.refused("--passphrase-file", str(tmp_path / "none"), "vault", "slots") == "input.not_found"
    assert cli.refused("--passphrase", secret, "vault", "slots", code=2) == "usage.unknown_option"


def test_typed_passwords_are_asked_for_in_the_language(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO, StringIO

    from ethnomed_desktop.cli import main as command_line
    from ethnomed_desktop.cli import session

    class Terminal(BytesIO):
        def isatty(self) -> bool:
            return True

    asked: list[str] = []
    secret = cli.environment["ETHNOMED_PASSPHRASE"]

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return secret

    monkeypatch.setattr(session.getpass, "getpass", typed)
    words = ["--data-dir", str(cli.folder), "--lang", "ru", "--json", "vault", "slots"]
    out = StringIO()
    code = command_line.main(
        words, stdin=Terminal(), stdout=out, stderr=StringIO(), environment={}, params=cli.params
    )
    assert code == 0
    assert asked == ["Пароль: "]


def test_nothing_to_open_is_said_before_a_password_is_asked_for(nowhere) -> None:
    nowhere.environment.clear()
    assert nowhere.refused("record", "list", "incident", code=3) == "vault.missing"
    assert not nowhere.folder.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_file_is_not_opened_and_not_changed(cli, language: str) -> None:
    cli.language = language
    store = cli.folder / "store.db"
    store.write_bytes(b"\x00" * 4096 + store.read_bytes()[4096:])
    before = store.read_bytes()
    assert cli.refused("vault", "check", code=3).startswith("vault.")
    assert store.read_bytes() == before


def test_a_foreign_database_is_not_opened(cli, tmp_path: Path) -> None:
    store = cli.folder / "store.db"
    store.unlink()
    link = sqlite3.connect(store)
    link.execute("CREATE TABLE notes (text)")
    link.commit()
    link.close()
    before = store.read_bytes()
    assert cli.refused("vault", "check", code=3) in {"vault.damaged", "vault.foreign"}
    assert store.read_bytes() == before
    store.unlink()
    assert cli.refused("vault", "check", code=3) == "vault.store_missing"


def test_the_store_of_another_council_is_not_opened(cli, nowhere, given: str) -> None:
    assert nowhere("vault", "create", "--from", given).code == 0
    shutil.copy2(nowhere.folder / "store.db", cli.folder / "store.db")
    assert cli.refused("vault", "check", code=3) in {"vault.damaged", "vault.foreign"}


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"v": 99}', "\x00"])
def test_a_broken_list_of_users_is_not_opened(cli, content: str) -> None:
    (cli.folder / "keys.json").write_text(content, encoding="utf-8")
    assert cli.refused("vault", "slots", code=3).startswith("vault.")


def test_a_folder_that_cannot_be_written_is_code_three(cli) -> None:
    if not os.geteuid():
        shutil.rmtree(cli.folder / "store.lock", ignore_errors=True)
        (cli.folder / "store.lock").unlink(missing_ok=True)
        (cli.folder / "store.lock").mkdir()  # the administrator may write everywhere but into a folder
    else:
        (cli.folder / "store.lock").chmod(0)
    assert cli.refused("vault", "slots", code=3).startswith("storage.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_it_is_open_elsewhere_nobody_else_comes_in(cli, language: str) -> None:
    cli.language = language
    secret = cli.environment["ETHNOMED_PASSPHRASE"]
    ctx = vault.open_council(cli.folder, secret, program="window", label="Раушан", minimum=cli.params)
    try:
        assert cli.refused("record", "list", "incident", code=3) == "vault.open_elsewhere"
        assert "Раушан" in cli("record", "list", "incident").json["message"]
    finally:
        vault.close(ctx)
    assert cli("record", "list", "incident").code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sound_council_is_found_sound_in_words(cli, language: str) -> None:
    cli.language = language
    found = cli("vault", "check").json
    assert found["sound"] is True
    codes = [one["code"] for one in found["findings"]]
    assert codes[:5] == ["pages", "log", "signatures", "audit", "digest"]
    assert {"users", "newest", "keys"} <= set(codes)
    said = cli("vault", "check", as_json=False)
    assert said.code == 0
    assert len(said.out.splitlines()) == len(codes)
    assert all(one["message"] in said.out for one in cli("vault", "check").json["findings"][:1])


def test_what_was_written_past_the_program_is_found_and_code_three(cli) -> None:
    cli.add("person", surname="Әлиев")
    ctx = vault.open_council(
        cli.folder, cli.environment["ETHNOMED_PASSPHRASE"], program="command", minimum=cli.params
    )
    with ctx.vault.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE log SET raw = replace(raw, 'Әлиев', 'Болат') WHERE lid = 3")
        connection.exec_driver_sql("UPDATE audit SET action = 'nothing' WHERE aid = 1")
        connection.exec_driver_sql("UPDATE person SET surname = 'Болат'")
    vault.close(ctx)
    ended = cli("vault", "check")
    assert ended.code == 3
    wrong = [one["code"] for one in ended.json["findings"] if not one["sound"]]
    assert "audit" in wrong
    said = cli("vault", "check", as_json=False)
    assert said.code == 3
    assert "BAD" in said.out


def test_rebuilding_compares(cli) -> None:
    cli.add("person", surname="Әлиев")
    assert cli("vault", "rebuild").json["sound"] is True
    ctx = vault.open_council(
        cli.folder, cli.environment["ETHNOMED_PASSPHRASE"], program="command", minimum=cli.params
    )
    with ctx.vault.store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE person SET surname = 'Болат'")
    vault.close(ctx)
    ended = cli("vault", "rebuild")
    assert ended.json["sound"] is False
    assert ended.json["facts"]["tables"] == ["person"]
    assert cli("record", "list", "person").json["records"][0]["fields"]["surname"] == "Әлиев"


def test_changing_the_password(cli, tmp_path: Path) -> None:
    cli.environment["ETHNOMED_NEW_PASSPHRASE"] = "бұлақ басында бес құс"
    assert cli("vault", "passphrase").json == {"changed": True}
    assert cli.refused("vault", "slots", code=3) == "vault.wrong_passphrase"
    cli.environment["ETHNOMED_PASSPHRASE"] = cli.environment.pop("ETHNOMED_NEW_PASSPHRASE")
    file = tmp_path / "new"
    file.write_text("short\n", encoding="utf-8")
    assert cli.refused("vault", "passphrase", "--new-passphrase-file", str(file)) == "passphrase.too_short"
    assert [slot["kind"] for slot in cli("vault", "slots").json] == ["passphrase", "recovery"]


def test_a_new_recovery_sheet_ends_the_old_one(cli, nowhere, given: str, tmp_path: Path) -> None:
    old = code_in(nowhere("vault", "create", "--from", given).err)
    sheet = tmp_path / "sheet.pdf"
    ended = nowhere("vault", "recovery-sheet", "--out", str(sheet))
    assert ended.json == {"file": str(sheet), "renewed": True}
    assert "open nothing any more" in ended.err
    nowhere.environment["ETHNOMED_PASSPHRASE"] = old
    assert nowhere.refused("vault", "slots", code=3).startswith("vault.")


def test_a_sheet_that_cannot_be_written_does_not_lose_the_code(cli, tmp_path, monkeypatch) -> None:
    from ethnomed_desktop.domain.errors import StorageError

    def full(*_anything: object) -> None:
        raise StorageError("storage.full", path="sheet.pdf")

    monkeypatch.setattr(vault, "write_recovery_sheet", full)
    ended = cli("vault", "recovery-sheet", "--out", str(tmp_path / "sheet.pdf"))
    assert ended.json["file"] is None
    cli.environment["ETHNOMED_PASSPHRASE"] = code_in(ended.err)
    assert cli("vault", "slots").code == 0


def test_our_own_faults_get_a_reference_and_a_note_without_values(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_anything: object, **_named: object) -> None:
        raise ZeroDivisionError("Әлиев Болат")

    monkeypatch.setattr(vault, "check", broken)
    for language in LANGUAGES:
        cli.language = language
        ended = cli("vault", "check")
        assert ended.code == 5
        assert ended.json["error"] == "internal"
        assert ended.json["facts"]["reference"] in ended.json["message"]
        note = cli.folder / "logs" / "crashes" / f"{ended.json['facts']['reference']}.txt"
        assert "ZeroDivisionError" in note.read_text(encoding="utf-8")
        assert "Әлиев" not in note.read_text(encoding="utf-8") + ended.out + ended.err
    assert cli("vault", "slots").code == 0, "the vault was locked properly after the fault"


def test_control_c_ends_without_a_trace(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_anything: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(vault, "check", stopped)
    ended = cli("vault", "check", as_json=False)
    assert ended.code == 130
    assert ended.err == "Stopped. The unfinished step changed nothing.\n"
    assert cli("vault", "slots").code == 0


@pytest.mark.postgres
def test_a_council_may_lie_in_a_postgresql_database(nowhere, given: str, postgres_url: str) -> None:
    made = nowhere("vault", "create", "--from", given, "--database", postgres_url)
    assert made.code == 0, made
    person = nowhere.add("person", surname="Өтегенов")
    assert nowhere("search", "өтегенов").json[0]["id"] == person["id"]
    assert nowhere("vault", "check").json["sound"] is True
    assert not (nowhere.folder / "store.db").exists()


def test_an_unreachable_database_is_code_three(nowhere, given: str) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    assert nowhere.refused("vault", "create", "--from", given, "--database", url, code=3) == "vault.server_gone"
    for wrong in ("nothing", "mysql://host/name", "postgresql://host", "file:///etc/passwd", ""):
        words = ("vault", "create", "--from", given, "--database", wrong)
        assert nowhere.refused(*words, code=2) == "usage.wrong_value"
    assert not (nowhere.folder / "keys.json").exists()


def test_after_a_power_cut_it_says_that_all_is_whole(cli) -> None:
    (cli.folder / "store.lock").write_text('{"who": "Раушан"}', encoding="utf-8")  # as a killed program leaves it
    ended = cli("record", "list", "person")
    assert (ended.code, "not closed properly" in ended.err) == (0, True)
    assert cli("record", "list", "person").err == ""
