"""Updates from a file: only genuine, newer and fitting ones; put in place whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import warnings
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pytest

from ethnomed_desktop.app import update_install, updates
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.update_install import PART, install
from ethnomed_desktop.app.updates import Update, back_up_first, look_at
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.progress import Cancelled
from ethnomed_desktop.exchange import sshsig
from tests.app.releases import KEYS, contents, here, lay_out, of_another_system, stick

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs of these tests are shell scripts")
ROOM = namedtuple("ROOM", "total used free")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The program, unpacked by a person, version 0.1.0."""
    return lay_out(tmp_path / "program", "0.1.0")


def started(folder: Path, starter: str = "ethnomed-desktop") -> str:
    """Start the program and return what it says."""
    return subprocess.run([folder / starter], capture_output=True, text=True, check=True, timeout=20).stdout.strip()


def refusal(file: Path, folder: Path, **own: str) -> str:
    with pytest.raises(EthnomedError) as caught:
        look_at(file, replace(here(folder), **own), KEYS)  # type: ignore[arg-type]
    return caught.value.code


def offered(tmp_path: Path, folder: Path, **wish: str) -> Update:
    return look_at(stick(tmp_path / "stick", **wish), here(folder), KEYS)  # type: ignore[arg-type]


def test_a_genuine_newer_release_is_described(tmp_path: Path, folder: Path) -> None:
    found = offered(tmp_path, folder)
    assert (found.version, found.day.isoformat(), found.package.kind) == ("0.9.0", "2026-11-22", "tar")
    assert (found.notes("kk"), found.notes("de")) == (("Жаңалық",), ("New things",))
    assert found.administrator_line == ""
    assert look_at(found.file, here(folder), KEYS) == found  # the package itself may be chosen as well


def test_a_package_without_its_signed_file_is_refused(tmp_path: Path, folder: Path) -> None:
    file = stick(tmp_path / "stick")
    package = next((tmp_path / "stick").glob("*.tar.xz"))
    file.unlink()
    assert refusal(package, folder) == "update.unsigned"
    assert refusal(tmp_path / "stick" / "nothing.tar.xz", folder) == "storage.gone"
    assert refusal(tmp_path / "stick" / "nothing.update", folder) == "storage.gone"


def test_a_changed_or_foreign_file_is_refused(tmp_path: Path, folder: Path) -> None:
    file = stick(tmp_path / "stick")
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"0.9.0", b"0.9.1"))
    assert refusal(file, folder) == "update.damaged"
    file.write_bytes(raw.partition(sshsig.BEGIN)[0])
    assert refusal(file, folder) == "update.unsigned"
    file.write_bytes(raw)
    for keys, code in (((b"x" * 32,), "update.foreign_key"), ((), "update.no_keys")):
        with pytest.raises(EthnomedError) as caught:
            look_at(file, here(folder), keys)
        assert caught.value.code == code
    with pytest.raises(EthnomedError):
        look_at(file, here(folder))  # the keys of the program itself, if there are any, know no test


def test_only_what_is_newer_is_taken(tmp_path: Path, folder: Path) -> None:
    file = stick(tmp_path / "stick")
    assert refusal(file, folder, version="0.10.0") == "update.older"
    assert refusal(file, folder, version="0.9.0") == "update.same"


def test_only_what_fits_is_taken(tmp_path: Path, folder: Path) -> None:
    file = stick(tmp_path / "stick")
    assert refusal(file, folder, system="linux-aarch64") == "update.wrong_system"
    assert refusal(file, folder, kind="deb") == "update.wrong_system"
    assert refusal(file, folder, kind="source") == "update.from_source"
    of_another_system(file)
    assert refusal(file, folder) == "update.wrong_system"


def test_a_damaged_or_missing_package_is_refused(tmp_path: Path, folder: Path) -> None:
    file = stick(tmp_path / "stick")
    package = next((tmp_path / "stick").glob("*.tar.xz"))
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    assert refusal(file, folder) == "update.package_damaged"
    package.write_bytes(data[:-1])
    assert refusal(file, folder) == "update.package_damaged"
    package.unlink()
    assert refusal(file, folder) == "update.package_missing"


def test_the_administrator_gets_a_line_for_the_package(tmp_path: Path, folder: Path) -> None:
    file = stick(tmp_path / "a stick", kinds=("deb",))
    found = look_at(file, here(folder, "deb"), KEYS)
    assert found.administrator_line == f"sudo apt-get install '{tmp_path}/a stick/0.9.0.deb'"


@pytest.mark.parametrize("kind", ["tar", "portable"])
def test_the_new_version_starts_and_the_old_one_stays(tmp_path: Path, folder: Path, kind: str) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "store.db").write_text("records", encoding="utf-8")
    (folder / "portable.txt").write_text("here", encoding="utf-8")
    lay_out(folder, "0.0.5")  # of the update before
    shutil.copy(folder / "ethnomed-desktop", folder / "ethnomed-desktop-0.0.5")
    lay_out(folder, "0.1.0")
    found = look_at(stick(tmp_path / "stick"), here(folder, kind), KEYS)  # type: ignore[arg-type]
    kept = install(found)
    assert started(folder) == "Ethnomed Desktop 0.9.0"
    assert (kept.name, started(folder, kept.name)) == ("ethnomed-desktop-0.1.0", "Ethnomed Desktop 0.1.0")
    assert sorted(path.name for path in folder.iterdir()) == [
        *("README.txt", "data", "ethnomed-desktop", "ethnomed-desktop-0.1.0", "licences", "portable.txt"),
        *("program-0.1.0", "program-0.9.0"),
    ]
    assert (folder / "README.txt").read_text(encoding="utf-8") == "read me of 0.9.0"
    assert (folder / "data" / "store.db").read_text(encoding="utf-8") == "records"
    assert (folder / "program-0.9.0" / "_internal" / "library.so").read_bytes() == b"0.9.0" * 1000


def refused_install(found: Update) -> str:
    folder = found.installed.folder
    before = everything(folder)
    with pytest.raises(EthnomedError) as caught:
        install(found)
    assert everything(folder) == before
    return caught.value.code


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_package_exchanged_after_it_was_looked_at_is_refused(tmp_path: Path, folder: Path) -> None:
    found = offered(tmp_path, folder)
    found.file.write_bytes(b"x" * found.package.size)
    assert refused_install(found) == "update.package_damaged"


def test_a_version_that_does_not_start_here_is_refused(tmp_path: Path, folder: Path) -> None:
    assert refused_install(offered(tmp_path, folder, says="something else")) == "update.does_not_start"


def test_without_room_nothing_is_changed(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = offered(tmp_path, folder)
    monkeypatch.setattr(update_install.shutil, "disk_usage", lambda _folder: ROOM(9, 8, 1))
    assert refused_install(found) == "update.no_room"
    monkeypatch.undo()

    def full(_copy: Path, _new: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(update_install, "_unpack", full)
    assert refused_install(found) == "storage.full"


def test_giving_up_changes_nothing(tmp_path: Path, folder: Path) -> None:
    found, before = offered(tmp_path, folder), everything(folder)

    def gives_up(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        install(found, gives_up)
    assert everything(folder) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from ethnomed_desktop.app import update_install
from ethnomed_desktop.app.updates import look_at
from tests.app.releases import KEYS, here

steps = ["_emptied", "_unpack", "_try", "_make_ready", "_switch", "_put_papers", "_take_away_older"]
moment, folder, file = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
name = steps[moment // 2]
own = getattr(update_install, name)

def killed(*given):
    if moment % 2:
        own(*given)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(update_install, name, killed)
update_install.install(look_at(file, here(folder), KEYS))
"""


@pytest.mark.parametrize("moment", range(14))
def test_killed_at_any_step_a_whole_version_starts_and_the_update_can_be_repeated(
    tmp_path: Path, folder: Path, moment: int
) -> None:
    file = stick(tmp_path / "stick")
    words = [sys.executable, "-c", KILLED, str(moment), str(folder), str(file)]
    done = subprocess.run(words, cwd=Path(__file__).parents[2], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    version = started(folder).rpartition(" ")[2]
    assert version == ("0.1.0" if moment < 9 else "0.9.0")
    whole = contents(version)
    assert (folder / f"program-{version}" / "_internal" / "library.so").read_bytes() == whole[
        f"program-{version}/_internal/library.so"
    ][0]
    install(look_at(file, here(folder), KEYS))
    assert started(folder) == "Ethnomed Desktop 0.9.0"
    assert started(folder, "ethnomed-desktop-0.1.0").endswith("0.1.0" if version == "0.1.0" else "0.9.0")
    assert not (folder / PART).exists()


def test_the_trial_of_the_new_version_gets_the_libraries_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "of the running program")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "of the running program")
    assert "of the running program" not in update_install._plain_surroundings().values()
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "of the person")
    assert update_install._plain_surroundings()["LD_LIBRARY_PATH"] == "of the person"


def test_a_folder_of_somebody_else_is_left_alone(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)  # the tests may run as root
    assert refused_install(offered(tmp_path, folder)) == "storage.read_only"


def test_the_records_are_backed_up_first(tmp_path: Path, folder: Path, council: AppContext) -> None:
    made = back_up_first(council, offered(tmp_path, folder))
    assert made is not None
    assert made.path.name.startswith("before-0.9.0-")
    assert made.path.stat().st_size == made.size


def test_how_the_program_came_here_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert updates.installed().kind == "source"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ethnomed-desktop"))
    assert updates.installed().kind == "deb"
    monkeypatch.setattr(sys, "executable", str(tmp_path / "program-0.1.0" / "ethnomed-desktop"))
    assert (updates.installed().kind, updates.installed().folder) == ("tar", tmp_path)
    (tmp_path / "portable.txt").touch()
    assert updates.installed().kind == "portable"


def packed(*members: tuple[str, bytes, str]) -> tarfile.TarFile:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for name, kind, link in members:
            one = tarfile.TarInfo(name)
            one.type, one.linkname, one.mode = kind, link, 0o4777
            tar.addfile(one)
    buffer.seek(0)
    return tarfile.open(fileobj=buffer)


@pytest.mark.parametrize("filtered", [True, False])
@pytest.mark.parametrize(
    "evil",
    [
        ("../x", tarfile.REGTYPE, ""),
        ("/tmp-x", tarfile.REGTYPE, ""),
        ("a/../../x", tarfile.REGTYPE, ""),
        ("link", tarfile.SYMTYPE, "../../etc"),
        ("link", tarfile.SYMTYPE, "/etc/passwd"),
        ("link", tarfile.LNKTYPE, "../secret"),
        ("device", tarfile.CHRTYPE, ""),
        ("pipe", tarfile.FIFOTYPE, ""),
    ],
)
def test_nothing_is_unpacked_beside_its_folder_with_any_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evil: tuple[str, bytes, str], filtered: bool
) -> None:
    if not filtered:
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
    new = tmp_path / "new"
    new.mkdir()
    with packed(("good", tarfile.REGTYPE, ""), evil) as tar, pytest.raises((ValueError, tarfile.TarError)):
        update_install._unpack_tar(tar, new)
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["new"]


def test_links_inside_stay_and_rights_are_tamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    members = (("lib", tarfile.DIRTYPE, ""), ("lib/a", tarfile.REGTYPE, ""), ("lib/b", tarfile.SYMTYPE, "a"))
    with warnings.catch_warnings(), packed(*members) as tar:
        warnings.simplefilter("ignore", DeprecationWarning)  # from Python 3.12 on; there the filter is used
        update_install._unpack_tar(tar, tmp_path)
    assert (tmp_path / "lib" / "b").readlink() == Path("a")
    assert (tmp_path / "lib" / "a").stat().st_mode & 0o7777 == 0o755
