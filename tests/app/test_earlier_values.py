"""An earlier value comes back as a new change: of one field, of a set, never of what is sealed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ethnomed_desktop.app import earlier_values, records
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.history import history, last_undoable, undo
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UserError

Add = Callable[..., Recorded]


def test_a_field_gets_what_stood_before_and_later_fields_stay(council: AppContext, add: Add) -> None:
    one = add("person", surname="Әлиева", given_name="Мәрзия")
    records.revise(council, one.uid, {"surname": "Алиева"})
    wrong = history(council, one.uid)[-1].transaction
    records.revise(council, one.uid, {"workplace": "Мектеп"})
    assert earlier_values.put_back(council, one.uid, wrong, "surname").value
    now = records.show(council, one.uid).values
    assert (now["surname"], now["workplace"]) == ("Әлиева", "Мектеп")
    assert len(history(council, one.uid)) == 4
    assert not earlier_values.put_back(council, one.uid, wrong, "surname").value


def test_it_is_undone_like_any_change(council: AppContext, add: Add) -> None:
    one = add("person", surname="Әлиева")
    records.revise(council, one.uid, {"surname": "Алиева"})
    earlier_values.put_back(council, one.uid, history(council, one.uid)[-1].transaction, "surname")
    assert last_undoable(council) is not None
    undo(council)
    assert records.show(council, one.uid).values["surname"] == "Алиева"


def test_an_empty_field_is_emptied_again(council: AppContext, add: Add) -> None:
    one = add("person", surname="Әлиева")
    records.revise(council, one.uid, {"workplace": "Мектеп"})
    earlier_values.put_back(council, one.uid, history(council, one.uid)[-1].transaction, "workplace")
    assert "workplace" not in records.show(council, one.uid).values


def test_elements_of_a_set_come_back_and_go(council: AppContext, add: Add) -> None:
    one = add("person", surname="Әлиева", phones=["+77010001122"])
    records.revise(council, one.uid, {"phones": ["+77020003344"]})
    swapped = history(council, one.uid)[-1].transaction
    records.revise(council, one.uid, {"phones": ["+77020003344", "+77050005566"]})
    earlier_values.put_back(council, one.uid, swapped, "phones")
    assert records.show(council, one.uid).values["phones"] == ["+7 701 000 11 22", "+7 705 000 55 66"]


@pytest.mark.parametrize("field", ["given_name", "_withdrawn", "nothing"])
def test_what_the_change_did_not_touch_is_refused(council: AppContext, add: Add, field: str) -> None:
    one = add("person", surname="Әлиева")
    with pytest.raises(UserError, match=r"history\.no_such_step"):
        earlier_values.put_back(council, one.uid, history(council, one.uid)[0].transaction, field)
    with pytest.raises(UserError, match=r"history\.no_such_step"):
        earlier_values.put_back(council, one.uid, bytes(16), "surname")


def test_what_lies_in_the_trash_stays_as_it_is(council: AppContext, add: Add) -> None:
    one = add("meeting", starts="2026-11-20T10:00", heading="Су")
    records.revise(council, one.uid, {"heading": "Ағын су"})
    change = history(council, one.uid)[-1].transaction
    records.withdraw(council, one.uid, "Қате")
    with pytest.raises(UserError, match=r"record\.withdrawn"):
        earlier_values.put_back(council, one.uid, change, "heading")
