"""How a body's minutes were printed last, by each user: a setting of this computer, not in the log."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.documents.wishes import SIZES, WATERMARKS
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.records import record_by_uid


@dataclass(frozen=True)
class PrintChoices:
    """What is offered first in the print dialog; empty ``language``: nothing was chosen yet."""

    language: str = ""
    form: str = "full"
    size: int = 14
    watermark: str = "auto"
    sign: bool = True
    printer: str = ""


def remembered(ctx: AppContext, meeting: bytes) -> PrintChoices:
    """Return the last choices for the meeting's body, else its language of minutes and the usual ones."""
    with ctx.reading() as connection:
        body, language = _body_of(connection, meeting)
        kept = schema.get_meta(connection, _name(ctx, body)) if body else None
    found = _read(kept) if kept else PrintChoices()
    return found if found.language else PrintChoices(**{**asdict(found), "language": language})


def remember(ctx: AppContext, meeting: bytes, choices: PrintChoices) -> None:
    """Keep the choices for the meeting's body. On the write lane; an extract is remembered as the full form.

    Not where a newer program's records are only read.
    """
    if ctx.reading_only:
        return
    form = choices.form if choices.form in {"full", "short"} else "full"
    value = json.dumps({**asdict(choices), "form": form}, ensure_ascii=False)
    with ctx.reading() as connection:
        body, _language = _body_of(connection, meeting)
    if body:
        with ctx.writing(None) as connection:
            schema.set_meta(connection, _name(ctx, body), value)


def _read(kept: str) -> PrintChoices:
    """Return what was kept; what is broken or of another version is passed over."""
    try:
        known = json.loads(kept)
    except ValueError:
        known = None
    if not isinstance(known, dict):
        return PrintChoices()
    usual = asdict(PrintChoices())
    names = [field.name for field in fields(PrintChoices) if type(known.get(field.name)) is type(usual[field.name])]
    choices = PrintChoices(**{**usual, **{name: known[name] for name in names}})
    if choices.size not in SIZES or choices.watermark not in WATERMARKS:
        return PrintChoices(language=choices.language, printer=choices.printer)
    return choices


def _body_of(connection: Reading, meeting: bytes) -> tuple[str, str]:
    found = record_by_uid(connection, meeting)
    body = str(found.values.get("organisation") or "") if found is not None else ""
    record = record_by_uid(connection, parse_uid(body)) if body else None
    return body, str(record.values.get("minutes_language") or "") if record is not None else ""


def _name(ctx: AppContext, body: str) -> str:
    return f"print:{ctx.user.hex()}:{body}"
