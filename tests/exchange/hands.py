"""A small district to test with: a hub, two laptops, a region, a stranger; and tools for a hostile hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyrage

from ethnomed_desktop.domain.changes import Change, Op, Placement, write_line
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.exchange import archive
from ethnomed_desktop.exchange.authority import Authority
from ethnomed_desktop.exchange.bundles import Bundle, Sending, compose
from ethnomed_desktop.exchange.certificates import Certificate
from ethnomed_desktop.exchange.identity import Identity, Signer
from ethnomed_desktop.exchange.reader import Opened, open_bytes
from ethnomed_desktop.exchange.roots import Person, Root, StreamClass, root_id
from ethnomed_desktop.exchange.segments import START, Place, Segment, seal
from ethnomed_desktop.exchange.sshsig import Namespace
from ethnomed_desktop.exchange.statements import Statement, make_statement

NOW = 1_795_000_000_000
D, R, A = b"D" * 16, b"R" * 16, b"A" * 16
COUNCIL = b"c" * 16


@dataclass(frozen=True)
class World:
    """Identities and the statements that bind them."""

    root_key: Signer
    persons: tuple[Signer, Signer, Signer]
    root: Statement
    hub: Identity
    laptop: Identity
    other: Identity
    region: Identity
    stranger: Identity
    certificates: Mapping[str, Statement]

    @property
    def pin(self) -> bytes:
        return root_id(self.root)

    def authority(self, *more: Statement) -> Authority:
        return Authority([self.pin], [self.root, *self.certificates.values(), *more])

    def certify(
        self, who: Identity, name: str, access: Mapping[bytes, str], key: Signer | None = None
    ) -> Statement:
        certificate = Certificate(self.pin, who.public, name, "laptop", COUNCIL, access, NOW)
        return make_statement(certificate.body(), [key or self.root_key])


@cache
def world() -> World:
    """One world for all tests: nothing in it changes."""
    key = Signer.generate()
    persons = (Signer.generate(), Signer.generate(), Signer.generate())
    root = Root(
        "Достық үйі",
        key.public,
        tuple(Person(f"Person {number}", one.public) for number, one in enumerate(persons)),
        {D: StreamClass.DISTRICT, R: StreamClass.REGION, A: StreamClass.AUTHORITY},
        NOW,
    )
    hub, laptop, other, region, stranger = (Identity.generate(bytes([number]) * 16) for number in range(1, 6))
    made = World(
        key, persons, make_statement(root.body(), [key]), hub, laptop, other, region, stranger, certificates={}
    )
    certificates = {
        "hub": made.certify(hub, "Кеңсе", {D: "rw", R: "rw", A: "rw"}),
        "laptop": made.certify(laptop, "Қордай ноутбугі", {D: "rw", A: "r"}),
        "other": made.certify(other, "Меркі ноутбугі", {D: "rw", A: "r"}),
        "region": made.certify(region, "Облыс", {R: "r", A: "r"}),
    }
    return World(key, persons, made.root, hub, laptop, other, region, stranger, certificates)


def lines(author: Identity, count: int, first: int = 1, stream: bytes = D, text: str = "Су дауы") -> list[bytes]:
    """Return change lines as the program writes them."""
    at = Placement(stream, author.replica, b"t" * 16, b"u" * 16, "record", 1)
    made = []
    for seq in range(first, first + count):
        uid = hashlib.sha256(b"%d" % seq).digest()[:16]
        change = Change(uid, 7, Op.CREATE, {"3": f"{text} {seq}", "901/ауыл": True, "5": seq})
        made.append(write_line(change, seq, NOW << 16, at).raw)
    return made


def sealed(author: Identity, count: int = 3, stream: bytes = D, after: Place = START) -> list[Segment]:
    """Return segments of lines."""
    return seal(author, stream, lines(author, count, after.seq + 1, stream), after)


def sending(sender: Identity, *to: Identity, number: int = 1) -> Sending:
    """Return what is common to the parts of a file."""
    return Sending(sender, world().authority(), {one.replica: number for one in to}, NOW, practice=False)


def file_of(
    sender: Identity, to: Identity, segments: Sequence[Segment], statements: Iterable[Statement] = ()
) -> Bundle:
    """Return a file."""
    return compose(sending(sender, to), segments, statements)


def opened(data: bytes, me: Identity, authority: Authority | None = None) -> Opened:
    """Open a file as the reader does."""
    return open_bytes(data, me, authority or world().authority(), practice=False)


def refusal(data: bytes, me: Identity, authority: Authority | None = None) -> str:
    """Return the code with which a file is refused; empty when it opens."""
    try:
        opened(data, me, authority)
    except EthnomedError as error:
        return error.code
    return ""


def seal_file(plain: bytes, *to: Identity) -> bytes:
    """Encrypt any archive, as somebody who knows the recipients can."""
    data: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(one.public.age) for one in to])
    return data


def unpacked(bundle: Bundle, me: Identity) -> dict[str, bytes]:
    """Return the members of a file by name."""
    return archive.walk(pyrage.decrypt(bundle.data, [pyrage.x25519.Identity.from_str(me.age_secret)]))


def repacked(members: Mapping[str, bytes], sender: Identity, to: Identity) -> bytes:
    """Sign and seal changed members again, as an entitled but hostile sender does.

    The manifest's hashes follow the members; whatever else it says stays.
    """
    made = dict(members)
    raw = made[archive.MANIFEST]
    for name, old in unchanged(members).items():
        raw = raw.replace(old, hashlib.sha256(made[name]).hexdigest().encode())
    return resigned({**made, archive.MANIFEST: raw}, sender, to)


def unchanged(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the hashes that the manifest has for the members, in their order."""
    manifest = json.loads(members[archive.MANIFEST])
    hashes = [*manifest["auth"], *(one for entry in manifest["segs"] for one in entry)]
    names = [name for name in members if not name.startswith("manifest")]
    return {name: digest.encode() for name, digest in zip(names, hashes, strict=True)}


def resigned(members: Mapping[str, bytes], sender: Identity, to: Identity) -> bytes:
    """Sign the manifest as it is and seal."""
    made = dict(members)
    made[archive.MANIFEST_SIGNATURE] = sender.sign(Namespace.BUNDLE, made[archive.MANIFEST])
    return seal_file(archive.pack(made.items()), to)


def with_segments(members: Mapping[str, bytes], segments: Sequence[Segment]) -> dict[str, bytes]:
    """Put other segments into an unpacked file, with a true manifest."""
    manifest = json.loads(members[archive.MANIFEST])
    made = {name: data for name, data in members.items() if name.startswith("manifest")}
    manifest["segs"] = []
    for number, one in enumerate(segments, 1):
        parts = {f"seg/{number}.json": one.raw_header, f"seg/{number}.sig": one.signature}
        parts[f"seg/{number}.nd.zst"] = one.body
        made |= parts
        manifest["segs"].append([hashlib.sha256(part).hexdigest() for part in parts.values()])
    return {**made, archive.MANIFEST: json.dumps(manifest).encode()}
