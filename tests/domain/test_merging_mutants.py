"""The property of `test_merging` is failed by each of these broken rules: otherwise it would prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from ethnomed_desktop.domain import merging
from ethnomed_desktop.domain.changes import WITHDRAWN_KEY, Dot, Line, Op
from ethnomed_desktop.domain.merging import LiveWrite, RecordState
from tests.domain.copies import YEAR_MS, live, random_life, require_agreement

REAL_APPLY = merging.apply_line
REAL_WITHOUT = merging._without


def forget_what_was_replaced_early(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    state.replaced_early.clear()


def newest_write_drops_the_others(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    for key in line.change.values.keys() & state.live.keys():
        state.live[key] = (max(state.live[key], key=LiveWrite.rank),)


def removing_wins(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    for key, value in line.change.values.items():
        if "/" in key and value is None:
            state.live.pop(key, None)


def replaced_values_stay(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, Line(**{**line.__dict__, "change": replace(line.change, saw={})}))


def what_comes_from_the_future_is_refused(state: RecordState, line: Line) -> None:
    if line.stamp < (1_795_000_000_000 + YEAR_MS) << 16:
        REAL_APPLY(state, line)


def what_is_older_is_ignored(state: RecordState, line: Line) -> None:
    newest = max((w.stamp for key in line.change.values for w in state.live.get(key, ())), default=0)
    if line.stamp >= newest or line.change.op is Op.ERASE:
        REAL_APPLY(state, line)


def erasing_is_an_edit_like_others(state: RecordState, line: Line) -> None:
    REAL_APPLY(state, line)
    state.erased = False


def only_the_first_seen_is_replaced(state: RecordState, key: str, dots: Iterable[Dot]) -> tuple[LiveWrite, ...]:
    return REAL_WITHOUT(state, key, tuple(dots)[:1])


def withdrawals_are_not_remembered(state: RecordState, key: str, dots: Iterable[Dot]) -> tuple[LiveWrite, ...]:
    before = set(state.replaced_early)
    writes = REAL_WITHOUT(state, key, dots)
    if key == WITHDRAWN_KEY:
        state.replaced_early = before
    return writes


MUTANTS: list[tuple[str, Callable[..., object]]] = [
    ("apply_line", forget_what_was_replaced_early),
    ("apply_line", newest_write_drops_the_others),
    ("apply_line", removing_wins),
    ("apply_line", replaced_values_stay),
    ("apply_line", what_comes_from_the_future_is_refused),
    ("apply_line", what_is_older_is_ignored),
    ("apply_line", erasing_is_an_edit_like_others),
    ("_without", only_the_first_seen_is_replaced),
    ("_without", withdrawals_are_not_remembered),
]


def require_agreement_of_many() -> None:
    for seed in range(60):
        require_agreement(live(random_life(seed)))


@pytest.mark.parametrize(("name", "broken"), MUTANTS, ids=[broken.__name__ for _, broken in MUTANTS])
def test_the_property_bites(name: str, broken: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, name, broken)
    with pytest.raises(AssertionError):
        require_agreement_of_many()


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("rank", lambda write: (0,)),  # whoever came first is shown
        ("rank", lambda write: (write.dot.seq,)),
    ],
)
def test_the_property_bites_on_what_is_shown(
    what: str, broken: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LiveWrite, what, broken)
    with pytest.raises(AssertionError):
        require_agreement_of_many()


def test_the_lives_that_mutants_fail_are_sound() -> None:
    require_agreement_of_many()
