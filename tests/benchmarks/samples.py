"""Invented records as an office writes them, and stores to put them into."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.engine import open_sqlite
from ethnomed_desktop.store.store import Store, Written, found
from ethnomed_desktop.store.uow import Author

KEY = bytes(range(32))
AUTHOR = Author(bytes(16), bytes(range(32, 64)))
PEOPLE = 200
_STEMS = (
    "ауыл көше жайылым су мектеп базар шекара жастар ақсақал кездесу келісім дау отбасы көрші той ұжым "
    "село улица пастбище вода школа рынок граница молодёжь старейшина встреча согласие спор семья сосед"
).split()
_ENDINGS = ("", "да", "ның", "ға", "лар", "дың", "ов", "ами", "е", "у")
_NAMES = "Бақытжан Әлия Қайрат Гүлнар Ерлан Марат Светлана Иван Зарина Рустам Айгүл Нұрлан".split()


def clock() -> FixedClock:
    """A clock that stands at a day of practice."""
    return FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))


def new_store(path: Path, key: bytes | None = KEY) -> Store:
    """Make a store with its seeds at ``path`` (``None``: not encrypted)."""
    database = open_sqlite(path, key)
    found(database, seeds(), clock(), bytes(32), practice=True)
    return Store(database, seeds())


class Office:
    """Makes records from chance that is the same in every run."""

    def __init__(self, store: Store | None, seed: int = 20261121) -> None:
        self._chance = random.Random(seed)
        self._places = [uid_text(uid) for uid, _ in seeds()["place"]]
        self._people = self._make_people(store) if store is not None else []

    @classmethod
    def chance_only(cls) -> Office:
        """An office without a store: for words alone."""
        return cls(None, 7)

    def _make_people(self, store: Store) -> list[str]:
        with store.unit_of_work(AUTHOR, clock(), Action.RECORD, Written()) as work:
            return [uid_text(work.create(KINDS["person"], self._person())) for _ in range(PEOPLE)]

    def _person(self) -> dict[str, Value]:
        name = self._chance.choice(_NAMES)
        return {"surname": self.words(1).title(), "given_name": name}

    def words(self, count: int) -> str:
        """Return that many words of a large vocabulary."""
        choice = self._chance.choice
        return " ".join(choice(_STEMS) + choice(_ENDINGS) + choice(("", *_STEMS)) for _ in range(count))

    def incident(self) -> dict[str, Value]:
        """Return an incident: a line of where, codes, three references, four set elements, 8–40 words."""
        chance = self._chance
        day = datetime(2020, 1, 1) + timedelta(days=chance.randrange(2500))
        return {
            "happened": day.date().isoformat(),
            "time": f"{chance.randrange(24):02d}:{chance.randrange(60):02d}",
            "learned_channel": self._code("channel"),
            "reported_by": chance.choice(self._people),
            "phone": f"+7 701 {chance.randrange(1000):03d} {chance.randrange(100):02d} {chance.randrange(100):02d}",
            "place": chance.choice(self._places),
            "settlement": self.words(2).capitalize(),
            "origin_type": self._code("origin_type"),
            "severity": self._code("severity"),
            "state": self._code("incident_state"),
            "people_involved": chance.randrange(2, 60),
            "what_happened": self.words(chance.randrange(8, 41)),
            "triggers": self._codes("trigger"),
            "responses": self._codes("response"),
            "number": f"2026-{chance.randrange(10**6):06d}",
        }

    def _code(self, name: str) -> str:
        return self._chance.choice(self._list(name))

    def _codes(self, name: str) -> list[str]:
        return sorted(self._chance.sample(self._list(name), 2))

    @staticmethod
    def _list(name: str) -> list[str]:
        return list(CODE_LISTS[name].by_code)
