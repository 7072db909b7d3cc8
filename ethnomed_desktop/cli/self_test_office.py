"""What the self-test does beyond the main job: files of other programs, parts for trustees, a second computer."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ethnomed_desktop.cli.self_test_pictures import PICTURES
from ethnomed_desktop.cli.session import Session
from ethnomed_desktop.cli.walk_texts import TEXTS
from ethnomed_desktop.i18n.current import _

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext

PARTS, NEEDED = 3, 2
TAKEN_ON = "2026-05-01"
"""What the camera wrote into the pictures."""

Ok = Callable[[str], None]


class SelfTestFailed(Exception):
    """A part of the program does not do here what it does elsewhere; the note says which."""


def try_office(session: Session, ctx: AppContext, incident: bytes, meeting: bytes, folder: Path, ok: Ok) -> None:
    """Try what needs libraries that the walk does not reach. The council is that of the walk, open.

    ``ok`` is told each part that works. Raises what a part raises, or `SelfTestFailed`.
    """
    folder.mkdir(mode=0o700)
    _attach(ctx, incident, folder)
    ok(_("Attached three pictures and took the camera's traces from them."))
    _write_for_others(session, ctx, meeting, folder)
    ok(_("Wrote the minutes for Word and the incidents as a spreadsheet, and read them back."))
    _scan(session, ctx, incident, folder)
    ok(_("Read the code of a printed form and found its record."))
    _divide(session, ctx, folder)
    ok(_("Divided a recovery code among trustees and printed the parts."))
    _exchange(session, ctx, incident, folder)
    ok(_("Wrote an exchange file and took it in on a second computer, with the pictures."))


def _attach(ctx: AppContext, incident: bytes, folder: Path) -> None:
    from ethnomed_desktop.app import attachments

    for name, data in PICTURES.items():
        file = folder / name
        file.write_bytes(data)
        done = attachments.attach(ctx, incident, file).value
        if not done.traces_removed or attachments.held(ctx, done.uid).taken_on != TAKEN_ON:
            raise SelfTestFailed(name)
        if attachments.thumbnail(ctx, done.uid, 4) is None:
            raise SelfTestFailed(name)


def _write_for_others(session: Session, ctx: AppContext, meeting: bytes, folder: Path) -> None:
    from ethnomed_desktop.app.documents import Order
    from ethnomed_desktop.app.editable_documents import write_docx
    from ethnomed_desktop.app.list_files import write_list
    from ethnomed_desktop.app.lists import ListQuestion

    words, sheet = folder / "minutes.docx", folder / "incidents.xlsx"
    write_docx(ctx, "minutes", meeting, Order(session.language), words)
    write_list(ctx, ListQuestion("incident"), session.catalog, sheet)
    text = TEXTS[session.language]
    for file, part, said in (
        (words, "word/document.xml", text["decision"]),
        (sheet, "xl/sharedStrings.xml", text["what_happened"]),
    ):
        with zipfile.ZipFile(file) as packed:
            if said not in packed.read(part).decode("utf-8"):
                raise SelfTestFailed(file.name)


def _scan(session: Session, ctx: AppContext, incident: bytes, folder: Path) -> None:
    from ethnomed_desktop.app import paper_scans
    from ethnomed_desktop.app.documents import Order, write_document

    form = folder / "form.pdf"
    write_document(ctx, "incident-form", incident, Order(session.language), form)
    if [one.uid for one in paper_scans.parts(ctx, [paper_scans.look(form)], session.catalog)] != [incident]:
        raise SelfTestFailed(form.name)


def _divide(session: Session, ctx: AppContext, folder: Path) -> None:
    from ethnomed_desktop.app import trustees

    parts = trustees.make_parts(ctx, NEEDED, PARTS, **session.costs)
    files = trustees.write_part_sheets(ctx, parts, NEEDED, session.catalog, folder)
    if len(files) != PARTS:
        raise SelfTestFailed("trustees")


def _exchange(session: Session, ctx: AppContext, incident: bytes, folder: Path) -> None:
    from ethnomed_desktop.app import attachments, exchange, practice, records, vault
    from ethnomed_desktop.app.exchange_receiving import receive

    language = session.language
    second = practice.create_practice(folder / "second", language, program="command", **session.costs)[0].ctx
    try:
        request = folder / "request"
        exchange.write_request(second, request)
        for file in exchange.enrol(ctx, request, folder).files:
            receive(second, file, language, root_confirmed=True)
        there = records.show(second, incident)
        files = attachments.attached_to(second, incident)
        if there.values != records.show(ctx, incident).values:
            raise SelfTestFailed("incident")
        if [one.state for one in files] != [attachments.HERE] * len(PICTURES):
            raise SelfTestFailed("pictures")
    finally:
        vault.close(second)
