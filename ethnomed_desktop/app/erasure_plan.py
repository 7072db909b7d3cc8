"""What an erasure would do, before anybody confirms it: looking writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.erasure_sweep import beyond_this_key
from ethnomed_desktop.app.titles import references_in, title_of, titles
from ethnomed_desktop.domain.changes import Op, split_key
from ethnomed_desktop.domain.erasing import Mode, is_part, not_erasable
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import parse_uid
from ethnomed_desktop.domain.kinds import KINDS_BY_NUMBER
from ethnomed_desktop.domain.meetings import NUMBERED
from ethnomed_desktop.domain.naming import Naming, stand_in
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import kind_label
from ethnomed_desktop.store import private_notes
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.log import LogReader
from ethnomed_desktop.store.outgoing import Outgoing
from ethnomed_desktop.store.queries.records import StoredRecord, record_by_uid, records_by
from ethnomed_desktop.store.queries.references import referring

_NAMES_OF_OTHERS: Mapping[str, frozenset[str]] = {
    "person": frozenset({"note", "workplace", "address"}),
    "user": frozenset(),
    "place": frozenset(),
    "organisation": frozenset(),
    "number_series": frozenset(),
}
"""Kinds that are named after other people: only these of their fields are looked through."""


@dataclass(frozen=True)
class Planned:
    """One record in words; ``excerpt`` is where its text names the person."""

    uid: bytes
    kind: str
    about: str
    title: str
    excerpt: str = ""


@dataclass(frozen=True)
class Plan:
    """What would go, what stays without the name, and what only refers to what is gone.

    ``confirm`` is the word to be typed; ``others_notes`` are users with notes in confidence, which only
    they can look through; ``beyond`` are names of backups under an earlier key, which nobody can clean.
    """

    uid: bytes
    kind: str
    mode: Mode
    title: str
    stand_in: str
    confirm: str
    erased: tuple[Planned, ...]
    rewritten: tuple[Planned, ...]
    referring: tuple[Planned, ...]
    files: int
    own_notes: int
    others_notes: tuple[str, ...]
    beyond: tuple[str, ...] = ()


def plan(ctx: AppContext, uid: bytes, mode: Mode, catalog: Catalog, keep: Collection[bytes] = ()) -> Plan:
    """Say what erasing or anonymising would do; records in ``keep`` name somebody else and are left alone.

    Raises `NotAllowed` (``rights.act``, ``erasure.sealed``, ``erasure.not_this_kind``), `UserError`
    (``record.unknown``).
    """
    ctx.require(Act.ERASE)
    with ctx.reading() as connection:
        return Planner(ctx, connection, uid, mode).plan(catalog, frozenset(keep))


class Planner:
    """Works a plan out over one view of the store."""

    def __init__(self, ctx: AppContext, connection: Reading, uid: bytes, mode: Mode) -> None:
        found = record_by_uid(connection, uid)
        if found is None:
            raise UserError("record.unknown")
        if found.kind.name in not_erasable(mode):
            raise NotAllowed("erasure.not_this_kind", kind=found.kind.name)
        self.record = found
        self.mode = mode
        self.is_person = found.kind.name == "person"
        self.naming = Naming(found.values, uid) if self.is_person else None
        self._ctx = ctx
        self._connection = connection

    def gone(self) -> list[StoredRecord]:
        """Return the records that would be erased, what they are parts of first; raises `NotAllowed`."""
        sealed = self._number_of(self.record)
        if sealed:
            raise NotAllowed("erasure.sealed", number=sealed)
        found = {self.record.uid: self.record}
        left = [self.record] if self.mode is Mode.ERASE else []
        if self.mode is Mode.ANONYMISE:  # files shown on the card go with the card
            left_of_card = [one for one in self._parts(self.record) if one.kind.name == "attachment"]
            found.update({one.uid: one for one in left_of_card})
        while left:
            for part in self._parts(left.pop()):
                if part.uid not in found and not self._number_of(part):
                    found[part.uid] = part
                    left.append(part)
        return list(found.values())

    def _parts(self, whole: StoredRecord) -> list[StoredRecord]:
        links = referring(self._connection, whole.uid)
        records = records_by(self._connection, "rid", list(links))
        return [
            one for one in records if any(is_part(one.kind, field, whole.kind.name) for field in links[one.rid])
        ]

    def _number_of(self, one: StoredRecord) -> str:
        """Return the number of the closed minutes that the record is, or is a part of; empty for none."""
        whole: StoredRecord | None = one
        for name in ("agenda_item", "meeting"):
            value = whole.values.get(name) if whole is not None and whole.kind.name != "meeting" else None
            if value:
                whole = record_by_uid(self._connection, parse_uid(str(value)))
        if whole is not None and whole.kind.name == "attachment" and whole.values.get("of"):
            whole = record_by_uid(self._connection, parse_uid(str(whole.values["of"])))
        closed = whole is not None and whole.kind.name == "meeting" and whole.values.get("state") == NUMBERED
        return str(whole.values.get("number") or "…") if closed and whole is not None else ""

    def closed_meeting_of(self, one: StoredRecord) -> bytes | None:
        """Return the closed minutes that a record is, or is a part of."""
        if not self._number_of(one):
            return None
        whole: StoredRecord | None = one
        for name in ("agenda_item", "meeting"):
            if whole is not None and whole.kind.name != "meeting" and whole.values.get(name):
                whole = record_by_uid(self._connection, parse_uid(str(whole.values[name])))
        return whole.uid if whole is not None and whole.kind.name == "meeting" else None

    def naming_records(self, gone: Collection[bytes]) -> dict[bytes, str]:
        """Return the other records that name the person in a text, now or before, with the text around it.

        What was written for the tier above is none: it follows its source (`exchange_upward.write_upward`).
        """
        if self.naming is None:
            return {}
        found: dict[bytes, str] = {}
        copies = Outgoing(self._connection)
        for batch in LogReader(self._connection).all_batches():
            for _, line in batch:
                change = line.change
                if change.uid in gone or change.op in {Op.ERASE, Op.REDACT} or copies.holds([line.dot]):
                    continue
                for text in texts_of(change.kind, change.values):
                    if names(self.naming, text):
                        found[change.uid] = self.naming.excerpt(text)
        return found

    def referring_records(self, gone: Collection[bytes]) -> list[StoredRecord]:
        """Return the records that refer to what would be gone and stay themselves."""
        links = referring(self._connection, self.record.uid)
        return [one for one in records_by(self._connection, "rid", list(links)) if one.uid not in gone]

    def own_notes(self, gone: Collection[bytes]) -> list[bytes]:
        """Return this user's notes in confidence that are about what goes, or name the person."""
        seed = self._ctx.vault.unlocked.signing_seed
        found = []
        for one in private_notes.own_notes(self._connection, self._ctx.user, seed):
            about = one.content.get("incident")
            text = "\n".join(str(value) for value in one.content.values())
            if (about and parse_uid(str(about)) in gone) or (self.naming and names(self.naming, text)):
                found.append(one.uid)
        return found

    def plan(self, catalog: Catalog, keep: frozenset[bytes]) -> Plan:
        """Word it."""
        gone = self.gone()
        uids = {one.uid for one in gone}
        named = {uid: text for uid, text in self.naming_records(uids).items() if uid not in keep}
        rewritten = records_by(self._connection, "uid", list(named))
        staying = [one for one in self.referring_records(uids) if one.uid not in named]
        word = self._words(catalog, [*gone, *rewritten, *staying])
        code = stand_in(self.record.uid)
        owners = private_notes.owners(self._connection, self._ctx.user)
        people = titles(self._connection, owners, catalog)
        return Plan(
            self.record.uid,
            self.record.kind.name,
            self.mode,
            word(self.record, "").title,
            code,
            confirming_word(self.record, catalog),
            tuple(word(one, "") for one in gone),
            tuple(word(one, named[one.uid]) for one in rewritten),
            tuple(word(one, "") for one in staying),
            files=sum(one.kind.name == "attachment" for one in gone),
            own_notes=len(self.own_notes(uids)),
            others_notes=tuple(people.get(one, one[:8]) for one in owners),
            beyond=tuple(path.name for path in beyond_this_key(self._ctx)),
        )

    def _words(self, catalog: Catalog, records: Sequence[StoredRecord]) -> Wording:
        return Wording(catalog, titles(self._connection, references_in(records), catalog))


class Wording:
    """Puts records into words."""

    def __init__(self, catalog: Catalog, named: Mapping[str, str]) -> None:
        self._catalog = catalog
        self._named = named

    def __call__(self, one: StoredRecord, excerpt: str) -> Planned:
        """Return the record as the plan shows it."""
        title = title_of(one, self._catalog, self._named)
        return Planned(one.uid, one.kind.name, kind_label(one.kind, self._catalog), title, excerpt)


def confirming_word(one: StoredRecord, catalog: Catalog) -> str:
    """Return what a person types to confirm: the surname, the record's number, else the word for erasing."""
    if one.kind.name == "person":
        return str(one.values.get("surname") or "")
    return str(one.values.get("number") or "") or catalog.gettext("erase")


def names(naming: Naming, text: str) -> bool:
    """Say whether the text names the person; most texts are told apart quickly."""
    folded, digits = fold(text), "".join(char for char in text if char.isdigit())
    return naming.may_be_in(folded, digits) and naming.is_in(text)


def texts_of(number: int, values: Mapping[str, Value]) -> Iterable[str]:
    """Yield the texts among the values of a line, elements of sets too."""
    kind = KINDS_BY_NUMBER.get(number)
    looked_at = _NAMES_OF_OTHERS.get(kind.name) if kind is not None else None
    numbers = (
        {kind.field(name).number for name in looked_at} if kind is not None and looked_at is not None else None
    )
    for key, value in values.items():
        field_number, element = split_key(key)
        if numbers is not None and field_number not in numbers:
            continue
        if isinstance(value, str):
            yield value
        if element is not None:
            yield element
