"""The tables say what the log says: over random lives, on both engines, against a plain oracle."""

from __future__ import annotations

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from ethnomed_desktop.domain.changes import Op
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.store.queries.lists import Question
from ethnomed_desktop.store.store import Store
from tests.domain.test_changes import lines_of_a_bad_program
from tests.store.conftest import MakeStore
from tests.store.hands import Hand
from tests.store.lives import FUTURE_FIELD, Foreign, Life, require_truth, run

PERSON = KINDS["person"]


@pytest.mark.parametrize("seed", range(20))
def test_lives_on_a_laptop(seed: int, new_sqlcipher: MakeStore) -> None:
    run(new_sqlcipher(), seed, 50)  # 1,000 steps


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(100, 104))
def test_lives_on_a_server(seed: int, new_postgresql: MakeStore, new_sqlcipher: MakeStore) -> None:
    """Both engines show the same lists after the same life."""
    server, laptop = new_postgresql(), new_sqlcipher()
    for store in (server, laptop):
        run(store, seed, 50, rebuild_every=25)  # 200 steps
    assert all_lists(server) == all_lists(laptop)


def all_lists(store: Store) -> dict[str, list[bytes]]:
    """Return every list of every kind: newest first, by each sortable field up and down, the trash too."""
    hand = Hand(store)
    return {
        f"{kind.name} {sort} {withdrawn}": hand.listed(Question(kind, sort=sort, withdrawn=withdrawn))
        for kind in KINDS.values()
        for withdrawn in (False, True)
        for sort in ("", *(f"{sign}{one.name}" for one in kind.all_fields if one.sortable for sign in ("", "-")))
    }


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_long_lives_on_a_laptop(seed: int, new_sqlcipher: MakeStore) -> None:
    run(new_sqlcipher(), seed, 100)  # 10,000 steps


@pytest.mark.soak
@pytest.mark.postgres
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(2000, 2020))
def test_long_lives_on_a_server(seed: int, new_postgresql: MakeStore) -> None:
    run(new_postgresql(), seed, 100, rebuild_every=25)  # 2,000 steps


def break_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the dots replaced before they arrived."""
    monkeypatch.setattr("ethnomed_desktop.store.projector.early_text", lambda state: None)


def break_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add each record to the digest without taking its old share out."""
    monkeypatch.setattr("ethnomed_desktop.store.projector._number", lambda hashed: 1 if hashed else 0)


def break_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the old elements of sets where they are."""
    real = "ethnomed_desktop.store.projector.delete_many"
    from ethnomed_desktop.store.statements import delete_many

    monkeypatch.setattr(real, lambda c, table, *rest: None if table == "element" else delete_many(c, table, *rest))


@pytest.mark.parametrize("broken", [break_order, break_digest, break_elements])
def test_the_property_bites(broken: object, new_sqlcipher: MakeStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(broken)
    broken(monkeypatch)
    with pytest.raises((AssertionError, IntegrityError)):
        many_lives(new_sqlcipher)


def many_lives(make: MakeStore) -> None:
    for seed in range(6):
        run(make(), seed, 50)


# --- one by one ---


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store, 1)


def test_a_record_referred_to_before_it_comes(store: Store, life: Life) -> None:
    other = life.others[0]
    person, incident = life._fresh_uid(), life._fresh_uid()
    other.write(person, PERSON.number, Op.CREATE, {"1": "Ахметова"}, 1)
    life.hand.record("incident", {"reported_by": person.hex(), "happened": "2026-11-20"}, incident)
    assert life.hand.show(person) is None
    life.deliver(1.0)
    stored, shown = life.hand.show(person), life.hand.show(incident)
    assert stored is not None
    assert shown is not None
    assert stored.values == {"surname": "Ахметова"}
    assert shown.values["reported_by"].replace("-", "") == person.hex()  # type: ignore[union-attr]


def test_a_stub_becomes_what_the_record_really_is(store: Store, life: Life) -> None:
    """A wrong reference (a person where a body is meant) does not make two copies differ."""
    other = life.others[0]
    body = life._fresh_uid()
    life.hand.record("incident", {"reported_by": body.hex(), "happened": "2026-11-20"})
    other.write(body, KINDS["organisation"].number, Op.CREATE, {"3": "Кеңес"}, 1)
    life.deliver(1.0)
    stored = life.hand.show(body)
    assert stored is not None
    assert (stored.kind.name, stored.values) == ("organisation", {"name_kk": "Кеңес"})
    require_truth(store)
    assert store.rebuild() == {}


def test_an_erased_record_stays_erased(store: Store, life: Life) -> None:
    other = life.others[0]
    uid = life.hand.record("person", {"surname": "Erasable", "phones": ["+77011234567"]})
    life.others = [other]
    life.meet()
    other.write(uid, PERSON.number, Op.ERASE, {}, 5)
    life.deliver(1.0)
    life.others.append(late := Foreign(3, other.office, 0))
    late.write(uid, PERSON.number, Op.WRITE, {"2": "Late"}, 9)
    life.deliver(1.0)
    assert life.hand.show(uid) is None
    require_truth(store)
    assert store.rebuild() == {}


def test_values_of_a_newer_program_are_kept_beside_the_row(store: Store, life: Life) -> None:
    other = life.others[0]
    uid = life._fresh_uid()
    values = {"1": 7, str(FUTURE_FIELD): "later", "5": 2**70, f"{FUTURE_FIELD + 1}/x": True, "2": "Айгүл"}
    other.write(uid, PERSON.number, Op.CREATE, values, 1)
    life.deliver(1.0)
    stored = life.hand.show(uid)
    assert stored is not None
    assert stored.values == {"given_name": "Айгүл"}
    assert stored.unknown == {key: value for key, value in values.items() if key != "2"}
    assert store.rebuild() == {}


def test_what_was_edited_last_shows_when_lines_come_late(store: Store, life: Life) -> None:
    uid = life.hand.record("person", {"surname": "Ахметова"})
    life.others = [life.others[1]]  # a clock fifty years behind
    life.meet()
    life.others[0].write(uid, PERSON.number, Op.WRITE, {"2": "Айгүл"}, 1)
    before = life.hand.show(uid)
    life.deliver(1.0)
    after = life.hand.show(uid)
    assert before is not None
    assert after is not None
    assert after.changed_ms == before.changed_ms
    assert after.revision != before.revision


def test_one_batch_gives_what_single_lines_give(new_sqlcipher: MakeStore) -> None:
    stores = [new_sqlcipher(), new_sqlcipher()]
    maker = Life(stores[0], 5)
    for _ in range(25):
        maker.abroad()
    for other in maker.others:
        for line in other.outgoing:
            maker.arrive(other, [line])
        copy = Life(stores[1], 5)
        copy.arrive(other, other.outgoing)
    digests = [sorted(one.digest for one in require_truth(store).values()) for store in stores]
    assert digests[0] == digests[1]


def test_lines_of_a_bad_program_do_no_harm(store: Store, life: Life) -> None:
    """Whatever reads as a line can be projected, and found again by a rebuild."""
    other = life.others[0]
    uid = life.hand.record("place", {"place_kind": "village", "name_kk": "Ауыл", "lat": 43.2})
    values = {"1": "61", "2": uid_text(uid), "10": 2.5, "901/ән": True, "12": "2026-11-21", "900": None}
    other.write(uid, KINDS["place"].number, Op.WRITE, values, 1)
    good = other.outgoing.pop().raw
    lines = lines_of_a_bad_program(good, 3000)
    assert len(lines) > 300
    for start in range(0, len(lines), 50):
        life.arrive(other, lines[start : start + 50])
    assert store.rebuild() == {}
