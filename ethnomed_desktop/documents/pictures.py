"""Photographs: shrunk and freed of what they tell beyond the picture, and small ones to look at.

Pillow does it: reportlab brings it along anyway, and no other library of this room reads JPEG. A
photograph from a telephone carries the place where it was taken, the telephone's number and a small
copy of what was cut off; none of that belongs into a record about frightened people.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.documents.pages import NotAPicture, Picture, render

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 150_000_000
"""Beyond this a picture is not opened: a few bytes can claim to be a picture that fills all memory."""

QUALITY = 85
_UPRIGHT = 1
_ORIENTATION, _EXIF_PART, _TAKEN = 0x0112, 0x8769, 0x9003
_METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Raw profile type exif")


@dataclass(frozen=True)
class Cleaned:
    """A photograph as it is kept. ``taken_on`` is an ISO day where the camera had written one."""

    data: bytes
    shrunk: bool
    metadata_removed: bool
    taken_on: str | None


@contextmanager
def opened_picture(data: bytes) -> Iterator[Image.Image]:
    """Open a picture that anybody may have made; raises `NotAPicture`, whatever it stumbled over."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd but harmless files; the size is checked by us
            with Image.open(BytesIO(data)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotAPicture("too many pixels")
                yield picture
    except NotAPicture:
        raise
    except Exception as error:  # Pillow's readers raise whatever a broken file makes them stumble over
        raise NotAPicture(type(error).__name__) from error


def cleaned(data: bytes, longest_side: int) -> Cleaned:
    """Return a JPEG, PNG or WebP without metadata, a JPEG with no side above ``longest_side``.

    What has neither metadata nor too many pixels comes back byte for byte. Turned photographs are
    turned upright. Raises `NotAPicture`.
    """
    with opened_picture(data) as picture:
        kind = picture.format
        if kind not in {"JPEG", "PNG", "WEBP"}:
            return Cleaned(data, False, False, None)
        exif = picture.getexif()
        taken = _day(exif.get_ifd(_EXIF_PART).get(_TAKEN))
        told = bool(exif) or any(picture.info.get(name) for name in _METADATA) or _has_segments(data, kind)
        large = kind == "JPEG" and max(picture.size) > longest_side
        if not told and not large:
            return Cleaned(data, False, False, taken)
        return Cleaned(_saved(picture, kind, longest_side if large else 0), large, told, taken)


def _saved(picture: Image.Image, kind: str, longest_side: int) -> bytes:
    from PIL import Image, ImageOps

    icc = picture.info.get("icc_profile")
    turned = picture.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT
    keeps = kind == "JPEG" and not longest_side and not turned
    picture.load()
    made = picture if keeps else ImageOps.exif_transpose(picture)
    if longest_side:
        made.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    for name in _METADATA:
        made.info.pop(name, None)
    how: dict[str, Any] = {"exif": b""}
    if icc:
        how["icc_profile"] = icc
    if kind == "JPEG":
        how |= {"comment": b"", "quality": "keep" if keeps else QUALITY, "optimize": True}
    elif kind == "WEBP":
        how |= {"lossless": True, "xmp": b""}
    out = BytesIO()
    made.save(out, kind, **how)
    return out.getvalue()


def _has_segments(data: bytes, kind: str | None) -> bool:
    """Whether a JPEG carries segments of applications other than its own head, colours and Adobe's mark."""
    if kind != "JPEG":
        return False
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        body = data[at + 4 : at + 2 + length]
        harmless = mark == 0xE0 or (mark == 0xE2 and body.startswith(b"ICC_PROFILE")) or mark == 0xEE
        if (0xE0 <= mark <= 0xEF and not harmless) or mark == 0xFE:
            return True
        at += 2 + length
    return False


def _day(text: object) -> str | None:
    digits = str(text or "")[:10].replace(":", "-")
    parts = digits.split("-")
    whole = len(parts) == 3 and all(part.isdigit() for part in parts) and len(digits) == 10
    return digits if whole and digits >= "1990" else None


def small(data: bytes, media_type: str, side_px: int) -> Picture:
    """Return a small picture of a photograph or of the first page of a PDF, at most ``side_px`` a side.

    Any thread. Raises `NotAPicture` for what cannot be shown.
    """
    if media_type == "application/pdf":
        return _first_page(data, side_px)
    with opened_picture(data) as picture:
        from PIL import ImageOps

        picture.draft("RGB", (side_px, side_px))
        made = ImageOps.exif_transpose(picture)
        made.thumbnail((side_px, side_px))
        pixels = made.convert("RGBA")
        from PIL import Image

        sheet = Image.new("RGBA", pixels.size, (255, 255, 255, 255))
        sheet.alpha_composite(pixels)
        return Picture(sheet.width, sheet.height, sheet.tobytes())


def _first_page(data: bytes, side_px: int) -> Picture:
    import pypdfium2

    try:
        page = render(data, 0, side_px)
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise NotAPicture("not a readable PDF") from error
    return page
