"""History, undo and redo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ethnomed_desktop.app import history, meetings, records, users, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed, UserError
from ethnomed_desktop.domain.ids import uid_text

from .conftest import CHEAP, PASSPHRASE

SECOND = "бес түп алма ағаш тұр"

Add = Callable[..., Recorded]


def test_history_tells_from_and_to(council: AppContext, add: Add) -> None:
    made = add("incident", settlement="А", what_happened="х", triggers=["insult"])
    records.revise(council, made.uid, {"settlement": "Б", "triggers": ["video"]})
    steps = history.history(council, made.uid)
    assert [step.action for step in steps] == ["record", "revise"]
    assert steps[1].user == council.user
    changed = {(one.field, one.before, one.after) for one in steps[1].fields}
    assert changed == {("settlement", "А", "Б"), ("triggers", "insult", None), ("triggers", None, "video")}


def test_undo_gives_back_what_was_there(council: AppContext, add: Add) -> None:
    made = add("incident", settlement="А", what_happened="х", triggers=["insult"], severity="1")
    records.revise(
        council, made.uid, {"settlement": "Б", "triggers": ["video"], "severity": None, "trend": "rising"}
    )
    done = history.undo(council)
    values = records.show(council, made.uid).values
    assert done.value.action == "revise"
    assert (values["settlement"], values["triggers"], values["severity"]) == ("А", ["insult"], "1")
    assert "trend" not in values
    history.redo(council)
    values = records.show(council, made.uid).values
    assert (values["settlement"], values["triggers"], values["trend"]) == ("Б", ["video"], "rising")
    assert "severity" not in values


def test_undoing_a_recording_puts_it_into_the_trash_and_keeps_the_number(council: AppContext, add: Add) -> None:
    made = add("incident", settlement="А", what_happened="х")
    history.undo(council)
    assert records.show(council, made.uid).withdrawn
    assert add("incident", settlement="Б", what_happened="у").number == "2026/2"


def test_undo_walks_back_and_redo_forward(council: AppContext, add: Add) -> None:
    made = add("person", surname="1")
    for surname in ("2", "3", "4"):
        records.revise(council, made.uid, {"surname": surname})

    def surname() -> object:
        return records.show(council, made.uid).values["surname"]

    seen = []
    for _ in range(3):
        history.undo(council)
        seen.append(surname())
    assert seen == ["3", "2", "1"]
    for _ in range(3):
        history.redo(council)
    assert surname() == "4"
    with pytest.raises(UserError):
        history.redo(council)
    history.undo(council)
    assert surname() == "3"


def test_undo_goes_on_after_a_restart_and_takes_back_only_ones_own(council: AppContext, add: Add) -> None:
    root, clock = council.vault.folder.root, council.clock
    users.add_user(council, "Екінші", "secretary", SECOND, label="екінші", params=CHEAP, minimum=CHEAP)
    uid = add("person", surname="Ахметова").uid
    records.revise(council, uid, {"given_name": "Айгүл"})
    vault.close(council)
    other = vault.open_council(root, SECOND, program="command", label="екінші", clock=clock, minimum=CHEAP)
    mine = records.record(other, "person", {"surname": "Басқа"}).value.uid
    assert history.last_undoable(other) is not None
    vault.close(other)
    again = vault.open_council(root, PASSPHRASE, program="command", label="Раушан", clock=clock, minimum=CHEAP)
    history.undo(again)
    assert "given_name" not in records.show(again, uid).values
    assert not records.show(again, mine).withdrawn
    vault.close(again)
    once_more = vault.open_council(root, PASSPHRASE, program="command", label="Раушан", clock=clock, minimum=CHEAP)
    history.redo(once_more)
    assert records.show(once_more, uid).values["given_name"] == "Айгүл"
    history.undo(once_more)
    history.undo(once_more)
    assert records.show(once_more, uid).withdrawn
    assert not records.show(once_more, mine).withdrawn
    vault.close(once_more)


def test_something_new_ends_redo(council: AppContext, add: Add) -> None:
    made = add("person", surname="1")
    records.revise(council, made.uid, {"surname": "2"})
    history.undo(council)
    add("person", surname="басқа")
    assert history.last_redoable(council) is None


def test_undo_is_refused_when_somebody_went_on(council: AppContext, add: Add) -> None:
    made = add("person", surname="1")
    first = history.last_undoable(council)
    records.revise(council, made.uid, {"surname": "2"})
    assert first is not None
    with pytest.raises(NotAllowed) as refused:
        history.undo(council, first.transaction)
    assert refused.value.code == "undo.overtaken"
    assert records.show(council, made.uid).values["surname"] == "2"


def test_numbering_is_never_undone(council: AppContext, add: Add) -> None:
    person = uid_text(add("person", surname="Төраға").uid)
    meeting = add("meeting", starts="2026-11-20T10:00", chair=person, secretary=person)
    add("attendance", meeting=uid_text(meeting.uid), person=person, capacity="member")
    add("agenda_item", meeting=uid_text(meeting.uid), position=1, title="Су")
    meetings.finish_meeting(council, meeting.uid)
    assert history.last_undoable(council) is None
    with pytest.raises(EthnomedError):
        history.undo(council)


def test_nothing_to_undo_in_a_new_council(council: AppContext) -> None:
    assert history.last_undoable(council) is None
    with pytest.raises(EthnomedError):
        history.undo(council)


ACTIONS = st.lists(st.sampled_from(["edit", "tag", "withdraw", "restore", "undo", "redo"]), max_size=25)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_undo_of_everything_returns_to_the_start(council: AppContext, actions: list[str]) -> None:
    """Whatever was done and undone in between: taking all of it back gives the first state."""
    made = records.record(council, "person", {"surname": "0", "tags": ["бір"]}).value

    def state() -> tuple[object, ...]:
        stored = records.show(council, made.uid)
        return stored.withdrawn, stored.values.get("surname"), stored.values.get("tags")

    start = state()
    for number, action in enumerate(actions):
        try:
            _do(council, made.uid, action, number)
        except EthnomedError:
            continue
    while (last := history.last_undoable(council)) is not None and last.action != "record":
        history.undo(council)
    assert state() == start
    assert council.vault.store.rebuild() == {}


def _do(council: AppContext, uid: bytes, action: str, number: int) -> None:
    if action == "edit":
        records.revise(council, uid, {"surname": str(number + 1)})
    elif action == "tag":
        records.revise(council, uid, {"tags": ["бір", f"т{number % 3}"] if number % 2 else []})
    elif action == "withdraw":
        records.withdraw(council, uid, "себеп")
    elif action == "restore":
        records.restore(council, uid)
    elif action == "undo":
        last = history.last_undoable(council)
        if last is not None and last.action != "record":
            history.undo(council)
    elif history.last_redoable(council) is not None:
        history.redo(council)
