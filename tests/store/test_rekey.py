"""Another key for the vault: everybody still comes in, the one who left does not, and no kill leaves neither."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ethnomed_desktop.app import records, users, vault
from ethnomed_desktop.app.attachments import attach
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.store import slots
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.handing_over import agreement_public, hand_over, take_over
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.key_file import read_keys
from ethnomed_desktop.store.rekey import rekey
from ethnomed_desktop.store.rekey_files import COMING, READY
from ethnomed_desktop.store.vault_keys import public_key, subkeys

CHEAP = KdfParameters(t=1, m_kib=64, p=1)
FIRST, SECOND = "жайлауда жеті жылқы", "бес түп алма ағаш тұр"
CLOCK = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
COUNCIL = {
    "user": {"name": "Сейітова Раушан", "role": "chair", "label": "Раушан"},
    "bodies": [{"body_kind": "council_of_elders", "name_kk": "Ақсақалдар кеңесі", "place": "kato:314800000"}],
}


def opened(root: Path, secret: str = FIRST, label: str | None = None) -> AppContext:
    return vault.open_council(root, secret, program="command", label=label, clock=CLOCK, minimum=CHEAP)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault of three users, one of them removed, with records and an attached file."""
    root = tmp_path_factory.mktemp("rekey") / "vault"
    made = vault.create_council(root, COUNCIL, FIRST, program="command", clock=CLOCK, params=CHEAP, minimum=CHEAP)
    ctx = made.ctx
    users.add_user(ctx, "Асқаров Бауыржан", "mediator", SECOND, label="Бауыржан", params=CHEAP, minimum=CHEAP)
    person = records.record(ctx, "person", {"surname": "Әбілов"}).value
    file = root.parent / "scan.txt"
    file.write_text("мазмұны " * 5000, encoding="utf-8")
    attach(ctx, person.uid, file)
    vault.close(ctx)
    return root


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "vault")
    return tmp_path / "vault"


def change_key(ctx: AppContext) -> None:
    ctx.blobs.close()
    rekey(ctx.vault, CLOCK)


def require_whole(root: Path) -> bytes:
    """Open as both users; everything is there and sound. Returns the vault key."""
    for secret, label in ((FIRST, "Раушан"), (SECOND, "Бауыржан")):
        ctx = opened(root, secret, label)
        key = ctx.vault.unlocked.vault_key
        findings = {one.code for one in vault.check(ctx) if not one.sound}
        with ctx.reading() as connection:
            people = connection.exec_driver_sql("SELECT count(*) FROM person").scalar()
        assert (findings, people) == (set(), 1)
        assert not ctx.vault.keys_were_replaced
        vault.close(ctx)
    assert not list(root.glob(f"*{COMING}*"))
    assert not (root / READY).exists()
    blobs = open_connection(root / "blobs.db", subkeys(key).blobs)
    assert blobs.execute("SELECT count(*) FROM blob_piece").fetchone()[0] > 0
    blobs.close()
    return key


def test_everybody_comes_in_under_a_new_key(root: Path) -> None:
    before = require_whole(root)
    ctx = opened(root)
    change_key(ctx)
    after = require_whole(root)
    assert after != before
    with pytest.raises(VaultError):
        open_connection(root / "store.db", subkeys(before).db)
    with pytest.raises(VaultError):
        open_connection(root / "blobs.db", subkeys(before).blobs)


def test_the_recovery_sheet_still_opens(root: Path) -> None:
    ctx = opened(root)
    code = vault.renew_recovery(ctx, CHEAP, CHEAP)
    change_key(ctx)
    vault.close(opened(root, code))


def test_one_who_left_opens_only_what_he_could_before(root: Path) -> None:
    """He kept keys.json and his passphrase: the backup made before opens, the vault does not."""
    old = read_keys(root / "keys.json", CHEAP)
    ctx = opened(root)
    users.remove_user(ctx, users.user_labelled(ctx, "Бауыржан"))
    change_key(ctx)
    left = slots.unlock(old, SECOND, "Бауыржан")
    with pytest.raises(VaultError):
        open_connection(root / "store.db", subkeys(left.vault_key).db)
    for slot in read_keys(root / "keys.json", CHEAP).slots:
        assert slot.handed is not None
        assert take_over(slot.handed, left.signing_seed, slot.bound(old.vault)) is None
    shutil.copyfile(root / "keys.json", root / "kept.json")
    assert list((root / "backups").glob("before-new-key-*.emb"))


def test_a_new_passphrase_leaves_the_old_key_behind(root: Path) -> None:
    ctx = opened(root)
    change_key(ctx)
    ctx = opened(root)
    vault.change_passphrase(ctx, SECOND + " қосымша", CHEAP, CHEAP)
    own = [slot for slot in ctx.vault.keys.slots if slot.user == ctx.user and slot.kind == "passphrase"]
    assert own[0].handed is None
    vault.close(ctx)
    vault.close(opened(root, SECOND + " қосымша"))


def test_twice_is_as_good_as_once(root: Path) -> None:
    for _ in range(2):
        change_key(opened(root))
    require_whole(root)


def test_pseudonyms_stay_what_the_region_knows(root: Path) -> None:
    ctx = opened(root)
    before = ctx.vault.pseudonym_key
    change_key(ctx)
    for _ in range(2):
        ctx = opened(root)
        assert ctx.vault.pseudonym_key == before
        change_key(ctx)


def test_a_handed_key_that_was_altered_opens_nothing(root: Path) -> None:
    ctx = opened(root)
    change_key(ctx)
    content = json.loads((root / "keys.json").read_text())
    assert content["v"] == 2
    first, second = content["slots"][0], content["slots"][-1]
    first["handed"], second["handed"] = second["handed"], first["handed"]
    content.pop("sum")
    from ethnomed_desktop.store.key_file import _sum

    content["sum"] = _sum(content)
    (root / "keys.json").write_text(json.dumps(content))
    with pytest.raises(VaultError) as refused:
        opened(root)
    assert refused.value.code == "vault.keys_altered"


class Stopped(BaseException):
    """A power cut, as far as the process itself can feel one."""


def calls_of_the_disk(monkeypatch: pytest.MonkeyPatch, stop_at: int) -> Callable[[], int]:
    """Stop at the n-th renaming, removing or forcing of a file; returns how many there were."""
    counted = 0

    def counting(real: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **named: object) -> object:
            nonlocal counted
            counted += 1
            if counted == stop_at:
                raise Stopped
            return real(*arguments, **named)

        return called

    for name in ("replace", "unlink", "fsync", "rename"):
        monkeypatch.setattr(os, name, counting(getattr(os, name)))
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, counting(getattr(Path, name)))
    return lambda: counted


def test_a_stop_at_every_step_leaves_one_whole_vault(template: Path, tmp_path: Path) -> None:
    """Before the marker the old key holds, after it the new one; both open for both users."""
    before, seen, at = require_whole(template), set(), 0
    while True:
        at += 1
        root = tmp_path / f"v{at}" / "vault"
        shutil.copytree(template, root)
        ctx = opened(root)
        with pytest.MonkeyPatch.context() as patched:
            counted = calls_of_the_disk(patched, at)
            try:
                change_key(ctx)
            except Stopped:
                pass
            except EthnomedError:
                pass
            reached = counted() >= at
        vault.close(ctx)
        seen.add(require_whole(root) == before)
        shutil.rmtree(root.parent)
        if not reached:
            break
    assert seen == {True, False}
    assert at > 10


def begun(root: Path) -> int:
    """Let a child change the key; returns its process as soon as it is at work."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            ctx = opened(root)
            os.write(write, b"!")
            change_key(ctx)
        finally:
            os._exit(0)
    os.close(write)
    os.read(read, 1)
    os.close(read)
    return child


def killed(root: Path, seconds: float) -> bool:
    """Let a child change the key and kill it after so long; says whether it was still at work."""
    child = begun(root)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-4))
    signal.sigwait({signal.SIGALRM})
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.fixture
def alarm() -> Iterator[None]:
    """Take the alarm as something to wait for, not to die of."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def kill_many(template: Path, folder: Path, kills: int) -> int:
    """Kill at moments spread over the time that an undisturbed change takes on this machine just now."""
    chance, at_work, longest = random.Random(kills), 0, 0.0
    for number in range(kills + 1):
        root = folder / f"v{number}" / "vault"
        shutil.copytree(template, root)
        if number == 0:
            child, start = begun(root), time.monotonic()
            os.waitpid(child, 0)
            longest = time.monotonic() - start
        else:
            at_work += killed(root, chance.uniform(0, longest))
        require_whole(root)
        shutil.rmtree(root.parent)
    return at_work


def test_kills_at_random_moments_leave_a_vault_that_opens(template: Path, tmp_path: Path, alarm: None) -> None:
    assert kill_many(template, tmp_path, 12) > 0


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_many_kills_at_random_moments(template: Path, tmp_path: Path, alarm: None) -> None:
    assert kill_many(template, tmp_path, 300) > 50


def test_the_two_forms_of_a_key_belong_together() -> None:
    """The point that X25519 makes from the seed is the one that the public key is turned into."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    chance = random.Random(8032)
    for _ in range(50):
        seed = chance.randbytes(32)
        import hashlib

        own = X25519PrivateKey.from_private_bytes(hashlib.sha512(seed).digest()[:32]).public_key()
        assert own.public_bytes(Encoding.Raw, PublicFormat.Raw) == agreement_public(public_key(seed))
        handed = hand_over(b"k" * 32, public_key(seed), b"slot 1")
        assert take_over(handed, seed, b"slot 1") == b"k" * 32
        assert take_over(handed, seed, b"slot 2") is None
        assert take_over(handed, chance.randbytes(32), b"slot 1") is None


@pytest.mark.parametrize("bad", [b"", b"\x01" + b"\x00" * 31, b"\xff" * 32])
def test_what_is_no_key_of_the_curve_is_refused(bad: bytes) -> None:
    with pytest.raises(ValueError, match="curve"):
        agreement_public(bad)
