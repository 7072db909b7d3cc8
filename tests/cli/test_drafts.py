"""``record drafts``: what the window kept is seen without it, and nothing of what was typed."""

from __future__ import annotations

from ethnomed_desktop.app import vault
from ethnomed_desktop.app.drafts import keep_draft
from tests.cli.conftest import CHEAP, PASSPHRASE, Cli


def test_what_the_window_kept_is_listed(cli: Cli) -> None:
    assert cli("record", "drafts").json == []
    ctx = vault.open_council(cli.folder, PASSPHRASE, program="window", minimum=CHEAP)
    kept = keep_draft(ctx, "incident", {"what_happened": "қара бұлт", "time": "14:20"})
    vault.close(ctx)
    (one,) = cli("record", "drafts").json
    assert (one["draft"], one["kind"], one["id"], one["fields"]) == (kept.hex(), "incident", None, 2)
    said = cli("record", "drafts", as_json=False).out
    assert "Incident" in said
    assert "бұлт" not in said


def test_in_every_language(cli: Cli) -> None:
    for language, words in (("kk", "Қаралама жазба жоқ"), ("ru", "Черновиков нет"), ("en", "There are no drafts")):
        cli.language = language
        assert cli("record", "drafts", as_json=False).out.strip() == words
