"""Somebody puts a record into the trash while somebody else goes on writing: nothing goes silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop.app import records
from ethnomed_desktop.domain.ids import uid_text

from .offices import Computer, meet, pass_on


@pytest.fixture
def incident(three: list[Computer], tmp_path: Path) -> bytes:
    """An incident that everybody has."""
    hub, *laptops = three
    made = records.record(hub.ctx, "incident", {"settlement": "Ауыл", "what_happened": "Су дауы"}).value.uid
    meet(hub, laptops, tmp_path / "first")
    return made


def test_an_edit_that_did_not_see_the_trash_keeps_the_record_and_is_told(
    three: list[Computer], incident: bytes, tmp_path: Path
) -> None:
    hub, first, second = three
    records.withdraw(hub.ctx, incident, "екі рет жазылған")
    records.revise(first.ctx, incident, {"what_happened": "Су дауы, екі ауыл"})
    (told,) = pass_on(hub, second, tmp_path / "a")
    assert (told.withdrawn, told.revived) == (1, 0)
    (told,) = pass_on(first, hub, tmp_path / "b")
    assert (told.withdrawn, told.revived) == (0, 1)
    assert not records.show(hub.ctx, incident).withdrawn
    (told,) = pass_on(hub, first, tmp_path / "c")
    assert told.revived == 1, "who went on writing hears it too"
    (told,) = pass_on(hub, second, tmp_path / "d")
    assert told.revived == 1
    records.revise(second.ctx, incident, {"settlement": "Қорғас"})
    (told,) = pass_on(second, hub, tmp_path / "e")
    assert told.revived == 0, "told once"


def test_a_part_of_what_lies_in_the_trash_is_told(three: list[Computer], incident: bytes, tmp_path: Path) -> None:
    hub, first, second = three
    part = {"incident": uid_text(incident), "side": "A", "group_words": "Малшылар"}
    records.record(first.ctx, "incident_party", part)
    (told,) = pass_on(first, hub, tmp_path / "a")
    assert told.under_trash == 0
    records.withdraw(hub.ctx, incident, "екі рет жазылған")
    records.record(first.ctx, "incident_party", part)
    (told,) = pass_on(first, hub, tmp_path / "b")
    assert told.under_trash == 1
    assert records.show(hub.ctx, incident).withdrawn
    (told,) = pass_on(hub, second, tmp_path / "c")
    assert (told.withdrawn, told.under_trash) == (1, 0), "in the trash by this very file"
