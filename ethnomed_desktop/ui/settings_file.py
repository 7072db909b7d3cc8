"""What the window remembers on this computer: language, text size, theme, place on the screen.

One small JSON file in the settings folder. Nothing of the council's is in it.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

FILE = "window.json"
FIRST_TEXT_SIZE = 125
"""Per cent at the first start."""


@dataclass
class WindowSettings:
    """Plain values; what is broken or unknown in the file is passed over.

    ``backup_failed`` is the day and time of an automatic backup that was not made, until it is told.
    """

    language: str = ""
    text_size: int = FIRST_TEXT_SIZE
    theme: str = "system"
    geometry: str = ""
    user: str = ""
    letters: bool = True
    idle_minutes: int = 10
    backup_failed: str = ""

    @classmethod
    def read(cls, folder: Path) -> WindowSettings:
        """Return what is remembered; defaults when there is nothing (readable)."""
        settings = cls()
        known: object = None
        with contextlib.suppress(OSError, ValueError):
            known = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if isinstance(known, dict):
            for field in fields(cls):
                value = known.get(field.name)
                if type(value) is type(getattr(settings, field.name)):
                    setattr(settings, field.name, value)
        return settings

    def write(self, folder: Path) -> None:
        """Remember. A disk that refuses loses the look of the window, not the work: nothing is raised."""
        path = folder / FILE
        spare = path.with_suffix(".new")
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            spare.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(spare, path)
