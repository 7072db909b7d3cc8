"""Conflicts settled by clicks: one side, words of one's own, later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.app import exchange, exchange_receiving, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.ui.exchange.page import CONFLICTS, ExchangePage

from .conftest import Clicks, go, in_lane, incident, me, shown


@pytest.fixture
def contradicted(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> Any:
    """An incident whose severity both changed; the office's file with its change lies on the stick."""
    made = in_lane(desk, incident)
    hub_id = hub.vault.store.office.replica
    for file in in_lane(desk, lambda ctx: exchange.send(ctx, hub_id, stick)).files:
        beside(exchange_receiving.receive, hub, file, "ru")
        file.unlink()
    in_lane(desk, lambda ctx: records.revise(ctx, made.uid, {"what_happened": "Су дауы: біздің жазба"}))
    beside(records.revise, hub, made.uid, {"what_happened": "Су дауы: кеңсенің жазбасы"})
    beside(exchange.send, hub, me(desk), stick)
    go(desk, clicks)
    clicks.on(shown(joined, "receive_look_0"))
    clicks.on(joined.receive.take_button)
    return made


def test_a_conflict_is_settled_by_choosing_one_side(
    desk: Any, joined: ExchangePage, contradicted: Any, clicks: Clicks
) -> None:
    clicks.on(joined.receive.conflicts_button)
    assert joined.tabs.currentIndex() == CONFLICTS
    assert joined.tabs.tabText(CONFLICTS) == "Противоречия: 1"
    clicks.on(joined.conflicts.open_buttons[contradicted.uid])
    (field,) = joined.conflicts.fields
    assert {side.text.text() for side in field.sides} == {"Су дауы: біздің жазба", "Су дауы: кеңсенің жазбасы"}
    theirs = next(side for side in field.sides if not side.side.own)
    clicks.on(theirs.keep_button)
    stored = in_lane(desk, lambda ctx: records.show(ctx, contradicted.uid))
    assert stored.values["what_happened"] == "Су дауы: кеңсенің жазбасы"
    assert not stored.conflicts
    assert joined.conflicts.stack.currentWidget() is joined.conflicts.empty


def test_a_conflict_is_settled_by_words_of_ones_own(
    desk: Any, joined: ExchangePage, contradicted: Any, clicks: Clicks
) -> None:
    clicks.on(joined.receive.conflicts_button)
    clicks.on(joined.conflicts.open_buttons[contradicted.uid])
    (field,) = joined.conflicts.fields
    clicks.on(field.own_button)
    field.own.editor.clear()
    desk.type("Екеуі де", field.own.editor)
    clicks.on(field.own_keep)
    stored = in_lane(desk, lambda ctx: records.show(ctx, contradicted.uid))
    assert stored.values["what_happened"] == "Екеуі де"
    assert not stored.conflicts


def test_deciding_later_keeps_both(desk: Any, joined: ExchangePage, contradicted: Any, clicks: Clicks) -> None:
    clicks.on(joined.receive.conflicts_button)
    clicks.on(joined.conflicts.open_buttons[contradicted.uid])
    clicks.on(joined.conflicts.later_button)
    assert list(joined.conflicts.records) == [contradicted.uid]
    assert joined.conflicts.stack.currentWidget() is joined.conflicts.list_area
