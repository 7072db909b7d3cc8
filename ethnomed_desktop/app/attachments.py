"""Attaching files to records: scans, photographs, sound, PDF, signature files.

The content is kept first, the record that names it second (`store.blobs`); either both are there or, after
a power cut between the two, a content that nobody names. Whatever is cut off, no record names what is not kept.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ethnomed_desktop.app import records
from ethnomed_desktop.app.context import AppContext, Done, committed
from ethnomed_desktop.app.values import checked_values, require_fields
from ethnomed_desktop.documents.files import put_parts_whole
from ethnomed_desktop.domain import attachments as files
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.store.queries.attachments import attachments_of, made_here
from ethnomed_desktop.store.queries.records import StoredRecord
from ethnomed_desktop.store.store import Written

ATTACHMENT = KINDS["attachment"]
BEARS_NONE = frozenset({"attachment", "number_series", "user"})
"""Kinds that nothing is attached to."""

_HEAD = 64
HERE, NOT_COME, LOST = "here", "not_come", "lost"


@dataclass(frozen=True)
class Wish:
    """How a file is to be attached. ``as_it_is``: neither shrunk nor freed of position and other traces."""

    name: str | None = None
    note: str | None = None
    taken_on: str | None = None
    contains_identity: bool = False
    as_it_is: bool = False
    lawful_copy: bool = False
    """It is no copy of an identity paper, or one that the law allows: a person has said so."""


@dataclass(frozen=True)
class Attached:
    """What became of a file; ``traces_left``: it may hold the position, and this program cannot clean it."""

    uid: bytes
    name: str
    media_type: str
    size: int
    shrunk: bool = False
    traces_removed: bool = False
    traces_left: bool = False


@dataclass(frozen=True)
class Held:
    """One attached file as lists show it. ``state``: here, not come yet by exchange, or lost."""

    uid: bytes
    name: str
    media_type: str
    size: int
    taken_on: str | None
    note: str | None
    contains_identity: bool
    sha256: str
    state: str

    @property
    def may_open(self) -> bool:
        """Whether another program may be asked to show it."""
        return self.state == HERE and files.may_open(self.media_type)

    @property
    def has_picture(self) -> bool:
        """Whether a small picture of it can be made."""
        return self.state == HERE and (self.media_type in files.PICTURES or self.media_type == "application/pdf")


@dataclass(frozen=True)
class _Source:
    """A file as it is to be kept: ``read`` gives its bytes from the beginning, each time it is called."""

    read: Callable[[], Iterator[bytes]]
    name: str
    media_type: str
    taken_on: str | None = None
    shrunk: bool = False
    traces_removed: bool = False


def attach(
    ctx: AppContext, uid: bytes, path: Path, wish: Wish | None = None, progress: Progress = no_progress
) -> Done[Attached]:
    """Keep a copy of the file and attach it to the record. On the write lane.

    Raises `UserError` (``attachment.…``, ``record.unknown``, ``record.withdrawn``), `NotAllowed`,
    `StorageError`; then nothing is attached. The file itself is never touched.
    """
    wish = wish or Wish()
    return attach_source(ctx, uid, _from_file(path, wish), wish, progress)


def attach_bytes(ctx: AppContext, uid: bytes, data: bytes, wish: Wish) -> Done[Attached]:
    """Attach what was on the clipboard; ``wish.name`` names it. As `attach`."""
    if not data:
        raise UserError("attachment.empty", name=wish.name or "")
    name = files.clean_name(wish.name or "file")
    return attach_source(ctx, uid, _prepared(data, name, wish), wish, no_progress)


def attach_source(ctx: AppContext, uid: bytes, source: _Source, wish: Wish, progress: Progress) -> Done[Attached]:
    """Keep the content, then write the record that names it: see `attach`."""
    bearer = _bearer(ctx, uid)
    ctx.rights.require_write(ATTACHMENT.name)
    given = {"name": wish.name or source.name, "note": wish.note, "taken_on": wish.taken_on or source.taken_on}
    values = checked_values(ATTACHMENT, {name: value for name, value in given.items() if value})
    values["name"] = files.clean_name(str(values["name"]))
    if not wish.lawful_copy and files.may_be_identity_paper(str(values["name"]), source.name, wish.note):
        raise UserError("attachment.identity_paper", name=values["name"])
    content = ctx.blobs.put(source.read, ctx.clock.now_ms(), progress)
    facts: dict[str, Value] = {
        "of": uid_text(uid),
        "of_kind": bearer.kind.name,
        "media_type": source.media_type,
        "sha256": content.sha256.hex(),
        "size": content.size,
        "contains_identity": wish.contains_identity or None,
    }
    written = Written()
    with ctx.unit_of_work(Action.RECORD, written) as work:
        if records.stored_record(work, uid).withdrawn:
            raise UserError("record.withdrawn")
        for one in attachments_of(work.connection, uid):
            if one.values.get("sha256") == facts["sha256"]:
                raise UserError("attachment.already", name=one.values.get("name"))
        kept = {name: value for name, value in {**values, **facts}.items() if value is not None}
        require_fields(ATTACHMENT, kept, ATTACHMENT.fields)
        made = work.create(ATTACHMENT, kept)
    left = source.media_type in files.MAY_KNOW_THE_PLACE or (wish.as_it_is and source.media_type in files.PICTURES)
    attached = Attached(
        made,
        str(kept["name"]),
        source.media_type,
        content.size,
        source.shrunk,
        source.traces_removed,
        left,
    )
    return Done(attached, committed(written))


def _bearer(ctx: AppContext, uid: bytes) -> StoredRecord:
    bearer = records.show(ctx, uid)
    if bearer.withdrawn:
        raise UserError("record.withdrawn")
    if bearer.kind.name in BEARS_NONE:
        raise UserError("attachment.not_to_this", kind=bearer.kind.name)
    return bearer


def bytes_of(path: Path) -> tuple[bytes, str]:
    """Return a file's bytes and what kind of file it is; refuses what `attach` refuses. Touches no store."""
    if path.is_dir():
        raise UserError("attachment.folder", name=path.name)
    data = b"".join(_parts(path))
    if not data:
        raise UserError("attachment.empty", name=path.name)
    return data, files.media_type(data[:_HEAD], path.name)


def _from_file(path: Path, wish: Wish) -> _Source:
    name = files.clean_name(wish.name or path.name)
    if path.is_dir():
        raise UserError("attachment.folder", name=path.name)
    head = b"".join(_parts(path, _HEAD))
    if not head:
        raise UserError("attachment.empty", name=path.name)
    media = files.media_type(head, name)
    if media in files.PICTURES and not wish.as_it_is:
        return _prepared(b"".join(_parts(path)), name, wish)
    return _Source(lambda: _parts(path), name, media)


def _prepared(data: bytes, name: str, wish: Wish) -> _Source:
    from ethnomed_desktop.documents.pages import NotAPicture
    from ethnomed_desktop.documents.pictures import cleaned

    media = files.media_type(data[:_HEAD], name)
    if media in files.PICTURES and not wish.as_it_is:
        try:
            made = cleaned(data, files.LONGEST_SIDE)
            return _Source(
                lambda: iter((made.data,)), name, media, made.taken_on, made.shrunk, made.metadata_removed
            )
        except NotAPicture:  # a torn photograph is kept as it is: it may be all there is
            media = files.UNKNOWN
    return _Source(lambda: iter((data,)), name, media)


def _parts(path: Path, most: int | None = None) -> Iterator[bytes]:
    """Yield the file's bytes in pieces; refuses what is no file, and what is too large or grows so."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        with os.fdopen(handle, "rb") as file:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise UserError("attachment.no_file", name=path.name)
            if state.st_size > files.LIMIT:
                raise _too_large(path, state.st_size)
            done = 0
            while part := file.read(min(files.PIECE, most - done) if most is not None else files.PIECE):
                done += len(part)
                if done > files.LIMIT:
                    raise _too_large(path, done)
                yield part
    except FileNotFoundError:
        raise UserError("attachment.vanished", name=path.name) from None
    except PermissionError:
        raise UserError("attachment.unreadable", name=path.name) from None
    except OSError as error:
        raise UserError("attachment.unreadable", name=path.name) from error


def _too_large(path: Path, size: int) -> UserError:
    return UserError("attachment.too_large", name=path.name, size=size, limit_bytes=files.LIMIT)


# --- reading --------------------------------------------------------------------------------------


def attached_to(ctx: AppContext, uid: bytes) -> list[Held]:
    """Return the files of a record that are not in the trash, in the order they were attached."""
    with ctx.reading() as connection:
        found = attachments_of(connection, uid)
        own = made_here(connection, [one.uid for one in found])
    return _held(ctx, found, own)


def held(ctx: AppContext, uid: bytes) -> Held:
    """Return one attached file; raises `UserError` (``record.unknown``, ``record.other_kind``)."""
    one = records.show(ctx, uid)
    if one.kind.name != ATTACHMENT.name:
        raise UserError("record.other_kind", kind=ATTACHMENT.name)
    with ctx.reading() as connection:
        own = made_here(connection, [one.uid])
    return _held(ctx, [one], own)[0]


def _held(ctx: AppContext, found: list[StoredRecord], own: set[bytes]) -> list[Held]:
    wanted = [sha for one in found if (sha := sha_of(one.values.get("sha256"))) is not None]
    try:
        here = ctx.blobs.present(wanted)
    except UserError:  # the file of contents is damaged: the records are shown all the same
        here = set()
    return [_one_held(one, here, one.uid in own) for one in found]


def _one_held(one: StoredRecord, here: set[bytes], own: bool) -> Held:
    values = one.values
    sha = sha_of(values.get("sha256"))
    size = values.get("size")
    return Held(
        one.uid,
        files.clean_name(str(values.get("name") or "file")),
        str(values.get("media_type") or files.UNKNOWN),
        size if isinstance(size, int) else 0,
        str(values["taken_on"]) if values.get("taken_on") else None,
        str(values["note"]) if values.get("note") else None,
        bool(values.get("contains_identity")),
        sha.hex() if sha is not None else "",
        HERE if sha in here else LOST if own else NOT_COME,
    )


def sha_of(value: object) -> bytes | None:
    """Return the SHA-256 that a record names; None for what is none (others may write anything)."""
    try:
        sha = bytes.fromhex(str(value))
    except ValueError:
        return None
    return sha if len(sha) == hashlib.sha256().digest_size else None


def bearer_of(ctx: AppContext, uid: bytes) -> tuple[str, str]:
    """Return kind and uid (as text) of the record that a file is attached to; empty where it names none."""
    values = records.show(ctx, uid).values
    return str(values.get("of_kind") or ""), str(values.get("of") or "")


def content(ctx: AppContext, uid: bytes) -> Iterator[bytes]:
    """Yield the content in checked pieces; raises `UserError` (``attachment.not_here``, ``…damaged``)."""
    if not ctx.rights.sees_all:  # a photograph shows who somebody is, whatever its name says
        raise NotAllowed("attachment.not_shown")
    one = held(ctx, uid)
    if one.state == NOT_COME:
        raise UserError("attachment.not_come", name=one.name)
    sha = sha_of(one.sha256)
    if sha is None:
        raise UserError("attachment.not_here", name=one.name)
    try:
        yield from ctx.blobs.read(sha)
    except UserError as error:
        error.facts["name"] = one.name
        raise


def thumbnail(ctx: AppContext, uid: bytes, side_px: int) -> tuple[bytes, int, int] | None:
    """Return a small picture of an attached file: see `small_picture`. On the read lane."""
    one = held(ctx, uid)
    return small_picture(b"".join(content(ctx, uid)), one.media_type, side_px) if one.has_picture else None


def small_picture(data: bytes, media_type: str, side_px: int) -> tuple[bytes, int, int] | None:
    """Return pixels (four bytes each), width and height; None for what cannot be shown.

    Any thread; touches neither store nor disk.
    """
    from ethnomed_desktop.documents.pages import NotAPicture
    from ethnomed_desktop.documents.pictures import small

    try:
        made = small(data, media_type, side_px)
    except NotAPicture:
        return None
    return made.pixels, made.width, made.height


def save_copy(ctx: AppContext, uid: bytes, target: Path) -> int:
    """Write a file that anyone can read, whole or not at all; returns its bytes. The audit trail notes it.

    A folder as ``target`` gets the file under its own name. Raises `UserError`, `StorageError`.
    """
    ctx.require(Act.PRINT)
    one = held(ctx, uid)
    if target.is_dir():
        target = target / one.name
    size = put_parts_whole(content(ctx, uid), target)
    ctx.vault.note(ctx.clock, "attachment.saved", {"record": uid_text(uid), "sha256": one.sha256})
    return size
