"""Comparing versions and the register, from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest


def recorded(cli: Any, *records: dict[str, Any]) -> dict[str, str]:
    """Record a meeting with its parts; return identifiers by label."""
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in records)
    made = cli("record", "add", "any", "--from", "-", stdin=lines).json
    return {one["@"]: new["id"] for one, new in zip(records, made, strict=True) if "@" in one}


@pytest.fixture
def ids(cli: Any) -> dict[str, str]:
    return recorded(
        cli,
        {"kind": "meeting", "@": "m", "starts": "2026-11-20T10:00", "chair_words": "Ә", "secretary_words": "Б"},
        {"kind": "attendance", "meeting": "@m", "words": "Мүше", "capacity": "member", "position": 1},
        {"kind": "agenda_item", "@": "i", "meeting": "@m", "title": "Ағын су", "position": 1},
        {"kind": "decision", "@": "d", "agenda_item": "@i", "position": 1, "text": "Кесте 5 желтоқсанда ілінсін."},
        {"kind": "speech", "agenda_item": "@i", "position": 1, "words": "Тұрғын", "text": "Қолдаймын."},
        {
            **{"kind": "speech", "agenda_item": "@i", "position": 2, "words": "Мүше", "speech_kind": "dissent"},
            **{"text": "Келіспеймін.", "decision": "@d"},
        },
        {
            **{"kind": "speech", "agenda_item": "@i", "position": 3, "words": "Қонақ", "speech_kind": "proposal"},
            **{"text": "Арық тазалансын.", "proposal_outcome": "accepted"},
        },
    )


def corrected(cli: Any, ids: dict[str, str]) -> str:
    assert cli("meeting", "finish", ids["m"]).code == 0
    second = str(cli("meeting", "correct", ids["m"], "--reason", "Күні қате").json["id"])
    decision = cli("record", "list", "decision", "--where", f"corrects={ids['d']}").json["records"][0]["id"]
    cli("record", "edit", decision, "--set", "text=Кесте 15 желтоқсанда ілінсін.")
    return second


def test_versions_are_compared_with_the_one_before(cli: Any, ids: dict[str, str]) -> None:
    second = corrected(cli, ids)
    found = cli("meeting", "compare", second).json
    assert (found["older"]["version"], found["newer"]["version"]) == (1, 2)
    assert found["newer"]["reason"] == "Күні қате"
    (row,) = found["differences"]
    assert row["change"] == "changed"
    assert row["where"] == "Item 1 · Decision 1"
    assert row["after"] == "Кесте 15 желтоқсанда ілінсін."
    text = cli("meeting", "compare", ids["m"], "--with", second, as_json=False).out
    assert "Кесте [-5-] желтоқсанда" in text
    assert "Кесте {+15+} желтоқсанда" in text
    assert len(cli("meeting", "compare", second, "--all").json["differences"]) > 8


def test_what_has_one_version_or_is_another_meeting_is_refused(cli: Any, ids: dict[str, str]) -> None:
    assert cli("meeting", "compare", ids["m"]).code == 1
    other = recorded(cli, {"kind": "meeting", "@": "n", "starts": "2026-11-19T10:00"})["n"]
    refused = cli("meeting", "compare", ids["m"], "--with", other)
    assert refused.code == 1
    assert "meeting.versions_differ" in refused.out + refused.err


def test_the_register_lists_each_once_with_its_minutes(cli: Any, ids: dict[str, str]) -> None:
    found = cli("meeting", "register").json
    assert [(one["kind"], one["who"], one["item"]) for one in found] == [
        ("dissent", "Мүше", 1),
        ("proposal", "Қонақ", 1),
    ]
    assert [one["text"] for one in cli("meeting", "register", "--kind", "dissent").json] == ["Келіспеймін."]
    assert [one["decision"] for one in found] == ["1.1", ""]
    assert "on decision 1.1" in cli("meeting", "register", as_json=False).out
    assert [one["text"] for one in cli("meeting", "register", "--outcome", "accepted").json] == ["Арық тазалансын."]
    assert cli("meeting", "register", "--year", "2025").json == []
    second = corrected(cli, ids)
    assert {one["meeting"] for one in cli("meeting", "register").json} == {ids["m"]}
    assert cli("meeting", "finish", second).code == 0
    again = cli("meeting", "register").json
    assert {one["meeting"] for one in again} == {second}
    assert {one["number"] for one in again} == {"1"}
    assert "Келіспеймін." in cli("meeting", "register", as_json=False).out


def test_a_correction_that_only_changes_the_order_is_not_called_the_same(cli: Any, ids: dict[str, str]) -> None:
    assert cli("meeting", "finish", ids["m"]).code == 0
    second = str(cli("meeting", "correct", ids["m"], "--reason", "Реті қате").json["id"])
    assert cli("meeting", "compare", second).json["differences"] == []
    item = cli("record", "list", "agenda_item", "--where", f"meeting={second}").json["records"][0]["id"]
    said = cli("record", "list", "speech", "--where", f"agenda_item={item}").json["records"]
    last = next(one["id"] for one in said if one["fields"]["text"] == "Арық тазалансын.")
    cli("meeting", "move", last, "--to", "1")
    (found,) = cli("meeting", "compare", second).json["differences"]
    assert (found["where"], found["field"]) == ("Item 1 · Speeches", "Order")
    assert (found["before"], found["after"]) == ("1, 2, 3", "3, 1, 2")
