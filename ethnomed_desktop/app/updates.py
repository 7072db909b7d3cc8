"""Updates from a file: what is installed here, what the file offers, whether it is genuine and newer.

Nothing is ever asked of a network: the file comes on a stick. See `exchange.releases` for its form,
`update_install` for putting it in place.
"""

from __future__ import annotations

import hashlib
import platform
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from ethnomed_desktop import __version__, paths
from ethnomed_desktop.app.backups import ENDING as BACKUP_ENDING
from ethnomed_desktop.app.backups import Backup, back_up
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.exchange.releases import (
    ENDING,
    LARGEST_FILE,
    Package,
    Release,
    read_release,
    trusted_keys,
    version_parts,
)
from ethnomed_desktop.store.safe_files import read_limited, storage_error

Kind = Literal["tar", "portable", "deb", "windows", "source"]
CHUNK = 1 << 20
_EVERYWHERE = "en"
_MOST_BESIDE = 20


@dataclass(frozen=True)
class Installed:
    """The program that runs: how it came here, where a person sees it, its version, its system."""

    kind: Kind
    folder: Path
    version: str
    system: str

    @property
    def by_itself(self) -> bool:
        """Whether the program can put a new version in place without an administrator."""
        return self.kind in {"tar", "portable"}


@dataclass(frozen=True)
class Update:
    """A genuine, newer release, and the package of it that fits here, looked at byte by byte."""

    release: Release
    package: Package
    file: Path
    installed: Installed

    @property
    def version(self) -> str:
        """The new version."""
        return self.release.version

    @property
    def day(self) -> date:
        """When it was released."""
        return self.release.day

    def notes(self, language: str) -> tuple[str, ...]:
        """Return what is new, a line each; in English where the language has no notes."""
        notes = self.release.notes
        return tuple(notes.get(language) or notes.get(_EVERYWHERE) or ())

    @property
    def administrator_line(self) -> str:
        """What an administrator types where the program may not replace itself; empty where it may."""
        if self.installed.kind == "deb":
            return f"sudo apt-get install {shlex.quote(str(self.file))}"
        return "" if self.installed.by_itself else str(self.file)


def installed() -> Installed:
    """Say what runs here; reads no file but ``portable.txt``."""
    folder = paths.program_dir()
    system = f"{sys.platform}-{platform.machine().lower()}"
    kind: Kind = "deb"
    if sys.platform == "win32":
        kind = "windows"
    elif not getattr(sys, "frozen", False):
        kind = "source"
    elif (folder / paths.PORTABLE_MARK).is_file():
        kind = "portable"
    elif Path(sys.executable).resolve().parent != folder:
        kind = "tar"
    return Installed(kind, folder, __version__, system)


def release_keys() -> tuple[bytes, ...]:
    """Return the keys whose signatures this program believes."""
    return trusted_keys(paths.resource("release-keys.txt").read_text(encoding="utf-8"))


def look_at(
    file: Path,
    here: Installed | None = None,
    keys: Sequence[bytes] | None = None,
    progress: Progress = no_progress,
) -> Update:
    """Check an update: ``file`` is the signed file or one of its packages beside it. Changes nothing.

    Raises `UserError` (``update.…``), `StorageError`, `domain.progress.Cancelled`. Not for the window's thread.
    """
    here = here or installed()
    known = release_keys() if keys is None else keys
    file = file.absolute()
    release = _release_of(file, known)
    _require_newer(release, here)
    if here.kind == "source":
        raise UserError("update.from_source", version=release.version)
    package = next((one for one in release.packages if (one.kind, one.system) == (here.kind, here.system)), None)
    if package is None:
        offered = ", ".join(sorted({f"{one.kind}/{one.system}" for one in release.packages}))
        raise UserError("update.wrong_system", system=f"{here.kind}/{here.system}", offered=offered)
    beside = file.parent / package.name
    if not beside.is_file():
        raise UserError("update.package_missing", name=package.name)
    if beside.stat().st_size != package.size or _digest(beside, progress) != package.sha256:
        raise UserError("update.package_damaged", name=package.name)
    return Update(release, package, beside, here)


def back_up_first(ctx: AppContext, update: Update, progress: Progress = no_progress) -> Backup | None:
    """Write a verified backup that stays until somebody deletes it; None where the records lie on a server.

    Raises what `backups.back_up` raises.
    """
    if ctx.vault.store.database.is_postgresql:
        return None
    moment = local_time(ctx.clock.now_ms())
    name = f"before-{update.version}-{moment:%Y%m%d-%H%M%S}{BACKUP_ENDING}"
    return back_up(ctx, ctx.vault.folder.backups / name, progress)


def _release_of(file: Path, keys: Sequence[bytes]) -> Release:
    if file.suffix.lower() == ENDING:
        return read_release(read_limited(file, LARGEST_FILE), keys)
    if not file.is_file():
        read_limited(file, 0)  # says in the disk's words that it is gone
    refused: EthnomedError = UserError("update.unsigned")
    for one in sorted(file.parent.glob(f"*{ENDING}"))[:_MOST_BESIDE]:
        try:
            release = read_release(read_limited(one, LARGEST_FILE), keys)
        except EthnomedError as error:
            refused = error
            continue
        if any(package.name == file.name for package in release.packages):
            return release
    raise refused


def _require_newer(release: Release, here: Installed) -> None:
    offered, own = version_parts(release.version), version_parts(here.version)
    if offered < own:
        raise UserError("update.older", version=release.version, own=here.version)
    if offered == own:
        raise UserError("update.same", version=release.version)


def _digest(path: Path, progress: Progress) -> bytes:
    """Return the SHA-256 of a file, telling how far it is."""
    made, done = hashlib.sha256(), 0
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            while part := file.read(CHUNK):
                made.update(part)
                done += len(part)
                progress(done, total)
    except OSError as error:
        raise storage_error(error, path) from error
    return made.digest()
