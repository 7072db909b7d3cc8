"""Looking at what says who somebody is leaves a trace, once a session; other records leave none."""

from __future__ import annotations

from collections.abc import Callable

from ethnomed_desktop.app import audit
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.app.viewing import note_view
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog

Add = Callable[..., Recorded]


def viewed(ctx: AppContext) -> list[object]:
    entries = audit.page(ctx, Catalog.load("kk"))
    return [one.details["record"] for one in entries if one.code == "record.viewed"]


def test_a_person_is_noted_once_a_session(council: AppContext, add: Add) -> None:
    one = add("person", surname="Әлиева")
    assert [note_view(council, one.uid) for _ in range(3)] == [True, False, False]
    assert viewed(council) == [uid_text(one.uid)]


def test_what_names_nobody_is_not_noted(council: AppContext, add: Add) -> None:
    meeting = add("meeting", starts="2026-11-20T10:00", heading="Су")
    assert not note_view(council, meeting.uid)
    assert not note_view(council, bytes(16))
    assert viewed(council) == []
