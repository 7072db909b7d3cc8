"""Contents of attached files in exchange files: which go to a partner, and keeping those that come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.attachments import ATTACHMENT, sha_of
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.attachments import PIECE, TRASH_DAYS, piece_count
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.exchange.bundles import Piece
from ethnomed_desktop.exchange.opened import Opened
from ethnomed_desktop.exchange.planning import piece_parts
from ethnomed_desktop.exchange.segments import Segment
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.attachments import named_contents

_MARK = f'"_k":{ATTACHMENT.number}'.encode()
_SHA = ATTACHMENT.field("sha256").key
_DAY_MS = 24 * 60 * 60 * 1000
_VALUES = 4
"""Where the values stand in a line of a log."""


@dataclass(frozen=True)
class Outgoing:
    """A piece that is to go: its content, its number, how many there are, its size in bytes."""

    whole: bytes
    number: int
    pieces: int
    size: int


def contents_of(ctx: AppContext, segments: Iterable[Segment], wanted: Iterable[bytes] = ()) -> list[Outgoing]:
    """Return the pieces of the files that the segments attach and whose content is here, the small first.

    ``wanted`` are contents that the partner asks for besides. A content that is lost or damaged here does
    not keep the records from going.
    """
    named = {sha for segment in segments for _, line in segment.lines() for sha in _named(line)} | set(wanted)
    try:
        kept = ctx.blobs.kept()
        going = [
            (size, sha) for sha, (size, _) in kept.items() if sha in named and size and ctx.blobs.is_sound(sha)
        ]
    except UserError:
        return []
    return [
        Outgoing(sha, number, piece_count(size), min(PIECE, size - number * PIECE))
        for size, sha in sorted(going)
        for number in range(piece_count(size))
    ]


def not_come(ctx: AppContext, connection: Reading) -> tuple[bytes, ...]:
    """Return the contents that records name and that are not here whole: they are asked for again."""
    long_ago = ctx.clock.now_ms() - TRASH_DAYS * _DAY_MS
    named = {sha for sha in map(sha_of, named_contents(connection, long_ago)) if sha is not None}
    try:
        return tuple(sorted(named - ctx.blobs.present(list(named)))) if named else ()
    except UserError:
        return ()


def _named(line: bytes) -> list[bytes]:
    if _MARK not in line:
        return []
    values = json.loads(line)[_VALUES]
    sha = sha_of(values.get(_SHA)) if isinstance(values, dict) else None
    return [sha] if sha is not None else []


def shares(going: Sequence[Outgoing], first_room: int, room: int) -> list[list[Outgoing]]:
    """Divide the pieces: the first share goes along with the last records, the others in files of their own."""
    ranges = piece_parts([one.size for one in going], first_room, room)
    return [[going[at] for at in part] for part in ranges]


def read_pieces(ctx: AppContext, share: Sequence[Outgoing]) -> list[Piece]:
    """Read the pieces of one part from the store."""
    return [Piece(one.whole, one.number, one.pieces, ctx.blobs.piece_of(one.whole, one.number)) for one in share]


def keep_contents(ctx: AppContext, connection: Reading, opened: Opened) -> int:
    """Keep the pieces that came with a checked file; returns how many. Doing so twice changes nothing.

    ``connection`` is the transaction of the taking in: on a server the pieces belong to it.
    """
    for one in opened.manifest.chunks:
        data = opened.chunks[one.whole, one.number]
        ctx.blobs.put_piece(one.whole, one.number, one.pieces, data, ctx.clock.now_ms(), connection)
    return len(opened.manifest.chunks)
