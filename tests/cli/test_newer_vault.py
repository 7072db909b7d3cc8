"""The command line over a vault of a newer program: reading goes on, writing ends with one sentence and code 4."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.app.vault import close, open_council
from tests.app.newer_program import make_newer

from .conftest import CHEAP, PASSPHRASE, Cli


@pytest.fixture
def newer(cli: Cli) -> Cli:
    """The command line over what a newer program wrote."""
    cli.add("person", surname="Жаңабаева")
    key = _key(cli.folder)
    make_newer(cli.folder, key)
    return cli


def _key(folder: Path) -> bytes:
    ctx = open_council(folder, PASSPHRASE, program="command", minimum=CHEAP)
    key = ctx.vault.unlocked.vault_key
    close(ctx)
    return key


def test_reading_goes_on_and_says_so(newer: Cli, tmp_path: Path) -> None:
    listed = newer("record", "list", "person")
    assert listed.code == 0
    assert "Жаңабаева" in listed.out
    assert "newer version" in listed.err
    assert newer("search", "жаңаб").code == 0
    assert newer("vault", "check").code == 0
    assert newer("vault", "backup", str(tmp_path / "one.emb")).code == 0
    assert newer("--quiet", "record", "list", "person").err == ""


def test_writing_is_refused(newer: Cli) -> None:
    before = (newer.folder / "store.db").read_bytes()
    assert newer.refused("record", "add", "person", "--from", "-", stdin='{"surname": "Ә"}', code=4) == (
        "vault.reading_only"
    )
    assert newer.refused("vault", "rebuild", code=4) == "vault.reading_only"
    ended = newer("record", "add", "person", "--from", "-", stdin='{"surname": "Ә"}', as_json=False)
    assert (ended.code, "change nothing" in ended.err) == (4, True)
    assert (newer.folder / "store.db").read_bytes() == before


def test_what_this_version_cannot_read_is_refused_at_the_door(cli: Cli) -> None:
    make_newer(cli.folder, _key(cli.folder), "INSERT OR REPLACE INTO meta VALUES ('reads_from', '2')")
    assert cli.refused("record", "list", "person", code=3) == "vault.newer"
