"""From the commit to a frozen program that has tried itself out."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from installer import lock
from installer.work import PROGRAM, VERSION_LINE, Refused, Work, bare_surroundings, call, check_python, emptied

HERE = Path(__file__).resolve().parent
EXCLUDED = (
    *("tkinter", "babel", "numpy", "pytest", "setuptools", "pkg_resources", "fontTools", "pip"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtTest"),
    *("zstandard._cffi", "zstandard.backend_cffi"),
    "readline",  # GNU readline is under the GPL, and our command line asks no question that needs it
    *("MySQLdb", "pysqlite2", "psycopg2", "pydoc", "lib2to3", "ensurepip", "idlelib"),
)
"""Modules that something names and nothing of ours calls."""

WITHOUT_QT_AT_THE_START = 'a.scripts = [one for one in a.scripts if one[0] != "pyi_rth_pyside6"]\n'
"""The freezer would load Qt at every start, commands without a window too, to tell it where its parts lie; Qt finds
them by itself from where its library lies."""

STEADY = {
    "PYTHONHASHSEED": "0",  # the freezer's archives would be ordered by chance
    "PYTHONDONTWRITEBYTECODE": "1",  # compiled files carry the moment they were made
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "QT_QPA_PLATFORM": "offscreen",
}


def export_source(work: Work) -> None:
    """Lay out the files of the commit; changes that were not committed stay out."""
    packed = subprocess.run(
        ["git", "-C", str(work.root), "archive", "--format=tar", work.commit], check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        known = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Debian's Python 3.11.2 has none
        tar.extractall(emptied(work.source), **known)
    if work.renamed:
        init = work.source / "ethnomed_desktop" / "__init__.py"
        text = VERSION_LINE.sub(f'__version__ = "{work.version}"', init.read_text(encoding="utf-8"))
        init.write_text(text, encoding="utf-8")


def make_environment(work: Work) -> None:
    """Install exactly the wheels of the lock file; pip refuses any other byte. Kept while the lock file stays."""
    check_python()
    missing = lock.uncovered("linux")
    if missing:
        raise Refused(
            f"requirements-linux.lock lacks: {', '.join(missing)}. Run: python .ci/installer/lock.py linux"
        )
    locked = lock.lock_file("linux")
    mark = work.environment / "installed-from"
    digest = hashlib.sha256(locked.read_bytes()).hexdigest() + " " + sys.base_prefix
    if mark.exists() and mark.read_text(encoding="utf-8") == digest:
        return
    shutil.rmtree(work.environment, ignore_errors=True)
    log = work.folder / "environment.log"
    call([sys.executable, "-m", "venv", work.environment], log)
    words: list[str | Path] = [
        work.python,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
    ]
    call([*words, "-r", locked], log, STEADY)
    mark.write_text(digest, encoding="utf-8")


def compile_words(work: Work) -> None:
    """Check and compile the catalogs of the exported source; a missing translation stops the build."""
    tool = work.source / ".ci" / "catalogs.py"
    for verb in ("check", "compile"):
        call([work.python, tool, verb], work.folder / f"catalogs-{verb}.log", cwd=work.source)


def plan_words(work: Work) -> list[str | Path]:
    """Return the call that plans the freezing: one folder, everything of the package, its data files beside it."""
    data = work.folder / "data"
    words: list[str | Path] = [
        *(work.python, "-m", "PyInstaller.utils.cliutils.makespec", "--onedir", "--noupx", "--name", PROGRAM),
        *("--specpath", work.folder / "freezing", "--paths", work.source),
        *("--collect-submodules", "ethnomed_desktop"),
        *("--collect-data", "shamir_mnemonic"),  # its words stand in a file beside the modules
        *("--collect-submodules", "reportlab.graphics.barcode"),  # imported by name, for the recovery sheet
    ]
    migrations = work.source / "ethnomed_desktop" / "store" / "migrations"
    for source, target in (
        (data / "translations", "translations"),
        (data / "resources", "resources"),
        (migrations, "ethnomed_desktop/store/migrations"),  # Alembic reads them as files
        # python-docx looks for its templates in "docx/parts/../templates": the folder must be there
        (next(work.environment.glob("lib/python3*/site-packages/docx/py.typed")), "docx/parts"),
    ):
        words += ["--add-data", f"{source}:{target}"]
    for name in EXCLUDED:
        words += ["--exclude-module", name]
    return [*words, HERE / "entry.py"]


def freeze(work: Work) -> None:
    """Make the one-folder program; translators' files are left out, compiled words go in."""
    data = emptied(work.folder / "data")
    kept = shutil.ignore_patterns("*.po")
    shutil.copytree(work.source / "translations", data / "translations", ignore=kept)
    shutil.copytree(work.source / "resources", data / "resources")
    shutil.rmtree(work.whole, ignore_errors=True)
    shutil.rmtree(work.folder / "freezing", ignore_errors=True)
    (work.folder / "freezing").mkdir()
    log, surroundings = work.folder / "freezing.log", {**STEADY, "SOURCE_DATE_EPOCH": str(work.epoch)}
    call(plan_words(work), log, surroundings, cwd=work.source)
    plan = work.folder / "freezing" / f"{PROGRAM}.spec"
    before, packing, after = plan.read_text(encoding="utf-8").partition("pyz = PYZ(")
    if not packing:
        raise Refused("The freezer plans in another way now: the plan names no archive.")
    plan.write_text(f"{before}{WITHOUT_QT_AT_THE_START}{packing}{after}", encoding="utf-8")
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", work.whole.parent]
    call(
        [work.python, "-m", "PyInstaller", *words, "--workpath", work.folder / "freezing", plan],
        log,
        surroundings,
        cwd=work.source,
    )


def try_frozen(work: Work) -> None:
    """Let the frozen program try itself out (see `self_test`)."""
    self_test(work.frozen / PROGRAM, work.folder / "self-test.log")


def self_test(program: Path, log: Path) -> None:
    """Run ``--version`` and ``--self-test`` with an empty home; raises `Refused` when either fails."""
    with tempfile.TemporaryDirectory(prefix="installer-home-") as home:
        said = []
        for option in ("--version", "--self-test"):
            done = subprocess.run(
                [program, option, "--lang", "en"],
                env=bare_surroundings(Path(home)),
                capture_output=True,
                text=True,
                check=False,
            )
            said += [done.stdout, done.stderr]
            if done.returncode:
                raise Refused(f"The frozen program failed at {option}:\n{''.join(said)}")
    log.write_text("".join(said), encoding="utf-8")
