"""Files attached to records: what is kept of them, what is refused and how it is said, what is let go and when."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ethnomed_desktop.app import attachments, backups, opened_copies, records, vault
from ethnomed_desktop.app.attachment_check import check_contents, let_go
from ethnomed_desktop.app.attachments import Wish, attach, attached_to, content, save_copy, thumbnail
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.history import undo
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.attachments import LONGEST_SIDE, clean_name, media_type, name_of_copy
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, UserError
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.blobs import piece

from .conftest import CHEAP, PASSPHRASE

DAY_MS = 86_400_000
Add = Callable[..., Recorded]


def photograph(width: int = 2400, height: int = 1200, *, turned: int = 1, place: bool = True) -> bytes:
    """A JPEG as a telephone makes it: with position, day, and a comment."""
    exif = Image.Exif()
    exif[0x0112] = turned
    if place:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (43.0, 14.0, 17.0)
        exif.get_ifd(0x8769)[0x9003] = "2026:11:20 09:30:00"
    out = BytesIO()
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.save(out, "JPEG", exif=exif, comment=b"canary of the camera", quality=90)
    return out.getvalue()


@pytest.fixture
def incident(add: Add) -> bytes:
    return add("incident", settlement="Мысалбұлақ", what_happened="Арық басындағы дау").uid


@pytest.fixture
def put(council: AppContext, incident: bytes, tmp_path: Path) -> Callable[..., attachments.Attached]:
    """Attach bytes as a file: ``put(b"…", "name.pdf", note=…)``."""

    def attach_one(data: bytes, name: str = "file.bin", **wish: object) -> attachments.Attached:
        path = tmp_path / name
        path.write_bytes(data)
        return attach(council, incident, path, Wish(**wish)).value  # type: ignore[arg-type]

    return attach_one


def whole(ctx: AppContext, uid: bytes) -> bytes:
    return b"".join(content(ctx, uid))


def test_a_file_is_kept_listed_found_and_given_back(
    council: AppContext, incident: bytes, put: Callable[..., attachments.Attached], tmp_path: Path
) -> None:
    data = b"%PDF-1.7 " + os.urandom(3_000_000)
    made = put(data, "Хаттама көшірмесі.pdf", note="қол қойылған", taken_on="2026-11-19")
    (one,) = attached_to(council, incident)
    assert (one.uid, one.name, one.size, one.state) == (made.uid, "Хаттама көшірмесі.pdf", len(data), "here")
    assert (one.media_type, one.note, one.taken_on) == ("application/pdf", "қол қойылған", "2026-11-19")
    assert whole(council, made.uid) == data
    target = tmp_path / "out"
    target.mkdir()
    assert save_copy(council, made.uid, target) == len(data)
    assert (target / "Хаттама көшірмесі.pdf").read_bytes() == data
    hits = search(council, "хаттама көшірмесі", Catalog.load("kk"))
    assert [hit.uid for hit in hits if hit.kind == "attachment"] == [made.uid]


def test_a_photograph_is_shrunk_and_forgets_the_place(
    council: AppContext, put: Callable[..., attachments.Attached]
) -> None:
    given = photograph(turned=6)
    assert b"Exif" in given
    made = put(given, "сурет.jpg")
    assert (made.shrunk, made.traces_removed, made.traces_left) == (True, True, False)
    kept = whole(council, made.uid)
    assert len(kept) < len(given)
    assert b"Exif" not in kept
    assert b"canary" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == (LONGEST_SIDE // 2, LONGEST_SIDE), "turned upright"
        assert not picture.getexif()
    assert attachments.held(council, made.uid).taken_on == "2026-11-20"


def test_a_photograph_stays_as_it_is_when_wanted(
    council: AppContext, put: Callable[..., attachments.Attached]
) -> None:
    given = photograph()
    made = put(given, "сурет.jpg", as_it_is=True)
    assert whole(council, made.uid) == given
    assert (made.shrunk, made.traces_removed, made.traces_left) == (False, False, True)


def test_a_plain_photograph_is_kept_byte_for_byte(
    council: AppContext, put: Callable[..., attachments.Attached]
) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 200), "green").save(out, "JPEG")
    assert whole(council, put(out.getvalue(), "a.jpg").uid) == out.getvalue()


def test_a_torn_photograph_is_kept_as_it_is(council: AppContext, put: Callable[..., attachments.Attached]) -> None:
    torn = photograph()[:5000]
    made = put(torn, "сурет.jpg")
    assert whole(council, made.uid) == torn
    assert thumbnail(council, made.uid, 64) is None


def test_small_pictures_are_made_of_photographs_and_papers(
    council: AppContext, put: Callable[..., attachments.Attached]
) -> None:
    small = thumbnail(council, put(photograph(), "a.jpg").uid, 96)
    assert small is not None
    assert (small[1], small[2], len(small[0])) == (96, 48, 96 * 48 * 4)
    assert thumbnail(council, put(b"RIFF\0\0\0\0WAVEfmt ", "a.wav").uid, 96) is None


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(EthnomedError) as caught:
        call()
    return caught.value.code


def test_what_cannot_be_attached_is_refused_in_words(
    council: AppContext, incident: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, pipe = tmp_path / "empty", tmp_path / "pipe"
    empty.touch()
    os.mkfifo(pipe)
    assert refused(lambda: attach(council, incident, tmp_path)) == "attachment.folder"
    assert refused(lambda: attach(council, incident, tmp_path / "gone")) == "attachment.vanished"
    assert refused(lambda: attach(council, incident, empty)) == "attachment.empty"
    assert refused(lambda: attach(council, incident, pipe)) == "attachment.no_file"
    (tmp_path / "large").write_bytes(b"12345678")
    monkeypatch.setattr("ethnomed_desktop.domain.attachments.LIMIT", 7)
    assert refused(lambda: attach(council, incident, tmp_path / "large")) == "attachment.too_large"
    monkeypatch.setattr(os, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
    assert refused(lambda: attach(council, incident, tmp_path / "large")) == "attachment.unreadable"
    monkeypatch.undo()
    assert attached_to(council, incident) == []
    assert council.blobs.kept() == {}


def test_what_nothing_is_attached_to(
    council: AppContext, put: Callable[..., attachments.Attached], add: Add, tmp_path: Path
) -> None:
    made = put(b"once", "a.txt")
    path = tmp_path / "b.txt"
    path.write_bytes(b"other")
    assert refused(lambda: attach(council, made.uid, path)) == "attachment.not_to_this"
    assert refused(lambda: attach(council, b"x" * 16, path)) == "record.unknown"
    person = add("person", surname="Әлиев").uid
    records.withdraw(council, person, "екі рет")
    assert refused(lambda: attach(council, person, path)) == "record.withdrawn"
    assert refused(lambda: put(b"once", "another name.txt")) == "attachment.already"
    assert refused(lambda: records.record(council, "attachment", {"name": "x"})) == "attachment.not_by_hand"


def test_one_content_serves_many_records(
    council: AppContext, put: Callable[..., attachments.Attached], add: Add, tmp_path: Path
) -> None:
    made = put(b"same", "a.txt")
    person = add("person", surname="Әлиев").uid
    other = attach(council, person, tmp_path / "a.txt").value
    assert len(council.blobs.kept()) == 1
    records.withdraw(council, made.uid, "қате")
    assert whole(council, other.uid) == b"same"


def test_attaching_can_be_undone_and_the_trash_gives_it_back(
    council: AppContext, incident: bytes, put: Callable[..., attachments.Attached]
) -> None:
    made = put(b"once", "a.txt")
    undo(council)
    assert attached_to(council, incident) == []
    records.restore(council, made.uid)
    assert [one.uid for one in attached_to(council, incident)] == [made.uid]
    assert whole(council, made.uid) == b"once"


def test_numbered_minutes_may_get_their_signed_scan(council: AppContext, add: Add, tmp_path: Path) -> None:
    meeting = add("meeting", starts="2026-11-21T09:00").uid
    with council.unit_of_work(records.Action.NUMBER, records.Written()) as work:
        work.write(work.state(meeting), {"state": "numbered", "number": "1"})
    path = tmp_path / "signed.pdf"
    path.write_bytes(b"%PDF-1.7 signed")
    assert attach(council, meeting, path).value.name == "signed.pdf"


def test_a_failing_record_leaves_a_content_that_is_swept_later(
    council: AppContext, incident: bytes, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"orphan")
    with monkeypatch.context() as broken:
        broken.setattr("ethnomed_desktop.store.search.put_words", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            attach(council, incident, path)
    assert attached_to(council, incident) == []
    assert len(council.blobs.kept()) == 1
    clock.advance(6 * DAY_MS)
    assert let_go(council) == 0
    clock.advance(DAY_MS)
    assert let_go(council) == 1
    assert council.blobs.kept() == {}


def test_contents_go_only_after_the_time_of_the_trash(
    council: AppContext, clock: FixedClock, put: Callable[..., attachments.Attached]
) -> None:
    kept, thrown = put(b"kept", "a.txt"), put(b"thrown", "b.txt")
    clock.advance(400 * DAY_MS)
    records.withdraw(council, thrown.uid, "қате")
    clock.advance(179 * DAY_MS)
    assert let_go(council) == 0
    assert whole(council, thrown.uid) == b"thrown"
    clock.advance(2 * DAY_MS)
    assert let_go(council) == 1
    assert whole(council, kept.uid) == b"kept"
    assert refused(lambda: whole(council, thrown.uid)) == "attachment.not_here"
    assert [one.code for one in check_contents(council)] == ["contents"]


def test_lost_and_damaged_contents_are_named_and_the_rest_is_usable(
    council: AppContext, incident: bytes, put: Callable[..., attachments.Attached]
) -> None:
    sound, damaged, lost = put(b"sound", "a.txt"), put(b"damaged", "b.txt"), put(b"lost", "c.txt")
    shas = {one.name: bytes.fromhex(one.sha256) for one in attached_to(council, incident)}
    with council.blobs._writing() as connection:
        connection.execute(piece.update().where(piece.c.sha256 == shas["b.txt"]).values(data=b"xxx"))
    council.blobs.remove([shas["c.txt"]])
    found = {one.code: one.facts for one in check_contents(council)}
    assert found == {
        "contents_damaged": {"count": 1, "names": ["b.txt"]},
        "contents_lost": {"count": 1, "names": ["c.txt"]},
    }
    assert whole(council, sound.uid) == b"sound"
    assert refused(lambda: whole(council, damaged.uid)) == "attachment.damaged"
    assert refused(lambda: whole(council, lost.uid)) == "attachment.not_here"
    assert [one.state for one in attached_to(council, incident)] == ["here", "here", "lost"]


def test_a_broken_file_of_contents_leaves_the_records_usable(
    council: AppContext, incident: bytes, put: Callable[..., attachments.Attached]
) -> None:
    put(b"once", "a.txt")
    council.blobs.close()
    council.blobs.path.write_bytes(os.urandom(8192))
    council.__post_init__()
    assert [one.name for one in attached_to(council, incident)] == ["a.txt"]
    assert [one.code for one in check_contents(council)] == ["contents_unreadable"]
    assert refused(lambda: put(b"new", "b.txt")) == "attachment.store_damaged"
    assert records.revise(council, incident, {"severity": "2"}).value


# --- copies for other programs ---------------------------------------------------------------------


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "memory"
    folder.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def test_a_copy_is_private_and_wiped(
    council: AppContext, put: Callable[..., attachments.Attached], memory: Path
) -> None:
    made = put(b"%PDF-1.7 canary", "a.pdf")
    copy = opened_copies.open_copy(council, made.uid)
    assert copy.read_bytes() == b"%PDF-1.7 canary"
    assert copy.is_relative_to(memory)
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert copy.stat().st_mode & 0o777 == 0o400
    seen = copy.open("rb")
    assert opened_copies.wipe_copies(council) == 1
    assert list(memory.iterdir()) == []
    assert seen.read() == bytes(len(b"%PDF-1.7 canary")), "what lay on the disk was overwritten"
    seen.close()


def test_closing_and_the_next_start_wipe_copies(
    council: AppContext, put: Callable[..., attachments.Attached], memory: Path
) -> None:
    made = put(b"%PDF-1.7 canary", "a.pdf")
    opened_copies.open_copy(council, made.uid)
    (memory / "ethnomed-000000000000-other").mkdir()
    vault.close(council)
    assert [one.name for one in memory.iterdir()] == ["ethnomed-000000000000-other"], "another council's stays"


def test_links_are_not_followed(
    council: AppContext, put: Callable[..., attachments.Attached], memory: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter").write_text("kept")
    copy = opened_copies.open_copy(council, put(b"%PDF-1.7 a", "a.pdf").uid)
    (memory / f"{copy.parent.name[:22]}-link").symlink_to(precious)
    (copy.parent / "inside").symlink_to(precious / "letter")
    opened_copies.wipe_copies(council)
    assert (precious / "letter").read_text() == "kept"


def test_what_may_be_a_program_is_not_opened(
    council: AppContext, put: Callable[..., attachments.Attached], memory: Path
) -> None:
    made = put(b"MZ\x90\x00 program", "хат.pdf.exe")
    assert refused(lambda: opened_copies.open_copy(council, made.uid)) == "attachment.not_openable"
    assert list(memory.iterdir()) == []
    picture = put(photograph(), "сурет.exe")
    assert opened_copies.open_copy(council, picture.uid).name == "сурет.exe.jpg"


def test_a_failed_copy_leaves_nothing(
    council: AppContext, put: Callable[..., attachments.Attached], memory: Path
) -> None:
    made = put(b"%PDF-1.7 canary", "a.pdf")
    with council.blobs._writing() as connection:
        connection.execute(piece.update().values(data=b"canary that changed"))
    assert refused(lambda: opened_copies.open_copy(council, made.uid)) == "attachment.damaged"
    assert list(memory.iterdir()) == []


# --- names and kinds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\хат.doc", "хат.doc"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "file"),
        ("...", "file"),
        ('a<b>:"c|?*.txt', "a_b___c___.txt"),
        ("ұ" * 300 + ".pdf", "ұ" * 196 + ".pdf"),
    ],
)
def test_names_are_safe(given: str, name: str) -> None:
    assert clean_name(given) == name


@pytest.mark.parametrize(
    ("head", "name", "media"),
    [
        (b"\xff\xd8\xff\xe0", "x", "image/jpeg"),
        (b"\xff\xd8\xff\xe0", "x.pdf", "image/jpeg"),
        (b"%PDF-1.4", "x.exe", "application/pdf"),
        (b"\x30\x82\x01", "x.cms", "application/pkcs7-signature"),
        (b"MIIB", "x.p7s", "application/pkcs7-signature"),
        (b"MZ", "x.docx", "application/octet-stream"),
        (b"PK\x03\x04", "x.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04", "x.zip", "application/octet-stream"),
        ("сәлем".encode(), "x.txt", "text/plain"),
        (b"a\0b", "x.txt", "application/octet-stream"),
        (b"\0\0\0\x18ftypheic", "x", "image/heic"),
        (b"#!AMR\n", "x", "audio/amr"),
    ],
)
def test_files_are_known_by_their_bytes(head: bytes, name: str, media: str) -> None:
    assert media_type(head, name) == media


def test_a_copy_is_named_by_what_it_is() -> None:
    assert name_of_copy("a.JPEG", "image/jpeg") == "a.JPEG"
    assert name_of_copy("a.bat", "application/pdf") == "a.bat.pdf"


def test_messages_name_the_file(council: AppContext, incident: bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        attach(council, incident, tmp_path / "жоқ.pdf")
    assert caught.value.facts["name"] == "жоқ.pdf"


# --- backups ---------------------------------------------------------------------------------------


def test_a_backup_holds_the_files_and_restoring_gives_them_back(
    council: AppContext, incident: bytes, put: Callable[..., attachments.Attached], tmp_path: Path
) -> None:
    data = os.urandom(3_000_000)
    made = put(data, "a.bin")
    one = backups.back_up(council, tmp_path / "em.emb")
    assert one.size > len(data)
    backups.restore(tmp_path / "em.emb", tmp_path / "new", PASSPHRASE, program="command", minimum=CHEAP)
    there = vault.open_council(tmp_path / "new", PASSPHRASE, program="command", minimum=CHEAP)
    assert whole(there, made.uid) == data
    assert all(finding.sound for finding in vault.check(there))
    vault.close(there)


def test_a_backup_without_files_is_one_that_older_programs_know(council: AppContext, tmp_path: Path) -> None:
    def version(path: Path) -> object:
        with tarfile.open(path) as tar:
            head = tar.extractfile("backup.json")
            assert head is not None
            return json.load(head)["v"]

    backups.back_up(council, tmp_path / "a.emb")
    assert version(tmp_path / "a.emb") == 1
    council.blobs.put(lambda: iter((b"x",)), 1)
    backups.back_up(council, tmp_path / "b.emb")
    assert version(tmp_path / "b.emb") == 2


def test_a_backup_with_a_damaged_content_does_not_count(
    council: AppContext, put: Callable[..., attachments.Attached], tmp_path: Path
) -> None:
    put(b"once", "a.txt")
    with council.blobs._writing() as connection:
        connection.execute(piece.update().values(data=b"other"))
    assert refused(lambda: backups.back_up(council, tmp_path / "em.emb")) == "backup.unsound"
    assert not (tmp_path / "em.emb").exists()


def test_the_automatic_backup_comes_before_contents_are_let_go(
    council: AppContext, clock: FixedClock, put: Callable[..., attachments.Attached]
) -> None:
    made = put(b"once", "a.txt")
    records.withdraw(council, made.uid, "қате")
    clock.advance(181 * DAY_MS)
    one = backups.back_up_by_itself(council)
    assert one is not None
    with tarfile.open(one.path) as tar:
        assert "blobs.db" in tar.getnames()
    assert council.blobs.kept() == {}


def test_the_full_check_reads_the_files_too(council: AppContext, put: Callable[..., attachments.Attached]) -> None:
    put(b"once", "a.txt")
    assert {one.code: one.sound for one in vault.check(council)}["contents"]
    with council.blobs._writing() as connection:
        connection.execute(piece.update().values(data=b"other"))
    assert [one.code for one in vault.check(council) if not one.sound] == ["contents_damaged"]
