"""Calls that only open the window, told apart without the command line's tables: it should be quick."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ethnomed_desktop.i18n.languages import languages


class WindowCall(NamedTuple):
    """The window over ``folder`` (None: the person's own) in ``language`` (empty: the one remembered).

    ``files`` were clicked, or named by ``--open``: they are shown on the exchange page.
    """

    folder: Path | None = None
    language: str = ""
    files: tuple[Path, ...] = ()


def has_display(environment: Mapping[str, str]) -> bool:
    """Say whether a window could be opened here."""
    return sys.platform in {"win32", "darwin"} or bool(
        environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    )


def _is_file(word: str) -> bool:
    """Say whether a word without a command names a file: no command has a dot or a slash.

    A path counts though nothing readable is there (a folder, a stick that was pulled out): who clicked it
    sees no command line, so the window tells.
    """
    if word.startswith("-"):
        return False
    return any(sign in word for sign in "/\\") or ("." in word and Path(word).is_file())


def window_call(words: Sequence[str], environment: Mapping[str, str]) -> WindowCall | None:
    """Return what is asked of the window; None when it is anything else, or wrong, or there is no display."""
    call, rest = WindowCall(), iter(words)
    for word in rest:
        if _is_file(word):
            call = call._replace(files=(*call.files, Path(word)))
            continue
        name, equals, value = word.partition("=")
        value = value if equals else next(rest, "")
        if name == "--data-dir" and value:
            call = call._replace(folder=Path(value))
        elif name == "--open" and value:
            call = call._replace(files=(*call.files, Path(value)))
        elif name == "--lang" and value in languages():
            call = call._replace(language=value)
        else:
            return None
    return call if has_display(environment) else None
