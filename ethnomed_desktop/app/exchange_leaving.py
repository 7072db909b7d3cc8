"""What would leave for a partner, record by record, and what stays and why; looking writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ethnomed_desktop.app import exchange_identity as identity
from ethnomed_desktop.app import exchange_logs as logs
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_tiers import MEMBERS
from ethnomed_desktop.app.exchange_upward import Copied, copies, own_names_above, upward_streams, write_upward
from ethnomed_desktop.app.titles import references_in, shown_value, title_of, titles
from ethnomed_desktop.domain import rights
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.projection import Reason, Tier
from ethnomed_desktop.exchange.authority import Act, Verdict
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import field_label, kind_label
from ethnomed_desktop.store import exchange_state as state
from ethnomed_desktop.store import outgoing
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.records import StoredRecord, records_by

REASONS: Mapping[Reason, str] = {
    Reason.LEVEL: N_("stays in the office"),
    Reason.FREE_TEXT: N_("free text: stays in the office"),
    Reason.NOT_APPROVED: N_("nobody has approved the text"),
    Reason.CHANGED_SINCE: N_("the text was changed after it was approved"),
    Reason.NAMES_SOMEBODY: N_("the text names somebody concerned, or holds a telephone or an IIN"),
    Reason.IN_CONFLICT: N_("two texts contradict each other: settle that first"),
    Reason.FEW_PEOPLE: N_("fewer than five people: the number would name them"),
    Reason.NO_DISTRICT: N_("the place lies in no district that is known"),
    Reason.NOT_UPWARD: N_("means something only here"),
    Reason.OWN_CODE: N_("an entry that this office made for itself: above nobody knows it"),
    Reason.AS_MONTH: N_("only the month leaves"),
    Reason.AS_DISTRICT: N_("only the district leaves"),
    Reason.AS_PSEUDONYM: N_("a code leaves in place of the name"),
}
"""Why a value stays or leaves changed, as a person reads it."""

MOST = 500
"""Most records that are described one by one."""


@dataclass(frozen=True)
class FieldLeaving:
    """One field: what stands here, what leaves (empty: nothing), and why it is not the same."""

    label: str
    here: str
    leaves: str
    why: str


@dataclass(frozen=True)
class RecordLeaving:
    """One record; ``fields`` is empty where it leaves whole (within the office) or is withdrawn above."""

    kind: str
    uid: bytes
    about: str
    title: str
    withdrawn: bool
    fields: tuple[FieldLeaving, ...] = ()
    stale: bool = False
    """A text was changed after it was approved."""


@dataclass(frozen=True)
class Leaving:
    """Everything for one partner. ``whole``: it belongs to this office, so nothing is held back from it."""

    partner: str
    whole: bool
    count: int
    records: tuple[RecordLeaving, ...] = field(default=(), repr=False)


class _OnlyLooking(Exception):
    """Ends the transaction without keeping anything."""


def leaving(ctx: AppContext, to: bytes, catalog: Catalog) -> Leaving:
    """Say what a file for the partner would hold if it were written now.

    Raises `NotAllowed` (``exchange.recipient_unknown``, ``exchange.recipient_revoked``).
    """
    found: list[Leaving] = []
    try:
        with ctx.writing(rights.Act.EXCHANGE) as connection:
            found.append(_look(ctx, connection, to, catalog))
            raise _OnlyLooking
    except _OnlyLooking:
        return found[0]


def _look(ctx: AppContext, connection: Reading, to: bytes, catalog: Catalog) -> Leaving:
    own = identity.standing(ctx, connection)
    verdict = own.authority.may(to, b"", 0, Act.SEND)
    if verdict is not Verdict.YES:
        code = "exchange.recipient_revoked" if verdict is Verdict.REVOKED else "exchange.recipient_unknown"
        raise NotAllowed(code, who=own.authority.name_of(to))
    tiers = {
        one.stream: one.tier
        for one in upward_streams(own)
        if own.authority.may(to, one.stream, 0, Act.READ) is Verdict.YES
    }
    if tiers:
        write_upward(ctx, connection, own)
    logs.seal_own(connection)
    owed = logs.owed_to(connection, own, logs.all_ends(connection), state.partner_of(connection, to))
    uids: dict[bytes, Tier | None] = {}
    for one in owed:
        for uid in outgoing.written_between(connection, one.log, one.after, one.upto):
            uids[uid] = tiers.get(one.log.stream)
    name = own.authority.name_of(to)
    if not tiers:
        records = records_by(connection, "uid", list(uids)[:MOST])
        ours = any(one.tier in MEMBERS for one in own.authority.certificates(to))
        return Leaving(name, ours, len(uids), tuple(_told(connection, records, catalog, by_field=not ours)))
    return Leaving(name, False, len(uids), tuple(_upward(ctx, connection, uids, catalog)))


def _told(
    connection: Reading, records: Sequence[StoredRecord], catalog: Catalog, *, by_field: bool
) -> list[RecordLeaving]:
    """Name the records; ``by_field`` with all that they say, for an office below reads nothing else of ours."""
    named = titles(connection, references_in(records), catalog)
    return [
        RecordLeaving(
            one.kind.name,
            one.uid,
            kind_label(one.kind, catalog),
            title_of(one, catalog, named),
            one.withdrawn,
            tuple(_said(one, catalog, named)) if by_field and not one.withdrawn else (),
        )
        for one in records
    ]


def _said(one: StoredRecord, catalog: Catalog, named: Mapping[str, str]) -> Iterator[FieldLeaving]:
    for declared in one.kind.all_fields:
        if one.values.get(declared.name) not in (None, []):
            text = shown_value(declared, one.values[declared.name], catalog, named)
            yield FieldLeaving(field_label(declared, catalog), text, text, "")


def _upward(
    ctx: AppContext, connection: Reading, uids: Mapping[bytes, Tier | None], catalog: Catalog
) -> list[RecordLeaving]:
    """Describe the copies: what they are copies of is found by giving every source its name above."""
    kinds = [kind.number for kind in KINDS.values() if kind.goes_up is not None]
    names = own_names_above(ctx, connection, outgoing.all_of(connection, kinds))
    sources = [uid for uid, name in names.items() if name in uids][:MOST]
    found = []
    for tier in Tier:
        mine = [uid for uid in sources if uids[names[uid]] is tier]
        made = copies(ctx, connection, mine, tier)
        named = titles(connection, _references(made), catalog)
        found += [_described(one, catalog, named) for one in made]
    return found


def _references(made: Sequence[Copied]) -> set[str]:
    places = {
        str(one.made.values[name]) for one in made if one.made for name in ("place",) if name in one.made.values
    }
    return references_in([one.source for one in made]) | places


def _described(one: Copied, catalog: Catalog, named: Mapping[str, str]) -> RecordLeaving:
    source, made = one.source, one.made
    fields = []
    for declared in source.kind.all_fields if made is not None else ():
        assert made is not None
        here, there = source.values.get(declared.name), made.values.get(declared.name)
        why = made.reasons.get(declared.name)
        if here in (None, []) and there is None:
            continue
        leaves = shown_value(declared, there, catalog, named)
        if why is Reason.AS_PSEUDONYM and declared.type.name in {"ref", "refs"}:
            leaves = catalog.gettext("code")
        fields.append(
            FieldLeaving(
                field_label(declared, catalog),
                shown_value(declared, here, catalog, named),
                leaves,
                catalog.gettext(REASONS[why]) if why is not None else "",
            )
        )
    title = title_of(source, catalog, named)
    return RecordLeaving(
        source.kind.name,
        source.uid,
        kind_label(source.kind, catalog),
        title,
        made is None,
        tuple(fields),
        made is not None and Reason.CHANGED_SINCE in made.reasons.values(),
    )
