"""Where files lie: resources and translations of the program, data, settings and logs of the person.

Works in a checkout, in an installed wheel and in a frozen build; a file ``portable.txt`` beside the
program keeps everything beside it, so that a stick can carry both.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

PROGRAM = "ethnomed-desktop"
PORTABLE_MARK = "portable.txt"
VERSION_FOLDER = "program-"
"""What the folder of a version begins with, beside the starter that a person calls."""


def _candidates() -> Iterator[Path]:
    """Folders that may hold ``resources`` and ``translations``, the most particular first."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        yield Path(frozen)
    yield Path(__file__).resolve().parent.parent
    import sysconfig  # asked by an installed wheel only: most starts have found the folders by now

    schemes = [sysconfig.get_preferred_scheme("user"), sysconfig.get_default_scheme()]
    for scheme in reversed(schemes):
        yield Path(sysconfig.get_path("data", scheme)) / "share" / PROGRAM


@cache
def share_dir() -> Path:
    """Return the folder with ``resources`` and ``translations``; raises `FileNotFoundError` without it."""
    for root in _candidates():
        if (root / "translations").is_dir() and (root / "resources").is_dir():
            return root
    raise FileNotFoundError("the program's folders resources/ and translations/ are missing: install it again")


def resource(*parts: str) -> Path:
    """Return the path of a file or folder in ``resources`` (``resource("fonts", "Tinos-Regular.ttf")``)."""
    return share_dir().joinpath("resources", *parts)


def catalog_file(language: str) -> Path:
    """Return where the compiled words of ``language`` stand."""
    return share_dir() / "translations" / language / "ethnomed_desktop.mo"


def conventions_file(language: str) -> Path:
    """Return where the ways of writing dates and numbers in ``language`` stand."""
    return share_dir() / "translations" / language / "conventions.toml"


def languages() -> list[str]:
    """Return the languages that have a folder with conventions, unsorted."""
    return [path.parent.name for path in (share_dir() / "translations").glob("*/conventions.toml")]


class Places(NamedTuple):
    """The person's own folders; none of them is created by looking them up."""

    data: Path
    settings: Path
    logs: Path
    portable: bool = False


def program_dir() -> Path:
    """Return the folder a person sees the program in: in it ``portable.txt`` may lie.

    Unpacked by a person, the frozen program lies in a folder of its version beside its starter.
    """
    if getattr(sys, "frozen", False):
        folder = Path(sys.executable).resolve().parent
        return folder.parent if folder.name.startswith(VERSION_FOLDER) else folder
    return Path(__file__).resolve().parent.parent


def places(beside: Path | None = None, *, data: Path | None = None) -> Places:
    """Return the person's folders; ``data`` (``--data-dir``) moves all three, ``beside`` is for tests.

    Given explicitly, settings and logs stand inside the data folder, so that a trial leaves nothing
    elsewhere.
    """
    if data is not None:
        return Places(data, data / "settings", data / "logs")
    folder = beside or program_dir()
    if (folder / PORTABLE_MARK).is_file():
        own = folder / "data"
        return Places(own, own / "settings", own / "logs", portable=True)
    from platformdirs import PlatformDirs

    system = PlatformDirs(PROGRAM, appauthor=False, roaming=False)
    return Places(system.user_data_path, system.user_config_path, system.user_log_path)
