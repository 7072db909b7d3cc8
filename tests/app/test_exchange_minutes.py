"""Minutes that were closed in the office while a laptop still wrote into them: nothing is lost, and it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.app import meetings, records
from ethnomed_desktop.app.exchange_receiving import preview
from ethnomed_desktop.app.lists import ListQuestion, list_records
from ethnomed_desktop.app.vault import check
from ethnomed_desktop.domain.errors import NotAllowed
from ethnomed_desktop.domain.ids import uid_text

from .offices import Computer, meet, pass_on


@pytest.fixture
def item(three: list[Computer], tmp_path: Path) -> tuple[bytes, bytes]:
    """A meeting, with one item of its agenda, that everybody has."""
    hub, *laptops = three
    body = list_records(hub.ctx, ListQuestion("organisation", (("is_ours", True),))).rows[0].uid
    said = {"starts": "2026-11-20T10:00", "chair_words": "Ә", "secretary_words": "Б"}
    meeting = records.record(hub.ctx, "meeting", {"organisation": uid_text(body), **said}).value.uid
    own = {"meeting": uid_text(meeting)}
    records.record(hub.ctx, "attendance", {**own, "words": "Мүше", "capacity": "member"})
    made = records.record(hub.ctx, "agenda_item", {**own, "title": "Су", "position": 1}).value.uid
    meet(hub, laptops, tmp_path / "first")
    return meeting, made


def test_what_comes_after_closing_is_kept_and_told(
    three: list[Computer], item: tuple[bytes, bytes], tmp_path: Path
) -> None:
    hub, first, second = three
    meeting, made = item
    records.revise(first.ctx, made, {"title": "Су және жайылым"})
    records.record(first.ctx, "speech", {"agenda_item": uid_text(made), "text": "Сөз", "position": 1})
    number = meetings.finish_meeting(hub.ctx, meeting).value.number
    (told,) = pass_on(hub, second, tmp_path / "a")
    assert told.closed_minutes == (), "closed by this very file"
    (told,) = pass_on(first, hub, tmp_path / "b")
    assert told.closed_minutes == (number,)
    assert records.show(hub.ctx, made).values["title"] == "Су және жайылым"
    with pytest.raises(NotAllowed, match=r"meeting\.numbered"):
        records.revise(hub.ctx, made, {"title": "Су"})
    (told,) = pass_on(hub, second, tmp_path / "c")
    assert told.closed_minutes == (number,)
    assert all(one.sound for one in check(hub.ctx))


def test_other_records_and_open_minutes_are_not_told(
    three: list[Computer], item: tuple[bytes, bytes], tmp_path: Path
) -> None:
    hub, first, _second = three
    meeting, made = item
    records.revise(first.ctx, made, {"title": "Жайылым"})
    (told,) = pass_on(first, hub, tmp_path / "a")
    assert told.closed_minutes == ()
    meetings.finish_meeting(hub.ctx, meeting)
    records.record(first.ctx, "person", {"surname": "Ли"})
    (told,) = pass_on(first, hub, tmp_path / "b")
    assert told.closed_minutes == ()
    files = list((tmp_path / "b").iterdir())
    assert preview(hub.ctx, files[0], "kk").closed_minutes == ()
