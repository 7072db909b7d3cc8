"""The Windows package, as far as Linux can make it: wheels by hash, payload, and a compiled installer.

Nothing of it can be executed here. The interpreter is Python's "embeddable package" for Windows,
which no index of packages offers: its path and SHA-256 are given by the caller. Without it the
payload is laid out and checked, and the script compiled for trial, but no installer is delivered.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path, PureWindowsPath

from installer import licences, lock
from installer.frozen import STEADY
from installer.reproducible import digest, settle, write_manifest
from installer.work import Refused, Work, call, emptied, needed

HERE = Path(__file__).resolve().parent
KEPT = HERE / "kept-windows.txt"
SETUP = HERE / "windows_setup"
UNUSED = ("bin", "pycparser*", "pypdfium2_cli", "**/tests", "**/test", "**/*.pyi", "**/*.lib")
PROVIDED = re.compile(r"(?i)api-ms-win-.*|python3(11)?\.dll|vcruntime140(_1)?\.dll")
"""Libraries that come with the embeddable package or are names that Windows itself resolves."""

RUNTIME = "msvcp140*.dll"
"""The C++ library that wheels expect and the embeddable package lacks; Qt brings it, for itself alone."""

WINDOWS = frozenset(
    "advapi32 authz bcrypt bcryptprimitives cabinet cfgmgr32 comctl32 comdlg32 crypt32 d2d1 d3d11 d3d12 d3d9 "
    "d3dcompiler_47 dcomp dnsapi dwmapi dwrite dxgi gdi32 icuuc imm32 iphlpapi kernel32 mpr msi msimg32 "
    "ncrypt netapi32 ntdll ole32 oleaut32 powrprof propsys psapi rpcrt4 secur32 setupapi shcore shell32 "
    "shlwapi uiautomationcore user32 userenv uxtheme version winhttp winmm "
    "winspool.drv wldap32 ws2_32 wtsapi32".split()
)
"""Libraries that every Windows has since 10, version 1903 (the first with icuuc.dll)."""

PATHS = "python311.zip\n.\n..\\app\n..\\app\\site-packages\n"
"""The embeddable package looks nowhere else: not into the registry, not into the person's own packages."""


def payload_of(work: Work) -> Path:
    """Return where the installed folder is laid out."""
    return work.folder / "windows" / "payload"


def fetch_wheels(work: Work) -> None:
    """Download the wheels of the lock file for Windows; pip refuses any other byte."""
    missing = lock.uncovered("windows")
    if missing:
        raise Refused(f"requirements-windows.lock lacks: {', '.join(missing)}.")
    wheels = emptied(work.folder / "windows" / "wheels")
    words = ["-m", "pip", "download", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    words += ["--platform", "win_amd64", "--python-version", "3.11", "-d", str(wheels)]
    call([work.python, *words, "-r", lock.lock_file("windows")], work.folder / "wheels.log", STEADY)


def lay_out(work: Work) -> None:
    """Unpack wheels, program, licences and – when given – Python; raises `Refused` for a library that lacks."""
    payload = emptied(payload_of(work))
    app = payload / "app"
    site = app / "site-packages"
    site.mkdir(parents=True)
    for wheel in sorted((work.folder / "windows" / "wheels").glob("*.whl")):
        unpack_wheel(wheel, site)
    thin(site)
    kept = shutil.ignore_patterns("*.po", "__pycache__")
    for name in ("ethnomed_desktop", "resources", "translations"):
        shutil.copytree(work.source / name, app / name, ignore=kept)
    _licences(work, site, payload / "licences")
    if work.python_zip is not None:
        unpack_python(work.python_zip, work.python_sha256, payload / "python")
    share_runtime(site, payload / "python")
    lacking = unmet(payload)
    if lacking:
        raise Refused(f"Neither in the payload nor part of Windows: {', '.join(sorted(lacking))}")
    wrong = unfit(payload)
    if wrong:
        raise Refused(f"These names cannot lie on Windows: {', '.join(wrong)}")
    settle(payload)
    write_manifest(payload, work)


LONGEST_PATH = 259
INSTALLED_IN = PureWindowsPath(r"C:\Users\a-rather-long-name-of-a-person\AppData\Local\Programs\Ethnomed Desktop")
_FORBIDDEN = frozenset('<>:"|?*\\')


def unfit(payload: Path) -> list[str]:
    """Return the names that Windows does not take: reserved, forbidden letters, twice, too long where they go."""
    wrong, seen = [], set()
    for path in sorted(payload.rglob("*")):
        name = path.relative_to(payload).as_posix()
        there = INSTALLED_IN / name
        odd = any(
            PureWindowsPath(part).is_reserved() or part[-1] in " ."
            for part in there.relative_to(INSTALLED_IN).parts
        )
        if odd or _FORBIDDEN & set(name) or len(str(there)) > LONGEST_PATH or name.casefold() in seen:
            wrong.append(name)
        seen.add(name.casefold())
    return wrong


def unpack_wheel(wheel: Path, site: Path) -> None:
    """Unpack a wheel as pip would, without scripts; files of ``*.data/purelib`` and ``platlib`` are moved up."""
    with zipfile.ZipFile(wheel) as packed:
        for info in packed.infolist():
            name = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", info.filename)
            if info.is_dir() or re.match(r"[^/]+\.data/", name):
                continue
            target = (site / name).resolve()
            if not target.is_relative_to(site.resolve()):
                raise Refused(f"{wheel.name} would write outside its folder: {name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(info))


def thin(site: Path) -> None:
    """Keep of PySide6 what stands in the list, and drop what only makers need."""
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    folder = site / "PySide6"
    kept = {path for pattern in patterns for path in folder.glob(pattern)}
    idle = [pattern for pattern in patterns if not any(folder.glob(pattern))]
    if idle:
        raise Refused(f"These lines of {KEPT.name} meet nothing: {', '.join(idle)}")
    for path in [path for path in folder.rglob("*") if path.is_file() and path not in kept]:
        path.unlink()
    for pattern in UNUSED:
        for path in list(site.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def unpack_python(packed: Path, sha256: str, target: Path) -> None:
    """Unpack Python's embeddable package after its SHA-256 was compared; raises `Refused` when it differs."""
    if not packed.is_file() or digest(packed) != sha256.lower():
        raise Refused(f"{packed} is not the file with the SHA-256 {sha256 or '(none was given)'}.")
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
        if "python.exe" not in names or "python311.dll" not in names:
            raise Refused(f"{packed.name} is not the embeddable package of Python 3.11 for Windows.")
        archive.extractall(target)
    (target / "python311._pth").write_text(PATHS, encoding="ascii")


def share_runtime(site: Path, target: Path) -> None:
    """Put the C++ library beside the interpreter, where every module finds it; a bare Windows has none."""
    target.mkdir(exist_ok=True)
    found = sorted((site / "PySide6").glob(RUNTIME))
    if not found:
        raise Refused(f"Qt's wheel brings no {RUNTIME} any more: modules written in C++ would not start.")
    for path in found:
        shutil.copy(path, target)


def unmet(payload: Path) -> set[str]:
    """Return the libraries that something in the payload imports and does not find, each with who wants it.

    Windows looks beside what imports and beside the interpreter; wheels add folders ``NAME.libs``, Qt its own two.
    """
    tool = needed("objdump", "binutils")
    site = payload / "app" / "site-packages"
    qt = {site / "PySide6", site / "shiboken6"}
    packed: dict[Path, set[str]] = {}
    for path in payload.rglob("*.dll"):
        packed.setdefault(path.parent, set()).add(path.name.lower())
    everywhere = {payload / "python", *site.glob("*.libs")}
    lacking: set[str] = set()
    for path in sorted(payload.rglob("*")):
        if path.suffix.lower() not in {".dll", ".pyd"}:
            continue
        said = subprocess.run([tool, "-p", path], capture_output=True, text=True, check=True).stdout
        places = {path.parent, *everywhere} | (qt if qt & {path.parent, *path.parents} else set())
        known = set().union(*(packed.get(place, set()) for place in places))
        for name in map(str.lower, re.findall(r"DLL Name: (\S+)", said)):
            if name not in known and not PROVIDED.fullmatch(name) and name.removesuffix(".dll") not in WINDOWS:
                lacking.add(f"{name} (wanted by {path.name})")
    return lacking


def _licences(work: Work, site: Path, folder: Path) -> None:
    rows = [("Ethnomed Desktop", work.version, "Apache-2.0")]
    emptied(folder)
    shutil.copy(work.source / "LICENSE", folder / "Ethnomed-Desktop-LICENSE.txt")
    rows += licences.python_libraries(site, folder, "windows")
    rows.append(("Python", "3.11", "PSF-2.0: LICENSE.txt in the folder python"))
    licences.finish(folder, work, rows)


def compile_setup(work: Work) -> None:
    """Compile the installer; it is delivered only when Python is in the payload."""
    whole = (payload_of(work) / "python" / "python.exe").exists()
    name = f"ethnomed-desktop-{work.version}-windows-x64-installer.exe"
    target = (work.out if whole else work.folder / "windows") / name
    given = {"PAYLOAD": payload_of(work), "VERSION": work.version, "OUTPUT": target, "WORDS": SETUP}
    words = [needed("makensis", "nsis"), "-V2", *(f"-D{key}={value}" for key, value in given.items())]
    call([*words, SETUP / "setup.nsi"], work.folder / "setup.log", {"SOURCE_DATE_EPOCH": str(work.epoch)})
    print("Windows: assembled, not executed.", end=" ")
    if not whole:
        print(f"Python is not in it: nothing is delivered; for trial see {target}.", end=" ")
