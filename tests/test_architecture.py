"""Who may import whom, and with which libraries: the walls of the house.

Imports inside functions count too; those for the type checker alone do not.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "ethnomed_desktop"
NAME = PACKAGE.name

SEES: dict[str, set[str]] = {
    "domain": set(),
    "drawing": set(),
    "i18n": {"domain"},
    "store": {"domain"},
    "exchange": {"domain"},
    "documents": {"domain", "i18n", "drawing"},
    "app": {"domain", "i18n", "store", "exchange", "documents", "drawing"},
    "cli": {"app", "domain", "i18n", "drawing"},
    "ui": {"app", "domain", "i18n", "drawing"},
}
"""Rooms and the rooms each may see."""

LIBRARIES: dict[str, set[str]] = {
    "domain": set(),
    "drawing": {"fontTools"},
    "i18n": {"babel"},
    "store": {"sqlalchemy", "alembic", "sqlcipher3", "psycopg", "argon2", "cryptography", "shamir_mnemonic"},
    "exchange": {"cryptography", "pyrage", "zstandard", "orjson", "msgspec"},
    "documents": {"reportlab", "docx", "xlsxwriter", "openpyxl", "pypdfium2", "zxingcpp", "pyphen", "PIL"},
    "app": set(),
    "cli": set(),
    "ui": {"PySide6", "shiboken6"},
}
"""Rooms and the libraries each may use besides the standard library.

Pillow (PIL) comes with reportlab anyway; it shrinks photographs and frees them of the place they were taken at.
"""

FRONT_DOOR = {"__init__", "__main__", "bootstrap", "paths"}
"""Modules beside the rooms: the start, the joining of the parts, where files lie."""

USES_PATHS = {"i18n", "documents", "app", "cli", "ui"}
"""Rooms that may ask `paths` where the program's files are."""

NETWORK = {
    *("socket", "socketserver", "ssl", "http", "urllib.request", "ftplib", "smtplib", "poplib", "imaplib"),
    *("xmlrpc", "webbrowser", "asyncio", "requests", "httpx"),
}
"""Modules that reach other machines: none is used (PostgreSQL is spoken by its driver)."""

QT_ALLOWED = {
    "QtCore",
    "QtGui",
    "QtWidgets",
    "QtSvg",
    "QtSvgWidgets",
    "QtPrintSupport",
    "QtTest",
    "QtNetwork",
    "QtDBus",
}
QT_NETWORK_ALLOWED = {"QLocalServer", "QLocalSocket"}


@dataclass(frozen=True)
class Import:
    """One name imported by a module; ``module`` and ``name`` as in ``from module import name``."""

    line: int
    module: str
    name: str = ""

    @property
    def whole(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module


def imports(source: str, package: str) -> Iterator[Import]:
    """Yield what the source imports anywhere, but for type checking."""
    waiting: list[ast.AST] = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            above = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (above, node.module) if part)
            yield from (Import(node.lineno, module, alias.name) for alias in node.names)
        waiting += ast.iter_child_nodes(node)


def room_of(dotted: str) -> str:
    """Return the room (or front-door module) a dotted name of ours lies in."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def wall_problems(path: Path, source: str) -> list[str]:
    """Return the imports of a module that its room forbids."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    room = parts[0] if len(parts) > 1 else ""
    package = ".".join((NAME, *parts[:-1]))
    found = []
    for item in imports(source, package):
        top = item.module.split(".")[0]
        if item.whole == "socket" and set(re.findall(r"\bsocket\.(\w+)", source)) == {"gethostname"}:
            continue  # the name of this machine, no connection
        problem = _inside_problem(parts, room, item) if top == NAME else _library_problem(parts, room, item, top)
        if problem:
            found.append(f"{'/'.join(parts)}:{item.line}: {problem} ({item.whole})")
    return found


def _inside_problem(parts: tuple[str, ...], room: str, item: Import) -> str:
    target = room_of(item.whole)
    if target == "__init__" or item.whole == f"{NAME}.__version__":
        return ""
    if room == "":
        return _front_door_problem(parts[0], target)
    if target in FRONT_DOOR:
        return "" if target == "paths" and room in USES_PATHS else f"{room} does not see {target}"
    if target not in SEES and target != "__version__":
        return f"{target} is no room"
    if target not in {room, "__version__"} and target not in SEES[room]:
        return f"{room} does not see {target}"
    return _feature_problem(parts, item) if room == "ui" else ""


def _front_door_problem(module: str, target: str) -> str:
    forbidden = {"paths": set(SEES) | {"bootstrap"}, "bootstrap": {"ui", "cli"}, "__init__": set(SEES)}
    return f"{module} does not see {target}" if target in forbidden.get(module, set()) else ""


def _feature_problem(parts: tuple[str, ...], item: Import) -> str:
    """A feature folder of the windows never imports another one; the kit imports none.

    ``records`` holds the pages every kind of record shares: features may use it, the kit may not.
    """
    target = item.whole.split(".")
    if len(parts) < 3 or len(target) < 3 or target[1] != "ui" or not (PACKAGE / "ui" / target[2]).is_dir():
        return ""
    own, other = parts[1], target[2]
    shared = {own, "kit"} if own == "kit" else {own, "kit", "records"}
    return f"the feature {own} imports the feature {other}" if other not in shared else ""


def _library_problem(parts: tuple[str, ...], room: str, item: Import, top: str) -> str:
    if item.module in NETWORK or top in NETWORK or item.whole in NETWORK:
        return "reaches other machines"
    if top in sys.stdlib_module_names:
        return ""
    allowed = LIBRARIES[room] if room else {"platformdirs"} if parts[0] == "paths" else set()
    if top not in allowed:
        return f"{room or parts[0]} may not use {top}"
    if top == "PySide6":
        return _qt_problem(item)
    return ""


def _qt_problem(item: Import) -> str:
    part = item.module.split(".")[1] if "." in item.module else item.name
    if part not in QT_ALLOWED:
        return f"{part} is not used here"
    if part == "QtNetwork" and item.name not in QT_NETWORK_ALLOWED:
        return "reaches other machines"
    return ""


def test_every_import_keeps_to_the_plan() -> None:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        found += wall_problems(path, path.read_text(encoding="utf-8"))
    assert found == []


def test_the_plan_knows_every_room() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(SEES) == set(LIBRARIES)
    assert {path.stem for path in PACKAGE.glob("*.py")} <= FRONT_DOOR


@pytest.mark.parametrize(
    ("place", "source", "allowed"),
    [
        ("domain/x.py", "import sqlalchemy", False),
        ("domain/x.py", "def f():\n    from ethnomed_desktop.store import log", False),
        ("domain/x.py", "import json, dataclasses", True),
        ("domain/x.py", "from ethnomed_desktop.paths import resource", False),
        ("domain/kinds/x.py", "from ..codes import CODE_LISTS", True),
        ("domain/kinds/x.py", "from ...store import log", False),
        ("store/x.py", "from ethnomed_desktop.domain import ids", True),
        ("store/x.py", "from ethnomed_desktop.app import seeds", False),
        ("store/x.py", "from ethnomed_desktop import app", False),
        ("store/x.py", "import PySide6.QtCore", False),
        ("exchange/x.py", "import sqlalchemy", False),
        ("app/x.py", "import cryptography", False),
        ("app/x.py", "from ethnomed_desktop.ui import hub", False),
        ("app/x.py", "from ethnomed_desktop.ui import hub  # no\n", False),
        ("app/x.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import sqlalchemy", True),
        ("documents/x.py", "from ethnomed_desktop.store import log", False),
        ("cli/x.py", "from ethnomed_desktop.store import log", False),
        ("cli/x.py", "import PySide6", False),
        ("ui/x.py", "from PySide6.QtWidgets import QWidget", True),
        ("ui/x.py", "from PySide6 import QtPdf", False),
        ("ui/x.py", "from PySide6.QtNetwork import QTcpSocket", False),
        ("ui/x.py", "from PySide6.QtNetwork import QLocalSocket", True),
        ("ui/x.py", "from ethnomed_desktop.store import log", False),
        ("ui/kit/x.py", "from ethnomed_desktop.ui.kit import icons", True),
        ("ui/kit/x.py", "from ethnomed_desktop.ui.hub import ChangeHub", True),
        ("ui/incidents/x.py", "from ethnomed_desktop.ui.kit.icons import icon", True),
        ("ui/incidents/x.py", "from ethnomed_desktop import bootstrap", False),
        ("bootstrap.py", "from ethnomed_desktop.store import log", True),
        ("bootstrap.py", "from PySide6 import QtCore", False),
        ("paths.py", "import platformdirs", True),
        ("paths.py", "from ethnomed_desktop import app", False),
        ("store/x.py", "import urllib.request", False),
        ("store/x.py", "from urllib import request", False),
        ("store/x.py", "from urllib.parse import quote", True),
        ("store/x.py", "import socket", False),
        ("store/x.py", "import socket\nsocket.gethostname()", True),
        ("store/x.py", "import socket\nsocket.gethostname()\nsocket.socket()", False),
    ],
)
def test_the_walls_hold(place: str, source: str, allowed: bool) -> None:
    assert (wall_problems(PACKAGE / place, source) == []) == allowed


def test_a_feature_of_the_windows_does_not_import_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in ("kit", "records", "incidents", "meetings"):
        (tmp_path / "ui" / folder).mkdir(parents=True)
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    from_meetings = f"from {NAME}.ui.meetings.card import MeetingCard"
    assert wall_problems(tmp_path / "ui" / "incidents" / "form.py", from_meetings)
    assert wall_problems(tmp_path / "ui" / "kit" / "form.py", from_meetings)
    assert not wall_problems(tmp_path / "ui" / "meetings" / "form.py", from_meetings)
    assert not wall_problems(tmp_path / "ui" / "incidents" / "form.py", f"from {NAME}.app.meetings import finish")
    from_records = f"from {NAME}.ui.records.card import RecordCard"
    assert not wall_problems(tmp_path / "ui" / "incidents" / "form.py", from_records)
    assert wall_problems(tmp_path / "ui" / "kit" / "form.py", from_records)
    assert not wall_problems(tmp_path / "ui" / "main_window.py", from_meetings)
