"""Sticks and cards that are plugged in, the files on them, and files on the clipboard."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QStorageInfo, QUrl

MOUNTED_UNDER = ("/media/", "/run/media/", "/Volumes/")
"""Where desktops mount what is plugged in; Qt does not say which volumes can be taken out."""

DRIVE_REMOVABLE = 2
"""What Windows answers for sticks and cards."""

ENDING = ".emx"
MOST_FILES = 6


@dataclass(frozen=True)
class Medium:
    """A stick or card that can be written to: its folder, its name, bytes free."""

    folder: Path
    name: str
    free: int


@dataclass(frozen=True)
class FoundFile:
    """An exchange file on a medium; time in seconds since 1970."""

    path: Path
    changed: float


@dataclass(frozen=True)
class Plugged:
    """What is there now."""

    media: tuple[Medium, ...]
    files: tuple[FoundFile, ...]


def look_around() -> Plugged:
    """Return media and the newest exchange files in their top folders.

    Touches disks, so it is not for the window's thread.
    """
    media = removable_media()
    found = [file for medium in media for file in exchange_files(medium.folder)]
    newest = sorted(found, key=lambda file: file.changed, reverse=True)[:MOST_FILES]
    return Plugged(tuple(media), tuple(newest))


def removable_media() -> list[Medium]:
    """Return the sticks and cards that are mounted and may be written to."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _is_removable(root):
            found.append(Medium(Path(root), volume.displayName(), volume.bytesAvailable()))
    return found


def exchange_files(folder: Path) -> list[FoundFile]:
    """Return the exchange files in a folder; nothing when it has gone."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix.lower() == ENDING]
        return [FoundFile(path, path.stat().st_mtime) for path in paths]
    except OSError:
        return []


def files_for_pasting(paths: Sequence[Path]) -> QMimeData:
    """Return what makes a chat or a file manager paste the files themselves."""
    urls = [QUrl.fromLocalFile(str(path)) for path in paths]
    data = QMimeData()
    data.setUrls(urls)
    lines = "\n".join(["copy", *(url.toEncoded().toStdString() for url in urls)])
    data.setData("x-special/gnome-copied-files", QByteArray(lines.encode("ascii")))
    return data


def _is_removable(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root)) == DRIVE_REMOVABLE
    return root.startswith(MOUNTED_UNDER)
