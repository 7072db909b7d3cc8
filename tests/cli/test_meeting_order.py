"""The order of items, speeches and decisions, from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture
def ids(cli: Any) -> dict[str, str]:
    records: list[dict[str, Any]] = [
        {"kind": "meeting", "@": "m", "starts": "2026-11-20T10:00", "chair_words": "Ә", "secretary_words": "Б"},
        {"kind": "attendance", "@": "a", "meeting": "@m", "words": "Мүше", "capacity": "member"},
        {"kind": "agenda_item", "@": "i", "meeting": "@m", "title": "Ағын су", "position": 1},
        {"kind": "agenda_item", "@": "j", "meeting": "@m", "title": "Мектеп", "position": 2},
        {"kind": "decision", "@": "d1", "agenda_item": "@i", "position": 1, "text": "Кесте ілінсін."},
        {"kind": "decision", "@": "d2", "agenda_item": "@i", "position": 2, "text": "Арық тазалансын."},
        {"kind": "speech", "@": "s1", "agenda_item": "@i", "words": "Тұрғын", "text": "Бірінші."},
        {"kind": "speech", "@": "s2", "agenda_item": "@i", "words": "Мүше", "text": "Екінші."},
        {"kind": "speech", "@": "s3", "agenda_item": "@i", "words": "Қонақ", "text": "Үшінші."},
    ]
    made = cli("record", "add", "any", "--from", "-", stdin="\n".join(json.dumps(one) for one in records)).json
    return {str(one["@"]): str(new["id"]) for one, new in zip(records, made, strict=True)}


def places(cli: Any, *names: str) -> list[int]:
    return [cli("record", "show", name).json["fields"]["position"] for name in names]


def test_what_was_said_and_decided_is_put_in_order_and_back(cli: Any, ids: dict[str, str]) -> None:
    moved = cli("meeting", "move", ids["s3"], "--to", "1").json
    assert (moved["meeting"], moved["position"]) == (ids["m"], 1)
    assert places(cli, ids["s3"], ids["s1"], ids["s2"]) == [1, 2, 3]
    cli("meeting", "move", ids["d1"], "--to", "2")
    assert places(cli, ids["d2"], ids["d1"]) == [1, 2]
    cli("meeting", "move", ids["j"], "--to", "1")
    assert places(cli, ids["j"], ids["i"]) == [1, 2]
    assert cli("undo").code == 0
    assert places(cli, ids["i"], ids["j"]) == [1, 2]


def test_what_cannot_be_moved_is_said_and_nothing_moves(cli: Any, ids: dict[str, str]) -> None:
    assert cli("meeting", "move", ids["s1"], "--to", "4").json["error"] == "meeting.no_such_place"
    assert cli("meeting", "move", ids["a"], "--to", "1").json["error"] == "meeting.not_movable"
    assert cli("meeting", "move", ids["s1"], "--to", "0").json["error"] == "usage.wrong_value"
    assert cli("meeting", "finish", ids["m"]).code == 0
    assert cli("meeting", "move", ids["d2"], "--to", "1").json["error"] == "meeting.numbered"
    assert places(cli, ids["d1"], ids["d2"]) == [1, 2]


def test_what_earlier_meetings_left_open_is_listed(cli: Any, ids: dict[str, str]) -> None:
    assert cli("meeting", "left-open").json == [
        {"id": ids["j"], "title": "Мектеп", "held": "2026-11-20", "why": "not_discussed"}
    ]
    assert "not discussed yet" in cli("meeting", "left-open", as_json=False).out
    cli("record", "edit", ids["j"], "--set", "heard=Айтылды.")
    assert cli("meeting", "left-open").json == []
