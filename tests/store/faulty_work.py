"""Runs under the faulty disk (`faulty_disk.c`): does one kind of work again and again, each time failing later.

``python -m tests.store.faulty_work SHIM WORK ROOM MOST OTHERS SIZE`` – prints one JSON line per run: so many
calls that fail alone, so many for each of the other modes, with a file of that size to attach. Every run is a
child of this process over a fresh copy of a council; afterwards this process opens what is left and looks.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from ethnomed_desktop.app import attachments, backups, records, users, vault
from ethnomed_desktop.app.attachment_check import check_contents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, VaultError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.backup import verify
from ethnomed_desktop.store.kdf import KdfParameters

CHEAP = KdfParameters(t=1, m_kib=64, p=1)
OLD, NEW = "жайлауда жеті жылқы жатыр", "бес бұлақ басында бір терек"
CLOCK = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
COUNCIL: dict[str, Any] = {
    "user": {"name": "Сейітова Раушан", "role": "chair", "label": "Раушан"},
    "bodies": [{"body_kind": "council_of_elders", "name_kk": "Кеңес", "place": "kato:314800000"}],
}
MODES = {"once": (0, errno.EIO), "full": (1, errno.ENOSPC), "stuck": (2, errno.EIO)}
BEFORE, TEXT = b"%PDF-1.7 before " * 9000, "Арық басындағы дау. " * 40


class Shim:
    """The library as it was put before the C library of this process."""

    def __init__(self, path: str) -> None:
        self._library = ctypes.CDLL(path)
        self._library.faulty_calls.restype = ctypes.c_long

    def arm(self, folder: Path, at: int, mode: str) -> None:
        how, error = MODES[mode]
        self._library.faulty_arm(str(folder).encode(), ctypes.c_long(at), how, error)

    def disarm(self) -> int:
        calls = int(self._library.faulty_calls())
        self._library.faulty_disarm()
        return calls


def opened(root: Path, secret: str = OLD) -> AppContext:
    return vault.open_council(root, secret, program="command", clock=CLOCK, minimum=CHEAP)


def make_template(root: Path) -> tuple[bytes, bytes]:
    """A closed council with a record and a file attached to it."""
    ctx = vault.create_council(root, COUNCIL, OLD, program="command", clock=CLOCK, params=CHEAP, minimum=CHEAP).ctx
    uid = records.record(ctx, "incident", {"settlement": "Масанчи", "what_happened": TEXT}).value.uid
    made = attachments.attach_bytes(ctx, uid, BEFORE, attachments.Wish(name="before.pdf")).value
    vault.close(ctx)
    return uid, made.uid


Work = Callable[[AppContext, Path, bytes], None]


def save(ctx: AppContext, room: Path, uid: bytes) -> None:
    records.record(ctx, "person", {"surname": "Кейінгі", "note": TEXT})


def attach(ctx: AppContext, room: Path, uid: bytes) -> None:
    attachments.attach(ctx, uid, room / "new.bin")


def careless(ctx: AppContext, room: Path, uid: bytes) -> None:
    """Attach in the wrong order, the record before its content: the looking must see what faults make of it."""
    data = (room / "new.bin").read_bytes()
    with ctx.unit_of_work(records.Action.RECORD, records.Written()) as work:
        facts = {"of": uid_text(uid), "of_kind": "incident", "media_type": "x", "size": len(data)}
        name_and_sha = {"name": "new.bin", "sha256": hashlib.sha256(data).hexdigest()}
        work.create(attachments.ATTACHMENT, {**facts, **name_and_sha})
    ctx.blobs.put(lambda: iter((data,)), ctx.clock.now_ms())


def passphrase(ctx: AppContext, room: Path, uid: bytes) -> None:
    vault.change_passphrase(ctx, NEW, CHEAP, CHEAP)


def back_up(ctx: AppContext, room: Path, uid: bytes) -> None:
    backups.back_up(ctx, ctx.vault.folder.root / "out.emb")


def rekey(ctx: AppContext, room: Path, uid: bytes) -> None:
    users.change_key(ctx)


WORKS: dict[str, Work] = {
    "save": save,
    "attach": attach,
    "careless": careless,
    "passphrase": passphrase,
    "backup": back_up,
    "rekey": rekey,
    "migrate": lambda ctx, room, uid: None,
}


def run_in_child(shim: Shim, name: str, room: Path, at: int, mode: str, uid: bytes) -> dict[str, Any]:
    """Do the work in a child that then dies without closing anything; returns what it said of it."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said: dict[str, Any] = {"done": False}
        try:
            os.close(read)
            said |= work_under_faults(shim, name, room, at, mode, uid)
        except BaseException as error:
            said["broke"] = f"{type(error).__name__}: {error}"[:300]
        finally:
            shim.disarm()
            os.write(write, json.dumps(said).encode())
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        said = json.loads(answer.read() or b'{"broke": "the child died"}')
    os.waitpid(child, 0)
    return said


def work_under_faults(shim: Shim, name: str, room: Path, at: int, mode: str, uid: bytes) -> dict[str, Any]:
    root = room / "vault"
    if name == "migrate":
        schema.fingerprint = lambda: "newer"
        shim.arm(root, at, mode)
    ctx = None
    try:
        ctx = opened(root)
        if name != "migrate":
            shim.arm(root, at, mode)
        WORKS[name](ctx, room, uid)
        return {"done": True, "calls": shim.disarm()}
    except EthnomedError as error:
        said: dict[str, Any] = {"done": False, "error": error.code}
    said["calls"] = shim.disarm()
    if ctx is not None and name != "rekey":  # the disk is well again: the same program goes on
        said["after"] = records.record(ctx, "person", {"surname": "Содан кейін"}).value.uid.hex()
    return said


def look(name: str, room: Path, said: dict[str, Any], uid: bytes, file: bytes) -> list[str]:
    """Open what is left and return everything that is not as it must be: before or after, never between."""
    root, wrong = room / "vault", []
    ctx = None
    for secret in (OLD, NEW):
        with suppress(VaultError):
            ctx = opened(root, secret)
            break
    if ctx is None:
        return ["the vault does not open"]
    try:
        if name == "passphrase" and said["done"] and secret != NEW:
            wrong.append("the new password was reported, the old one opens")
        if records.show(ctx, uid).values["what_happened"] != TEXT.strip():
            wrong.append("a record of before is not as it was")
        if b"".join(attachments.content(ctx, file)) != BEFORE:
            wrong.append("a file of before is not as it was")
        if "after" in said and records.show(ctx, bytes.fromhex(said["after"])).values["surname"] != "Содан кейін":
            wrong.append("what was saved after the fault is gone")
        wrong += look_at_work(ctx, name, room, said, uid)
        wrong += [f"check: {one.code}" for one in vault.check(ctx) if not one.sound]
        wrong += [f"check: {one.code}" for one in check_contents(ctx) if not one.sound]
    finally:
        vault.close(ctx)
    return wrong


def look_at_work(ctx: AppContext, name: str, room: Path, said: dict[str, Any], uid: bytes) -> list[str]:
    wrong = []
    if name == "save":
        found = [one for one in people_of(ctx) if one.get("surname") == "Кейінгі"]
        if len(found) != 1 and (said["done"] or found):
            wrong.append(f"{len(found)} records of one saving")
        if any(one.get("note") != TEXT.strip() for one in found):
            wrong.append("a record is half there")
    elif name in {"attach", "careless"}:
        new = [one for one in attachments.attached_to(ctx, uid) if one.name == "new.bin"]
        if len(new) != 1 and (said["done"] or new):
            wrong.append(f"{len(new)} files of one attaching")
        if any(b"".join(attachments.content(ctx, one.uid)) != (room / "new.bin").read_bytes() for one in new):
            wrong.append("an attached file is half there")
    elif name == "backup":
        path = ctx.vault.folder.root / "out.emb"
        if path.exists():
            verify(path, ctx.vault.unlocked, ctx.vault.folder.backups)
        elif said["done"]:
            wrong.append("the backup that was reported is not there")
    return wrong


def people_of(ctx: AppContext) -> list[Any]:
    from ethnomed_desktop.app.lists import ListQuestion, list_records

    return [one.values for one in list_records(ctx, ListQuestion("person"), limit=50).rows]


def chosen(calls: int, most: int) -> list[int]:
    """Every call, or so many spread over all of them."""
    if calls <= most:
        return list(range(1, calls + 1))
    return sorted({1 + number * (calls - 1) // (most - 1) for number in range(most)})


class Bench:
    """One kind of work over fresh copies of one council."""

    def __init__(self, shim: Shim, name: str, base: Path, size: int) -> None:
        self._shim, self._name, self._base = shim, name, base
        self._uid, self._file = make_template(base / "template")
        (base / "new.bin").write_bytes(os.urandom(size))

    def run(self, at: int, mode: str) -> dict[str, Any]:
        """Let the call ``at`` fail (0: none) and look at what is left."""
        room = self._base / f"{mode}-{at}"
        shutil.copytree(self._base / "template", room / "vault")
        shutil.copy(self._base / "new.bin", room / "new.bin")
        said = run_in_child(self._shim, self._name, room, at, mode, self._uid)
        wrong = [said["broke"]] if "broke" in said else []
        try:
            wrong += look(self._name, room, said, self._uid, self._file)
        except Exception as error:
            wrong.append(f"looking broke: {type(error).__name__}: {error}"[:300])
        shutil.rmtree(room)
        return {"at": at, "mode": mode, **said, "wrong": wrong}


def main(shim_path: str, name: str, folder: str, most: str, others: str, size: str) -> None:
    """Print what every run said and left."""
    bench = Bench(Shim(shim_path), name, Path(folder).resolve(), int(size))
    whole = bench.run(0, "once")
    sys.stdout.write(json.dumps(whole) + "\n")
    for mode in MODES:
        for at in chosen(int(whole.get("calls", 0)), int(most if mode == "once" else others)):
            sys.stdout.write(json.dumps(bench.run(at, mode)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
