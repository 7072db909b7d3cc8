"""Each body of a joint sitting has its own quorum."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.joint_sittings import counts_each, quorums, reached, seats_of

ELDERS, MOTHERS = "e", "m"
MEETING: dict[str, Value] = {
    "organisation": ELDERS,
    "other_organisation": MOTHERS,
    "quorum_rule": "half",
    "entitled": 12,
    "other_quorum_rule": "two_thirds",
    "other_entitled": 6,
}


def row(*bodies: str, person: str = "", came: bool = True) -> dict[str, Value]:
    values: dict[str, Value] = {"capacity": "member" if came else "absent"}
    if bodies:
        values["bodies"] = list(bodies)
    if person:
        values["person"] = person
    return values


def test_each_body_is_counted_with_its_own_members_number_and_rule() -> None:
    rows = [*(row(ELDERS) for _one in range(7)), *(row(MOTHERS) for _one in range(3)), row(MOTHERS, came=False)]
    first, second = quorums(MEETING, rows)
    assert (first.body, first.entitled, first.quorum.needed, first.quorum.present) == (ELDERS, 12, 7, 7)
    assert (second.body, second.entitled, second.quorum.needed, second.quorum.present) == (MOTHERS, 6, 4, 3)
    assert (first.quorum.reached, second.quorum.reached, reached((first, second))) == (True, False, False)


def test_who_serves_in_both_counts_in_each() -> None:
    rows = [*(row(ELDERS) for _one in range(6)), *(row(MOTHERS) for _one in range(3)), row(ELDERS, MOTHERS)]
    assert [one.quorum.present for one in quorums(MEETING, rows)] == [7, 4]
    assert reached(quorums(MEETING, rows)) is True


def test_a_recusal_is_taken_from_the_bodies_of_that_person() -> None:
    rows = [*(row(ELDERS) for _one in range(7)), *(row(MOTHERS) for _one in range(3)), row(MOTHERS, person="p")]
    assert [one.quorum.present for one in quorums(MEETING, rows, {"p"})] == [7, 3]


def test_the_second_body_has_the_rule_of_the_first_where_it_states_none() -> None:
    without = {name: value for name, value in MEETING.items() if name != "other_quorum_rule"}
    assert quorums(without, [row(ELDERS), row(MOTHERS)])[1].quorum.needed == 4


def test_a_body_without_a_number_of_members_counts_no_quorum() -> None:
    without = {name: value for name, value in MEETING.items() if name != "other_entitled"}
    found = quorums(without, [*(row(ELDERS) for _one in range(7)), row(MOTHERS)])
    assert found[1].quorum.reached is None
    assert reached(found) is None, "nobody can say that both have one"
    assert reached(quorums({**without, "other_quorum_rule": "none"}, [row(ELDERS)] * 7 + [row(MOTHERS)])) is True


def test_a_sitting_that_names_no_bodies_is_counted_in_common_as_ever() -> None:
    rows = [row() for _one in range(7)]
    assert not counts_each(MEETING, rows)
    (common,) = quorums(MEETING, rows)
    assert (common.body, common.quorum.present, common.quorum.reached) == ("", 7, True)


def test_whoever_names_neither_body_sits_for_the_first() -> None:
    assert seats_of(MEETING, row("another")) == (0,)
    assert seats_of(MEETING, row(ELDERS, MOTHERS)) == (0, 1)
    assert [one.quorum.present for one in quorums(MEETING, [row(), row(MOTHERS)])] == [1, 1]


def test_the_same_body_twice_is_no_joint_sitting() -> None:
    assert not counts_each({**MEETING, "other_organisation": ELDERS}, [row(ELDERS)])
