"""Joining a hub's office: its stream is written from then on, and what was written before comes along."""

from __future__ import annotations

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.exchange.opened import Opened
from ethnomed_desktop.exchange.roots import StreamClass
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store import schema
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.for_below import is_for_below
from ethnomed_desktop.store.queries.conflicts import living
from ethnomed_desktop.store.store import Written

_TO_REWRITE = "to_rewrite"


def join_office(connection: Reading, own: identity.Standing, opened: Opened) -> None:
    """Write into the hub's office stream from now on; what was written before is carried over."""
    for grant in opened.authority.certificates(own.me.replica):
        for stream, access in grant.access.items():
            is_office = opened.authority.class_of(stream) is StreamClass.DISTRICT
            if grant.root == opened.new_root and "w" in access and is_office:
                state.choose_office(connection, stream)
                schema.set_meta(connection, _TO_REWRITE, "1")


def finish_joining(ctx: AppContext) -> int:
    """Carry what was written before joining into the hub's stream; returns how many records.

    In one transaction with the mark that says so: a power cut lets it begin anew.
    """
    with ctx.reading() as connection:
        if schema.get_meta(connection, _TO_REWRITE) != "1":
            return 0
        uids = living(connection)
        mine = state.own_uids(connection)
    with ctx.unit_of_work(Action.SETUP, Written()) as work:
        carried = 0
        for uid in uids:
            known = work.state(uid)
            if is_for_below(known.state.kind):
                continue  # what it said as an office of its own was said to nobody
            dots = known.state.all_dots()
            foreign = {dot.stream for dot in dots} - {ctx.vault.store.office.stream}
            if known.state.live and foreign and all(dot.replica in mine for dot in dots):
                work.rewrite(known)
                carried += 1
        work.flush()
        schema.set_meta(work.connection, _TO_REWRITE, "0")
    return carried
