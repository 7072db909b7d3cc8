"""One bit of any file of a vault is turned over: noticed or harmless; never a crash, never wrong data."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import (
    attachments,
    audit,
    backups,
    drafts,
    lists,
    private_notes,
    records,
    vault,
)
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import Catalog
from tests.store.faulty_work import CHEAP, CLOCK, COUNCIL, OLD

FILES = (
    "vault/keys.json",
    "vault/store.db",
    "vault/blobs.db",
    "vault/failed-unlocks.json",
    "vault/store.lock",
    "vault/backups/em.emb",
    "vault.seen",
)
NEW_WHEN_RESTORED = {"number_series", "audit"}
"""Restored, the vault is a new incarnation: it holds its series itself, and its trail goes on otherwise."""

FILE = b"%PDF-1.7 " + bytes(range(256)) * 300
Shown = dict[str, Any]


@dataclass(frozen=True)
class Sound:
    """A closed vault with a bit of everything, and what it shows."""

    folder: Path
    shown: Shown


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    folder = tmp_path_factory.mktemp("sound")
    root = folder / "vault"
    ctx = vault.create_council(root, COUNCIL, OLD, program="command", clock=CLOCK, params=CHEAP, minimum=CHEAP).ctx
    people = [("person", {"surname": f"Ахметова {n}", "note": "ескерту " * 30}) for n in range(40)]
    records.record_many(ctx, people)
    incident = records.record(ctx, "incident", {"settlement": "Масанчи", "what_happened": "дау " * 400}).value.uid
    attachments.attach_bytes(ctx, incident, FILE, attachments.Wish(name="scan.pdf"))
    private_notes.confide(ctx, {"text": "өзіме ғана"})
    drafts.keep_draft(ctx, "person", {"surname": "Сақталма"})
    vault.close(ctx)
    with pytest.raises(VaultError):
        opened(root, "бұл емес, басқа құпиясөз еді")
    ctx = opened(root)
    backups.back_up(ctx, root / "backups" / "em.emb")
    lock = (root / "store.lock").read_bytes()
    vault.close(ctx)
    with pytest.raises(VaultError):
        opened(root, "бұл емес, басқа құпиясөз еді")
    (root / "store.lock").write_bytes(lock)  # as a program that was killed leaves it
    assert all((folder / name).stat().st_size for name in FILES)
    shown = outcome(copied(folder, folder.parent / "first"))
    assert isinstance(shown, dict)
    return Sound(folder, shown)


def copied(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to


def opened(root: Path, secret: str = OLD) -> AppContext:
    return vault.open_council(root, secret, program="command", clock=CLOCK, minimum=CHEAP)


def everything(ctx: AppContext) -> Shown:
    """All that pages, lists and papers read."""
    shown: Shown = {}
    for kind in KINDS:
        if kind not in {"place", "organisation"}:
            rows = lists.list_records(ctx, lists.ListQuestion(kind), limit=100).rows
            shown[kind] = [(one.uid, dict(one.values), one.withdrawn, one.conflicts) for one in rows]
    files = [uid for uid, *_ in shown["attachment"]]
    shown["contents"] = [b"".join(attachments.content(ctx, uid)) for uid in files]
    shown["notes"] = [one.values for one in private_notes.list_notes(ctx)]
    shown["drafts"] = [one.body for one in drafts.list_drafts(ctx)]
    entries = audit.page(ctx, Catalog.load("en"), limit=500)
    shown["audit"] = [(one.number, one.code, one.details) for one in reversed(entries)][:6]
    return shown


def outcome(folder: Path) -> Shown | str:
    """What is shown, or the code of the refusal; whatever else is raised ends the test."""
    ctx = None
    try:
        ctx = opened(folder / "vault")
        return everything(ctx)
    except EthnomedError as error:
        return error.code
    finally:
        if ctx is not None:
            vault.close(ctx)


def outcome_of_backup(folder: Path) -> Shown | str:
    """Restore the backup where nothing is, and look."""
    shutil.move(folder / "vault" / "backups" / "em.emb", folder / "em.emb")
    shutil.rmtree(folder / "vault")
    try:
        backups.restore(folder / "em.emb", folder / "vault", OLD, program="command", minimum=CHEAP)
    except EthnomedError as error:
        return error.code
    shown = outcome(folder)
    assert isinstance(shown, dict), "what was accepted as sound opens"
    return {part: shown[part] for part in shown if part not in NEW_WHEN_RESTORED}


def flip_many(sound: Sound, room: Path, flips: int, seed: int) -> Counter[str]:
    """Turn over so many bits, one at a time, in every file alike; returns how it ended."""
    chance = random.Random(seed)
    ends: Counter[str] = Counter()
    for number in range(flips):
        name = FILES[number % len(FILES)]
        folder = copied(sound.folder, room / str(number))
        data = bytearray((folder / name).read_bytes())
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        data[place] ^= 1 << bit
        (folder / name).chmod(0o600)
        (folder / name).write_bytes(data)
        look: Callable[[Path], Shown | str] = outcome_of_backup if name.endswith(".emb") else outcome
        found = look(folder)
        if isinstance(found, dict):
            if ("unlock.notes_damaged", {}) in [entry[1:] for entry in found.get("audit", ())]:
                found["audit"], found["noticed"] = sound.shown["audit"], True
            for part in found.keys() & sound.shown.keys():
                assert found[part] == sound.shown[part], f"byte {place} of {name}, bit {bit}: {part}"
        harmless = isinstance(found, dict) and "noticed" not in found
        ends[f"{Path(name).name} {'harmless' if harmless else 'noticed'}"] += 1
        shutil.rmtree(folder)
    return ends


def test_three_hundred_flips(sound: Sound, tmp_path: Path) -> None:
    ends = flip_many(sound, tmp_path, 301, 20261122)
    noticed = sum(count for end, count in ends.items() if not end.endswith("harmless"))
    assert noticed > 100, ends
    assert ends["keys.json harmless"] == 0, ends


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(20))
def test_ten_thousand_flips(seed: int, sound: Sound, tmp_path: Path) -> None:
    assert flip_many(sound, tmp_path, 504, seed).total() == 504


def test_wrong_data_would_be_seen(sound: Sound, tmp_path: Path) -> None:
    folder = copied(sound.folder, tmp_path / "other")
    ctx = opened(folder / "vault")
    records.record(ctx, "person", {"surname": "Басқа"})
    vault.close(ctx)
    shown = outcome(folder)
    assert isinstance(shown, dict)
    assert shown["person"] != sound.shown["person"]
