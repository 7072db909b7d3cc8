from __future__ import annotations

import pytest

from ethnomed_desktop.ui.kit.palettes import MARK_PAIRS, TEXT_PAIRS, THEMES, contrast


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    colours = THEMES[theme]
    assert contrast(getattr(colours, front), getattr(colours, back)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), MARK_PAIRS)
def test_borders_and_focus_can_be_seen(theme: str, front: str, back: str) -> None:
    colours = THEMES[theme]
    assert contrast(getattr(colours, front), getattr(colours, back)) >= 3


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_high_contrast_has_no_shades() -> None:
    assert contrast(THEMES["contrast"].text, THEMES["contrast"].window) == pytest.approx(21)
