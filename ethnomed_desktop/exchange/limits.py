"""The bounds of the format: whatever lies beyond is refused before it costs time or memory."""

from __future__ import annotations

VERSION = 1
"""Of the manifest, of segments and of statements."""

FILE_BYTES = 64 << 20
"""Largest file that is read at all; refused by its size, before its first byte."""
PART_BYTES = 18 << 20
"""Proposed size of a part: below 25 MB after a mail program's encoding."""
LEAST_PART_BYTES = 1 << 20

AGE_HEADER_BYTES = 64 << 10
RECIPIENTS = 256

MEMBERS = 20_000
MANIFEST_BYTES = 4 << 20
STATEMENT_BYTES = 32 << 10
STATEMENTS = 2_000
SIGNATURE_BYTES = 1024
HEADER_BYTES = 4096
SEGMENT_BYTES = 8 << 20
"""Largest segment, inflated."""
BODY_BYTES = SEGMENT_BYTES + (64 << 10)
"""The same, compressed: what does not compress grows a little."""
SEGMENT_LINES = 1000
INFLATED_BYTES = 64 << 20
"""All segments of one file together, inflated."""
CHUNK_BYTES = 1 << 20
"""Largest piece of an attachment."""

RUNS = 200
"""Runs of file numbers that one file asks for again, or takes the place of."""
WANTED = 500
"""Attached files that one file asks for again."""

JSON_DEPTH = 16
LARGEST_INTEGER = 2**53
HAVE_ENTRIES = 20_000
NAME_CHARACTERS = 200
FEATURES = 32
"""Features named by one header or manifest."""
