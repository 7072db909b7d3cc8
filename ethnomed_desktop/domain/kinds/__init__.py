"""All kinds of record, by name and by number; a new kind is one declaration added to `_ALL`."""

from __future__ import annotations

from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.domain.kinds.attachments import ATTACHMENT
from ethnomed_desktop.domain.kinds.councils import NUMBER_SERIES, ORGANISATION
from ethnomed_desktop.domain.kinds.directory import MEMBERSHIP, PERSON, PLACE
from ethnomed_desktop.domain.kinds.erasures import ERASURE, POLICY, RESPONSIBLE
from ethnomed_desktop.domain.kinds.incidents import INCIDENT, INCIDENT_PARTY
from ethnomed_desktop.domain.kinds.meetings import (
    AGENDA_ITEM,
    ATTENDANCE,
    DECISION,
    MEETING,
    SPEECH,
    TASK,
)
from ethnomed_desktop.domain.kinds.notes import NOTE
from ethnomed_desktop.domain.kinds.personal_data import CONSENT, HANDOVER
from ethnomed_desktop.domain.kinds.settings import USER
from ethnomed_desktop.domain.kinds.tiers import CODE_ENTRY, FEEDBACK, RECOMMENDATION, REQUEST, REQUEST_ANSWER
from ethnomed_desktop.domain.registry import Kind

_ALL = (
    PLACE,
    ORGANISATION,
    PERSON,
    MEMBERSHIP,
    INCIDENT,
    INCIDENT_PARTY,
    MEETING,
    AGENDA_ITEM,
    ATTENDANCE,
    SPEECH,
    DECISION,
    TASK,
    NUMBER_SERIES,
    USER,
    ATTACHMENT,
    CONSENT,
    HANDOVER,
    ERASURE,
    POLICY,
    RESPONSIBLE,
    NOTE,
    REQUEST,
    REQUEST_ANSWER,
    RECOMMENDATION,
    FEEDBACK,
    CODE_ENTRY,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
KINDS_BY_NUMBER: dict[int, Kind] = {kind.number: kind for kind in _ALL}


def kind_named(name: str) -> Kind:
    """Return the kind; raises `UsageError` (``kind.unknown``)."""
    try:
        return KINDS[name]
    except KeyError:
        raise UsageError("kind.unknown", name=name[:60]) from None
