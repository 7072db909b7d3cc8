"""A vault of a newer program in the window: a standing band says why nothing can be changed; every page reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.app.vault import close, open_council
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.features import BELOW, FEATURES
from ethnomed_desktop.ui.kit.reading_band import ReadingBand
from tests.app.newer_program import make_newer

from .conftest import PASSPHRASE


@pytest.fixture
def newer(council_folder: Path) -> bytes:
    """The council's folder as a newer program left it; returns an incident in it."""
    ctx = open_council(council_folder, PASSPHRASE, program="command", minimum=FLOOR)
    made = records.record(ctx, "incident", {"settlement": "Масанчи", "what_happened": "Арық дауы"}).value.uid
    key = ctx.vault.unlocked.vault_key
    close(ctx)
    make_newer(council_folder, key)
    return made


def test_a_band_says_it_and_every_page_is_shown(newer: bytes, desk: Any) -> None:
    desk.unlocked("kk")
    band = desk.work.findChild(ReadingBand)
    assert band.isVisible()
    assert band.text() == sentence(NotAllowed("vault.reading_only"), current())
    told: list[tuple[str, str]] = []
    desk.work.notices.told.connect(lambda severity, text: told.append((severity, text)))
    for feature in (*FEATURES, *BELOW):
        desk.work.show_section(feature.key)
        desk.settle()
    assert [one for one in told if one[0] in {"warning", "error"}] == []
    desk.window.use_language("ru")
    assert band.text() == sentence(NotAllowed("vault.reading_only"), current())
    assert "более новой" in band.text()


def test_what_would_write_is_grey_and_says_why(newer: bytes, desk: Any) -> None:
    desk.unlocked("ru")
    by_key = desk.window.actions_.by_key
    reason = sentence(NotAllowed("vault.reading_only"), current())
    for key in ("incident", "new", "another", "edit", "save", "trash"):
        assert not by_key[key].isEnabled(), key
        assert by_key[key].toolTip() == reason
    assert by_key["back_up"].isEnabled()
    assert by_key["check"].isEnabled()


def test_a_record_is_shown_and_the_vault_left_as_it_was(newer: bytes, desk: Any, council_folder: Path) -> None:
    before = (council_folder / "store.db").read_bytes()
    desk.unlocked("ru")
    desk.incidents.open_record(_text(newer))
    desk.settle()
    desk.close()
    assert (council_folder / "store.db").read_bytes() == before
    assert list((council_folder / "backups").glob("em-*.emb")), "the automatic backup is made all the same"


def _text(uid: bytes) -> str:
    from ethnomed_desktop.domain.ids import uid_text

    return uid_text(uid)
