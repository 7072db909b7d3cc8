"""The lines inside a segment: cut, joined, compressed."""

from __future__ import annotations

from collections.abc import Sequence

import zstandard

from ethnomed_desktop.exchange import limits
from ethnomed_desktop.exchange.strict_json import Malformed

_LEVEL = 3


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
