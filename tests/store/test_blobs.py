"""Contents of attached files: kept once, in pieces, encrypted; damage is found and named, the rest is usable."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.domain.attachments import PIECE
from ethnomed_desktop.domain.errors import EthnomedError, StorageError, UserError
from ethnomed_desktop.store.blobs import Blobs, Content, blob, faults_in, piece
from ethnomed_desktop.store.engine import StoreClosed
from ethnomed_desktop.store.store import Store
from tests.store.conftest import BOTH, MakeStore

KEY = b"b" * 32
SIZES = [1, 63, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Blobs]:
    made = Blobs(tmp_path / "blobs.db", KEY)
    yield made
    made.close()


@pytest.fixture(params=BOTH)
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Blobs]:
    """An empty place for contents, in a file and on a server."""
    server = None
    if request.param == "postgresql":
        make: MakeStore = request.getfixturevalue("new_postgresql")
        store: Store = make()
        server = store.database
    made = Blobs(tmp_path / "blobs.db", KEY, server)
    yield made
    made.close()


def put(blobs: Blobs, data: bytes, cut: int = 70_000) -> Content:
    return blobs.put(lambda: (data[at : at + cut] for at in range(0, len(data), cut)), 1)


def read(blobs: Blobs, sha256: bytes) -> bytes:
    return b"".join(blobs.read(sha256))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_put_comes_back(size: int, blobs: Blobs) -> None:
    data = os.urandom(size)
    made = put(blobs, data)
    assert made == Content(hashlib.sha256(data).digest(), size)
    assert read(blobs, made.sha256) == data
    assert all(len(one) <= PIECE for one in blobs.read(made.sha256))
    assert blobs.kept() == {made.sha256: (size, 1)}
    assert blobs.damaged() == set()
    assert blobs.page_faults() == 0


def test_a_content_is_kept_once(own: Blobs) -> None:
    data = os.urandom(2 * PIECE)
    put(own, data)
    size = own.path.stat().st_size
    put(own, data, cut=999)
    with own.still() as path:
        assert path is not None
        assert path.stat().st_size < 1.1 * max(size, 2 * PIECE) + PIECE
    assert len(own.kept()) == 1


def test_what_was_never_put_is_not_here(blobs: Blobs) -> None:
    with pytest.raises(UserError, match=r"attachment\.not_here"):
        read(blobs, b"x" * 32)
    assert blobs.present([b"x" * 32]) == set()


def test_looking_makes_no_file(own: Blobs) -> None:
    assert own.is_empty
    assert own.kept() == {}
    assert own.damaged() == set()
    with own.still() as path:
        assert path is None
    assert not own.path.exists()


def test_a_file_written_to_meanwhile_is_refused(blobs: Blobs) -> None:
    states = iter([b"before", b"after!"])
    with pytest.raises(UserError, match=r"attachment\.changing"):
        blobs.put(lambda: iter((next(states),)), 1)
    assert blobs.kept() == {}


def test_a_reader_that_fails_leaves_nothing(blobs: Blobs) -> None:
    calls: list[int] = []

    def failing() -> Iterator[bytes]:
        calls.append(1)
        yield b"a" * PIECE
        if len(calls) > 1:
            raise OSError(5, "gone")
        yield b"b"

    with pytest.raises(StorageError, match=r"storage\.failed"):
        blobs.put(failing, 1)
    assert blobs.kept() == {}


def test_a_damaged_piece_is_named_and_putting_it_again_heals(blobs: Blobs) -> None:
    first, second = os.urandom(2 * PIECE + 5), os.urandom(100)
    one, other = put(blobs, first), put(blobs, second)
    with blobs._writing() as connection:
        connection.execute(
            piece.update().where(piece.c.sha256 == one.sha256, piece.c.number == 1).values(data=b"other")
        )
    assert blobs.damaged() == {one.sha256}
    with pytest.raises(UserError, match=r"attachment\.damaged"):
        read(blobs, one.sha256)
    assert read(blobs, other.sha256) == second
    put(blobs, first)
    assert blobs.damaged() == set()
    assert read(blobs, one.sha256) == first


@pytest.mark.parametrize("what", ["piece", "pieces", "size", "swapped"])
def test_a_content_that_lost_or_changed_something_is_damaged(what: str, blobs: Blobs) -> None:
    made = put(blobs, os.urandom(2 * PIECE + 5))
    mine = piece.c.sha256 == made.sha256
    with blobs._writing() as connection:
        if what == "piece":
            connection.execute(piece.delete().where(mine, piece.c.number == 2))
        elif what == "pieces":
            connection.execute(blob.update().values(pieces=2))
        elif what == "size":
            connection.execute(blob.update().values(size=7))
        else:
            for before, after in ((0, 9), (1, 0), (9, 1)):
                connection.execute(piece.update().where(mine, piece.c.number == before).values(number=after))
    assert blobs.damaged() == {made.sha256}


def test_pieces_come_in_any_order_and_more_than_once(blobs: Blobs) -> None:
    data = os.urandom(2 * PIECE + 9)
    sha, parts = hashlib.sha256(data).digest(), [data[at : at + PIECE] for at in range(0, len(data), PIECE)]
    assert not blobs.put_piece(sha, 2, 3, parts[2], 5)
    assert not blobs.put_piece(sha, 2, 3, parts[2], 5)
    assert blobs.present([sha]) == set()
    with pytest.raises(UserError, match=r"attachment\.not_here"):
        read(blobs, sha)
    assert not blobs.put_piece(sha, 0, 3, parts[0], 5)
    assert blobs.put_piece(sha, 1, 3, parts[1], 5)
    assert read(blobs, sha) == data
    assert blobs.put_piece(sha, 0, 3, b"something else", 5), "what is whole stays as it is"
    assert read(blobs, sha) == data
    assert [blobs.piece_of(sha, at) for at in range(3)] == parts


def test_pieces_that_make_another_content_are_dropped(blobs: Blobs) -> None:
    assert not blobs.put_piece(b"s" * 32, 0, 2, b"a", 5)
    assert not blobs.put_piece(b"s" * 32, 1, 2, b"b", 5)
    assert blobs.kept() == {}


def test_what_is_let_go_is_gone(blobs: Blobs) -> None:
    one, other = put(blobs, b"one"), put(blobs, b"other")
    blobs.remove([one.sha256])
    assert set(blobs.kept()) == {other.sha256}


def test_nothing_lies_in_clear(own: Blobs) -> None:
    put(own, b"blackmountainbird " * 9000)
    assert b"blackmountainbird" not in own.path.read_bytes()
    assert b"blackmountainbird" not in Path(f"{own.path}-wal").read_bytes()
    own.close()
    assert b"blackmountainbird" not in own.path.read_bytes()


def test_another_key_opens_nothing(own: Blobs) -> None:
    put(own, b"secret")
    own.close()
    with pytest.raises(EthnomedError, match=r"attachment\.store_damaged"):
        Blobs(own.path, b"x" * 32).kept()


def test_a_flipped_byte_is_found_in_a_copy(own: Blobs, tmp_path: Path) -> None:
    put(own, os.urandom(3 * PIECE))
    own.close()
    assert faults_in(own.path, KEY) == 0
    whole = own.path.read_bytes()
    for place in (100, len(whole) // 3, len(whole) - 50):
        flipped = bytearray(whole)
        flipped[place] ^= 4
        copy = tmp_path / f"{place}.db"
        copy.write_bytes(flipped)
        assert faults_in(copy, KEY) > 0


def test_after_closing_nobody_opens_it_again(own: Blobs) -> None:
    put(own, b"one")
    own.close()
    own.close()
    with pytest.raises(StoreClosed):
        own.kept()
