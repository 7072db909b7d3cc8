"""Where the records lie, as it matters to people: on a stick that is pulled out, on a share of the network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop import paths
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.store.medium import medium_of, sync_all


@dataclass(frozen=True)
class DataPlace:
    """``stick``: can be pulled out; ``with_program``: and the program runs from it too; ``share``: on a network."""

    stick: bool = False
    with_program: bool = False
    share: bool = False


def data_place(ctx: AppContext) -> DataPlace:
    """Say where the open vault lies; nowhere particular when a server keeps the records."""
    if ctx.vault.store.database.is_postgresql:
        return DataPlace()
    return place_of(ctx.vault.folder.root)


def place_of(folder: Path) -> DataPlace:
    """Say what a data folder lies on. Asks the system, so not on the window's thread."""
    medium = medium_of(folder)
    program = medium.removable and medium_of(paths.program_dir()) == medium
    return DataPlace(medium.removable, program, medium.on_network)


def place_after_writing(folder: Path) -> DataPlace:
    """Wait until everything written has reached the stick, then say where the folder lies."""
    place = place_of(folder)
    if place.stick:
        sync_all()
    return place
