"""The strict reader: a file becomes verified segments, or one plain refusal; nothing is changed.

Order of the checks, and therefore of the sentences: size, kind, encryption, archive, manifest's
version and shape, sender, its signature, recipients, practice, features, members, segments, lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange import archive, limits
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.exchange.intake import decrypt, read_file
from ethnomed_desktop.exchange.lines import AboveCeiling
from ethnomed_desktop.exchange.manifest import LaterManifest, Manifest, OlderManifest
from ethnomed_desktop.exchange.opened import Held, Opened
from ethnomed_desktop.exchange.roots import CEILINGS, root_id
from ethnomed_desktop.exchange.segments import LaterSegment, Segment
from ethnomed_desktop.exchange.sshsig import BadSignature, Namespace, check_signature
from ethnomed_desktop.exchange.statements import Statement, read_statement
from ethnomed_desktop.exchange.strict_json import Malformed

FEATURES: frozenset[str] = frozenset()
"""Features of the format that this program has beyond version 1."""

_MOST_ROOTS = 4
_NEW_VERSIONS = (LaterManifest, LaterSegment)


def open_file(
    path: Path,
    me: Identity,
    authority: Authority,
    *,
    practice: bool,
    joining: bool = False,
    check_lines: bool = True,
) -> Opened:
    """Read a file for ``me``; raises `UserError` with one of the codes of FORMAT.md, section 9.

    ``joining`` accepts a root that is not pinned yet if it certified both the sender and ``me``, and a key
    of a root that replaces a stolen one: in both cases two people compare words before anything is taken in.
    Without ``check_lines`` the lines are only known to be those that their authors signed; whoever
    then takes them in does so from `Segment.typed_lines`, within `refusals` and one transaction.
    """
    data = read_file(path)
    return open_bytes(data, me, authority, practice=practice, joining=joining, check_lines=check_lines)


def open_bytes(
    data: bytes,
    me: Identity,
    authority: Authority,
    *,
    practice: bool,
    joining: bool = False,
    check_lines: bool = True,
) -> Opened:
    """Read the content of a file; as `open_file`."""
    if len(data) > limits.FILE_BYTES:
        raise UserError("exchange.too_large", size=len(data), limit_bytes=limits.FILE_BYTES)
    plain = decrypt(data, me)
    with refusals():
        opened = examine(plain, me.replica, authority, practice=practice, joining=joining, check_lines=check_lines)
    return replace(opened, file_hash=hashlib.sha256(data).digest(), file_bytes=len(data))


@contextmanager
def refusals() -> Iterator[None]:
    """Say what the rules of the format mean for a person."""
    try:
        yield
    except _NEW_VERSIONS:
        raise UserError("exchange.newer") from None
    except OlderManifest:
        raise UserError("exchange.older") from None
    except AboveCeiling as error:
        raise UserError("exchange.above_ceiling") from error
    except (Malformed, BadSignature) as error:
        raise UserError("exchange.altered") from error


def examine(
    plain: bytes,
    me: bytes,
    authority: Authority,
    *,
    practice: bool,
    joining: bool = False,
    check_lines: bool = True,
) -> Opened:
    """Check a decrypted archive; the writer calls it too, before it encrypts.

    Raises `UserError`, and unworded what `refusals` words.
    """
    members = archive.walk(plain)
    raw, signature = members.pop(archive.MANIFEST), members.pop(archive.MANIFEST_SIGNATURE)
    manifest = Manifest.of(raw)
    said = [read_statement(data) for name, data in members.items() if name.startswith("auth/")]
    known, new_root, new_keys = _knowing(authority, said, manifest.sender, me, joining=joining)
    _check_sender(known, manifest, raw, signature)
    if me not in manifest.to:
        raise UserError("exchange.not_for_us")
    if manifest.practice != practice:
        raise UserError("exchange.practice_mismatch")
    if not FEATURES.issuperset(manifest.features):
        raise UserError("exchange.newer")
    _check_members(members, manifest)
    segments = [
        Segment(members[f"seg/{number}.json"], members[f"seg/{number}.sig"], members[f"seg/{number}.nd.zst"])
        for number in range(1, len(manifest.segments) + 1)
    ]
    taken, held = _sorted_out(segments, known, manifest.sender, check_lines=check_lines)
    return Opened(
        b"",
        0,
        manifest,
        taken,
        held,
        tuple(one for one in said if known.counts(one)),
        known,
        {(one.whole, one.number): members[f"blob/{one.whole.hex()}.{one.number}"] for one in manifest.chunks},
        new_root,
        new_keys,
    )


def recheck(segment: Segment, authority: Authority) -> Verdict:
    """Decide about a held segment anew; after `Verdict.YES` it is verified and may be taken in.

    Raises `UserError` (``exchange.altered``, ``exchange.above_ceiling``, ``exchange.newer``).
    """
    with refusals():
        return _judged(segment, authority, check_lines=True)


def _knowing(
    authority: Authority, said: Sequence[Statement], sender: bytes, me: bytes, *, joining: bool
) -> tuple[Authority, bytes | None, Mapping[bytes, tuple[bytes, ...]]]:
    """Let the file's own statements count; when joining, find the root that certified both sides.

    Emergency changes of keys count within this file for whoever compares the words before taking it in.
    """
    known = authority.extended(said)
    new_keys: dict[bytes, tuple[bytes, ...]] = {}
    while joining and (found := known.unconfirmed()):  # a key may be stolen twice between two files
        new_keys |= {root: (*new_keys.get(root, ()), mark) for root, mark in found.items()}
        known = known.confirming(found.values())
    if not joining or known.may(sender, b"", 0, Act.SEND) is not Verdict.UNKNOWN:
        return known, None, new_keys
    for pin in [root_id(one) for one in said if one.type == "root"][:_MOST_ROOTS]:
        trial = known.extended((), [pin])
        if all(trial.may(one, b"", 0, Act.SEND) is Verdict.YES for one in (sender, me)):
            return trial, pin, new_keys
    return known, None, new_keys


def _check_sender(authority: Authority, manifest: Manifest, raw: bytes, signature: bytes) -> None:
    holder = authority.holder(manifest.sender)
    verdict = authority.may(manifest.sender, b"", 0, Act.SEND)
    if holder is None or verdict is Verdict.UNKNOWN:
        office = authority.replaced_key_of(manifest.sender)
        raise UserError("exchange.old_key", who=office) if office else UserError("exchange.unknown_sender")
    check_signature(signature, holder.signing, Namespace.BUNDLE, raw)
    if verdict is not Verdict.YES:
        raise UserError("exchange.revoked_sender", who=authority.name_of(manifest.sender))


def _check_members(members: Mapping[str, bytes], manifest: Manifest) -> None:
    """Demand exactly the members of the manifest, in its order, with its hashes."""
    wanted = manifest.members()
    if list(members) != list(wanted):
        raise Malformed("other members than the manifest says")
    for name, data in members.items():
        if hashlib.sha256(data).digest() != wanted[name]:
            raise Malformed("a member with another hash")


def _sorted_out(
    segments: Sequence[Segment], authority: Authority, sender: bytes, *, check_lines: bool
) -> tuple[tuple[Segment, ...], tuple[Held, ...]]:
    if len({segment.raw_header for segment in segments}) != len(segments):
        raise Malformed("a segment twice")
    if sum(segment.inflated for segment in segments) > limits.INFLATED_BYTES:
        raise Malformed("too much when inflated")
    taken: list[Segment] = []
    held: list[Held] = []
    for segment in segments:
        verdict = _judged(segment, authority, check_lines=check_lines)
        if verdict is Verdict.YES:
            taken.append(segment)
        elif segment.header.log.replica == sender:
            raise UserError("exchange.not_entitled", who=authority.name_of(sender))
        else:
            held.append(Held(segment, verdict))
    return tuple(taken), tuple(held)


def _judged(segment: Segment, authority: Authority, *, check_lines: bool) -> Verdict:
    """Ask whether the author may; verify the segment if so."""
    log = segment.header.log
    holder = authority.holder(log.replica)
    verdict = authority.may(log.replica, log.stream, segment.header.last, Act.WRITE)
    stream_class = authority.class_of(log.stream)
    if verdict is Verdict.YES and holder is not None and stream_class is not None:
        segment.verify(holder.signing, CEILINGS[stream_class], check_lines=check_lines)
    return verdict
