"""Everything a user may see, as lines of JSON that need no program of ours: the way out.

The file is UTF-8 text, one JSON object a line. The first names the format; then each kind of record
says what its fields mean, in the reader's language; then come its records, the oldest first, those in
the trash too. References are the ``id`` of another line, with its title beside; codes stand with their
labels. Fields that the user is not shown are left out, and the first line says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles
from ethnomed_desktop.documents.files import put_parts_whole, put_whole
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.records import StoredRecord, records_by, rids_of_kind

FORMAT, VERSION = "ethnomed-open-export", 1
_AT_ONCE = 500


@dataclass(frozen=True)
class Exported:
    """How much was written."""

    path: Path
    records: int
    size: int


def export_all(ctx: AppContext, target: Path, catalog: Catalog, progress: Progress = no_progress) -> Exported:
    """Write everything this user may see into ``target``, which anyone can read, and note it.

    A name that ends in ``.xlsx`` makes a workbook with a sheet for each kind, ``.pdf`` a book to read,
    any other one lines of JSON, which alone are exact to the letter. On the write lane. The file appears
    whole or not at all. Raises `NotAllowed`, `StorageError`.
    """
    from ethnomed_desktop.app import open_export_files as files

    ctx.require(Act.PRINT)
    counted = [0]
    forms = {".xlsx": files.workbook, ".pdf": files.book}
    with ctx.reading() as connection:
        form = forms.get(target.suffix.lower())
        if form is not None:
            data, counted[0] = form(ctx, connection, catalog, progress)
            put_whole(data, target)
            size = len(data)
        else:
            size = put_parts_whole(_lines(ctx, connection, catalog, counted, progress), target)
    ctx.vault.note(ctx.clock, "export.open", {"records": counted[0], "bytes": size})
    return Exported(target, counted[0], size)


def _lines(
    ctx: AppContext, connection: Reading, catalog: Catalog, counted: list[int], progress: Progress
) -> Iterator[bytes]:
    yield _line(
        {
            "format": FORMAT,
            "version": VERSION,
            "made": local_time(ctx.clock.now_ms()).isoformat(timespec="seconds"),
            "language": catalog.language,
            "whole": ctx.rights.sees_all,
            "practice": ctx.practice,
        }
    )
    rids = {kind.name: rids_of_kind(connection, kind) for kind in KINDS.values()}
    total = sum(map(len, rids.values()))
    for kind in KINDS.values():
        yield _line(_described(kind, catalog))
        for start in range(0, len(rids[kind.name]), _AT_ONCE):
            records = records_by(connection, "rid", rids[kind.name][start : start + _AT_ONCE])
            yield b"".join(_worded(connection, records, catalog))
            counted[0] += len(records)
            progress(counted[0], total)


def _described(kind: Kind, catalog: Catalog) -> dict[str, Any]:
    fields = {one.name: {"label": field_label(one, catalog), "type": one.type.name} for one in kind.all_fields}
    return {"kind": kind.name, "label": kind_label(kind, catalog), "fields": fields}


def _worded(connection: Reading, records: Sequence[StoredRecord], catalog: Catalog) -> Iterator[bytes]:
    referred = titles(connection, references_in(records), catalog)
    for one in records:
        words = {
            name: shown
            for name, value in one.values.items()
            if (shown := shown_value(one.kind.field(name), value, catalog, referred)) not in ("", value)
        }
        yield _line(
            {
                "record": one.kind.name,
                "id": uid_text(one.uid),
                "title": title_of(one, catalog, referred),
                "created": _moment(one.created_ms),
                "changed": _moment(one.changed_ms),
                "in_trash": one.withdrawn,
                "values": dict(one.values),
                "words": words,
                **({"newer_data": dict(one.unknown)} if one.unknown else {}),
            }
        )


def _moment(at_ms: int | None) -> str | None:
    return None if at_ms is None else local_time(at_ms).isoformat(timespec="seconds")


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
