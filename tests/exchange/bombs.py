"""Files that unfold into far more than they weigh, and a program that opens them within bounds.

Run as ``python -m tests.exchange.bombs FILE…`` it reads a world and a baseline from standard input and
prints, per file: code of the refusal, seconds of computing, memory gained in MiB.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyrage

from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.exchange import archive, limits
from ethnomed_desktop.exchange.authority import Authority
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.reader import open_file
from ethnomed_desktop.exchange.segments import Header, Log, Segment
from ethnomed_desktop.exchange.statements import read_statement
from tests.exchange.hands import D, World, file_of, repacked, resigned, seal_file, sealed, unpacked

MEMORY = 256 << 20
"""What opening any file may take above the program itself."""
_RLE_BLOCK = 128 << 10


def run_length_frame(size: int, declared: int | None) -> bytes:
    """Return a Zstandard frame of ``size`` zeros, three bytes and one per 128 KiB; it may lie about its size."""
    if declared is None:
        head = b"\x28\xb5\x2f\xfd" + bytes([0x00, 0x70])  # no size, a window of 16 MiB
    else:
        head = b"\x28\xb5\x2f\xfd" + bytes([0xC0, 0x70]) + declared.to_bytes(8, "little")
    blocks = size // _RLE_BLOCK
    block = ((_RLE_BLOCK << 3) | 2).to_bytes(3, "little") + b"\0"
    last = ((_RLE_BLOCK << 3) | 3).to_bytes(3, "little") + b"\0"
    return head + block * (blocks - 1) + last


def bombs(world: World) -> dict[str, Callable[[], bytes]]:
    """Return makers of hostile files by name, each made by the certified laptop for the hub."""
    members = unpacked(file_of(world.laptop, world.hub, sealed(world.laptop, 2)), world.hub)

    def with_body(size: int, declared: int | None) -> Callable[[], bytes]:
        frame = {"seg/1.nd.zst": run_length_frame(size, declared)}
        return lambda: repacked({**members, **frame}, world.laptop, world.hub)

    def with_manifest(raw: bytes) -> Callable[[], bytes]:
        return lambda: resigned({**members, archive.MANIFEST: raw}, world.laptop, world.hub)

    wide = b'{"v":1' + b"".join(b',"%d":[]' % number for number in range(350_000)) + b"}"
    return {
        "declares_a_terabyte": with_body(1 << 20, 1 << 40),
        "eight_gigabytes_unsaid": with_body(8 << 30, None),
        "eight_gigabytes_denied": with_body(8 << 30, 4 << 20),
        "many_segments": lambda: many_segments(world, members),
        "many_members": lambda: many_members(world, members),
        "many_recipients": many_recipients,
        "deep_json": with_manifest(b"[" * (4 << 20)),
        "wide_json": with_manifest(wide),
        "dense_lines": lambda: dense_lines(world),
    }


def many_segments(world: World, members: dict[str, bytes]) -> bytes:
    """Return 6,000 true headers whose bodies all unfold to 8 MiB."""
    body = run_length_frame(limits.SEGMENT_BYTES, limits.SEGMENT_BYTES)
    kept = {name: data for name, data in members.items() if name.startswith("manifest")}
    manifest = json.loads(kept[archive.MANIFEST])
    manifest["segs"] = []
    for number in range(1, 6001):
        header = Header(Log(D, world.laptop.replica), number + 1, number + 1, b"p" * 32, b"r" * 32).to_bytes()
        segment = Segment(header, b"", body)
        kept |= {f"seg/{number}.json": header, f"seg/{number}.sig": b"", f"seg/{number}.nd.zst": body}
        manifest["segs"].append([_hash(part) for part in (segment.raw_header, segment.signature, body)])
    kept[archive.MANIFEST] = json.dumps(manifest).encode()
    return resigned(kept, world.laptop, world.hub)


def many_members(world: World, members: dict[str, bytes]) -> bytes:
    """Return as many empty members as fit into the largest file."""
    whole = archive.pack(members.items())[:-1024]
    count = (limits.FILE_BYTES - len(whole) - (1 << 20)) // 512
    names = (f"blob/{'a' * 64}.{number}" for number in range(count))
    return seal_file(whole + b"".join(archive.header(name, 0) for name in names) + bytes(1024), world.hub)


def many_recipients() -> bytes:
    """Return a file that asks for a key to be tried 600,000 times."""
    stanza = b"-> X25519 " + base64.b64encode(b"\x09" + bytes(31)).rstrip(b"=") + b"\n" + b"A" * 43 + b"\n"
    return b"age-encryption.org/v1\n" + stanza * 600_000 + b"--- " + b"A" * 43 + b"\n" + bytes(48)


def dense_lines(world: World) -> bytes:
    """Return the slowest true content: lines of as many keys as are allowed."""
    from ethnomed_desktop.domain.changes import Change, Op, Placement, write_line
    from ethnomed_desktop.exchange.bundles import compose
    from ethnomed_desktop.exchange.segments import seal
    from tests.exchange.hands import sending

    at = Placement(D, world.laptop.replica, b"t" * 16, b"u" * 16, "record", 1)
    values = {str(number): number for number in range(100_000, 101_999)}
    size = len(write_line(Change(b"x" * 16, 7, Op.CREATE, values), 1, 1, at).raw)
    count = limits.INFLATED_BYTES // (size + 20)
    made = [write_line(Change(b"x" * 16, 7, Op.CREATE, values), seq, 1, at).raw for seq in range(1, count + 1)]
    return compose(sending(world.laptop, world.hub), seal(world.laptop, D, made)).data


def _hash(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def told(world: World) -> str:
    """Return what the opening program needs to know, as text."""
    hub = world.hub
    return json.dumps(
        {
            "replica": hub.replica.hex(),
            "seed": hub.signer.seed.hex(),
            "age": hub.age_secret,
            "pin": world.pin.hex(),
            "statements": [one.raw.decode() for one in (world.root, *world.certificates.values())],
        }
    )


def main(paths: list[str]) -> None:
    """Open every file with memory limited, and print what came of it."""
    known = json.load(sys.stdin)
    me = Identity(bytes.fromhex(known["replica"]), Signer(bytes.fromhex(known["seed"])), known["age"])
    said = [read_statement(raw.encode()) for raw in known["statements"]]
    authority = Authority([bytes.fromhex(known["pin"])], said)
    pyrage.decrypt(seal_for(me), [pyrage.x25519.Identity.from_str(me.age_secret)])
    in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + 2 * MEMORY, in_use + 2 * MEMORY))
    for path in paths:
        before, start = most_memory(), time.process_time()
        code = "opened"
        try:
            open_file(Path(path), me, authority, practice=False)
        except EthnomedError as error:
            code = error.code
        seconds, gained = time.process_time() - start, (most_memory() - before) / 1024
        sys.stdout.write(json.dumps([Path(path).name, code, round(seconds, 3), round(gained)]) + "\n")


def most_memory() -> int:
    """Return the most memory this program ever held, in KiB (getrusage would count its parent's too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0])


def seal_for(me: Identity) -> bytes:
    """Warm the library up, so that what it loads is no part of the measure."""
    return seal_file(b"x", me)


if __name__ == "__main__":
    main(sys.argv[1:])
