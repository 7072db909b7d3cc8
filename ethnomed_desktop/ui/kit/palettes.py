"""Colours of the three themes, with the contrast they must keep (WCAG 2.2: text 4.5, marks 3)."""

from __future__ import annotations

from typing import NamedTuple


class Colours(NamedTuple):
    """One theme; every value is ``#RRGGBB``. Colour never says anything that words do not say too."""

    name: str
    window: str
    surface: str
    text: str
    secondary: str
    placeholder: str
    line: str
    border: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    on_accent_soft: str
    sidebar: str
    focus: str
    info: str
    info_back: str
    success: str
    success_back: str
    warning: str
    warning_back: str
    error: str
    error_back: str


LIGHT = Colours(
    name="light",
    window="#F4F6F9",
    surface="#FFFFFF",
    text="#1B1B1B",
    secondary="#4A4A4A",
    placeholder="#6B6B6B",
    line="#D8DDE4",
    border="#767676",
    accent="#0B5394",
    accent_hover="#083F72",
    on_accent="#FFFFFF",
    accent_soft="#E1ECF7",
    on_accent_soft="#0A467D",
    sidebar="#FFFFFF",
    focus="#0B5394",
    info="#0A467D",
    info_back="#E8F1FA",
    success="#1E6B34",
    success_back="#E8F5EC",
    warning="#7A4B00",
    warning_back="#FFF4DB",
    error="#A4161A",
    error_back="#FDECEC",
)

DARK = Colours(
    name="dark",
    window="#1A1B1E",
    surface="#25272B",
    text="#F0F0F0",
    secondary="#C6C9CE",
    placeholder="#A6ABB3",
    line="#3B3F46",
    border="#8A9099",
    accent="#8CBDEB",
    accent_hover="#B1D3F3",
    on_accent="#0E2238",
    accent_soft="#2B3F55",
    on_accent_soft="#D6E8FA",
    sidebar="#202226",
    focus="#8CBDEB",
    info="#BFDCF7",
    info_back="#22364B",
    success="#A6DDB6",
    success_back="#1D3A27",
    warning="#FFD891",
    warning_back="#43330F",
    error="#FFB4B4",
    error_back="#4B2022",
)

HIGH_CONTRAST = Colours(
    name="contrast",
    window="#000000",
    surface="#000000",
    text="#FFFFFF",
    secondary="#FFFFFF",
    placeholder="#DADADA",
    line="#FFFFFF",
    border="#FFFFFF",
    accent="#FFE14D",
    accent_hover="#FFF3B0",
    on_accent="#000000",
    accent_soft="#FFE14D",
    on_accent_soft="#000000",
    sidebar="#000000",
    focus="#FFE14D",
    info="#9AD7FF",
    info_back="#000000",
    success="#9CF0B0",
    success_back="#000000",
    warning="#FFE14D",
    warning_back="#000000",
    error="#FFB0B0",
    error_back="#000000",
)

THEMES: dict[str, Colours] = {theme.name: theme for theme in (LIGHT, DARK, HIGH_CONTRAST)}

TEXT_PAIRS = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "sidebar"),
    ("secondary", "window"),
    ("secondary", "surface"),
    ("placeholder", "surface"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent_soft", "accent_soft"),
    ("accent", "surface"),
    ("accent", "window"),
    ("info", "info_back"),
    ("success", "success_back"),
    ("warning", "warning_back"),
    ("error", "error_back"),
    ("error", "surface"),
    ("error", "window"),
)
"""Which colours stand on which as text: at least 4.5 to 1."""

MARK_PAIRS = (
    ("border", "surface"),
    ("border", "window"),
    ("focus", "surface"),
    ("focus", "window"),
)
"""Borders of inputs and the focus ring: at least 3 to 1."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two ``#RRGGBB`` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
