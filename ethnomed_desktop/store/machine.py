"""Which computer this is: an id of the operating system's own, so that a copied disk is noticed.

Nothing but a hash of it is kept, bound to the vault: two vaults do not tell that they met one computer.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_MARK = b"em/machine/1"


def machine_mark(salt: bytes) -> str | None:
    """Return the mark of this computer for a vault; None where the system does not say who it is."""
    known = _system_id()
    return hashlib.sha256(_MARK + salt + known.encode()).hexdigest() if known else None


def volume_mark(salt: bytes, volume: str) -> str:
    """Return the mark of a stick for a vault that lives on it, whatever computer it is put into."""
    return hashlib.sha256(_MARK + salt + b"volume:" + volume.encode()).hexdigest()


def _system_id() -> str | None:
    try:
        if sys.platform == "win32":
            return _windows_id()
        return next((text for path in _LINUX if path.exists() and (text := path.read_text().strip())), None)
    except OSError:
        return None


def _windows_id() -> str | None:
    if sys.platform != "win32":
        return None
    import winreg

    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
        return str(winreg.QueryValueEx(key, "MachineGuid")[0])
