"""The folder that exchange files were written to last: a setting of this computer, not in the log."""

from __future__ import annotations

from pathlib import Path

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store import schema

_NAME = "exchange_place"


def last_place(ctx: AppContext) -> Path | None:
    """Return the folder of the last file if it can be reached now. Touches the disk."""
    with ctx.reading() as connection:
        kept = schema.get_meta(connection, _NAME)
    folder = Path(kept) if kept else None
    return folder if folder is not None and folder.is_dir() else None


def remember_place(ctx: AppContext, folder: Path) -> None:
    """Offer this folder first the next time. On the write lane."""
    with ctx.writing(None) as connection:
        schema.set_meta(connection, _NAME, str(folder))
