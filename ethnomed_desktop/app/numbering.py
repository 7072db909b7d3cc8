"""Numbers: each series has one holder; what is given is given for good, doubles are shown, never refused."""

from __future__ import annotations

from collections.abc import Container

from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries.councils import number_series
from ethnomed_desktop.store.queries.records import StoredRecord
from ethnomed_desktop.store.uow import UnitOfWork

Series = tuple[str, str, int]
"""Body (uid text), what for (code list series_kind), year."""


class Numbering:
    """Gives numbers within one unit of work; `close` writes how far each series has come."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._last: dict[Series, int] = {}
        self._known: dict[Series, StoredRecord | None] = {}

    def take(self, organisation: str, series_kind: str, year: int, taken: Container[str] = ()) -> int:
        """Return the next number; raises `NotAllowed` (``number.held_elsewhere``).

        ``taken`` are numbers that stand on paper already: the series steps over them.
        """
        series = (organisation, series_kind, year)
        if series not in self._last:
            found = self._find(series)
            if found is not None and found.values.get("holder") != self._work.replica.hex():
                raise NotAllowed("number.held_elsewhere")
            self._known[series] = found
            last = found.values.get("last") if found is not None else 0
            self._last[series] = int(last) if isinstance(last, int) else 0
        self._last[series] += 1
        while str(self._last[series]) in taken:
            self._last[series] += 1
        return self._last[series]

    def close(self) -> None:
        """Write the last numbers given."""
        kind = KINDS["number_series"]
        for series, last in self._last.items():
            found = self._known[series]
            if found is not None:
                self._work.write(self._work.state(found.uid), {"last": last})
                continue
            organisation, series_kind, year = series
            holder = self._work.replica.hex()
            self._work.create(
                kind,
                {
                    "organisation": organisation,
                    "series_kind": series_kind,
                    "year": year,
                    "last": last,
                    "holder": holder,
                },
            )

    def _find(self, series: Series) -> StoredRecord | None:
        return number_series(self._work.connection, *series)
