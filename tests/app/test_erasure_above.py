"""An erasure of the district reaches what stands of it in the region, and its laptops; no layer keeps the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ethnomed_desktop.app import lists, records, vault
from ethnomed_desktop.app.backups import back_up
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.erasure import Order, erase, ledger
from ethnomed_desktop.app.erasure_plan import plan
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.naming import stand_in
from ethnomed_desktop.i18n.catalogs import Catalog
from tests.erased_words import everything, layers

from .test_exchange_tiers import INCIDENT, require_sound
from .tiers import Tiers, council, join, tiers

KK = Catalog.load("kk")
SURNAME = "Жұмбақтасов"
FORMS = tuple(form.encode() for form in (SURNAME, SURNAME.lower(), SURNAME.upper(), fold(SURNAME)))
SUMMARY = f"{SURNAME} татулық кешін өткізді"


@dataclass
class Office:
    """A district with two laptops under a region, and what everybody knows of one person."""

    tiers: Tiers
    second: AppContext
    person: bytes = b""
    incident: bytes = b""

    @property
    def everybody(self) -> list[AppContext]:
        return [self.tiers.district, self.tiers.laptop, self.second, self.tiers.region, self.tiers.republic]

    def spread(self) -> None:
        """Carry files around until everybody has everything."""
        district = self.tiers.district
        for laptop in (self.tiers.laptop, self.second):
            self.tiers.pass_on(laptop, district)
        for taker in (self.tiers.laptop, self.second, self.tiers.region):
            self.tiers.pass_on(district, taker)
        self.tiers.pass_on(self.tiers.region, self.tiers.republic)


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    with tiers(tmp_path, clock) as made:
        second = council(tmp_path / "second", "Дала 2", clock)
        join(made.district, second, made.stick / "4", "laptop")
        one = Office(made, second)
        chair = uid_text(records.record(made.laptop, "person", {"surname": "Төраға"}).value.uid)
        one.person = records.record(
            made.laptop, "person", {"surname": SURNAME, "note": f"{SURNAME} туралы"}
        ).value.uid
        said = {**INCIDENT, "summary_for_region": SUMMARY, "summary_approved_by": chair}
        one.incident = records.record(made.laptop, "incident", said).value.uid
        one.spread()
        yield one
        vault.close(second)


def summaries(ctx: AppContext) -> list[object]:
    found = lists.list_records(ctx, lists.ListQuestion("incident")).rows
    return [one.values.get("summary_for_region") for one in found]


def erased(ctx: AppContext, uid: bytes, mode: Mode) -> None:
    word = plan(ctx, uid, mode, KK).confirm
    erase(ctx, Order(uid, mode, "persons_request", confirm=word), KK)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_words_leave_every_layer_of_everybody(office: Office, mode: Mode) -> None:
    district, region = office.tiers.district, office.tiers.region
    assert summaries(region) == [SUMMARY], "without a link to the person nothing tells that the text names somebody"
    for one in office.everybody:
        back_up(one, one.vault.folder.backups / "em-20261121-100000.emb")
        assert (SURNAME.lower() in everything(one.vault.store)) is (one is not office.tiers.republic)
    erased(district, office.person, mode)
    office.spread()
    code = stand_in(office.person)
    assert [SURNAME.lower() in everything(one.vault.store) for one in office.everybody] == [False] * 5
    assert [len(ledger(one)) for one in office.everybody[:3]] == [1, 1, 1], "the ledger travels within the office"
    assert search(region, SURNAME, KK) == []
    assert SURNAME not in str(summaries(region))
    for one in (district, office.tiers.laptop, office.second):
        assert str(records.show(one, office.incident).values["summary_for_region"]).startswith(f"[{code}]")
    require_sound(*office.everybody)
    roots = [(one.vault.folder.root, one.vault.unlocked.vault_key) for one in office.everybody]
    for one in office.everybody:
        vault.close(one)
    for root, key in roots:
        assert [name for name, data in layers(root, key) for form in FORMS if form in data] == [], root.name


def test_a_file_sent_up_before_brings_nothing_back(office: Office) -> None:
    district, region = office.tiers.district, office.tiers.region
    records.revise(district, office.incident, {"severity": "2"})
    late = office.tiers.sent(district, region)
    erased(district, office.person, Mode.ERASE)
    office.spread()
    for file in late:
        from ethnomed_desktop.app.exchange_receiving import receive

        receive(region, file, "kk", root_confirmed=True)
    assert SURNAME.lower() not in everything(region.vault.store)
    office.spread()
    assert SURNAME.lower() not in everything(region.vault.store)
    require_sound(region)


def test_before_it_the_words_are_in_the_region(office: Office) -> None:
    region = office.tiers.region
    back_up(region, region.vault.folder.backups / "em-20261121-100000.emb")
    root, key = region.vault.folder.root, region.vault.unlocked.vault_key
    vault.close(region)
    places = {name for name, data in layers(root, key) for form in FORMS if form in data}
    assert {"store.db decrypted", "em-20261121-100000.emb/store.db decrypted"} <= places
