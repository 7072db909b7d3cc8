"""What a folder lies on: a stick or card that somebody may pull out, a share of the network, or a disk.

On a stick the store keeps no write-ahead log: what is saved lies in the one file, whole, when saving ends. On a
network share the engine's locks are not to be relied on, so no new vault is made there.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.domain.errors import VaultError

MOUNTED_UNDER = ("/media/", "/run/media/", "/Volumes/")
"""Where desktops mount what is plugged in."""

STICK_FORMS = frozenset({"vfat", "msdos", "exfat"})
NETWORK_FORMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "9p", "fuse.sshfs", "fuse.gvfsd-fuse"}
    | {"fuse.davfs2", "davfs", "fuse.glusterfs", "fuse.rclone"}
)
_WINDOWS_REMOVABLE, _WINDOWS_NETWORK = 2, 4
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Medium:
    """``volume`` names a stick by what was written when it was formatted; empty where the system does not say."""

    removable: bool = False
    on_network: bool = False
    volume: str = ""

    @property
    def keeps_one_file(self) -> bool:
        """Whether a store here does without a write-ahead log and its shared memory."""
        return self.removable or self.on_network


@dataclass(frozen=True)
class SystemPlaces:
    """Where Linux says what is mounted; tests give their own."""

    mounts: Path = Path("/proc/self/mountinfo")
    devices: Path = Path("/sys/dev/block")
    volumes: Path = Path("/dev/disk/by-uuid")


def medium_of(folder: Path, system: SystemPlaces | None = None) -> Medium:
    """Say what a folder (or the nearest one above that is there) lies on; a plain disk where nothing is known."""
    folder = folder.resolve()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        if sys.platform == "win32":
            return _on_windows(folder)
        return _on_linux(folder, system or SystemPlaces())
    except (OSError, ValueError, IndexError):
        return Medium(removable=_is_below_media(folder))


def sync_all() -> None:
    """Wait until everything written has reached its disk or stick; Windows does it for sticks by itself."""
    if sys.platform != "win32":
        os.sync()


def require_lockable(root: Path) -> None:
    """Refuse a share of the network, where two computers could not be kept apart; raises `VaultError`."""
    if medium_of(root).on_network:
        raise VaultError("vault.on_network_share", path=root.name)


def _is_below_media(folder: Path) -> bool:
    return f"{folder}/".startswith(MOUNTED_UNDER)


def _on_linux(folder: Path, system: SystemPlaces) -> Medium:
    best: tuple[int, list[str], str, str] = (-1, [], "", "")
    for line in system.mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        fields, _sign, rest = line.partition(" - ")
        parts, (form, source, *_options) = fields.split(), rest.split()
        point = Path(_unescaped(parts[4]))
        if len(point.parts) > best[0] and folder.is_relative_to(point):
            best = (len(point.parts), parts, form, _unescaped(source))
    _depth, parts, form, source = best
    device = _device_folder(parts[2], source, system)
    removable = form in STICK_FORMS or _is_below_media(Path(_unescaped(parts[4]))) or _is_pluggable(device)
    volume = _volume(device, system) if removable else ""
    return Medium(removable, form in NETWORK_FORMS, volume)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)


def _device_folder(number: str, source: str, system: SystemPlaces) -> Path:
    """Return where the kernel tells of the device; what drivers of users mount has a number of its own."""
    if number.startswith("0:") and source.startswith("/dev/") and os.path.exists(source):
        known = os.stat(source).st_rdev
        number = f"{os.major(known)}:{os.minor(known)}"
    return (system.devices / number).resolve()


def _is_pluggable(device: Path) -> bool:
    for folder in (device, device.parent):
        mark = folder / "removable"
        if mark.is_file() and mark.read_text(encoding="ascii").strip() == "1":
            return True
    return any(part.startswith("usb") for part in device.parts)


def _volume(device: Path, system: SystemPlaces) -> str:
    if system.volumes.is_dir():
        for link in system.volumes.iterdir():
            if link.resolve().name == device.name:
                return link.name
    return ""


def _on_windows(folder: Path) -> Medium:
    if sys.platform != "win32":
        return Medium()
    import ctypes

    root = folder.anchor if folder.anchor.endswith("\\") else f"{folder.anchor}\\"
    kind = int(ctypes.windll.kernel32.GetDriveTypeW(root))
    serial = ctypes.c_uint32()
    known = ctypes.windll.kernel32.GetVolumeInformationW(root, None, 0, ctypes.byref(serial), None, None, None, 0)
    network = kind == _WINDOWS_NETWORK or root.startswith("\\\\")
    return Medium(kind == _WINDOWS_REMOVABLE, network, f"{serial.value:08x}" if known else "")
