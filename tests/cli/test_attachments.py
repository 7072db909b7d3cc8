"""Attached files on the command line: added, listed, saved, taken off, checked."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Cli


@pytest.fixture
def incident(cli: Cli) -> str:
    return str(cli.add("incident", settlement="Мысалбұлақ", what_happened="дау")["number"])


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Хаттама.pdf"
    path.write_bytes(b"%PDF-1.7 " + os.urandom(2_000_000))
    return path


def test_the_life_of_an_attached_file(cli: Cli, incident: str, paper: Path, tmp_path: Path) -> None:
    added = cli("attachment", "add", incident, str(paper), "--note", "қол қойылған", "--identity")
    assert added.code == 0
    assert (added.json["name"], added.json["size"]) == ("Хаттама.pdf", paper.stat().st_size)
    (one,) = cli("attachment", "list", incident).json
    assert (one["id"], one["state"], one["note"]) == (added.json["id"], "here", "қол қойылған")
    assert one["contains_identity"] is True
    out = tmp_path / "copy.pdf"
    saved = cli("attachment", "save", one["id"], "--out", str(out))
    assert saved.json == {"file": str(out), "bytes": paper.stat().st_size}
    assert "not protected" in saved.err
    assert out.read_bytes() == paper.read_bytes()
    checked = cli("attachment", "check")
    assert (checked.code, checked.json) == (
        0,
        [{"code": "contents", "sound": True, "facts": {"count": 1, "waiting": 0}}],
    )
    assert cli("record", "withdraw", one["id"], "--reason", "қате").code == 0
    assert cli("attachment", "list", incident).json == []
    assert cli("record", "restore", one["id"]).code == 0
    assert len(cli("attachment", "list", incident).json) == 1


def test_refusals_have_their_codes(cli: Cli, incident: str, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert cli.refused("attachment", "add", incident, str(tmp_path)) == "attachment.folder"
    assert cli.refused("attachment", "add", incident, str(tmp_path / "gone")) == "attachment.vanished"
    assert cli.refused("attachment", "add", incident, str(tmp_path / "empty")) == "attachment.empty"
    assert cli.refused("attachment", "add", "2026/99", str(paper)) == "record.unknown"
    assert cli("attachment", "add", incident, str(paper)).code == 0
    assert cli.refused("attachment", "add", incident, str(paper)) == "attachment.already"
    assert cli.refused("attachment", "save", incident, "--out", str(tmp_path / "x")) == "record.unknown"
    one = cli("attachment", "list", incident).json[0]["id"]
    assert cli.refused("attachment", "save", one, "--out", str(tmp_path / "no" / "x")) == "storage.gone"
    assert cli.refused("record", "add", "attachment", "--from", "-", stdin='{"name": "x"}') == (
        "attachment.not_by_hand"
    )


def test_a_lost_content_ends_the_check_with_three(cli: Cli, incident: str, paper: Path) -> None:
    cli("attachment", "add", incident, str(paper))
    (cli.folder / "blobs.db").unlink()
    checked = cli("attachment", "check")
    assert checked.code == 3
    assert checked.json == [
        {"code": "contents_lost", "sound": False, "facts": {"count": 1, "names": ["Хаттама.pdf"]}}
    ]
    assert cli("attachment", "list", incident).json[0]["state"] == "lost"
    assert cli("record", "show", incident).code == 0
    assert cli("attachment", "add", incident, str(paper)).code == 1, "attaching it again is refused as a double …"
    assert cli("attachment", "check").code == 0, "… but heals it"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_people_read_what_was_done_to_a_photograph(cli: Cli, incident: str, tmp_path: Path, language: str) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    Image.linear_gradient("L").resize((2600, 1300)).convert("RGB").save(out, "JPEG", exif=exif)
    (tmp_path / "a.jpg").write_bytes(out.getvalue())
    cli.language = language
    said = cli("attachment", "add", incident, str(tmp_path / "a.jpg"), as_json=False).out
    words = {"kk": "кішірейтілді", "ru": "уменьшена", "en": "made smaller"}[language]
    assert words in said
    assert "a.jpg" in cli("attachment", "list", incident, as_json=False).out
