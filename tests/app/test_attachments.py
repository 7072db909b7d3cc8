"""Files attached to records: what is kept of them, what is refused and how it is said, what is let go and when."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ethnomed_desktop.app import attachments, records
from ethnomed_desktop.app.attachment_check import check_contents, let_go
from ethnomed_desktop.app.attachments import attach, attached_to, save_copy, thumbnail
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.history import undo
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.attachments import LONGEST_SIDE, clean_name, media_type, name_of_copy
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.blobs import piece

from .files import DAY_MS, Put, photograph, refused, whole


def test_a_file_is_kept_listed_found_and_given_back(
    council: AppContext, incident: bytes, put: Put, tmp_path: Path
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


def test_a_photograph_is_shrunk_and_forgets_the_place(council: AppContext, put: Put) -> None:
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


def test_a_photograph_stays_as_it_is_when_wanted(council: AppContext, put: Put) -> None:
    given = photograph()
    made = put(given, "сурет.jpg", as_it_is=True)
    assert whole(council, made.uid) == given
    assert (made.shrunk, made.traces_removed, made.traces_left) == (False, False, True)


def test_a_plain_photograph_is_kept_byte_for_byte(council: AppContext, put: Put) -> None:
    out = BytesIO()
    Image.new("RGB", (300, 200), "green").save(out, "JPEG")
    assert whole(council, put(out.getvalue(), "a.jpg").uid) == out.getvalue()


def test_a_torn_photograph_is_kept_as_it_is(council: AppContext, put: Put) -> None:
    torn = photograph()[:5000]
    made = put(torn, "сурет.jpg")
    assert whole(council, made.uid) == torn
    assert thumbnail(council, made.uid, 64) is None


def test_small_pictures_are_made_of_photographs_and_papers(council: AppContext, put: Put) -> None:
    small = thumbnail(council, put(photograph(), "a.jpg").uid, 96)
    assert small is not None
    assert (small[1], small[2], len(small[0])) == (96, 48, 96 * 48 * 4)
    assert thumbnail(council, put(b"RIFF\0\0\0\0WAVEfmt ", "a.wav").uid, 96) is None


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
    council: AppContext, put: Put, add: Callable[..., Recorded], tmp_path: Path
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
    council: AppContext, put: Put, add: Callable[..., Recorded], tmp_path: Path
) -> None:
    made = put(b"same", "a.txt")
    person = add("person", surname="Әлиев").uid
    other = attach(council, person, tmp_path / "a.txt").value
    assert len(council.blobs.kept()) == 1
    records.withdraw(council, made.uid, "қате")
    assert whole(council, other.uid) == b"same"


def test_attaching_can_be_undone_and_the_trash_gives_it_back(
    council: AppContext, incident: bytes, put: Put
) -> None:
    made = put(b"once", "a.txt")
    undo(council)
    assert attached_to(council, incident) == []
    records.restore(council, made.uid)
    assert [one.uid for one in attached_to(council, incident)] == [made.uid]
    assert whole(council, made.uid) == b"once"


def test_numbered_minutes_may_get_their_signed_scan(
    council: AppContext, add: Callable[..., Recorded], tmp_path: Path
) -> None:
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


def test_contents_go_only_after_the_time_of_the_trash(council: AppContext, clock: FixedClock, put: Put) -> None:
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
    council: AppContext, incident: bytes, put: Put
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
    council: AppContext, incident: bytes, put: Put
) -> None:
    put(b"once", "a.txt")
    council.blobs.close()
    council.blobs.path.write_bytes(os.urandom(8192))
    council.__post_init__()
    assert [one.name for one in attached_to(council, incident)] == ["a.txt"]
    assert [one.code for one in check_contents(council)] == ["contents_unreadable"]
    assert refused(lambda: put(b"new", "b.txt")) == "attachment.store_damaged"
    assert records.revise(council, incident, {"severity": "2"}).value


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
