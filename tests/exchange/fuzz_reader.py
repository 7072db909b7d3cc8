"""Throw broken bytes at every parser of exchange files: ``python -m tests.exchange.fuzz_reader``.

``--runs N`` inputs per parser, ``--seed S``, names of parsers to choose some. Nothing but the declared
refusals may come out, nothing may take longer than a second, and what is read must be written and read
again alike. Where the package ``atheris`` is installed (it has wheels for Python 3.11 on Linux), ``--atheris``
lets it guide the inputs by what they reach, each parser in a process of its own; otherwise a plain random
mutator is used. What was run is said at the end of each parser.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ethnomed_desktop.domain.changes import read_line
from ethnomed_desktop.domain.erased_lines import is_erased
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import archive
from ethnomed_desktop.exchange.authority import Act, Authority
from ethnomed_desktop.exchange.bodies import inflate, split
from ethnomed_desktop.exchange.certificates import Revocation
from ethnomed_desktop.exchange.following import Above, Vouch
from ethnomed_desktop.exchange.joining import make_request, read_request
from ethnomed_desktop.exchange.lines import typed_line
from ethnomed_desktop.exchange.manifest import LaterManifest, Manifest, OlderManifest
from ethnomed_desktop.exchange.marks import marks_of
from ethnomed_desktop.exchange.reader import examine, open_bytes, refusals
from ethnomed_desktop.exchange.roots import NewStreams, Person, Rotation, StreamClass
from ethnomed_desktop.exchange.segments import Header, LaterSegment
from ethnomed_desktop.exchange.sshsig import BadSignature, Namespace, check_signature
from ethnomed_desktop.exchange.statements import LaterStatement, make_statement, read_statement
from ethnomed_desktop.exchange.strict_json import Malformed, compact_json, strict_json
from ethnomed_desktop.store.erasing import ERASING
from tests.exchange.hands import NOW, D, file_of, sealed, unpacked, world

REFUSALS = (*(Malformed, BadSignature, LaterManifest, OlderManifest, LaterSegment, LaterStatement, UserError),)
SLOWEST = 1.0
TOKENS = (
    *(b'"', b"\\", b"\\u0000", b"\\ud800", b"[", b"]", b"{", b"}", b",", b":", b"null", b"true", b"NaN", b"1e999"),
    *(
        b"-1",
        b"0",
        b"9007199254740993",
        b"\n",
        b"\0",
        b"\xff",
        b"\xe2\x80\xae",
        b'{"erased":"',
        b"../",
        b"/",
        b"-> ",
    ),
    *(b"\x28\xb5\x2f\xfd", b"ustar", b"--- ", b'"v":2', b'"_k":', b"00000000000", b"77777777777", b"seg/1.json"),
)


@dataclass(frozen=True)
class Target:
    """One parser with good inputs to spoil."""

    read: Callable[[bytes], object]
    seeds: Sequence[bytes]


def targets() -> dict[str, Target]:
    """Return every parser by name."""
    here = world()
    bundle = file_of(here.laptop, here.hub, sealed(here.laptop, 3), [here.certificates["laptop"]])
    members = unpacked(bundle, here.hub)
    plain = archive.pack(members.items())
    body = members["seg/1.nd.zst"]
    line = split(inflate(body))[0]
    authority, message = here.authority(), members[archive.MANIFEST]
    public = here.laptop.public.signing

    def read_plain(data: bytes) -> None:
        with refusals():
            examine(data, here.hub.replica, authority, practice=False)

    def read_manifest_of_sender(data: bytes) -> None:
        read_plain(archive.pack({**members, archive.MANIFEST: data, **signed_by_sender(data)}.items()))

    def signed_by_sender(data: bytes) -> dict[str, bytes]:
        return {archive.MANIFEST_SIGNATURE: here.laptop.sign(Namespace.BUNDLE, data)}

    def read_signed_statement(data: bytes) -> None:
        signature = here.root_key.sign(Namespace.STATEMENT, data).decode("ascii")
        text = data.decode("utf-8", errors="replace")
        envelope = compact_json({"body": text, "sigs": [[here.root_key.public.hex(), signature]]})
        Authority([here.pin], [here.root, read_statement(envelope)]).may(here.laptop.replica, D, 1, Act.WRITE)

    def read_signature(data: bytes) -> None:
        check_signature(data, public, Namespace.BUNDLE, message)

    return {
        "json": Target(round_trip_json, [line, message, members["seg/1.json"], members["auth/1.json"]]),
        "line": Target(read_any_line, [line, b'{"erased":"' + b"0" * 32 + b'"}']),
        "header": Target(round_trip_header, [members["seg/1.json"]]),
        "manifest": Target(round_trip_manifest, [message, asking(message)]),
        "statement": Target(lambda data: Authority([here.pin], [here.root, read_statement(data)]), statements()),
        "certificate": Target(read_signed_statement, [strict_body(raw) for raw in statements()]),
        "request": Target(read_request, [make_request(here.laptop, "a", "laptop", NOW, practice=True).raw]),
        "signature": Target(read_signature, [members[archive.MANIFEST_SIGNATURE]]),
        "body": Target(lambda data: split(inflate(data)), [body]),
        "marks": Target(marks_agree, [inflate(body), *spelled(line)]),
        "archive": Target(archive.walk, [plain]),
        "plain": Target(read_plain, [plain]),
        "sender": Target(read_manifest_of_sender, [message]),
        "file": Target(lambda data: open_bytes(data, here.hub, authority, practice=False), [bundle.data]),
    }


def statements() -> list[bytes]:
    """Return good statements of every kind."""
    here = world()
    persons = tuple(Person("A", one.public) for one in here.persons)
    said: list[dict[str, object]] = [
        Rotation(here.pin, 1, here.persons[2].public, persons, NOW).body(),
        Revocation(here.pin, here.laptop.replica, {D: 7}, NOW).body(),
        NewStreams(here.pin, {D: StreamClass.DISTRICT}, NOW).body(),
        Above(here.pin, b"a" * 16, NOW).body(),
        Vouch(here.pin, b"a" * 16, b"c" * 32, NOW).body(),
    ]
    made = [make_statement(body, [here.root_key, *here.persons[:2]]) for body in said]
    return [here.root.raw, *(one.raw for one in (*here.certificates.values(), *made))]


def strict_body(raw: bytes) -> bytes:
    """Return the text within an envelope."""
    envelope = strict_json(raw)
    assert isinstance(envelope, dict)
    return str(envelope["body"]).encode("utf-8")


def asking(message: bytes) -> bytes:
    """Return the manifest with everything that may stand in it."""
    manifest = replace(Manifest.of(message), keys={b"k" * 16: 2}, lacks=((1, 2), (5, 9)), wants=(b"w" * 32,))
    return replace(manifest, stands_for=((3, 3),)).to_bytes()


def round_trip_json(data: bytes) -> None:
    """Read, write, read: the same value."""
    value = strict_json(data)
    assert strict_json(compact_json(value)) == value


def round_trip_header(data: bytes) -> None:
    """Read, write, read: the same header."""
    header = Header.of(data)
    assert Header.of(header.to_bytes()) == header


def round_trip_manifest(data: bytes) -> None:
    """Read, write, read: the same manifest."""
    manifest = Manifest.of(data)
    assert Manifest.of(manifest.to_bytes()) == manifest


def read_any_line(data: bytes) -> None:
    """What passes the check must be readable by the log, and alike."""
    here = world().laptop.replica
    assert typed_line(data, 1, D, here) == read_line(data, D, here)


def marks_agree(data: bytes) -> None:
    """What is told of lines at a glance is what they say when they are decoded, however they are spelled."""
    lines = split(data)
    marks = marks_of(lines)
    assert marks.count == len(lines)
    here = world().laptop.replica
    for line in lines:
        if is_erased(line):
            assert marks.has_erased
            continue
        seq = re.match(rb"\s*\[\s*([0-9]{1,9})\s*,", line)
        try:
            said = typed_line(line, int(seq[1]) if seq else 1, D, here).change
        except REFUSALS:
            continue
        assert said.uid in marks.uids
        assert marks.erases or said.op not in ERASING


def spelled(line: bytes) -> list[bytes]:
    """Return an erasing line, as we write it, with blanks, and with its operation escaped."""
    parts = json.loads(line)
    parts[3:5] = ["e", {"_k": 7, "_l": "0" * 32, "_e": []}]
    plain = compact_json(parts)
    said = (plain, json.dumps(parts).encode(), plain.replace(b',"e",', b',"\\u0065",', 1))
    return [one + b"\n" for one in said]


def mutated(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Spoil a good input in one to eight places."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1 if data:
                data[at % len(data)] = chance.randrange(256)
            case 2:
                data[at:at] = chance.choice(TOKENS)
            case 3:
                token = chance.choice(TOKENS)
                data[at : at + len(token)] = token
            case 4:
                del data[at : at + chance.choice((1, 2, 8, 64, 512))]
            case _:
                end = at + chance.choice((1, 4, 16, 64, 512))
                data[at:at] = data[at:end] * chance.choice((1, 2, 30))
    return bytes(data)


def tried(read: Callable[[bytes], object], data: bytes) -> str:
    """Return what is wrong with how ``data`` was taken; empty when all is well."""
    start = time.process_time()
    try:
        read(data)
    except REFUSALS:
        pass
    except Exception:
        return traceback.format_exc(limit=-4)
    seconds = time.process_time() - start
    return f"took {seconds:.1f} s" if seconds > SLOWEST else ""


def fuzz(name: str, target: Target, runs: int, seed: int) -> tuple[str, bytes] | None:
    """Try ``runs`` inputs; returns the first fault and its input."""
    chance = random.Random(f"{seed}/{name}")
    for _ in range(runs):
        data = mutated(chance, target.seeds)
        fault = tried(target.read, data)
        if fault:
            return fault, data
    return None


def guided(target: Target, runs: int, seed: int) -> None:
    """Let atheris choose the inputs, beginning with the good ones; never returns."""
    import atheris

    corpus = Path(tempfile.mkdtemp(prefix="em-fuzz-"))
    for number, good in enumerate(target.seeds):
        (corpus / str(number)).write_bytes(good)

    def one(data: bytes) -> None:
        fault = tried(target.read, data)
        if fault:
            raise RuntimeError(fault)

    atheris.instrument_all()
    options = [f"-runs={runs}", f"-seed={seed % (1 << 31)}", "-print_final_stats=1", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()


def each_alone(name: str, runs: int, seed: int) -> bool:
    """Run one parser guided in a process of its own, which libFuzzer ends; says whether it found a fault."""
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "tests.exchange.fuzz_reader",
        "--here",
        "--runs",
        str(runs),
        "--seed",
        str(seed),
    ]
    done = subprocess.run([*command, name], check=False, capture_output=True, text=True)
    said = re.search(r"stat::number_of_executed_units:\s*(\d+)", done.stderr)
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{name}: {said[1] if said else 'no'} guided inputs, seed {seed}, {seconds:.0f} s\n")
    if done.returncode:
        sys.stdout.write(done.stderr[-4000:])
    sys.stdout.flush()
    return done.returncode != 0


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns 1 when something was found, its input then lies beside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*targets(), []])
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--atheris", action="store_true")
    parser.add_argument("--here", action="store_true", help="run one parser guided in this very process")
    options = parser.parse_args(arguments)
    if options.here:
        guided(targets()[options.names[0]], options.runs, options.seed)
    if options.atheris:
        return sum(each_alone(name, options.runs, options.seed) for name in options.names or targets())
    found = 0
    for name in options.names or targets():
        start = time.perf_counter()
        fault = fuzz(name, targets()[name], options.runs, options.seed)
        seconds = time.perf_counter() - start
        sys.stdout.write(f"{name}: {options.runs} inputs, seed {options.seed}, {seconds:.0f} s\n")
        if fault:
            found = 1
            Path(f"fuzz-{name}.bin").write_bytes(fault[1])
            sys.stdout.write(f"{fault[0]}\ninput: fuzz-{name}.bin\n")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
