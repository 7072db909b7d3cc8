"""Names that records hold in three languages, as documents take them."""

from __future__ import annotations

from collections.abc import Mapping

from ethnomed_desktop.documents.minutes_data import Trio
from ethnomed_desktop.domain.fieldtypes import Value


def trio(values: Mapping[str, Value], stem: str = "name") -> Trio:
    """Return ``stem_kk``, ``stem_ru`` and ``stem_en``; a missing one is empty."""
    return Trio(*(str(values.get(f"{stem}_{language}") or "") for language in ("kk", "ru", "en")))
