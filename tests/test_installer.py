"""Making packages: the plan, the lock file, what a desktop is told, names on a stick, equal bytes."""

from __future__ import annotations

import configparser
import importlib
import re
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement

from tests.conftest import load_script

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / ".ci" / "installer" / "linux"
LANGUAGES = {"kk", "ru"}
"""Beside English, which stands without a mark."""

XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = 1_700_000_000


@pytest.fixture(scope="module")
def build_installer() -> ModuleType:
    """The script at the top; importing it makes the stages importable too."""
    return load_script(ROOT / "build_installer.py")


@pytest.fixture
def stages(build_installer: ModuleType) -> ModuleType:
    """The package of the stages."""
    return sys.modules["installer"]


def module(name: str) -> ModuleType:
    return importlib.import_module(f"installer.{name}")


def work(tmp_path: Path) -> object:
    return module("work").Work(tmp_path, tmp_path / "out", "0" * 40, MOMENT, "1.2.3")


@pytest.mark.parametrize("target", ["linux-tar", "linux-deb", "portable"])
def test_the_dry_run_lists_the_stages_and_makes_nothing(
    build_installer: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path, target: str
) -> None:
    assert build_installer.main(["--dry-run", "--target", target, "--out", str(tmp_path / "out")]) == 0
    said = [line.split(": ")[0].split(". ")[1] for line in capsys.readouterr().out.splitlines()]
    assert said[:7] == ["source", "environment", "catalogs", "freeze", "prune", "self-test", "licences"]
    assert said[-1] == "sums"
    assert list(tmp_path.iterdir()) == []


def test_two_targets_share_their_stages(build_installer: ModuleType) -> None:
    names = [stage.name for stage in build_installer.plan(["linux-tar", "linux-deb"])]
    assert len(names) == len(set(names))
    assert names[-3:] == ["tar", "deb", "sums"]


def test_an_unknown_stage_is_refused_with_the_names(
    build_installer: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        build_installer.main(["--dry-run", "--stage", "polish"])
    assert caught.value.code == 2
    assert "freeze" in capsys.readouterr().err


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_the_lock_files_cover_what_the_program_depends_on(stages: ModuleType, system: str) -> None:
    assert module("lock").uncovered(system) == []


SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
"""What the conditions of a package's demands are answered with."""
FOR_WINDOWS_ONLY = frozenset({"tzdata", "pefile", "pywin32-ctypes", "colorama"})
"""Not installed where these tests run; none of them asks for more."""


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_files_hold_what_their_packages_demand_in_turn(stages: ModuleType, system: str) -> None:
    """They are installed without looking for more: what lacks here would lack in the package."""
    lock = module("lock")
    have = lock.locked(lock.lock_file(system).read_text(encoding="utf-8"))
    assert {"openpyxl", "et-xmlfile", "zxing-cpp"} <= set(have)
    lacking = set()
    for name in set(have) - {"pyinstaller", "pyinstaller-hooks-contrib", "altgraph"}:  # only the maker's
        for demand in map(Requirement, _demands_of(name)):
            wanted = demand.marker is None or demand.marker.evaluate({**SYSTEMS[system], "extra": ""})
            if wanted and lock.canonical(demand.name) not in have:
                lacking.add(f"{name} demands {demand}")
    assert lacking == set()


def _demands_of(name: str) -> list[str]:
    """Return what a package asks for; nothing is known of one that is locked for another system only."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        assert name in FOR_WINDOWS_ONLY
        return []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_locked_package_leaves_its_licence(stages: ModuleType, system: str, tmp_path: Path) -> None:
    lock, licences = module("lock"), module("licences")
    site = Path(str(metadata.distribution("openpyxl").locate_file("")))
    rows = licences.python_libraries(site, tmp_path, system)
    here = {lock.canonical(one.metadata["Name"]) for one in metadata.distributions(path=[str(site)])}
    have = set(lock.locked(lock.lock_file(system).read_text(encoding="utf-8"))) - licences.UNPACKED
    assert {lock.canonical(name) for name, _version, _licence in rows} == have & here
    assert {"openpyxl", "zxing-cpp", "pyside6-essentials"} <= have & here
    texts = {path.name for path in tmp_path.iterdir() if any(one.stat().st_size > 300 for one in _files(path))}
    assert len(texts) == len(rows) > 25


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_lock_file_without_a_hash_or_of_another_series_is_noticed(
    stages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = module("lock")
    with pytest.raises(ValueError, match="reportlab"):
        lock.locked("reportlab==5.1.0\n")
    text = lock.lock_file("linux").read_text(encoding="utf-8")
    changed = tmp_path / "changed.lock"
    changed.write_text(text.replace("reportlab==5.1.", "reportlab==6.0."), encoding="utf-8")
    monkeypatch.setattr(lock, "lock_file", lambda _system: changed)
    assert [demand.partition(">")[0] for demand in lock.uncovered("linux")] == ["reportlab"]


def test_the_menu_entry_speaks_three_languages() -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((FILES / "kz.ethnomed.desktop.desktop").read_text(encoding="utf-8"))
    entry = parser["Desktop Entry"]
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert {name for name in entry if name.startswith(f"{key}[")} == {f"{key}[{one}]" for one in LANGUAGES}
        assert entry[key]
    assert len({entry["Comment"], entry["Comment[kk]"], entry["Comment[ru]"]}) == 3
    assert set(entry["MimeType"].strip(";").split(";")) == mime_types()


def mime_types() -> set[str]:
    tree = ElementTree.parse(FILES / "kz.ethnomed.desktop.xml")
    return {str(one.get("type")) for one in tree.getroot()}


def test_the_file_types_have_patterns_magic_and_three_languages() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    patterns = set()
    for one in ElementTree.parse(FILES / "kz.ethnomed.desktop.xml").getroot():
        assert {text.get(XML_LANGUAGE) for text in one.findall(f"{space}comment")} == {None, *LANGUAGES}
        assert one.find(f"{space}magic") is not None
        patterns |= {text.get("pattern") for text in one.findall(f"{space}glob")}
    assert patterns == {"*.emx", "*.emb"}


def test_the_metadata_say_everything_in_three_languages(stages: ModuleType, tmp_path: Path) -> None:
    text = (FILES / "kz.ethnomed.desktop.metainfo.xml").read_text(encoding="utf-8")
    filled = module("work").filled(text, module("linux").values(work(tmp_path)))
    root = ElementTree.fromstring(filled)
    paragraphs = [one.get(XML_LANGUAGE) for one in root.iterfind("description/p")]
    for tongue in LANGUAGES:
        assert paragraphs.count(tongue) == paragraphs.count(None) > 0
        for tag in ("name", "summary"):
            assert {one.get(XML_LANGUAGE) for one in root.findall(tag)} == {None, *LANGUAGES}
    release = root.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": "1.2.3", "date": "2023-11-14"}


def test_a_value_that_nobody_gave_is_refused(stages: ModuleType) -> None:
    with pytest.raises(module("work").Refused, match="@DATE@"):
        module("work").filled("@VERSION@ of @DATE@", {"VERSION": "1"})


def test_equal_files_give_equal_archives(stages: ModuleType, tmp_path: Path) -> None:
    reproducible = module("reproducible")
    packed = []
    for place in ("here", "elsewhere"):
        folder = tmp_path / place / "tree"
        names = ["b", "a/c", "a-b"] if place == "here" else ["a-b", "a/c", "b"]
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name, encoding="utf-8")
        (folder / "b").chmod(0o700 if place == "here" else 0o775)
        (folder / "link").symlink_to("b")
        reproducible.settle(folder)
        reproducible.pack_tar(folder, tmp_path / place / "tree.tar.xz", MOMENT)
        packed.append((tmp_path / place / "tree.tar.xz").read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(tmp_path / "here" / "tree.tar.xz") as tar:
        members = tar.getmembers()
    assert [one.name for one in members] == [
        "tree", "tree/a", "tree/a-b", "tree/a/c", "tree/b", "tree/link"
    ]  # fmt: skip
    assert {(one.mtime, one.uid, one.gid, one.uname) for one in members} == {(MOMENT, 0, 0, "root")}
    assert {one.name: one.mode for one in members if one.isfile()} == {
        "tree/a-b": 0o644, "tree/a/c": 0o644, "tree/b": 0o755
    }  # fmt: skip


def test_what_differs_between_two_builds_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = load_script(ROOT / ".ci" / "installer" / "twice.py")
    sites = (tmp_path / "one", tmp_path / "other")
    for site in sites:
        inside = site / "dist" / "work" / "frozen" / "program"
        inside.mkdir(parents=True)
        (inside / "library.so").write_bytes(b"same")
        (inside / "link").symlink_to("library.so")
        (site / "dist" / "package.deb").write_bytes(b"same")
    assert twice.compare(*sites) == 0
    inside = sites[1] / "dist" / "work" / "frozen" / "program"
    (inside / "library.so").write_bytes(b"else")
    (inside / "link").unlink()
    (sites[1] / "dist" / "package.deb").write_bytes(b"else")
    assert twice.compare(*sites) == 1
    said = capsys.readouterr().out
    assert [name for name in ("program/library.so", "program/link", "package.deb: DIFFERS") if name in said] == [
        "program/library.so", "program/link", "package.deb: DIFFERS"
    ]  # fmt: skip


def test_names_that_a_stick_cannot_hold_are_found(stages: ModuleType, tmp_path: Path) -> None:
    for name in ("good.txt", "Name", "name", "12:30", "x" * 121):
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to("good.txt")
    assert module("portable").unfit(tmp_path) == ["12:30", "link", "name", "x" * 121]


def test_a_portable_folder_keeps_its_data_beside_the_program(
    stages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ethnomed_desktop import paths

    portable = module("portable")
    site = work(tmp_path)
    inside = site.frozen / "_internal"  # type: ignore[attr-defined]
    inside.mkdir(parents=True)
    (inside.parent / "ethnomed-desktop").touch(mode=0o755)
    (inside / "libfar.so.1").symlink_to("near/libfar.so.1")
    site.licences.mkdir()  # type: ignore[attr-defined]
    tried: list[Path] = []
    monkeypatch.setattr(portable, "self_test", lambda program, _log: tried.append(program))
    portable.lay_out(site)
    folder = portable.folder_of(site)
    assert tried == [folder / "ethnomed-desktop"]
    assert (folder / "program-1.2.3" / "ethnomed-desktop").exists()
    assert not (folder / "program-1.2.3" / "_internal" / "libfar.so.1").is_symlink()
    assert paths.places(folder) == paths.Places(
        folder / "data", folder / "data" / "settings", folder / "data" / "logs", portable=True
    )
    portable.pack(site)
    packages = [path.name for path in site.out.glob("*.zip")]  # type: ignore[attr-defined]
    assert packages == ["ethnomed-desktop-1.2.3-portable-linux-x86_64.zip"]


def test_the_trial_may_leave_nothing_in_the_portable_folder(stages: ModuleType, tmp_path: Path) -> None:
    portable = module("portable")
    site = work(tmp_path)
    (portable.folder_of(site) / "data").mkdir(parents=True)
    with pytest.raises(module("work").Refused, match="data"):
        portable.pack(site)


def test_what_is_pruned_leaves_the_three_languages_of_qt(stages: ModuleType, tmp_path: Path) -> None:
    words = tmp_path / "PySide6" / "Qt" / "translations"
    words.mkdir(parents=True)
    for name in ("qtbase_kk.qm", "qtbase_ru.qm", "qtbase_ko.qm", "qtbase_de.qm", "qt_ru.qm"):
        (words / name).touch()
    for pattern in module("prune").patterns():
        module("prune").remove(tmp_path, pattern)
    assert sorted(path.name for path in words.iterdir()) == ["qtbase_kk.qm", "qtbase_ru.qm"]


def test_the_control_file_names_what_it_needs(stages: ModuleType, tmp_path: Path) -> None:
    text = module("linux").control(work(tmp_path), ["libc6 (>= 2.36)", "libgl1"], 1234)
    assert "\nDepends: libc6 (>= 2.36), libgl1\n" in text
    assert "\nVersion: 1.2.3-1\n" in text
    assert "\nInstalled-Size: 1234\n" in text
    assert text.endswith("\n")


def windows_site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for line in module("windows").KEPT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path = site / "PySide6" / line.replace("**/", "deep/").replace("*", "x")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    return site


def test_the_windows_payload_keeps_of_qt_what_the_list_names(stages: ModuleType, tmp_path: Path) -> None:
    site = windows_site(tmp_path)
    (site / "PySide6" / "Qt6Quick.dll").touch()
    (site / "PySide6" / "qml").mkdir()
    module("windows").thin(site)
    assert not (site / "PySide6" / "Qt6Quick.dll").exists()
    assert not (site / "PySide6" / "qml").exists()
    assert (site / "PySide6" / "Qt6Core.dll").exists()
    (site / "PySide6" / "Qt6Core.dll").unlink()
    with pytest.raises(module("work").Refused, match=r"Qt6Core\.dll"):
        module("windows").thin(site)


def test_a_wheel_may_not_write_outside_its_folder(stages: ModuleType, tmp_path: Path) -> None:
    wheel = tmp_path / "odd-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("odd-1.data/platlib/odd/inner.py", "")
        packed.writestr("odd-1.data/scripts/odd.exe", "")
        packed.writestr("../outside.py", "")
    with pytest.raises(module("work").Refused, match="outside"):
        module("windows").unpack_wheel(wheel, tmp_path / "site")
    assert (tmp_path / "site" / "odd" / "inner.py").exists()
    assert not (tmp_path / "outside.py").exists()
    assert list((tmp_path / "site").rglob("*.exe")) == []


def test_the_python_for_windows_must_have_the_hash_that_was_given(stages: ModuleType, tmp_path: Path) -> None:
    windows = module("windows")
    packed = tmp_path / "embed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("python.exe", "")
        archive.writestr("python311.dll", "")
    with pytest.raises(module("work").Refused, match="SHA-256"):
        windows.unpack_python(packed, "0" * 64, tmp_path / "python")
    windows.unpack_python(packed, module("reproducible").digest(packed).upper(), tmp_path / "python")
    assert "site-packages" in (tmp_path / "python" / "python311._pth").read_text(encoding="ascii")


def test_a_library_that_lies_where_windows_does_not_look_is_missed(
    stages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file of this payload names what it imports, a line each."""
    windows = module("windows")
    told = lambda words, **_options: SimpleNamespace(stdout=words[-1].read_text(encoding="ascii"))  # noqa: E731
    monkeypatch.setattr(windows, "needed", lambda *_names: "objdump")
    monkeypatch.setattr(windows, "subprocess", SimpleNamespace(run=told))
    site = tmp_path / "app" / "site-packages"
    for name, wanted in {
        "app/site-packages/PySide6/msvcp140.dll": "KERNEL32.dll",
        "app/site-packages/PySide6/Qt6Core.dll": "msvcp140.dll shiboken6.dll",
        "app/site-packages/PySide6/plugins/platforms/qwindows.dll": "Qt6Core.dll",
        "app/site-packages/shiboken6/shiboken6.dll": "VCRUNTIME140.dll python3.dll",
        "app/site-packages/zxing/zxing.pyd": "MSVCP140.dll api-ms-win-crt-heap-l1-1-0.dll",
        "app/site-packages/lib.libs/openssl-1234.dll": "kernel32.dll",
        "app/site-packages/sql/sql.pyd": "openssl-1234.dll",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("".join(f"DLL Name: {one}\n" for one in wanted.split()), encoding="ascii")
    assert windows.unmet(tmp_path) == {"msvcp140.dll (wanted by zxing.pyd)"}
    windows.share_runtime(site, tmp_path / "python")
    assert windows.unmet(tmp_path) == set()
    (site / "PySide6" / "msvcp140.dll").unlink()
    with pytest.raises(module("work").Refused, match="msvcp140"):
        windows.share_runtime(site, tmp_path / "elsewhere")


def test_what_the_embeddable_python_takes_from_windows_is_known(stages: ModuleType) -> None:
    """Measured on that of 3.11.9, whose installer module nobody calls and everybody gets."""
    windows = module("windows")
    wanted = (
        "advapi32 bcrypt cabinet crypt32 kernel32 msi ole32 oleaut32 rpcrt4 shell32 shlwapi version winmm ws2_32"
    )
    assert set(wanted.split()) - windows.WINDOWS == set()
    for name in ("api-ms-win-crt-runtime-l1-1-0.dll", "python311.dll", "python3.dll"):
        assert windows.PROVIDED.fullmatch(name)


@pytest.mark.parametrize("name", ["Kazakh.nlf", "Kazakh.nsh", "setup.nsi"])
def test_kazakh_words_of_the_windows_installer_hold_no_latin_letters(name: str) -> None:
    text = (ROOT / ".ci" / "installer" / "windows_setup" / name).read_text(encoding="utf-8")
    text = re.sub(r"\$\(?\^?\w+\)?|\$\\[rnt]|\\[rnt]", " ", text)
    mixed = [
        word
        for word in re.findall(r"\w+", text)
        if re.search("[A-Za-z]", word) and re.search("[\u0400-\u04ff]", word)
    ]
    assert mixed == []


def test_a_setup_that_was_cut_off_does_not_stand_in_the_way_of_the_next() -> None:
    """Seen under Wine: what the trial of renaming left made every later one say that the program is open."""
    text = (ROOT / ".ci" / "installer" / "windows_setup" / "setup.nsi").read_text(encoding="utf-8")
    trial = text.index('Rename "$INSTDIR\\python"')
    assert text.index('RMDir /r "$INSTDIR\\python.old"') < trial < text.rindex('RMDir /r "$INSTDIR\\python.old"')
