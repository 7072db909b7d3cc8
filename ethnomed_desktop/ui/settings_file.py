"""What the window remembers on this computer: language, text size, theme, place on the screen.

One small JSON file in the settings folder. Nothing of the council's is in it.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

FILE = "window.json"
FIRST_TEXT_SIZE = 125
"""Per cent at the first start."""


class WindowSettings:
    """Plain values; what is broken or unknown in the file is passed over.

    ``backup_failed`` is the day and time of an automatic backup that was not made, until it is told.
    Not a dataclass: that machinery alone takes as long as the rest of reading the settings.
    """

    def __init__(self, *, language: str = "", text_size: int = FIRST_TEXT_SIZE) -> None:
        self.language = language
        self.text_size = text_size
        self.theme = "system"
        self.geometry = ""
        self.user = ""
        self.letters = True
        self.names_hidden = False
        self.idle_minutes = 10
        self.backup_failed = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WindowSettings) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # its values change

    @classmethod
    def read(cls, folder: Path) -> WindowSettings:
        """Return what is remembered; defaults when there is nothing (readable)."""
        settings = cls()
        known: object = None
        with contextlib.suppress(OSError, ValueError):
            known = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if isinstance(known, dict):
            for name, default in vars(settings).copy().items():
                if type(known.get(name)) is type(default):
                    setattr(settings, name, known[name])
        return settings

    def write(self, folder: Path) -> None:
        """Remember. A disk that refuses loses the look of the window, not the work: nothing is raised."""
        path = folder / FILE
        spare = path.with_suffix(".new")
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            spare.write_text(json.dumps(vars(self), ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(spare, path)
