"""How a value is coarsened on its way to the tier above; nothing else makes outgoing values."""

from __future__ import annotations


def to_month(value: object) -> object:
    """Return the month of a date: the day of a minor incident betrays the family."""
    return value[:7] if isinstance(value, str) else None


def to_district(value: object) -> object:
    """Keep the reference; the store resolves a village to the district it lies in."""
    return value
