"""Refusals in the log: by code and place, once each, never with a fact of the person, never in foreign folders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.app.problem_report import problem_report
from ethnomed_desktop.app.program_log import last_lines
from ethnomed_desktop.app.refusal_notes import is_noted, logs_for, note_refusal
from ethnomed_desktop.domain.errors import EthnomedError, StorageError, UsageError, UserError, VaultError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

NAME = "Айгерім"


def written(logs: Path) -> list[str]:
    return [line.partition(" ")[2] for line in last_lines(logs, 20)]


def test_the_code_and_the_place_stand_there_and_nothing_else(tmp_path: Path) -> None:
    note_refusal(VaultError("vault.damaged", path=f"/home/{NAME}"), "record.list", tmp_path)
    note_refusal(StorageError("storage.full", path=NAME), "window", tmp_path)
    note_refusal(UserError("update.package_damaged", name=NAME), "update", tmp_path)
    note_refusal(UsageError("usage.library_missing", library="libGL.so.1"), "self-test", tmp_path)
    note_refusal(EthnomedError("internal", reference="20261122-101500-ab12"), "batch", tmp_path)
    assert written(tmp_path) == [
        "refused code=vault.damaged at=record.list exit=3",
        "refused code=storage.full at=window exit=1",
        "refused code=update.package_damaged at=update exit=1",
        "refused code=usage.library_missing at=self-test exit=2",
        "refused code=internal at=batch note=20261122-101500-ab12 exit=1",
    ]


@pytest.mark.parametrize("code", ["input.too_large", "iin.wrong", "usage.unknown_option", "passphrase.too_short"])
def test_what_a_person_mistyped_is_not_noted(tmp_path: Path, code: str) -> None:
    error = UserError(code, value=NAME)
    note_refusal(error, "window", tmp_path)
    assert not is_noted(error)
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_that_is_worded_again_is_noted_once(tmp_path: Path) -> None:
    error = VaultError("vault.newer")
    for _time in range(3):
        note_refusal(error, "window", tmp_path)
    note_refusal(VaultError("vault.newer"), "window", tmp_path)
    assert len(written(tmp_path)) == 2


def test_a_place_that_is_no_code_is_made_one(tmp_path: Path) -> None:
    note_refusal(VaultError("vault.missing"), f"record {NAME}", tmp_path)
    note_refusal(VaultError("vault.missing"), "", tmp_path)
    assert written(tmp_path) == [
        f"refused code=vault.missing at=record-{'-' * len(NAME)} exit=3",
        "refused code=vault.missing at=call exit=3",
    ]


def test_a_folder_that_is_not_ours_gets_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    own = paths.places().logs
    assert own.is_relative_to(tmp_path)
    for name in ("mistyped", "photographs"):
        assert logs_for(tmp_path / name) == own
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "logs").mkdir()  # somebody else's logs
        assert logs_for(tmp_path / name) == own
    (tmp_path / "council").mkdir()
    (tmp_path / "council" / "store.db").touch()
    assert logs_for(tmp_path / "council") == tmp_path / "council" / "logs"
    assert logs_for(None) == own


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_problem_report_shows_them(tmp_path: Path, language: str) -> None:
    places = paths.places(data=tmp_path)
    note_refusal(VaultError("vault.damaged", path=NAME), "window", places.logs)
    said = problem_report(places, Catalog.load(language))
    assert "refused code=vault.damaged at=window exit=3" in said
    assert NAME not in said


def test_every_noted_family_has_codes_of_its_own() -> None:
    """A family that was renamed would be noted no more without anybody seeing it."""
    from ethnomed_desktop.app import refusal_notes

    source = "".join(
        path.read_text(encoding="utf-8") for path in (paths.program_dir() / "ethnomed_desktop").rglob("*.py")
    )
    raised = set(re.findall(r'(?:Error|NotAllowed)\(\s*"([a-z_]+(?:\.[a-z_]+)?)"', source))
    families = {code.partition(".")[0] for code in raised}
    assert refusal_notes.FAMILIES - families == set()
    assert refusal_notes.CODES - raised == set()
