"""Scanned and photographed papers: the code on each page finds its record; attached is what a person confirms.

`look` reads files and no store, `parts` asks the store and changes nothing, `attach_part` attaches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ethnomed_desktop.app import attachments
from ethnomed_desktop.app.attachments import Attached, Wish
from ethnomed_desktop.app.context import AppContext, Done
from ethnomed_desktop.app.titles import titles
from ethnomed_desktop.domain import attachments as files
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.paper_codes import PaperCode, read_paper_code
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.meetings import is_corrected
from ethnomed_desktop.store.queries.papers import uids_ending
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid

READ = files.PICTURES | {files.PDF}
"""Kinds of file in which codes are looked for."""

ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif"})
"""What their names end with, for choosing them."""

HEAD = 64

PAPER_NAMES = {
    "minutes": N_("Minutes"),
    "extract": N_("Extract from the minutes"),
    "attendance-list": N_("Attendance list"),
    "consent-form": N_("Consent"),
    "incident-form": N_("Incident: notes by hand"),
    "meeting-form": N_("Sitting: notes by hand"),
}
"""What each paper is called, by `domain.paper_codes.PAPERS`."""


@dataclass(frozen=True)
class Scan:
    """One file as looked at: the codes on each of its pages. ``trouble``: it cannot be read as pages."""

    path: Path
    pages: tuple[tuple[str, ...], ...] = ()
    is_pdf: bool = False
    trouble: UserError | None = None


@dataclass(frozen=True)
class Part:
    """Pages of one file (from 0) that belong together, and the record they were found to belong to.

    ``uid`` is None where a person must choose the record; ``problem`` says why. ``note`` is worth reading
    though the record was found. ``whole``: all pages of the file, which is then attached as it is.
    """

    path: Path
    pages: tuple[int, ...]
    whole: bool
    paper: str = ""
    uid: bytes | None = None
    kind: str = ""
    title: str = ""
    problem: UserError | None = None
    note: UserError | None = None

    @property
    def name(self) -> str:
        """The name the part is kept under: that of the file, with its pages where it is a part."""
        if self.whole:
            return self.path.name
        span = f"{self.pages[0] + 1}" if len(self.pages) == 1 else f"{self.pages[0] + 1}-{self.pages[-1] + 1}"
        return f"{PurePath(self.path.name).stem} ({span}).pdf"


@dataclass(frozen=True)
class Found:
    """What a code leads to: the record where there is one, else why not."""

    record: StoredRecord | None = None
    problem: UserError | None = None
    note: UserError | None = None


def is_paper(path: Path) -> bool:
    """Whether a file may be a scan, by its first bytes: whatever its name, an exchange file is none."""
    try:
        with path.open("rb") as file:
            return files.media_type(file.read(HEAD), path.name) in READ
    except OSError:
        return False


def look(path: Path, progress: Progress = no_progress) -> Scan:
    """Find the codes on the pages of a file. On the free lane; touches no store.

    Trouble with the file is in the answer; `Cancelled` raised by ``progress`` passes through.
    """
    from ethnomed_desktop.documents.pages import NotAPicture
    from ethnomed_desktop.documents.paper_scan import codes_on_pages

    try:
        data, media = attachments.bytes_of(path)
        if media not in READ:
            return Scan(path, trouble=UserError("scan.not_pages", name=path.name))
        found = codes_on_pages(data, media, progress)
    except NotAPicture:
        return Scan(path, trouble=UserError("scan.unreadable", name=path.name))
    except UserError as error:
        return Scan(path, trouble=error)
    except ValueError:
        return Scan(path, trouble=UserError("scan.too_many_pages", name=path.name))
    return Scan(path, tuple(found), media == files.PDF)


def parts(ctx: AppContext, scans: Sequence[Scan], catalog: Catalog) -> list[Part]:
    """Return what would be attached to what, in the order of files and pages. On the read lane."""
    with ctx.reading() as connection:
        return [part for scan in scans for part in _parts(connection, scan, catalog)]


def _parts(connection: Reading, scan: Scan, catalog: Catalog) -> list[Part]:
    if scan.trouble is not None:
        return [Part(scan.path, (), True, problem=scan.trouble)]
    together = _together(scan.pages)
    whole = len(together) == 1 or not scan.is_pdf
    return [_part(connection, scan.path, pages, whole, code, catalog) for code, pages in together]


def _together(pages: Sequence[tuple[str, ...]]) -> list[tuple[str, tuple[int, ...]]]:
    """Return pages by their code. One without a code belongs to the paper before it; the first ones to none."""
    found: dict[str, list[int]] = {}
    last: tuple[str, ...] = ("",)
    for number, codes in enumerate(pages):
        last = codes or last
        for code in last:
            found.setdefault(code, []).append(number)
    return [(code, tuple(numbers)) for code, numbers in found.items()]


def _part(
    connection: Reading, path: Path, pages: tuple[int, ...], whole: bool, text: str, catalog: Catalog
) -> Part:
    code = read_paper_code(text)
    if code is None:
        return Part(path, pages, whole, problem=UserError("scan.no_code", name=path.name))
    found = find(connection, code)
    if found.record is None:
        return Part(path, pages, whole, code.paper, problem=found.problem)
    uid = found.record.uid
    title = titles(connection, {uid_text(uid)}, catalog).get(uid_text(uid), "")
    return Part(path, pages, whole, code.paper, uid, found.record.kind.name, title, note=found.note)


def find(connection: Reading, code: PaperCode) -> Found:
    """Return the record that a code names, or why there is none: not here, in the trash, erased, a blank form."""
    if code.is_blank:
        return Found(problem=UserError("scan.blank"))
    ending = uids_ending(connection, KINDS[code.record], code.tail)
    known = [one for uid, _erased in ending if (one := record_by_uid(connection, uid)) is not None]
    present = [one for one in known if not one.withdrawn]
    if len(present) == 1:
        corrected = code.version and is_corrected(connection, present[0].rid)
        return Found(present[0], note=UserError("scan.corrected") if corrected else None)
    if present:
        return Found(problem=UserError("scan.several"))
    if known:
        return Found(problem=UserError("scan.withdrawn"))
    return Found(problem=UserError("scan.erased" if any(erased for _uid, erased in ending) else "scan.not_here"))


def attach_part(ctx: AppContext, part: Part, uid: bytes | None = None) -> Done[Attached]:
    """Attach a part to its record, or to the one a person chose. On the write lane.

    Raises what `attachments.attach` raises, and the part's own problem where there is no record.
    """
    target = uid or part.uid
    if target is None:
        raise part.problem or UserError("scan.no_code", name=part.path.name)
    if part.whole:
        return attachments.attach(ctx, target, part.path)
    from ethnomed_desktop.documents.paper_scan import only_pages

    data, media = attachments.bytes_of(part.path)
    cut = only_pages(data, part.pages) if media == files.PDF else data
    return attachments.attach_bytes(ctx, target, cut, Wish(name=part.name))


def record_of(ctx: AppContext, text: str) -> StoredRecord | None:
    """Return the record that a typed code names; None for other words and for what is not here."""
    code = read_paper_code(text)
    if code is None:
        return None
    with ctx.reading() as connection:
        return find(connection, code).record
