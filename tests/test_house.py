"""The house itself: sizes, names, clean text, no network, the top level, the map in the README."""

from __future__ import annotations

import ast
import re
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "ethnomed_desktop"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
DATA_TABLES = {"ethnomed_desktop/domain/codes.py"}
"""Files that are tables, not code: they may be as long as what they list."""

GRAB_BAGS = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "base", "common", "stuff"}
TOP_LEVEL = {
    *("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", "build_installer.py"),
    *("ethnomed_desktop", "resources", "translations", "tests"),
    *(".ci", ".git", ".gitignore", ".editorconfig"),
}
HEAVY = {
    *("sqlalchemy", "alembic", "sqlcipher3", "psycopg", "argon2", "cryptography", "reportlab", "pypdfium2", "PIL"),
    *("pyphen", "shamir_mnemonic", "babel", "platformdirs", "docx", "lxml", "xlsxwriter", "PySide6.QtPrintSupport"),
    "zxingcpp",
}
"""Loaded after the first window is painted, never before."""


def own_sources() -> Iterator[Path]:
    """Yield every source file of ours."""
    for folder in (PACKAGE, ROOT / "tests", ROOT / ".ci"):
        yield from sorted(folder.rglob("*.py"))
    yield from sorted(ROOT.glob("*.py"))


def relative(path: Path) -> str:
    """Return the path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()


def is_migration(path: Path) -> bool:
    """Migrations are records of what was done: they are not shortened."""
    return "migrations/versions/" in path.as_posix()


def test_no_file_is_too_long() -> None:
    long = {
        relative(path): lines
        for path in own_sources()
        if not is_migration(path) and relative(path) not in DATA_TABLES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {}
    for path in own_sources():
        for node in () if is_migration(path) else ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{relative(path)}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_no_module_is_a_grab_bag() -> None:
    assert [relative(path) for path in own_sources() if path.stem.strip("_") in GRAB_BAGS] == []


def test_tests_stand_in_the_folders_of_the_rooms() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert folders - {"__pycache__"} <= {
        *ROOMS,
        "benchmarks",
        "facts",
        "golden",
        "soak",
        "fuzz",
        "compare",
        "screens",
    }


def test_nothing_is_left_unfinished() -> None:
    marks = re.compile(
        "|".join(("TO" + "DO", "FIX" + "ME", "NotImplemented" + r"Error", r"pytest\.mark\." + r"skip\b"))
    )
    found = {relative(path): marks.findall(path.read_text(encoding="utf-8")) for path in own_sources()}
    assert {name: marks for name, marks in found.items() if marks} == {}


def test_no_item_of_a_layout_is_asked_for() -> None:
    """The binding keeps what `QLayout.itemAt` returns after Qt has freed it with its widget.

    Whatever Qt puts at that address next is then taken for an item: an AttributeError, or the end of the process.
    Layouts of ours define it for Qt; nobody calls it.
    """
    asked = re.compile(r"\.item" + r"At(Position)?\(")
    found = [relative(path) for path in own_sources() if asked.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] in {"cli", "__main__.py"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                found.append(f"{relative(path)}:{node.lineno}")
    assert found == []


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield the strings of a source, without what only patterns contain (escapes and ranges)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, re.sub(r"\w-\w|\\[A-Za-z]", " ", node.value)


def test_no_latin_letter_hides_in_a_cyrillic_word(catalog_rules: ModuleType) -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        for line, text in texts(path.read_text(encoding="utf-8")):
            found += [f"{relative(path)}:{line}: {word}" for word in catalog_rules.mixed_words(text)]
    assert found == []


def test_no_latin_letter_hides_in_the_resources(catalog_rules: ModuleType) -> None:
    found = []
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.suffix in {".md", ".json", ".ndjson", ".csv", ".html", ".txt"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                plain = re.sub(r"\\[nrtu\"]", " ", line)
                found += [f"{relative(path)}:{number}: {word}" for word in catalog_rules.mixed_words(plain)]
    assert found == []


def test_the_top_level_holds_what_belongs_there() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    names = [path for path in ROOT.iterdir() if not any(path.match(pattern) for pattern in ignored)]
    assert {path.name for path in names} <= TOP_LEVEL


def test_every_resource_is_packed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packed = project["tool"]["setuptools"]["data-files"]
    patterns = [pattern for patterns in packed.values() for pattern in patterns]
    files = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    left_out = [relative(path) for path in files if not any(path in ROOT.glob(pattern) for pattern in patterns)]
    assert left_out == []


def test_the_readme_maps_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [room for room in ROOMS if not re.search(rf"\b{room}/", readme)]
    missing += [name for name in ("resources/", "translations/", "tests/", ".ci/") if name not in readme]
    assert missing == []


def test_the_readme_names_targets_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"test", "run"} <= targets
    assert named - {"git"} <= targets


def test_every_library_is_declared_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    modules = {
        **{"PySide6-Essentials": "PySide6", "argon2-cffi": "argon2", "pillow": "PIL"},
        **{"python-docx": "docx", "XlsxWriter": "xlsxwriter", "shamir-mnemonic": "shamir_mnemonic"},
        "zxing-cpp": "zxingcpp",
    }
    used = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used.add(node.module.split(".")[0])
    declared = {re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]}
    assert {name for name in declared if modules.get(name, name) not in used} == {"psycopg"}  # by address


def test_the_first_window_waits_for_no_heavy_module() -> None:
    code = (
        "import sys\nimport ethnomed_desktop.ui.application\n"
        f"print(*sorted(name for name in {sorted(HEAVY)!r} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_connections_to_other_machines_fail() -> None:
    with socket.socket() as link, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        link.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="example"):
        socket.create_connection(("example.org", 443), timeout=1)


def test_connections_within_the_machine_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take() -> None:
            server.accept()[0].close()

        taker = threading.Thread(target=take)
        taker.start()
        with socket.create_connection(server.getsockname(), timeout=5):
            pass
        taker.join()


@pytest.mark.postgres
def test_the_database_server_is_empty_and_answers(postgres_url: str) -> None:
    engine = sqlalchemy.create_engine(postgres_url)
    with engine.begin() as connection:
        assert connection.scalar(sqlalchemy.text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) == 0
        assert connection.scalar(sqlalchemy.text("SHOW server_encoding")) == "UTF8"
    engine.dispose()
