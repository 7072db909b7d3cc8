"""Real pages, made as the program makes them, scanned badly: the code is read, and nothing wrong is ever read."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageFilter

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.hand_forms import IncidentForm, MeetingForm, hand_form_pdf
from ethnomed_desktop.documents.pages import NotAPicture
from ethnomed_desktop.documents.paper_scan import MOST_PAGES, codes_on_pages, only_pages
from ethnomed_desktop.domain.paper_codes import paper_code
from ethnomed_desktop.domain.progress import Cancelled

JPEG, PDF = "image/jpeg", "application/pdf"
UIDS = [random.Random(seed).randbytes(16) for seed in range(3)]
CODES = [paper_code("incident-form", uid) for uid in UIDS]
PLAIN = [(code.replace("-", ""),) for code in CODES]


def form(code: str = CODES[0], language: str = "kk") -> bytes:
    return hand_form_pdf(IncidentForm(code=code), (language,))


def scanned(pdf: bytes, dots: int, change: Callable[[Image.Image], Image.Image] | None = None) -> bytes:
    """Return a page as a JPEG of middling quality."""
    grey = pages.grey(pdf, 0, dots)
    assert grey is not None
    buffer = BytesIO()
    (change(grey) if change is not None else grey).save(buffer, "JPEG", quality=40)
    return buffer.getvalue()


def joined(*several: bytes) -> bytes:
    """Return one PDF of pictures, as scanners make them: no text, no lines, only pixels."""
    sheets = [Image.open(BytesIO(one)) for one in several]
    buffer = BytesIO()
    sheets[0].save(buffer, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return buffer.getvalue()


def noisy(grey: Image.Image) -> Image.Image:
    random.seed(1)
    return Image.blend(grey, Image.effect_noise(grey.size, 50), 0.25)


def photographed(grey: Image.Image) -> Image.Image:
    """Seen from the side, on a dark table, slightly out of focus, the light falling off."""
    w, h = grey.size
    table = Image.new("L", (w + 200, h + 200), 60)
    table.paste(grey, (100, 100))
    quad = (60, 30, 20, h + 170, w + 190, h + 120, w + 130, 60)
    seen = table.transform(table.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    shade = Image.linear_gradient("L").resize(seen.size).point(lambda value: 255 - value // 3)
    dark = Image.merge("L", [Image.composite(seen, Image.new("L", seen.size, 30), shade)])
    return dark.filter(ImageFilter.GaussianBlur(0.8))


@pytest.mark.parametrize("angle", [0, 2, 90, 180, 187, 270])
@pytest.mark.parametrize("dots", [150, 300])
def test_turned_scans_are_read(dots: int, angle: int) -> None:
    turned = scanned(form(), dots, lambda grey: grey.rotate(angle, Image.Resampling.BICUBIC, True, fillcolor=240))
    assert codes_on_pages(turned, JPEG) == [PLAIN[0]]


def test_noise_a_photograph_and_a_poor_scan_are_read() -> None:
    assert codes_on_pages(scanned(form(), 150, noisy), JPEG) == [PLAIN[0]]
    assert codes_on_pages(scanned(form(), 200, photographed), JPEG) == [PLAIN[0]]
    assert codes_on_pages(scanned(form(), 100), JPEG) == [PLAIN[0]]


def test_what_cannot_be_read_gives_no_code_rather_than_a_wrong_one() -> None:
    for dots in (30, 45, 60, 72):
        assert codes_on_pages(scanned(form(), dots), JPEG)[0] in ((), PLAIN[0])
    white = Image.new("L", (400, 400), 255)
    assert codes_on_pages(scanned(form(), 50, lambda _grey: white), JPEG) == [()]


def test_colour_and_transparency_do_not_matter() -> None:
    grey = pages.grey(form(), 0, 150)
    assert grey is not None
    for mode, kind in (("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("1", "TIFF"), ("RGB", "WEBP")):
        buffer = BytesIO()
        grey.convert(mode).save(buffer, kind)
        assert codes_on_pages(buffer.getvalue(), f"image/{kind.lower()}") == [PLAIN[0]], (mode, kind)


def test_pages_of_several_papers_in_one_file() -> None:
    blank = scanned(form(), 150, lambda grey: Image.new("L", grey.size, 250))
    bundle = joined(
        scanned(form(CODES[0]), 150), blank, scanned(form(CODES[1], "ru"), 150), scanned(form(CODES[2]), 150)
    )
    assert codes_on_pages(bundle, PDF) == [PLAIN[0], (), PLAIN[1], PLAIN[2]]
    cut = only_pages(bundle, (0, 3))
    assert codes_on_pages(cut, PDF) == [PLAIN[0], PLAIN[2]]


def test_two_papers_on_one_photograph() -> None:
    both = [pages.grey(form(code), 0, 150) for code in CODES[:2]]
    assert all(one is not None for one in both)
    wide = Image.new("L", (both[0].width * 2, both[0].height), 255)  # type: ignore[union-attr]
    for place, one in enumerate(both):
        wide.paste(one, (place * wide.width // 2, 0))  # type: ignore[arg-type]
    buffer = BytesIO()
    wide.save(buffer, "PNG")
    assert sorted(codes_on_pages(buffer.getvalue(), "image/png")[0]) == sorted(one[0] for one in PLAIN[:2])


def test_foreign_codes_are_passed_over() -> None:
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    for words in ("https://example.org", "EMD:0000000000000001", CODES[0]):
        drawing = Drawing(200, 200)
        drawing.add(QrCodeWidget(words, barWidth=200, barHeight=200))
        assert codes_on_pages(renderPDF.drawToString(drawing), PDF) == [()], words


def test_forms_fresh_from_the_program_are_read_too() -> None:
    assert (
        codes_on_pages(hand_form_pdf(MeetingForm(), ("kk", "ru")), PDF)
        == [(paper_code("meeting-form").replace("-", ""),)] * 2
    )


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 torn", b"\xff\xd8\xff torn", form()[:3000]])
def test_torn_files_are_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        codes_on_pages(data, PDF if data.startswith(b"%PDF") else JPEG)


def test_a_file_of_very_many_pages_is_refused_and_looking_can_be_ended() -> None:
    many = only_pages(form(), (0,) * 1)
    sheets = [Image.new("1", (20, 20), 1) for _ in range(MOST_PAGES + 1)]
    buffer = BytesIO()
    sheets[0].save(buffer, "PDF", save_all=True, append_images=sheets[1:])
    with pytest.raises(ValueError, match="too many"):
        codes_on_pages(buffer.getvalue(), PDF)

    def stop(_done: int, _all: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        codes_on_pages(many, PDF, stop)


def test_a_page_that_claims_to_be_a_field_is_drawn_small() -> None:
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(14_000, 14_000), initialFontName="Times-Roman")
    canvas.rect(10, 10, 100, 100)
    canvas.save()
    grey = pages.grey(buffer.getvalue(), 0, 300)
    assert grey is not None
    assert grey.width * grey.height <= 21_000_000
