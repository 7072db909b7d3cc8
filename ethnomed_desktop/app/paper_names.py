"""Names that are not to stand on paper: who of the records is named in minutes."""

from __future__ import annotations

from dataclasses import replace

from ethnomed_desktop.documents.minutes_data import MinutesData
from ethnomed_desktop.documents.without_names import texts_of
from ethnomed_desktop.domain.stand_ins import Known, beginnings
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.people import named_people


def with_known_names(connection: Reading, data: MinutesData) -> MinutesData:
    """Return the minutes with the people of the records whom their words may name; reads every person's name."""
    said = beginnings(texts_of(data))
    people = (Known(*names) for names in named_people(connection))
    return replace(data, known=tuple(one for one in people if one.sought in said))
