"""Golden texts and page pictures: what documents looked like when people last looked at them.

``pytest tests/documents --regenerate`` writes them anew; look at every changed page before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from ethnomed_desktop.documents import pages

FOLDER = Path(__file__).parent.parent / "golden" / "documents"
WIDTH = 500  # pixels of a page: small, and still every line of text shows
VISIBLE = 64  # of 255: a smaller difference is another rounding of a letter's edge


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", default=False, help="write golden files anew")


class Golden:
    """Compares a PDF with the stored text and pictures."""

    def __init__(self, regenerate: bool) -> None:
        self._regenerate = regenerate

    def same(self, name: str, pdf: bytes, *, tolerance: float = 0.002) -> None:
        """The text is compared exactly, the pages by the share of visibly different pixels."""
        texts = [pages.text(pdf, page) for page in range(pages.count(pdf))]
        self._same_text(name, "\n\f\n".join(texts))
        for page in range(len(texts)):
            self._same_page(f"{name}-{page + 1}", pages.render(pdf, page, WIDTH), tolerance)
        assert not (FOLDER / f"{name}-{len(texts) + 1}.png").exists(), "a page is missing"

    def _same_text(self, name: str, text: str) -> None:
        path = FOLDER / f"{name}.txt"
        if self._regenerate:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    def _same_page(self, name: str, picture: pages.Picture, tolerance: float) -> None:
        path = FOLDER / f"{name}.png"
        size = (picture.width, picture.height)
        image = Image.frombytes("RGBX", size, picture.pixels).convert("RGB").convert("L")
        if self._regenerate:
            image.save(path, optimize=True)
        with Image.open(path) as stored:
            assert stored.size == image.size
            different = ImageChops.difference(image, stored.convert("L")).histogram()
        assert sum(different[VISIBLE:]) <= tolerance * image.width * image.height


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(bool(request.config.getoption("--regenerate", default=False)))
