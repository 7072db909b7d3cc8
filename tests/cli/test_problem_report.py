"""``problem-report``: shown or written, in three languages, without a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.i18n.catalogs import LANGUAGES
from tests.cli.conftest import Cli


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_needs_no_password(cli: Cli, tmp_path: Path, language: str) -> None:
    cli.language, cli.environment, cli.now = language, {}, None
    said = cli("problem-report", as_json=False)
    assert said.code == 0
    assert "store.db" in said.out
    target = tmp_path / "report.txt"
    assert cli("problem-report", "--out", str(target)).json == {"file": str(target)}
    assert "Ethnomed Desktop" in target.read_text(encoding="utf-8")
    assert cli.refused("problem-report", "--out", str(tmp_path)) == "output.is_folder"
