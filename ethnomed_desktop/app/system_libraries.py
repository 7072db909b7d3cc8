"""Libraries that the window needs from the system, and saying plainly which package is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ethnomed_desktop.domain.errors import UsageError

PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""The Debian package of each, measured on a bare Debian 12; a frozen program brings most of them along."""

_MISSING = re.compile(r"(lib\S+?\.so[.\d]*): cannot open shared object file")


@contextmanager
def named_when_missing() -> Iterator[None]:
    """Turn the failed import of a window's part into a refusal that names what must be installed.

    Raises `UsageError` ``usage.library_missing`` with the facts ``library`` and, where we know them,
    ``package``: all missing packages at once. Other failures of an import pass unchanged.
    """
    try:
        yield
    except ImportError as error:
        found = _MISSING.search(str(error))
        if found is None:
            raise
        packages = missing_packages()
        facts = {"package": " ".join(packages)} if found[1] in PACKAGES and packages else {}
        raise UsageError("usage.library_missing", library=found[1], **facts) from error


def _load(library: str) -> object:
    """Load a library; raises `OSError` when it is missing."""
    import ctypes  # needed only when a window failed to open

    return ctypes.CDLL(library)


def missing_packages(load: Callable[[str], object] = _load) -> list[str]:
    """Return the packages of the known libraries that cannot be loaded here, in the order of the table."""
    missing = []
    for library, package in PACKAGES.items():
        try:
            load(library)
        except OSError:
            missing.append(package)
    return missing
