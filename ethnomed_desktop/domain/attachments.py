"""Attached files: what they are by their first bytes, what may be opened, how large they may be, their names."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

from ethnomed_desktop.domain.folding import fold

PIECE = 1 << 20
"""Contents are kept and sent in pieces of at most so many bytes."""

LIMIT = 200 << 20
"""Most bytes of one file: an hour of sound fits, a film of a whole sitting does not."""

NAME_LIMIT = 200
LONGEST_SIDE = 2000
"""Pixels that a photograph is shrunk to: a page of writing stays readable, a village network bears it."""

TRASH_DAYS = 180
"""So long a thing in the trash keeps its content; then the content goes, the note of it stays."""

ORPHAN_DAYS = 7
"""So long a content stays that no record names: a saving that was cut off, or a record still on its way."""

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
CMS = "application/pkcs7-signature"

_STARTS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", PDF),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
)
_BY_ENDING = {
    ".docx": (b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": (b"PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".odt": (b"PK", "application/vnd.oasis.opendocument.text"),
    ".ods": (b"PK", "application/vnd.oasis.opendocument.spreadsheet"),
    ".doc": (b"\xd0\xcf\x11\xe0", "application/msword"),
    ".xls": (b"\xd0\xcf\x11\xe0", "application/vnd.ms-excel"),
    ".txt": (b"", "text/plain"),
}
_CMS_ENDINGS = {".cms", ".p7s", ".p7m", ".sig"}
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/heic": ".heic",
    PDF: ".pdf",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "audio/flac": ".flac",
    "audio/amr": ".amr",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    **{media: ending for ending, (_, media) in _BY_ENDING.items()},
}
"""What may be opened by another program, and the ending its copy gets. Others are only saved: a file that
calls itself a letter may be a program, and one that runs does so with all rights of the person."""

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff"})
MAY_KNOW_THE_PLACE = frozenset({"image/heic", "image/tiff", "video/mp4", "video/webm", "audio/mp4"})
"""Kinds of file that may hold the position and that this program cannot clean."""


def media_type(head: bytes, name: str) -> str:
    """Return what a file is by its first 64 bytes; the name decides only where many kinds begin alike."""
    ending = PurePosixPath(name.lower()).suffix
    if ending in _CMS_ENDINGS and (head[:1] == b"\x30" or head.startswith((b"MI", b"-----BEGIN"))):
        return CMS
    for place, start, media in _STARTS:
        if head[place : place + len(start)] == start:
            return media
    start, media = _BY_ENDING.get(ending, (b"", UNKNOWN))
    if media == "text/plain" and b"\0" in head:
        return UNKNOWN
    return media if head.startswith(start) else UNKNOWN


def may_open(media: str) -> bool:
    """Whether another program may be asked to show such a file."""
    return media in ENDINGS


def clean_name(name: str) -> str:
    """Return the last part of a path as a file name that is safe on every system; never empty.

    Direction marks go: they can make «jpg.exe» read as «exe.jpg».
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    kept = [char for char in last if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}]
    text = unicodedata.normalize("NFC", "".join("_" if char in '<>:"/\\|?*' else char for char in kept))
    text = " ".join(text.split()).strip(". ") or "file"
    if len(text) <= NAME_LIMIT:
        return text
    ending = PurePosixPath(text).suffix[:12]
    return text[: NAME_LIMIT - len(ending)] + ending


def name_of_copy(name: str, media: str) -> str:
    """Return the name a copy is opened under: its ending says what the bytes are, not what the sender wrote."""
    ending = ENDINGS.get(media, "")
    stem = clean_name(name)
    if ending and PurePosixPath(stem.lower()).suffix not in {ending, ".jpeg" if ending == ".jpg" else ending}:
        return f"{stem}{ending}"
    return stem


def piece_count(size: int) -> int:
    """Return how many pieces a content of ``size`` bytes has."""
    return max(1, -(-size // PIECE))


_IDENTITY_WORDS = (
    *("паспорт", "удостоверени", "уд-е лич", "куалик", "жеке куа", "свидетельство о рожд", "туу туралы"),
    *("passport", "pasport", "udostover", "kualik", "kuelik", "id card", "id-card", "idcard", "identity card"),
)
"""Beginnings of words (folded) by which people name scans of identity papers."""

_IIN_IN_NAME = re.compile(r"(?<!\d)\d{12}(?!\d)")


def may_be_identity_paper(*names: str | None) -> bool:
    """Say whether a file's name or note sounds like a copy of an identity paper.

    Collecting such copies is forbidden (law No 94-V of 21 May 2013, article 7(10)) but for a few cases: a
    person is asked, nothing is decided here.
    """
    said = fold(" ".join(name.replace("_", " ") for name in names if name))
    return any(word in said for word in _IDENTITY_WORDS) or bool(_IIN_IN_NAME.search(said))
