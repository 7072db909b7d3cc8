"""The lines inside a segment: their hashes, their erasure, their compression."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import zstandard

from ethnomed_desktop.exchange import limits, shapes
from ethnomed_desktop.exchange.strict_json import Malformed

_HASH_PART = 16
_ERASED_HEAD, _ERASED_TAIL = b'{"erased":"', b'"}'
_LEVEL = 3


def line_hash(line: bytes) -> bytes:
    """Return the 16 bytes that stand for a line; an erased one still gives those of what it was."""
    return erased_hash(line) or hashlib.sha256(line).digest()[:_HASH_PART]


def root_of(lines: Sequence[bytes]) -> bytes:
    """Return the hash over the hashes of the lines."""
    return hashlib.sha256(b"".join(map(line_hash, lines))).digest()


def erasure(line: bytes) -> bytes:
    """Return what is left of a lawfully erased line: enough to check the chain, too little to guess."""
    return _ERASED_HEAD + line_hash(line).hex().encode("ascii") + _ERASED_TAIL


def erased_hash(line: bytes) -> bytes | None:
    """Return the hash kept in an erased line, None when the line is not an erased one."""
    if not (line.startswith(_ERASED_HEAD) and line.endswith(_ERASED_TAIL)):
        return None
    text = line[len(_ERASED_HEAD) : -len(_ERASED_TAIL)].decode("ascii", errors="replace")
    return shapes.hexed(text, _HASH_PART)


def deflate(lines: Sequence[bytes]) -> bytes:
    """Compress lines into one frame that says its size."""
    data = b"".join(line + b"\n" for line in lines)
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True, write_content_size=True).compress(data)


def inflate(body: bytes) -> bytes:
    """Return the content of the one frame; raises `Malformed` before it takes too much memory."""
    size = declared_size(body)
    try:
        data = zstandard.ZstdDecompressor(max_window_size=limits.SEGMENT_BYTES).decompress(
            body, max_output_size=size, allow_extra_data=False
        )
    except zstandard.ZstdError:
        raise Malformed("not a Zstandard frame") from None
    if len(data) != size:
        raise Malformed("another size than the frame says")
    return data


def declared_size(body: bytes) -> int:
    """Return the size in the frame's header: the library would allocate whatever stands there."""
    try:
        frame = zstandard.get_frame_parameters(body)
    except zstandard.ZstdError:
        raise Malformed("not a Zstandard frame") from None
    if frame.dict_id or not 0 < frame.content_size <= limits.SEGMENT_BYTES:
        raise Malformed("no size, too large, or with a dictionary")
    return int(frame.content_size)


def split(data: bytes) -> list[bytes]:
    """Return the lines of an inflated body; raises `Malformed`."""
    if not data.endswith(b"\n"):
        raise Malformed("the last line is not ended")
    if data.count(b"\n") > limits.SEGMENT_LINES:
        raise Malformed("too many lines")
    return data[:-1].split(b"\n")
