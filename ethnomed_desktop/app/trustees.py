"""Recovery by several trustees: the sheet's code divided into parts, each printed on a sheet of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.vault import council_name, renew_recovery
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters
from ethnomed_desktop.store.recovery_code import parse
from ethnomed_desktop.store.trustee_parts import MOST_PARTS, split


def make_parts(
    ctx: AppContext, needed: int, parts: int, params: KdfParameters | None = None, minimum: KdfParameters = FLOOR
) -> list[str]:
    """Make the session's user a new recovery code and return it in parts; the whole is kept nowhere.

    The recovery sheet printed before, and parts made before, open nothing any more. About a second.
    Raises `UserError` (``trustees.numbers``); then nothing was changed.
    """
    if not 2 <= needed <= parts <= MOST_PARTS:
        raise UserError("trustees.numbers", field="parts", most=MOST_PARTS)
    code = renew_recovery(ctx, params, minimum)
    ctx.vault.note(ctx.clock, "recovery.divided", {"needed": needed, "parts": parts})
    return split(parse(code), needed, parts)


def write_part_sheets(
    ctx: AppContext, parts: Sequence[str], needed: int, catalog: Catalog, folder: Path
) -> list[Path]:
    """Write a sheet per part, readable by anyone: print each for one trustee, then delete the files.

    Raises `StorageError`; sheets written before it stay.
    """
    from ethnomed_desktop.documents import pdf
    from ethnomed_desktop.documents.trustee_sheet import TrusteeSheet, trustee_pdf

    name = council_name(ctx, catalog)
    created = local_time(ctx.clock.now_ms()).date()
    files = []
    for number, part in enumerate(parts, start=1):
        sheet = TrusteeSheet(name, created, number, len(parts), needed, part, ctx.practice)
        files.append(folder / f"part-{number}-of-{len(parts)}.pdf")
        pdf.write(trustee_pdf(sheet, catalog), files[-1])
    ctx.vault.note(ctx.clock, "recovery.printed", {"parts": len(parts)})
    return files
