"""Registers by commands."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.app.documents import read_back


def test_a_register_is_written(cli, tmp_path: Path) -> None:
    cli.add("meeting", starts="2026-11-20T10:00", heading="Су кезегі")
    target = tmp_path / "r.pdf"
    said = cli("register", "write", "meetings", "--year", "2026", "--language", "kk+ru", "--out", str(target)).json
    assert (said["format"], said["pages"], said["year"]) == ("pdf", 2, 2026)
    assert "Су кезегі" in read_back(target.read_bytes())
    sheet = cli("register", "write", "meetings", "--format", "xlsx", "--out", str(tmp_path / "r.xlsx")).json
    assert sheet["rows"] == 1


def test_registers_are_named_and_others_refused(cli, tmp_path: Path) -> None:
    names = [one["name"] for one in cli("register", "list").json]
    assert names == ["incidents", "meetings", "consents", "handovers", "exchange", "audit"]
    out = ("--out", str(tmp_path / "x"))
    assert cli.refused("register", "write", "gossip", *out, code=2) == "register.unknown"
    assert cli.refused("register", "write", "audit", "--out", str(tmp_path)) == "output.is_folder"
    assert cli.refused("register", "write", "audit", "--year", "26", *out, code=2) == "usage.wrong_value"
