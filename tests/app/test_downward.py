"""What an office says to those below it, and what comes back: requests, answers, feedback, entries of lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange, lists, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_leaving import leaving
from ethnomed_desktop.app.tiers import asked_of
from ethnomed_desktop.domain import own_codes
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import FOR_BELOW, Level
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import code_label, code_labels
from ethnomed_desktop.store.queries.records import StoredRecord
from ethnomed_desktop.ui.records.reading import CardData, card

from .test_exchange_tiers import INCIDENT, require_sound
from .tiers import Tiers, tiers

NAMES = {"name_kk": "Жайылым шекарасы", "name_ru": "Граница выпаса", "name_en": "Border of pastures"}
ASKED = {"subject": "Су мәселесі", "text": "Тоқсандағы су дауларын жазыңыз", "due": "2026-12-10"}


@pytest.fixture
def offices(tmp_path: Path, clock: FixedClock) -> Iterator[Tiers]:
    with tiers(tmp_path, clock) as made:
        yield made


def all_of(ctx: AppContext, kind: str) -> list[StoredRecord]:
    return list(lists.list_records(ctx, lists.ListQuestion(kind)).rows)


def make(ctx: AppContext, kind: str, **values: object) -> str:
    return uid_text(records.record(ctx, kind, values).value.uid)


def test_kinds_for_those_below_hold_nothing_that_not_everybody_there_may_read() -> None:
    below = [kind for kind in KINDS.values() if kind.stream == FOR_BELOW]
    assert {kind.name for kind in below} == {"request", "feedback", "code_entry"}
    for kind in below:
        assert all(field.level <= Level.OFFICE for field in kind.all_fields), kind.name
        assert kind.goes_up is None


def test_an_entry_of_a_region_is_used_in_its_districts(offices: Tiers) -> None:
    make(offices.region, "code_entry", list="trigger", **NAMES)
    offices.pass_on(offices.region, offices.district)
    (entry,) = all_of(offices.district, "code_entry")
    code = str(entry.values["code"])
    made = make(offices.district, "incident", **{**INCIDENT, "triggers": ["insult", code]})
    assert records.show(offices.district, bytes.fromhex(made.replace("-", ""))).values["triggers"] == sorted(
        ["insult", code]
    )
    assert [code_label("trigger", code, Catalog.load(one)) for one in ("kk", "ru", "en")] == list(NAMES.values())
    assert code_labels("trigger", Catalog.load("kk"))[-1] == (code, NAMES["name_kk"])
    require_sound(offices.region, offices.district)


def test_laptops_of_a_district_read_what_the_republic_and_the_region_say(offices: Tiers) -> None:
    make(offices.republic, "request", subject="Жылдық есеп")
    make(offices.region, "code_entry", list="trigger", **NAMES)
    offices.pass_on(offices.republic, offices.region)
    offices.pass_on(offices.region, offices.district)
    offices.pass_on(offices.district, offices.laptop)
    assert [one.values["subject"] for one in all_of(offices.laptop, "request")] == ["Жылдық есеп"]
    code = str(all_of(offices.laptop, "code_entry")[0].values["code"])
    make(offices.laptop, "incident", **{**INCIDENT, "triggers": [code]})
    assert exchange.send(offices.laptop, offices.district.vault.store.office.replica, offices.stick).lines > 0
    offices.pass_on(offices.laptop, offices.district)
    assert exchange.send(offices.district, offices.laptop.vault.store.office.replica, offices.stick).lines == 0
    require_sound(offices.republic, offices.region, offices.district, offices.laptop)


def uid_of(text: str) -> bytes:
    return bytes.fromhex(text.replace("-", ""))


def approver(ctx: AppContext) -> str:
    return make(ctx, "person", surname="Төраға")


def card_of(ctx: AppContext, uid: str, part: str) -> CardData:
    return card(ctx, uid, (part,), Catalog.load("kk"))


def test_a_request_goes_down_is_answered_and_the_answer_goes_up(offices: Tiers) -> None:
    asked = make(offices.region, "request", **ASKED, districts=["kato:314800000"], bodies=["council_of_elders"])
    assert asked_of(offices.region) == (), "who asks is not asked"
    offices.pass_on(offices.region, offices.district)
    offices.pass_on(offices.district, offices.laptop)
    for office in (offices.district, offices.laptop):
        assert [(one.uid, one.subject, one.due) for one in asked_of(office)] == [
            (asked, ASKED["subject"], "2026-12-10")
        ]
    answer = make(offices.laptop, "request_answer", request=asked, outcome="data", text="Үш дау тіркелді")
    offices.up()
    assert all_of(offices.region, "request_answer") == [], "nobody approved it"
    assert asked_of(offices.laptop), "not approved, so not answered"
    records.revise(offices.laptop, uid_of(answer), {"approved_by": approver(offices.laptop), "note": "Құпия"})
    offices.up()
    (seen,) = all_of(offices.region, "request_answer")
    assert seen.values["request"] == asked
    assert seen.values["text"] == "Үш дау тіркелді"
    assert not {"approved_by", "note"} & set(seen.values)
    assert all_of(offices.republic, "request_answer") == []
    (part,) = card_of(offices.region, asked, "request_answer").parts["request_answer"]
    assert "Үш дау тіркелді" in part.text
    assert "Дала" in part.text, "the body that answers"
    assert asked_of(offices.laptop) == asked_of(offices.district) == ()
    require_sound(offices.laptop, offices.district, offices.region, offices.republic)


@pytest.mark.parametrize(
    "to", [{"districts": ["kato:313600000"]}, {"bodies": ["police"]}, {"closed_on": "2026-11-20"}]
)
def test_who_is_not_asked_is_not_reminded(offices: Tiers, to: dict[str, object]) -> None:
    make(offices.region, "request", subject="Басқаларға", **to)
    offices.pass_on(offices.region, offices.district)
    assert len(all_of(offices.district, "request")) == 1
    assert asked_of(offices.district) == ()


def test_only_the_office_that_asks_changes_its_request(offices: Tiers) -> None:
    asked = make(offices.region, "request", **ASKED)
    offices.pass_on(offices.region, offices.district)
    before = exchange.state_digest(offices.district)
    for change in (
        lambda: records.revise(offices.district, uid_of(asked), {"text": "Басқа"}),
        lambda: records.withdraw(offices.district, uid_of(asked), "керек емес"),
    ):
        with pytest.raises(NotAllowed) as refused:
            change()
        assert refused.value.code == "tiers.from_above"
    with pytest.raises(NotAllowed) as refused:
        make(offices.laptop, "request", **ASKED)
    assert refused.value.code == "tiers.not_the_hub"
    assert exchange.state_digest(offices.district) == before
    assert card_of(offices.district, asked, "request_answer").closed == {"request"}
    assert card_of(offices.region, asked, "request_answer").closed == {"request_answer"}
    records.revise(offices.region, uid_of(asked), {"due": "2026-12-20"})
    offices.pass_on(offices.region, offices.district)
    assert records.show(offices.district, uid_of(asked)).values["due"] == "2026-12-20"
    records.withdraw(offices.region, uid_of(asked), "керек емес")
    offices.pass_on(offices.region, offices.district)
    assert records.show(offices.district, uid_of(asked)).withdrawn


def test_a_term_before_the_request_is_refused(offices: Tiers) -> None:
    with pytest.raises(UserError) as refused:
        make(offices.region, "request", subject="Х", asked_on="2026-11-21", due="2026-11-20")
    assert refused.value.code == "tiers.due_before_asked"


def test_feedback_stands_beside_the_recommendation_on_every_computer_of_the_office(offices: Tiers) -> None:
    text = {"subject": "Су кестесі", "text": "Су кестесін наурызға дейін бекіту", "grounds": "Құпия негіз"}
    made = make(offices.laptop, "recommendation", **text)
    offices.up()
    assert all_of(offices.region, "recommendation") == [], "nobody approved it"
    records.revise(offices.laptop, uid_of(made), {"approved_by": approver(offices.laptop)})
    offices.up()
    (seen,) = all_of(offices.region, "recommendation")
    assert uid_text(seen.uid) != made
    assert {name: seen.values.get(name) for name in ("subject", "text", "grounds", "above", "approved_by")} == {
        "subject": text["subject"],
        "text": text["text"],
        "grounds": None,
        "above": None,
        "approved_by": None,
    }
    assert all_of(offices.republic, "recommendation") == [], "what comes from below goes no farther by itself"
    make(offices.region, "feedback", recommendation=uid_text(seen.uid), outcome="partly", reason="Қаражат жоқ")
    assert card_of(offices.region, uid_text(seen.uid), "feedback").parts["feedback"]
    offices.pass_on(offices.region, offices.district)
    offices.pass_on(offices.district, offices.laptop)
    for office in (offices.district, offices.laptop):
        told = card_of(office, made, "feedback")
        assert "Қаражат жоқ" in told.parts["feedback"][0].text
        assert "Ішінара қабылданды" in told.parts["feedback"][0].text
        assert told.closed == {"feedback"}
    records.withdraw(offices.laptop, uid_of(made), "қате")
    offices.up()
    assert all_of(offices.region, "recommendation") == []
    require_sound(offices.laptop, offices.district, offices.region)


def test_a_text_changed_after_it_was_approved_or_with_a_telephone_stays(offices: Tiers) -> None:
    chair = approver(offices.district)
    made = make(offices.district, "recommendation", subject="Кесте", text="Бекіту", approved_by=chair)
    make(offices.district, "recommendation", subject="Тел. 8 701 123 45 67", approved_by=chair)
    offices.clock.advance(60_000)
    records.revise(offices.district, uid_of(made), {"text": "Басқа мәтін"})
    offices.pass_on(offices.district, offices.region)
    seen = all_of(offices.region, "recommendation")
    assert sorted(str(one.values.get("subject")) for one in seen) == ["None", "Кесте"]
    assert all("text" not in one.values for one in seen)


def test_an_own_entry_stays_in_the_office_that_made_it(offices: Tiers) -> None:
    code = str(
        records.show(
            offices.district, uid_of(make(offices.district, "code_entry", list="trigger", **NAMES))
        ).values["code"]
    )
    known = make(offices.region, "code_entry", list="trigger", **{**NAMES, "name_kk": "Өңірлік"})
    offices.pass_on(offices.region, offices.district)
    theirs = str(records.show(offices.region, uid_of(known)).values["code"])
    make(offices.district, "incident", **{**INCIDENT, "triggers": ["insult", code, theirs]})
    offices.pass_on(offices.district, offices.region)
    (seen,) = all_of(offices.region, "incident")
    assert seen.values["triggers"] == sorted(["insult", theirs])


def test_a_retired_entry_keeps_its_words_and_is_not_offered(offices: Tiers) -> None:
    made = make(offices.region, "code_entry", list="trigger", **NAMES)
    offices.pass_on(offices.region, offices.district)
    code = str(records.show(offices.region, uid_of(made)).values["code"])
    records.revise(offices.region, uid_of(made), {"retired": True, "name_kk": "Жайылым"})
    offices.pass_on(offices.region, offices.district)
    all_of(offices.district, "incident")
    assert code_label("trigger", code, Catalog.load("kk")) == "Жайылым"
    assert code not in dict(code_labels("trigger", Catalog.load("kk")))
    make(offices.district, "incident", **{**INCIDENT, "triggers": [code]})


def test_entries_of_one_vault_are_unknown_in_another(offices: Tiers) -> None:
    made = make(offices.region, "code_entry", list="trigger", **NAMES)
    code = str(records.show(offices.region, uid_of(made)).values["code"])
    with pytest.raises(UserError) as refused:
        make(offices.district, "incident", **{**INCIDENT, "triggers": [code]})
    assert refused.value.code == "code.unknown"
    with pytest.raises(UserError):
        make(offices.region, "code_entry", list="severity", **NAMES)


def test_a_closed_vault_leaves_no_words_behind(council: AppContext) -> None:
    make(council, "code_entry", list="trigger", **NAMES)
    all_of(council, "incident")
    assert len(own_codes.of_list("trigger")) == 1
    vault.close(council)
    assert own_codes.of_list("trigger") == {}


def test_before_a_file_goes_down_it_is_shown_what_it_says(offices: Tiers) -> None:
    asked = make(offices.region, "request", **ASKED)
    make(offices.region, "person", surname="Құпияұлы")
    to = offices.district.vault.store.office.replica
    shown = leaving(offices.region, to, Catalog.load("ru"))
    assert not shown.whole, "another office gets only what is said to it"
    assert [(one.kind, uid_text(one.uid)) for one in shown.records] == [("request", asked)]
    (request,) = shown.records
    assert [line.leaves for line in request.fields if line.here == line.leaves][:2] == [
        ASKED["subject"],
        ASKED["text"],
    ]
    inside = leaving(offices.district, offices.laptop.vault.store.office.replica, Catalog.load("ru"))
    assert inside.whole
