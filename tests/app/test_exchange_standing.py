"""What would leave, who has confirmed what, the journal of files: on real stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.app import documents, exchange, home, records, vault
from ethnomed_desktop.app.exchange_journal import journal
from ethnomed_desktop.app.exchange_leaving import leaving
from ethnomed_desktop.app.exchange_status import LATE_DAYS, late_partners, waiting
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n.catalogs import Catalog

from .test_exchange_tiers import INCIDENT
from .tiers import Tiers, tiers

RU = Catalog.load("ru")
DAY = 24 * 60 * 60 * 1000


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiers]:
    from datetime import datetime

    from ethnomed_desktop.domain.clock import KAZAKHSTAN

    clock = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
    with tiers(tmp_path_factory.mktemp("standing"), clock) as made:
        yield made


def test_what_leaves_and_what_stays_is_told_and_nothing_is_written(offices: Tiers) -> None:
    made = records.record(offices.district, "incident", {**INCIDENT, "summary_for_region": "Су дауы"}).value
    before = exchange.state_digest(offices.district)
    to = offices.region.vault.store.office.replica
    seen = leaving(offices.district, to, RU)
    assert not seen.whole
    (one,) = [one for one in seen.records if one.uid == made.uid]
    told = {line.label: line for line in one.fields}
    by_name = {name: told[RU.gettext(name)] for name in ("Date", "Village or town", "People involved", "Injured")}
    assert (by_name["Date"].here, by_name["Date"].leaves) == ("17.11.2026", "ноябрь 2026 года")
    assert by_name["Village or town"].leaves == by_name["People involved"].leaves == ""
    assert "пяти" in by_name["People involved"].why
    assert by_name["Injured"].leaves == "0"
    assert told[RU.gettext("Summary for the region")].why
    assert exchange.state_digest(offices.district) == before
    sent = exchange.send(offices.district, to, offices.stick)
    assert sent.lines == seen.count
    assert leaving(offices.district, to, RU).count == seen.count, "not confirmed, so it leaves again"
    within = leaving(offices.district, offices.laptop.vault.store.office.replica, RU)
    assert within.whole
    assert made.uid in {one.uid for one in within.records}
    assert vault.check(offices.district)


def test_the_journal_names_every_file_with_its_hash(offices: Tiers, tmp_path: Path) -> None:
    import hashlib

    records.record(offices.district, "incident", INCIDENT)
    (file,) = offices.sent(offices.district, offices.region)
    from ethnomed_desktop.app.exchange_receiving import receive

    strange = tmp_path / "Әлиев туралы.emx"
    strange.write_bytes(file.read_bytes())
    receive(offices.region, strange, "kk")
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    newest = journal(offices.district, RU)[0]
    assert (newest.direction, newest.file, newest.sha256) == ("exchange.sent", file.name, sha)
    assert newest.partner == "Жамбыл облысы"
    came = journal(offices.region, RU)[0]
    assert (came.direction, came.sha256, came.number) == ("exchange.received", sha, newest.number)
    assert came.file == "", "a name that somebody gave may say more than a trail should hold"
    from ethnomed_desktop.app.lists import ListQuestion, list_records

    body = list_records(offices.district, ListQuestion("organisation", (("is_ours", True),))).rows[0]
    out = tmp_path / "r13.pdf"
    for language in ("kk", "ru", "en"):
        documents.write_document(offices.district, "exchange-journal", body.uid, documents.Order(language), out)
        said = documents.read_back(out.read_bytes())
        assert file.name[3:11] in said.replace(" ", "")
        assert sha[:16] in said.replace(" ", "")


def test_an_extract_is_readable_marked_and_no_exchange_file(offices: Tiers, tmp_path: Path) -> None:
    from ethnomed_desktop.app.exchange_extract import write_extract
    from ethnomed_desktop.app.exchange_receiving import receive

    person = records.record(offices.district, "person", {"surname": "Құпияұлы"}).value
    given = {**INCIDENT, "reported_by": uid_text(person.uid), "phone": "+7 701 987 65 43"}
    made = records.record(offices.district, "incident", given).value
    out = tmp_path / "extract.pdf"
    assert write_extract(offices.district, [made.uid, person.uid], "ru", out) == 2
    said = documents.read_back(out.read_bytes())
    assert "ВЫПИСКА" in said
    assert "Масанчи" in said
    assert "Құпияұлы" not in said
    assert "987" not in said
    write_extract(offices.district, [made.uid], "kk", out, with_names=True)
    assert "Құпияұлы" in documents.read_back(out.read_bytes())
    assert journal(offices.district, RU)[0].direction == "exchange.extracted"
    before = exchange.state_digest(offices.region)
    with pytest.raises(UserError) as refused:
        receive(offices.region, out, "kk")
    assert refused.value.code == "exchange.other_product"
    assert exchange.state_digest(offices.region) == before
    with pytest.raises(UserError):
        write_extract(offices.district, [bytes(16)], "ru", out)


def test_people_are_reminded_after_three_weeks(offices: Tiers) -> None:
    records.record(offices.district, "incident", INCIDENT)
    offices.pass_on(offices.district, offices.region)
    offices.pass_on(offices.region, offices.district)
    assert offices.region.vault.store.office.replica not in {one.replica for one in late_partners(offices.district)}
    offices.clock.advance((LATE_DAYS + 1) * DAY)
    late = {one.name: one.days for one in late_partners(offices.district)}
    assert "Жамбыл облысы" not in late, "it has confirmed everything"
    records.record(offices.district, "incident", INCIDENT)
    late = {one.name: one.days for one in late_partners(offices.district)}
    assert late["Жамбыл облысы"] == LATE_DAYS + 1
    assert "Жамбыл облысы" in {one.name for one in home.first_page(offices.district, RU).late}
    assert waiting(offices.region) == []
