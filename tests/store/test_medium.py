"""What a folder lies on, as Linux tells it; and a store on a stick: one file, nothing beside it after saving."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ethnomed_desktop.store import engine, medium
from ethnomed_desktop.store.medium import Medium, SystemPlaces, medium_of

ROOT = Path(__file__).resolve().parents[2]
LINE = "36 28 {number} / {point} rw,relatime shared:1 - {form} {source} rw\n"


def system(tmp_path: Path, **line: str) -> SystemPlaces:
    """A computer with a root disk and one more thing mounted."""
    place = tmp_path / "system"
    (place / "by-uuid").mkdir(parents=True)
    text = LINE.format(number="8:1", point="/", form="ext4", source="/dev/sda1")
    given = {"number": "8:17", "form": "ext4", "source": "/dev/nothing1", **line}
    (place / "mounts").write_text(text + LINE.format(**given), encoding="utf-8")
    devices = place / "devices"
    known = (("8:1", "0", "pci/sda/sda1"), ("8:17", "1", "pci/sdb/sdb1"), ("8:33", "0", "pci/usb2/sdc/sdc1"))
    for number, removable, way in known:
        real = place / way
        real.mkdir(parents=True)
        (real.parent / "removable").write_text(f"{removable}\n", encoding="ascii")
        devices.mkdir(exist_ok=True)
        (devices / number).symlink_to(real)
    (place / "sdb1").touch()
    (place / "by-uuid" / "1234-ABCD").symlink_to(place / "sdb1")
    return SystemPlaces(place / "mounts", devices, place / "by-uuid")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with a blank in its name, somewhere below which nothing is made yet."""
    (tmp_path / "my stick").mkdir()
    return tmp_path / "my stick"


def point(folder: Path) -> str:
    return str(folder).replace(" ", "\\040")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ({"number": "8:17"}, Medium(removable=True, volume="1234-ABCD")),
        ({"number": "8:33"}, Medium(removable=True)),  # a disk on a cable of USB
        ({"number": "8:1"}, Medium()),
        ({"number": "8:1", "form": "vfat"}, Medium(removable=True)),
        ({"number": "0:52", "form": "exfat"}, Medium(removable=True)),
        ({"number": "0:53", "form": "nfs4", "source": "server:/share"}, Medium(on_network=True)),
        ({"number": "0:53", "form": "cifs", "source": "//server/share"}, Medium(on_network=True)),
        ({"number": "0:54", "form": "tmpfs", "source": "tmpfs"}, Medium()),
    ],
)
def test_it_is_told_from_what_is_mounted(tmp_path: Path, stick: Path, line: dict[str, str], found: Medium) -> None:
    known = system(tmp_path, point=point(stick), **line)
    assert medium_of(stick / "not" / "there yet", known) == found
    assert medium_of(tmp_path, known) == Medium()


def test_what_a_desktop_mounted_can_be_pulled_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(medium, "MOUNTED_UNDER", (f"{tmp_path}/",))
    assert medium_of(tmp_path / "stick", SystemPlaces(mounts=tmp_path / "none")) == Medium(removable=True)
    assert medium_of(Path("/usr"), SystemPlaces(mounts=tmp_path / "none")) == Medium()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("kind", [Medium(removable=True), Medium(on_network=True)])
def test_on_a_stick_everything_saved_lies_in_the_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Medium
) -> None:
    monkeypatch.setattr(engine, "medium_of", lambda _folder: kind)
    path, key = tmp_path / "stick" / "store.db", b"k" * 32
    path.parent.mkdir()
    database = engine.open_sqlite(path, key)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE one (word TEXT)")
        connection.exec_driver_sql("INSERT INTO one VALUES ('saved')")
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT word FROM one").scalar() == "saved"
    assert {name for name in names(path.parent) if (path.parent / name).stat().st_size} == {"store.db"}
    pulled = tmp_path / "pulled out"
    pulled.mkdir()
    (pulled / "store.db").write_bytes(path.read_bytes())  # the program still has it open
    database.close()
    copy = engine.open_sqlite(pulled / "store.db", key)
    with copy.reading() as connection:
        assert connection.exec_driver_sql("SELECT word FROM one").scalar() == "saved"
    copy.close()


def test_a_store_carried_from_disk_to_stick_and_back_keeps_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = tmp_path / "store.db", b"k" * 32
    for number, kind in enumerate((Medium(), Medium(removable=True), Medium())):
        monkeypatch.setattr(engine, "medium_of", lambda _folder, kind=kind: kind)
        database = engine.open_sqlite(path, key)
        with database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS one (word TEXT)")
            connection.exec_driver_sql(f"INSERT INTO one VALUES ('{number}')")
            assert connection.exec_driver_sql("SELECT count(*) FROM one").scalar() == number + 1
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
            assert mode == ("truncate" if kind.removable else "wal")
        database.close()


WRITER = """
import sys
from pathlib import Path
from ethnomed_desktop.store import engine
from ethnomed_desktop.store.medium import Medium

engine.medium_of = lambda _folder: Medium(removable=True)
database = engine.open_sqlite(Path(sys.argv[1]), b"k" * 32)
for number in range(int(sys.argv[2]), 10_000):
    with database.writing() as connection:
        connection.exec_driver_sql(f"INSERT INTO one VALUES ('{number}' || hex(randomblob(20000)))")
    print(number, flush=True)
"""


def test_pulled_out_while_it_is_written_to_nothing_saved_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "medium_of", lambda _folder: Medium(removable=True))
    path, key, written = tmp_path / "store.db", b"k" * 32, 0
    database = engine.open_sqlite(path, key)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE one (word TEXT)")
    database.close()
    for round_ in range(8):
        words = [sys.executable, "-c", WRITER, str(path), str(written)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
            assert writer.stdout is not None
            told = [int(writer.stdout.readline()) for _line in range(3 + round_)]
            writer.kill()
        database = engine.open_sqlite(path, key)
        with database.reading() as connection:
            written = int(connection.exec_driver_sql("SELECT count(*) FROM one").scalar_one())
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        database.close()
        assert written > told[-1]
