"""What tests of attached files work with: a record, a hand that attaches bytes, photographs with traces."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from ethnomed_desktop.app.attachments import Attached, content
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.errors import EthnomedError

DAY_MS = 86_400_000
Put = Callable[..., Attached]


def photograph(width: int = 2400, height: int = 1200, *, turned: int = 1, place: bool = True) -> bytes:
    """A JPEG as a telephone makes it: with position, day, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = turned
    if place:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (43.0, 14.0, 17.0)
        exif.get_ifd(0x8769)[0x9003] = "2026:11:20 09:30:00"
    out = BytesIO()
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.save(out, "JPEG", exif=exif, comment=b"canary of the camera", quality=90)
    return out.getvalue()


def whole(ctx: AppContext, uid: bytes) -> bytes:
    return b"".join(content(ctx, uid))


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(EthnomedError) as caught:
        call()
    return caught.value.code
