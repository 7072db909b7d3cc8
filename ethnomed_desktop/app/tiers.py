"""What goes between tiers, for the people of one office: who asks what of us, and whose a record is."""

from __future__ import annotations

from dataclasses import dataclass

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies
from ethnomed_desktop.app.exchange_sources import district_of
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.registry import FOR_BELOW
from ethnomed_desktop.domain.tiers import is_asked
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries import tiers
from ethnomed_desktop.store.queries.records import StoredRecord, records_by

PARTS = {"request": "request_answer", "recommendation": "feedback"}
"""What answers a record, by its kind: written by the other side than the record itself."""


@dataclass(frozen=True)
class Asked:
    """A request from above that nobody here has answered; ``due`` is an ISO day or empty."""

    uid: str
    subject: str
    due: str


def asked_of(ctx: AppContext) -> tuple[Asked, ...]:
    """Return the requests from above that are for this office and not answered, the most pressing first."""
    with ctx.reading() as connection:
        return asked_in(ctx, connection)


def asked_in(ctx: AppContext, connection: Reading) -> tuple[Asked, ...]:
    """Return the same within a view that is open already."""
    rids = tiers.open_requests(connection)
    if not rids:
        return ()
    bodies = own_bodies(connection)
    kinds = {str(one.values.get("body_kind") or "") for one in bodies}
    places = {str(one.values["place"]) for one in bodies if one.values.get("place")}
    found = {district_of(connection, place) for place in places}
    districts = {one for one in found if one is not None}
    requests = [
        one
        for one in records_by(connection, "rid", rids)
        if (not districts or is_asked(one.values, districts, kinds)) and not is_ours(ctx, connection, one)
    ]
    return tuple(
        Asked(uid_text(one.uid), str(one.values.get("subject") or ""), str(one.values.get("due") or ""))
        for one in requests
    )


def is_ours(ctx: AppContext, connection: Reading, one: StoredRecord) -> bool:
    """Say whether our office said it: to those below, or to the tier above."""
    stream = tiers.stream_of(connection, one.rid)
    if stream is None:
        return True
    if one.kind.stream != FOR_BELOW:
        return stream not in tiers.streams_from_below(connection)
    if stream == state.own_streams(connection)[FOR_BELOW]:
        return True
    root = identity.known_authority(connection).root_of(stream)
    return root is not None and root == identity.known_authority(connection).root_of(ctx.vault.store.office.stream)


def closed_here(ctx: AppContext, connection: Reading, one: StoredRecord) -> frozenset[str]:
    """Return the kinds that nobody here may write on the card of the record: itself, or what answers it.

    Whoever asks does not answer; what came from another office is that office's.
    """
    answer = PARTS.get(one.kind.name)
    if answer is None and one.kind.stream != FOR_BELOW:
        return frozenset()
    if not is_ours(ctx, connection, one):
        return frozenset({one.kind.name})
    return frozenset({answer}) if answer else frozenset()


def own_called(ctx: AppContext, name: str) -> str:
    """Return the uid (text) of our record that is called so above; the name itself where there is none."""
    with ctx.reading() as connection:
        found = tiers.uid_above(connection, name)
    return uid_text(found) if found is not None else name


def called(one: StoredRecord) -> tuple[str, ...]:
    """Return the uids (texts) under which others refer to a record: its own, and the one it has above."""
    above = str(one.values.get(one.kind.above) or "") if one.kind.above else ""
    return (uid_text(one.uid), above) if above else (uid_text(one.uid),)
