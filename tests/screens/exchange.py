"""Another council joins, files go to and fro; the journal of files and what leaves before it does."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QScrollArea

from ethnomed_desktop.app import exchange as office
from ethnomed_desktop.app import exchange_receiving, records
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.practice import create_practice
from ethnomed_desktop.app.vault import close as close_vault
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.ui.exchange import media
from ethnomed_desktop.ui.exchange.page import JOURNAL

from .walk import MOMENT, Walk


def exchange(walk: Walk) -> None:
    """Another practice council joins, both change one field, and files go to and fro."""
    work = walk.work
    stick = Path(tempfile.mkdtemp(prefix="em-stick-"))
    found = media.Medium(stick, "KINGSTON", 7_200_000_000)
    media.look_around = lambda: media.Plugged((found,), tuple(media.exchange_files(stick)))
    page = work.page("exchange")
    walk.window.act("section:exchange")
    walk.shoot("exchange-alone")
    clock = FixedClock(MOMENT)
    other = create_practice(stick / "other", "kk", program="command", clock=clock, params=FLOOR)[0].ctx
    request = stick / "em-join-request.json"
    office.write_request(other, request)
    page.receive_files([request])
    walk.shoot("let-join")
    page.computers.let_join.same_button.click()
    walk.settle()
    page.computers.own.office_button.click()
    page.computers.findChild(QScrollArea).verticalScrollBar().setValue(10_000)
    walk.shoot("computers")
    (answer,) = stick.glob("*.emx")
    exchange_receiving.receive(other, answer, "kk", root_confirmed=True)
    known: list[Any] = []
    question = ListQuestion("incident")
    work.session.query(lambda ctx: list_records(ctx, question, limit=1), known.append)
    walk.settle()
    first = known[0].rows[0].uid
    told = "Арықтағы су бөлісі бойынша дау: екі ауылдың тұрғындары кезекті сақтамаған."
    records.revise(other, first, {"what_happened": told, "severity": "3"})
    work.session.command(lambda ctx: records.revise(ctx, first, {"what_happened": told[:40], "severity": "1"}))
    walk.settle()
    page.tabs.setCurrentIndex(0)
    page.send.look_button.click()
    walk.shoot("leaving")
    if page.leaving.tree.topLevelItemCount():
        page.leaving.tree.topLevelItem(0).setSelected(True)
    page.leaving.close_button.click()
    page.send.write_button.click()
    walk.shoot("sent")
    office.send(other, work.session.ctx.vault.store.office.replica, stick)
    page.receive_files([max(stick.glob("*.emx"), key=lambda path: path.stat().st_mtime_ns)])
    walk.shoot("preview")
    page.receive.take_button.click()
    walk.shoot("taken-in")
    page.receive.conflicts_button.click()
    walk.shoot("conflicts")
    page.conflicts.open_buttons[first].click()
    walk.shoot("conflict")
    page.conflicts.fields[-1].own_button.click()
    walk.shoot("conflict-own")
    page.go_back()
    page.tabs.setCurrentIndex(JOURNAL)
    walk.shoot("journal")
    close_vault(other)
