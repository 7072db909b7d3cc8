"""A vault on a stick goes from computer to computer as one installation; a copy on another stick is a new one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from ethnomed_desktop.app import vault
from ethnomed_desktop.store import incarnation, machine
from ethnomed_desktop.store.medium import Medium
from ethnomed_desktop.store.tables import replica
from tests.app.conftest import CHEAP, COUNCIL, PASSPHRASE


def replica_at(root: Path, monkeypatch: pytest.MonkeyPatch, computer: str, medium: Medium) -> bytes:
    """Open the vault at a computer, on a medium; return which installation it is there."""
    monkeypatch.setattr(machine, "_system_id", lambda: computer)
    monkeypatch.setattr(incarnation, "medium_of", lambda _folder: medium)
    if (root / "keys.json").exists():
        ctx = vault.open_council(root, PASSPHRASE, program="command", minimum=CHEAP)
    else:
        ctx = vault.create_council(root, COUNCIL, PASSPHRASE, program="command", params=CHEAP, minimum=CHEAP).ctx
    with ctx.reading() as connection:
        own = connection.execute(select(replica.c.uid).where(replica.c.is_own)).scalar_one()
    vault.close(ctx)
    return bytes(own)


def test_the_stick_counts_not_the_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick, other = Medium(removable=True, volume="1234-ABCD"), Medium(removable=True, volume="4321-DCBA")
    first = replica_at(tmp_path / "vault", monkeypatch, "one", stick)
    assert replica_at(tmp_path / "vault", monkeypatch, "two", stick) == first
    assert replica_at(tmp_path / "vault", monkeypatch, "one", stick) == first
    assert replica_at(tmp_path / "vault", monkeypatch, "one", other) != first  # copied to another stick


@pytest.mark.parametrize("medium", [Medium(), Medium(removable=True), Medium(volume="of-a-disk")])
def test_without_a_named_stick_the_computer_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, medium: Medium
) -> None:
    first = replica_at(tmp_path / "vault", monkeypatch, "one", medium)
    assert replica_at(tmp_path / "vault", monkeypatch, "one", medium) == first
    assert replica_at(tmp_path / "vault", monkeypatch, "two", medium) != first
