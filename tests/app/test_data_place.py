"""Where the records lie: a stick, a stick with the program on it, a share of the network."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.app import data_place, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.data_place import DataPlace, place_after_writing, place_of
from ethnomed_desktop.domain.errors import VaultError
from ethnomed_desktop.store import medium
from ethnomed_desktop.store.medium import Medium
from tests.app.conftest import CHEAP, COUNCIL, PASSPHRASE

STICK = Medium(removable=True, volume="1234-ABCD")
DISK = Medium()


def on(monkeypatch: pytest.MonkeyPatch, data: Medium, program: Medium = DISK) -> None:
    def found(folder: Path) -> Medium:
        return program if folder == paths.program_dir() else data

    monkeypatch.setattr(data_place, "medium_of", found)


def test_a_stick_with_and_without_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, STICK)
    assert place_of(tmp_path) == DataPlace(stick=True)
    on(monkeypatch, STICK, STICK)
    assert place_of(tmp_path) == DataPlace(stick=True, with_program=True)
    on(monkeypatch, Medium(), STICK)
    assert place_of(tmp_path) == DataPlace()


def test_everything_reaches_the_stick_before_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(data_place, "sync_all", lambda: synced.append(True))
    on(monkeypatch, Medium())
    place_after_writing(tmp_path)
    assert synced == []
    on(monkeypatch, STICK)
    assert place_after_writing(tmp_path).stick
    assert synced == [True]


def test_the_place_of_an_open_vault(council: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, Medium(on_network=True))
    assert data_place.data_place(council) == DataPlace(share=True)


def test_no_vault_is_made_on_a_share_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medium, "medium_of", lambda _folder: Medium(on_network=True))
    with pytest.raises(VaultError) as caught:
        vault.create_council(
            tmp_path / "share", COUNCIL, PASSPHRASE, program="command", params=CHEAP, minimum=CHEAP
        )
    assert caught.value.code == "vault.on_network_share"
    assert not (tmp_path / "share").exists()
