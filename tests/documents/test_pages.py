"""Looking at pages: pictures of the size asked for, text as a reader program would copy it."""

from __future__ import annotations

import pytest

from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from tests.documents import samples


@pytest.mark.parametrize("width", [101, 640, 1000])
def test_a_picture_has_four_bytes_a_pixel_and_the_shape_of_a4(width: int) -> None:
    picture = pages.render(minutes_pdf(samples.elders(), ("kk",)), 1, width)
    assert picture.width == width
    assert abs(picture.height / picture.width - 297 / 210) < 0.02
    assert len(picture.pixels) == picture.width * picture.height * 4
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert min(picture.pixels) < 100


@pytest.mark.parametrize("page", [-1, 2])
def test_pages_that_are_not_there_are_refused(page: int) -> None:
    made = minutes_pdf(samples.elders(), ("kk",))
    with pytest.raises(IndexError):
        pages.render(made, page, 100)
    with pytest.raises(IndexError):
        pages.text(made, page)


def test_words_broken_at_line_ends_are_joined_for_searching() -> None:
    made = minutes_pdf(samples.elders(), ("kk",))
    assert "жүргізіл-" in "".join(pages.text(made, page) for page in range(2)).replace("\ufffe", "-").replace(
        "\x02", "-"
    )
    assert "дау бойынша жүргізілген жұмыс туралы" in pages.flowing_text(made)
