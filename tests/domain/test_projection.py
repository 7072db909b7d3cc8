"""What goes up of a record, whatever it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethnomed_desktop.domain import codes
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.projection import CHANGED, FEW, Reason, Source, Tier, project, pseudonym
from ethnomed_desktop.domain.registry import Field, Level

CEILING = Level.OFFICE
KEY = bytes(range(32))
VILLAGE, DISTRICT = uid_text(bytes(15) + b"\1"), uid_text(bytes(15) + b"\2")
SECRET = "Құпия"
RANGE = "2026-01-05/2026-03-01"
FREE = {"text", "long_text", "tags", "phone", "phones", "iin"}
ALLOWED_TEXTS = {"number", "phones", "code"}
WRITTEN_FOR_ABOVE = {
    "incident": {"summary_for_region"},
    "recommendation": {"subject", "text"},
    "request_answer": {"text"},
}
UPWARD = sorted(name for name, kind in KINDS.items() if kind.goes_up is not None)


def value_for(field: Field) -> st.SearchStrategy[Value]:
    """Return values of a field as its type keeps them; every free text holds the secret."""
    name = field.type.name
    if name in {"code", "codes"}:
        known = sorted(codes.CODE_LISTS[field.type.list_name].by_code)  # type: ignore[attr-defined]
        one = st.sampled_from(known)
        return one if name == "code" else st.lists(one, unique=True)
    uids = st.binary(min_size=16, max_size=16).map(uid_text)
    return {
        "ref": uids | st.just(VILLAGE),
        "any_ref": uids,
        "refs": st.lists(uids, max_size=3),
        "day": st.dates().map(lambda day: day.isoformat()),
        "when": st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2026", "2026-11~", RANGE]),
        "moment": st.just("2026-11-20T10:00+05:00"),
        "time": st.just("10:00"),
        "whole": st.integers(0, 20),
        "real": st.floats(-80, 80),
        "flag": st.booleans(),
        "tags": st.just([SECRET]),
        "phones": st.just([SECRET]),
    }.get(name, st.just(SECRET))


@st.composite
def sources(draw: st.DrawFn) -> Source:
    kind = KINDS[draw(st.sampled_from(UPWARD))]
    values = {
        field.name: draw(value_for(field))
        for field in kind.all_fields
        if draw(st.booleans()) or field.name == "is_ours"
    }
    return Source(
        draw(st.binary(min_size=16, max_size=16)),
        kind,
        values,
        draw(st.booleans()),
        draw(st.sampled_from(list(Tier))),
        KEY,
        lambda place: DISTRICT if place == VILLAGE else None,
        approved=frozenset(draw(st.sets(st.sampled_from(sorted(kind.approvals)))))
        if kind.approvals
        else frozenset(),
        from_below=draw(st.booleans()),
    )


@given(sources())
def test_nothing_above_the_ceiling_and_no_free_text_leaves(source: Source) -> None:
    made = project(source, CEILING)
    if made is None:
        return
    assert not source.withdrawn
    for name, value in made.values.items():
        field = source.kind.field(name)
        assert field.level <= CEILING
        approved = WRITTEN_FOR_ABOVE.get(source.kind.name, set())
        assert field.type.name not in FREE or field.level == Level.AGGREGATE or name in ALLOWED_TEXTS | approved
        if name in approved:
            assert name in source.approved
            assert source.values.get(source.kind.approvals[name])
        if field.type.name in {"ref", "refs"} and name != "request":  # a request is the office's above
            assert value in (DISTRICT,) or source.values[name] != value
    for name, value in source.values.items():
        left = value in (None, [])
        assert left or name in made.values or name in made.reasons, f"{name} is neither sent nor explained"
    assert set(made.left_out).isdisjoint(made.values)
    assert made.uid == pseudonym(KEY, source.uid) != source.uid
    if "summary_for_region" in made.values:
        assert source.tier is Tier.REGION
    for name in ("people_involved", "injured", "dead", "displaced"):
        assert not 0 < int(made.values.get(name) or 0) < FEW  # type: ignore[arg-type]


@given(sources())
def test_projecting_again_gives_the_same_and_what_left_is_coarse_enough(source: Source) -> None:
    made = project(source, CEILING)
    assert made == project(source, CEILING)
    if made is None or source.kind.name != "incident":
        return
    above = project(replace(source, uid=made.uid, values=made.values, district_of=lambda place: place), CEILING)
    assert above is not None
    assert above.values.get("happened") == made.values.get("happened"), "a month stays that month"
    assert above.values.get("place") == made.values.get("place")


@pytest.mark.parametrize(
    ("severity", "day", "left"),
    [
        ("2", "2026-11-17", "2026-11"),
        ("3", "2026-11-17", "2026-11-17"),
        (None, "2026-11-17", "2026-11"),
        ("0", "2026", "2026"),
        ("0", "2026-11-17~", "2026-11~"),
        ("0", "2026-10-30/2026-11-02", "2026-10/2026-11"),
    ],
)
def test_a_minor_incident_has_no_day(severity: str | None, day: str, left: str) -> None:
    values: dict[str, Value] = {"happened": day, "severity": severity}
    made = project(Source(bytes(16), KINDS["incident"], values, key=KEY), CEILING)
    assert made is not None
    assert made.values["happened"] == left


def test_kinds_that_do_not_say_so_stay() -> None:
    for name in ("person", "membership", "user", "task", "number_series", "attendance", "speech"):
        assert project(Source(bytes(16), KINDS[name], {"surname": SECRET}, key=KEY), CEILING) is None


def test_a_party_has_one_code_and_another_key_gives_another() -> None:
    party = Source(bytes(16), KINDS["incident_party"], {"side": "A", "person": VILLAGE}, key=KEY)
    codes_of = [
        project(one, CEILING).values["code"]  # type: ignore[union-attr]
        for one in (party, replace(party, uid=b"\1" * 16), replace(party, key=b"x" * 32))
    ]
    assert codes_of[0] == codes_of[1] != codes_of[2]


def test_changed_reasons_are_for_values_that_leave() -> None:
    assert Reason.LEVEL not in CHANGED
    values: dict[str, Value] = {"happened": "2026-11-17", "place": VILLAGE, "settlement": SECRET, "injured": 2}
    made = project(
        Source(bytes(16), KINDS["incident"], values, key=KEY, district_of=lambda place: DISTRICT), CEILING
    )
    assert made is not None
    assert made.reasons == {
        "happened": Reason.AS_MONTH,
        "place": Reason.AS_DISTRICT,
        "settlement": Reason.LEVEL,
        "injured": Reason.FEW_PEOPLE,
    }
