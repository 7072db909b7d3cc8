"""Recording, changing, withdrawing: what is refused, what is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import lists, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, Problems, UsageError, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.seeds import place_uid

Add = Callable[..., Recorded]


def code_of(error: pytest.ExceptionInfo[EthnomedError]) -> str:
    return error.value.code


def test_two_fields_record_an_incident(council: AppContext, add: Add) -> None:
    made = add("incident", settlement="Масанчи", what_happened="Су үшін дау")
    stored = records.show(council, made.uid)
    assert made.number == stored.values["number"] == "2026/1"
    assert stored.values["happened"] == "2026-11-21"
    assert stored.values["state"] == "new"
    assert stored.values["organisation"]


def test_numbers_run_on_per_year(add: Add) -> None:
    numbers = [
        add("incident", settlement="А", what_happened="х", happened=day).number
        for day in ("2025-05-05", "2026-01-01", "2025-12-31", "2026-11-20")
    ]
    assert numbers == ["2025/1", "2026/1", "2025/2", "2026/2"]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"what_happened": "х"}, {"incident.needs_place"}),
        ({"settlement": "А"}, {"field.required"}),
        ({}, {"incident.needs_place", "field.required"}),
        ({"settlement": "А", "what_happened": "х", "happened": "2026-11-22"}, {"incident.future_date"}),
        ({"settlement": "А", "what_happened": "х", "happened": "2026-02-30"}, {"date.impossible"}),
        ({"settlement": "А", "what_happened": "х", "severity": "9"}, {"code.unknown"}),
        ({"settlement": "А", "what_happened": "х", "injured": -1}, {"number.out_of_range"}),
        ({"settlement": "А", "what_happened": "х", "number": "7"}, {"field.read_only"}),
        ({"settlement": "А", "what_happened": "х\x00"}, {"text.broken"}),
        ({"settlement": "А", "what_happened": "\ud800"}, {"text.broken"}),
        ({"settlement": "А", "what_happened": "х" * 100_001}, {"text.too_long"}),
    ],
)
def test_what_cannot_be_recorded_leaves_no_trace(
    council: AppContext, add: Add, values: dict[str, object], codes: set[str]
) -> None:
    with pytest.raises(UserError) as refused:
        add("incident", **values)
    problems = refused.value.problems if isinstance(refused.value, Problems) else (refused.value,)
    assert {one.code for one in problems} == codes
    assert all(one.field for one in problems)
    assert lists.count(council, lists.ListQuestion("incident")) == 0
    assert add("incident", settlement="А", what_happened="х").number == "2026/1"


@pytest.mark.parametrize(
    "text",
    ["О'Нил <b>қатты</b> & «тырнақша»", "🙂 эмодзи", "Ә" * 100_000, "жол\n\nжаңа жол", 'a"b\\c', "e\u0301 é"],
)
def test_text_is_kept_as_it_was_written(council: AppContext, add: Add, text: str) -> None:
    made = add("incident", settlement="А", what_happened=text)
    kept = records.show(council, made.uid).values["what_happened"]
    assert isinstance(kept, str)
    assert kept == text.replace("e\u0301", "é")


def test_direction_marks_are_dropped(council: AppContext, add: Add) -> None:
    made = add("person", surname="\u202eИвагу\u202c")
    assert records.show(council, made.uid).values["surname"] == "Ивагу"


def test_all_or_nothing(council: AppContext) -> None:
    items = [("person", {"surname": "Бірінші"}), ("person", {"surname": ""})]
    with pytest.raises(UserError):
        records.record_many(council, items)
    assert lists.count(council, lists.ListQuestion("person")) == 0


def test_labels_join_records_of_one_call(council: AppContext) -> None:
    made = records.record_many(
        council,
        [
            ("person", {"@": "chair", "surname": "Әбілов"}),
            ("incident", {"place": "kato:314800000", "what_happened": "х", "reported_by": "@chair"}),
        ],
    ).value
    stored = records.show(council, made[1].uid)
    assert stored.values["reported_by"] == uid_text(made[0].uid)
    assert stored.values["place"] == uid_text(place_uid("314800000"))


def test_references_must_be_there_and_of_their_kind(add: Add) -> None:
    person = add("person", surname="Әбілов")
    with pytest.raises(UserError) as refused:
        add("incident", place=uid_text(person.uid), what_happened="х")
    assert code_of(refused) == "reference.wrong_kind"
    with pytest.raises(UserError) as refused:
        add("incident", place="01a20098-9dc5-7a01-a92a-7092e2079855", what_happened="х")
    assert code_of(refused) == "reference.unknown"
    with pytest.raises(UserError) as refused:
        add("incident", place="@nobody", what_happened="х")
    assert code_of(refused) == "reference.unknown_label"


def test_unknown_words_are_wrong_use(add: Add) -> None:
    with pytest.raises(UsageError):
        add("accident", what_happened="х")
    with pytest.raises(UsageError):
        add("incident", colour="red")


def test_a_change_needs_the_revision_that_was_seen(council: AppContext, add: Add) -> None:
    made = add("incident", settlement="А", what_happened="х")
    seen = records.show(council, made.uid).revision
    assert records.revise(council, made.uid, {"severity": "2"}, revision=seen).value
    with pytest.raises(NotAllowed) as refused:
        records.revise(council, made.uid, {"severity": "3"}, revision=seen)
    assert code_of(refused) == "record.changed_meanwhile"
    assert records.show(council, made.uid).values["severity"] == "2"


def test_saving_what_is_there_changes_nothing(council: AppContext, add: Add) -> None:
    made = add("incident", settlement="А", what_happened="х", triggers=["insult"])
    before = records.show(council, made.uid).revision
    done = records.revise(council, made.uid, {"settlement": "А", "triggers": ["insult"]})
    assert not done.value
    assert not done.changes.touched
    assert records.show(council, made.uid).revision == before


def test_a_required_field_cannot_be_emptied(council: AppContext, add: Add) -> None:
    made = add("person", surname="Әбілов", given_name="Қайрат")
    with pytest.raises(UserError):
        records.revise(council, made.uid, {"surname": ""})
    records.revise(council, made.uid, {"given_name": None})
    assert "given_name" not in records.show(council, made.uid).values


def test_trash_and_back_keeps_links(council: AppContext, add: Add) -> None:
    person = add("person", surname="Әбілов")
    incident = add("incident", settlement="А", what_happened="х", reported_by=uid_text(person.uid))
    records.withdraw(council, person.uid, "екі рет енгізілген")
    assert lists.count(council, lists.ListQuestion("person")) == 0
    assert lists.count(council, lists.ListQuestion("person", withdrawn=True)) == 1
    assert records.show(council, incident.uid).values["reported_by"] == uid_text(person.uid)
    with pytest.raises(UserError) as refused:
        records.revise(council, person.uid, {"surname": "Басқа"})
    assert code_of(refused) == "record.withdrawn"
    records.restore(council, person.uid)
    assert records.show(council, person.uid).values["surname"] == "Әбілов"
    with pytest.raises(UserError):
        records.restore(council, person.uid)
    with pytest.raises(UserError) as refused:
        records.withdraw(council, person.uid, "  ")
    assert code_of(refused) == "record.reason_missing"


def test_a_seed_can_be_changed_and_stays_itself(council: AppContext) -> None:
    kordai = place_uid("314800000")
    records.revise(council, kordai, {"note": "Масанчи, Сортөбе"})
    stored = records.show(council, kordai)
    assert stored.values["note"] == "Масанчи, Сортөбе"
    assert stored.values["name_kk"] == "Қордай ауданы"
    assert council.vault.store.rebuild() == {}
