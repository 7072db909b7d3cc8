"""Chosen records as a one-way extract, apart from exchange: a readable file that no log takes in again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.titles import name_in, references_in, shown_value, title_of, titles
from ethnomed_desktop.documents.record_extract import ExtractedRecord, RecordExtract, record_extract_pdf
from ethnomed_desktop.domain.clock import today
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.registry import Field, Level
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store.queries.records import StoredRecord, records_by

MOST = 200


def write_extract(
    ctx: AppContext, uids: Sequence[bytes], language: str, target: Path, *, with_names: bool = False
) -> int:
    """Write the records into a PDF that anyone can read, and note it; returns how many.

    Fields that name people (level 3, references to people) stay out unless ``with_names``. Raises
    `NotAllowed` (``rights.act``), `UserError` (``record.unknown``, ``extract.too_many``,
    ``document.missing_glyph``), `StorageError`; then there is no file.
    """
    from ethnomed_desktop.documents import pdf

    ctx.require(Act.PRINT)
    if len(uids) > MOST:
        raise UserError("extract.too_many", limit=MOST)
    catalog = Catalog.load(language)
    made = record_extract_pdf(_gather(ctx, uids, catalog, with_names=with_names), language, today(ctx.clock))
    pdf.write(made, target)
    detail = {"records": len(uids), "names": with_names, "sha256": hashlib.sha256(made).hexdigest()}
    ctx.vault.note(ctx.clock, "exchange.extracted", detail)
    return len(uids)


def _gather(ctx: AppContext, uids: Sequence[bytes], catalog: Catalog, *, with_names: bool) -> RecordExtract:
    with ctx.reading() as connection:
        records = records_by(connection, "uid", list(dict.fromkeys(uids)))
        if not records or len(records) != len(set(uids)):
            raise UserError("record.unknown")
        named = titles(connection, references_in(records), catalog)
        bodies = own_bodies(connection)
    ceiling = Level.IDENTITY if with_names else Level.CASE
    body = name_in(bodies[0].values, "name", catalog.language) if bodies else ""
    return RecordExtract(
        body, tuple(_extracted(one, ceiling, catalog, named) for one in records), with_names, ctx.practice
    )


def _extracted(one: StoredRecord, ceiling: Level, catalog: Catalog, named: dict[str, str]) -> ExtractedRecord:
    shown = {field.name for field in one.kind.all_fields if field.level <= ceiling}
    fields = tuple(
        (field_label(field, catalog), shown_value(field, one.values[field.name], catalog, named))
        for field in one.kind.all_fields
        if field.name in shown and _has(field, one.values.get(field.name))
    )
    whole = set(one.kind.title) <= shown | {"name_*"}
    title = title_of(one, catalog, named) if whole else str(one.values.get("number") or "")
    about = kind_label(one.kind, catalog)
    return ExtractedRecord(f"{about}: {title}" if title else about, fields)


def _has(field: Field, value: Value) -> bool:
    return value not in (None, "", []) and field.type.name != "any_ref"
