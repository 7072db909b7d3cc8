"""What goes up a tier, on real stores and by real files; and what never does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange, lists, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import receive
from ethnomed_desktop.app.exchange_upward import copies, own_names_above
from ethnomed_desktop.app.summary_approval import approve_again, stale
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.projection import Tier
from ethnomed_desktop.domain.seeds import place_uid
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store import outgoing
from ethnomed_desktop.store.queries.records import StoredRecord, records_by

from .tiers import Tiers, council, join, tiers

INCIDENT = {
    "happened": "2026-11-17",
    "place": "kato:314800000",
    "settlement": "Масанчи",
    "what_happened": "Су бөлісу кезінде екі көрші ұрысып қалды",
    "severity": "1",
    "origin_type": "09",
    "triggers": ["insult"],
    "people_involved": 3,
    "injured": 0,
}


@pytest.fixture
def offices(tmp_path: Path, clock: FixedClock) -> Iterator[Tiers]:
    with tiers(tmp_path, clock) as made:
        yield made


def incidents(ctx: AppContext) -> list[StoredRecord]:
    return list(lists.list_records(ctx, lists.ListQuestion("incident")).rows)


def require_sound(*councils: AppContext) -> None:
    for one in councils:
        assert all(finding.sound for finding in vault.check(one))
        assert one.vault.store.rebuild() == {}


def test_a_district_sends_up_a_coarse_copy(offices: Tiers) -> None:
    village = records.record(
        offices.laptop, "place", {"name_kk": "Масанчи", "place_kind": "village", "parent": "kato:314800000"}
    ).value
    made = records.record(offices.laptop, "incident", {**INCIDENT, "place": uid_text(village.uid)}).value
    offices.up()
    (seen,) = incidents(offices.region)
    assert seen.values["happened"] == "2026-11"
    assert seen.values["place"] == uid_text(place_uid("314800000"))
    assert seen.values["number"] == made.number
    assert seen.values["triggers"] == ["insult"]
    assert seen.values["injured"] == 0
    assert not {"people_involved", "settlement", "what_happened", "retention_until"} & set(seen.values)
    assert seen.uid != made.uid
    (above,) = incidents(offices.republic)
    assert above.values["origin_type"] == "09"
    assert above.uid not in {seen.uid, made.uid}
    assert [one.uid for one in incidents(offices.district)] == [made.uid], "the copy is not shown where it is made"
    require_sound(offices.laptop, offices.district, offices.region, offices.republic)


def test_a_copy_follows_its_source_and_nothing_is_sent_twice(offices: Tiers) -> None:
    made = records.record(offices.district, "incident", INCIDENT).value
    offices.up()
    offices.pass_on(offices.region, offices.district)  # what the region has
    assert exchange.send(offices.district, offices.region.vault.store.office.replica, offices.stick).lines == 0
    records.revise(offices.district, made.uid, {"severity": "3", "triggers": ["video"], "origin_type": None})
    offices.up()
    (seen,) = incidents(offices.region)
    assert (seen.values["severity"], seen.values["triggers"]) == ("3", ["video"])
    assert "origin_type" not in seen.values
    assert seen.values["happened"] == "2026-11-17", "a region needs the day of what is severe"
    records.revise(offices.district, made.uid, {"what_happened": "Тек мәтін өзгерді"})
    before = exchange.state_digest(offices.region)
    offices.up()
    assert exchange.state_digest(offices.region) == before, "what stays here makes nobody else's copy differ"
    records.withdraw(offices.district, made.uid, "Әлиевтің өтініші бойынша")
    offices.up()
    assert incidents(offices.region) == incidents(offices.republic) == []
    records.restore(offices.district, made.uid)
    offices.up()
    assert [one.values["severity"] for one in incidents(offices.republic)] == ["3"]
    require_sound(offices.district, offices.region, offices.republic)


def test_a_party_is_the_same_code_everywhere_and_nobodys_name(offices: Tiers) -> None:
    person = records.record(offices.district, "person", {"surname": "Құпияұлы"}).value
    for _ in range(2):
        incident = records.record(offices.district, "incident", INCIDENT).value
        party = {"incident": uid_text(incident.uid), "side": "A", "person": uid_text(person.uid), "role": "akim"}
        records.record(offices.district, "incident_party", party)
    offices.up()
    seen = list(lists.list_records(offices.region, lists.ListQuestion("incident_party")).rows)
    assert len(seen) == 2
    assert len({one.values["code"] for one in seen}) == 1
    assert {one.values["incident"] for one in seen} == {uid_text(one.uid) for one in incidents(offices.region)}
    assert all(set(one.values) == {"incident", "side", "code"} for one in seen)
    (below, above) = (
        {one.values["code"] for one in lists.list_records(ctx, lists.ListQuestion("incident_party")).rows}
        for ctx in (offices.region, offices.republic)
    )
    assert not below & above
    records.withdraw(offices.district, incident.uid, "қате")
    offices.up()
    assert len(list(lists.list_records(offices.region, lists.ListQuestion("incident_party")).rows)) == 1


def test_only_an_approved_summary_goes_up_and_only_to_the_region(offices: Tiers) -> None:
    chair = uid_text(records.record(offices.district, "person", {"surname": "Төраға"}).value.uid)
    made = records.record(offices.district, "incident", {**INCIDENT, "summary_for_region": "Су дауы шешілді"}).value

    def seen() -> object:
        offices.up()
        return incidents(offices.region)[0].values.get("summary_for_region")

    assert seen() is None
    records.revise(offices.district, made.uid, {"summary_approved_by": chair})
    assert seen() == "Су дауы шешілді"
    assert "summary_for_region" not in incidents(offices.republic)[0].values
    offices.clock.advance(60_000)
    records.revise(offices.district, made.uid, {"summary_for_region": "Басқа мәтін"})
    to = offices.region.vault.store.office.replica
    assert next(one.stale_summaries for one in exchange.partners(offices.district) if one.replica == to) == 1
    assert seen() is None, "changed after it was approved: nothing stale stands above"
    (told,) = stale(offices.district, Catalog.load("ru"))
    assert (told.uid, told.text, told.approved_by) == (made.uid, "Басқа мәтін", "Төраға")
    approve_again(offices.district, made.uid)
    assert seen() == "Басқа мәтін"
    assert stale(offices.district, Catalog.load("ru")) == []
    assert next(one.stale_summaries for one in exchange.partners(offices.district) if one.replica == to) == 0
    with pytest.raises(UserError) as refused:
        approve_again(offices.district, made.uid)
    assert refused.value.code == "summary.not_stale"


def test_a_summary_that_names_somebody_stays(offices: Tiers) -> None:
    chair = uid_text(records.record(offices.district, "person", {"surname": "Төраға"}).value.uid)
    caller = uid_text(records.record(offices.district, "person", {"surname": "Құпияұлы"}).value.uid)
    for text in ("Құпияұлының айтуынша, су жоқ", "Тел. 8 701 123 45 67", "ЖСН 850101300123"):
        records.record(
            offices.district,
            "incident",
            {**INCIDENT, "summary_for_region": text, "summary_approved_by": chair, "reported_by": caller},
        )
    offices.up()
    assert [one.values.get("summary_for_region") for one in incidents(offices.region)] == [None] * 3


@pytest.fixture
def newcomer(tmp_path: Path, clock: FixedClock) -> Iterator[AppContext]:
    made = council(tmp_path / "newcomer", "Жаңа", clock)
    yield made
    vault.close(made)


def test_one_district_does_not_see_another(offices: Tiers, newcomer: AppContext, tmp_path: Path) -> None:
    join(offices.region, newcomer, tmp_path / "second", "district")
    records.record(offices.district, "incident", INCIDENT)
    records.record(newcomer, "incident", INCIDENT)
    offices.pass_on(offices.district, offices.region)
    offices.pass_on(newcomer, offices.region)
    assert len(incidents(offices.region)) == 2
    offices.pass_on(offices.region, newcomer)
    offices.pass_on(offices.region, offices.district)
    assert (len(incidents(newcomer)), len(incidents(offices.district))) == (1, 1)


@pytest.mark.parametrize("joins_first", [True, False])
def test_a_second_computer_of_the_region_reads_what_comes_up(
    offices: Tiers, newcomer: AppContext, tmp_path: Path, joins_first: bool
) -> None:
    seen = newcomer
    if joins_first:  # the region already has this computer when another district joins it
        join(offices.region, newcomer, tmp_path / "second", "laptop")
        join(offices.region, offices.laptop, tmp_path / "third", "district")
        records.record(offices.laptop, "incident", INCIDENT)
        offices.pass_on(offices.laptop, offices.region)
        offices.pass_on(offices.region, newcomer)
    else:
        records.record(offices.district, "incident", INCIDENT)
        offices.pass_on(offices.district, offices.region)
        join(offices.region, newcomer, tmp_path / "second", "laptop")
    assert len(incidents(seen)) == 1


def test_a_relay_carries_what_it_cannot_open(offices: Tiers) -> None:
    """A laptop's people bring the region's stick: the file is of no use to them, and whole when it arrives."""
    records.record(offices.district, "incident", INCIDENT)
    (file,) = offices.sent(offices.district, offices.region)
    for stranger in (offices.laptop, offices.republic, offices.district):
        with pytest.raises(UserError) as refused:
            receive(stranger, file, "kk")
        assert refused.value.code == "exchange.not_for_us"
    assert receive(offices.region, file, "kk").new >= 1


CANARY = "Жасырынов"


def _live(rng: random.Random, office: AppContext, known: list[bytes]) -> None:
    """Do one thing that people do: record, change, withdraw, restore, add a party."""
    what = rng.choice(("record", "revise", "revise", "party", "withdraw", "restore"))
    if what == "record" or not known:
        values = {**INCIDENT, "severity": str(rng.randrange(6)), "dead": rng.randrange(8)}
        known.append(records.record(office, "incident", values).value.uid)
        return
    one = rng.choice(known)
    if records.show(office, one).withdrawn != (what == "restore"):
        return
    match what:
        case "revise":
            changes = ("severity", str(rng.randrange(6))), ("triggers", rng.sample(["insult", "video", "date"], 2))
            more = (
                ("happened", f"2026-0{rng.randrange(1, 9)}-1{rng.randrange(9)}"),
                ("positive", rng.random() < 0.5),
            )
            records.revise(
                office,
                one,
                dict(rng.sample([*changes, *more, ("origin_type", None), ("dead", rng.choice([None, 2, 6]))], 2)),
            )
        case "party":
            party = {"incident": uid_text(one), "side": rng.choice("AB"), "group_words": CANARY}
            records.record(office, "incident_party", party)
        case "withdraw":
            records.withdraw(office, one, CANARY)
        case "restore":
            records.restore(office, one)


def test_after_any_life_the_region_has_the_projection_and_nothing_else(offices: Tiers) -> None:
    rng = random.Random(20261122)
    known: list[bytes] = []
    for _round in range(5):
        for _step in range(10):
            offices.clock.advance(1000)
            _live(rng, offices.district, known)
        offices.pass_on(offices.district, offices.region)
        _require_projection(offices.district, offices.region)
        offices.pass_on(offices.region, offices.district)
        again = exchange.send(offices.district, offices.region.vault.store.office.replica, offices.stick)
        assert again.lines == 0, "projecting again writes nothing"
    require_sound(offices.district, offices.region)


def _require_projection(below: AppContext, above: AppContext) -> None:
    kinds = [kind.number for kind in KINDS.values() if kind.goes_up is not None]
    with below.vault.store.database.reading() as connection:
        made = copies(below, connection, outgoing.all_of(connection, kinds), Tier.REGION)
        names = own_names_above(below, connection, [one.source.uid for one in made])
    expected = {one.made.uid: dict(one.made.values) for one in made if one.made is not None}
    with above.vault.store.database.reading() as connection:
        came = records_by(connection, "uid", list(names.values()))
    assert {one.uid: dict(one.values) for one in came if not one.withdrawn} == expected
