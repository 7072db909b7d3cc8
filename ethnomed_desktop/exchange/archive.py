"""The archive inside the encryption: ustar with one allowed form, walked in memory, never unpacked.

Every header must be, byte for byte, the one that `header` makes of name and size; so there are no
links, devices, owners, long names or paths to think about. GNU tar writes the same bytes with
``--format=ustar --numeric-owner --owner=0 --group=0 --mode=0644 --mtime=@0 -b1``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.strict_json import Malformed

_BLOCK = 512
_END = bytes(2 * _BLOCK)
_SIZE = re.compile(rb"[0-7]{11}\0")
_NAME = re.compile(
    r"manifest\.json(?:\.sig)?"
    r"|auth/[1-9][0-9]{0,4}\.json"
    r"|seg/[1-9][0-9]{0,4}\.(?:json|sig|nd\.zst)"
    r"|blob/[0-9a-f]{64}\.(?:0|[1-9][0-9]{0,5})"
)

MANIFEST = "manifest.json"
MANIFEST_SIGNATURE = "manifest.json.sig"


def pack(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the archive of the members in the given order; names must be those of the format."""
    pieces: list[bytes] = []
    for name, data in members:
        if not _NAME.fullmatch(name):
            raise Malformed(f"no member of the format: {name!r}")
        pieces += (header(name, len(data)), data, bytes(-len(data) % _BLOCK))
    pieces.append(_END)
    return b"".join(pieces)


def walk(archive: bytes) -> dict[str, bytes]:
    """Return the members by name, in their order; raises `Malformed` for any other archive.

    Manifest and its signature come first; at most `limits.MEMBERS` members; nothing after the end.
    """
    members: dict[str, bytes] = {}
    at = 0
    while archive[at : at + _BLOCK] != bytes(_BLOCK):
        if len(members) == limits.MEMBERS:
            raise Malformed("too many members")
        name, size = _read_header(archive[at : at + _BLOCK])
        if name in members:
            raise Malformed("a member twice")
        start, end = at + _BLOCK, at + _BLOCK + size
        at = end + -size % _BLOCK
        if at > len(archive) or any(archive[end:at]):
            raise Malformed("cut or padded with something")
        members[name] = archive[start:end]
    if archive[at:] != _END:
        raise Malformed("something after the end")
    if list(members)[:2] != [MANIFEST, MANIFEST_SIGNATURE]:
        raise Malformed("the manifest is not first")
    return members


def header(name: str, size: int) -> bytes:
    """Return the one header block that a member of this name and size may have."""
    fields = (
        (name.encode("ascii"), 100),
        (b"0000644", 8),  # mode
        (b"0000000", 8),  # owner
        (b"0000000", 8),  # group
        (b"%011o" % size, 12),
        (b"00000000000", 12),  # time
        (b" " * 8, 8),  # the checksum is taken with spaces in its place
        (b"0", 1),  # a regular file
        (b"", 100),
        (b"ustar", 6),
        (b"00", 2),
        (b"", 64),
        (b"0000000", 8),
        (b"0000000", 8),
        (b"", 167),
    )
    block = b"".join(value.ljust(width, b"\x00") for value, width in fields)
    return b"%b%06o\x00 %b" % (block[:148], sum(block), block[156:])


def _read_header(block: bytes) -> tuple[str, int]:
    raw_name = block[:100].rstrip(b"\0")
    name = raw_name.decode("ascii", errors="replace")
    if not _NAME.fullmatch(name) or not _SIZE.fullmatch(block[124:136]):
        raise Malformed("no member of the format")
    size = int(block[124:135], 8)
    if size > _largest(name) or block != header(name, size):
        raise Malformed("no header of the format")
    return name, size


def _largest(name: str) -> int:
    if name == MANIFEST:
        return limits.MANIFEST_BYTES
    if name.endswith(".sig"):
        return limits.SIGNATURE_BYTES
    if name.startswith("auth/"):
        return limits.STATEMENT_BYTES
    if name.startswith("blob/"):
        return limits.CHUNK_BYTES
    return limits.BODY_BYTES if name.endswith(".nd.zst") else limits.HEADER_BYTES
