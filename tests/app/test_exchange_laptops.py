"""Lost laptops, laptops handed over, and hubs that go on as another: both sides' work is kept, on real stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from ethnomed_desktop.app import backups, exchange, lists, records, users, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.erasure import Order, erase
from ethnomed_desktop.app.erasure_plan import plan
from ethnomed_desktop.app.exchange_identity import known_authority
from ethnomed_desktop.app.exchange_status import unaware
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.exchange.bodies import deflate
from ethnomed_desktop.exchange.statements import read_statement
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.exchange_state import keep_statements, statements
from ethnomed_desktop.store.shutting_out import Limit, take_back_beyond
from ethnomed_desktop.store.tables import log

from .conftest import CHEAP, PASSPHRASE
from .offices import Computer, meet, offices, pass_on
from .test_exchange_tiers import INCIDENT
from .tiers import Tiers, join, tiers


@pytest.fixture
def three(tmp_path: Path) -> Iterator[tuple[Computer, Computer, Computer, Path]]:
    stick = tmp_path / "stick"
    stick.mkdir()
    hub, one, lost = offices(tmp_path, 3)
    meet(hub, [one, lost], stick)
    yield hub, one, lost, stick
    for computer in (hub, one, lost):
        computer.close()


def code_of(job: object) -> str:
    try:
        job()  # type: ignore[operator]
    except EthnomedError as error:
        return error.code
    return ""


def test_a_lost_laptop_is_shut_out_and_the_page_says_who_has_not_heard(
    three: tuple[Computer, Computer, Computer, Path],
) -> None:
    hub, one, lost, stick = three
    before = records.record(lost.ctx, "person", {"surname": "Бұрынғы"}).value.uid
    pass_on(lost, hub, stick)
    exchange.revoke(hub.ctx, lost.replica)
    name = next(view.name for view in exchange.partners(hub.ctx) if view.replica == lost.replica)
    others = next(view.name for view in exchange.partners(hub.ctx) if view.replica == one.replica)
    (told,) = unaware(hub.ctx)
    assert told.lost == name
    assert others in told.computers
    records.record(lost.ctx, "person", {"surname": "Ұрының жазғаны"})
    by_thief = exchange.send(lost.ctx, hub.replica, stick).files[0]
    digest = hub.total()
    assert code_of(lambda: hub.receive(by_thief)) == "exchange.revoked_sender"
    assert hub.total() == digest
    assert code_of(lambda: exchange.send(hub.ctx, lost.replica, stick)) == "exchange.recipient_revoked"
    pass_on(hub, one, stick)
    assert others in unaware(hub.ctx)[0].computers, "it knows, and the hub cannot know that yet"
    pass_on(one, hub, stick)
    assert others not in unaware(hub.ctx)[0].computers
    assert records.show(one.ctx, before).uid == before, "what it wrote before is kept, and passed on"
    to_other = exchange.send(lost.ctx, one.replica, stick) if knows(lost, one) else None
    if to_other is not None:
        assert code_of(lambda: one.receive(to_other.files[0])) == "exchange.revoked_sender"
    assert hub.total() == one.total()


def test_what_a_thief_sent_to_who_had_not_heard_is_taken_back(
    three: tuple[Computer, Computer, Computer, Path],
) -> None:
    hub, one, lost, stick = three
    shared = records.record(lost.ctx, "person", {"surname": "Ортақ"}).value.uid
    pass_on(lost, hub, stick)
    pass_on(hub, one, stick)
    pass_on(hub, lost, stick)
    exchange.revoke(hub.ctx, lost.replica)
    records.revise(lost.ctx, shared, {"surname": "Ұрының түзеткені"})
    forged = records.record(lost.ctx, "person", {"surname": "Ұрының жазғаны"}).value.uid
    pass_on(lost, one, stick)
    records.revise(one.ctx, shared, {"note": "адал жазба"})
    assert records.show(one.ctx, shared).values["surname"] == "Ұрының түзеткені"
    (report,) = pass_on(hub, one, stick)
    assert report.taken_back >= 2
    assert records.show(one.ctx, shared).values["surname"] == "Ортақ"
    with pytest.raises(EthnomedError):
        records.show(one.ctx, forged)
    meet(hub, [one], stick)
    assert hub.total() == one.total()
    assert records.show(hub.ctx, shared).values["note"] == "адал жазба", "honest work on top of it is kept"
    for computer in (hub, one):
        computer.require_sound()
    pass_on(hub, one, stick)
    assert hub.total() == one.total()


def test_whoever_was_shut_out_keeps_the_own_work(three: tuple[Computer, Computer, Computer, Path]) -> None:
    hub, one, lost, stick = three
    exchange.revoke(hub.ctx, lost.replica)
    mine = records.record(lost.ctx, "person", {"surname": "Менікі"}).value.uid
    pass_on(hub, one, stick)
    with lost.ctx.vault.store.database.writing() as connection, hub.ctx.vault.store.database.writing() as other:
        keep_statements(connection, [(read_statement(raw).mark, raw) for raw in statements(other)], lost.clock)
        authority = known_authority(connection)
        assert take_back_beyond(connection, (Limit(*each) for each in authority.limits()), deflate) == frozenset()
    assert records.show(lost.ctx, mine).uid == mine


def knows(giver: Computer, taker: Computer) -> bool:
    return taker.replica in {view.replica for view in exchange.partners(giver.ctx)}


def test_a_laptop_is_handed_over_to_a_new_secretary(three: tuple[Computer, Computer, Computer, Path]) -> None:
    """The office keeps the computer; the person changes: her work stays hers, she comes in no more."""
    hub, one, _, stick = three
    hers = records.record(one.ctx, "person", {"surname": "Бұрынғы"}).value.uid
    secret = "жаңа хатшының құпиясөзі ұзын"
    users.add_user(one.ctx, "Жаңа Хатшы", "chair", secret, label="Жаңа", params=CHEAP, minimum=CHEAP)
    former, root, replica = one.ctx.user, one.folder, one.replica
    one.close()
    from unittest.mock import patch

    from ethnomed_desktop.store import incarnation

    with patch.object(incarnation, "machine_mark", lambda salt: one.machine):
        ctx = vault.open_council(root, secret, program="command", label="Жаңа", clock=one.clock, minimum=CHEAP)
        try:
            vault.renew_recovery(ctx, CHEAP, CHEAP)
            users.remove_user(ctx, former)
            his = records.record(ctx, "person", {"surname": "Кейінгі"}).value.uid
            assert ctx.vault.store.office.replica == replica, "the computer stays the same for its office"
            for file in exchange.send(ctx, hub.replica, stick).files:
                hub.receive(file)
        finally:
            vault.close(ctx)
        assert (
            code_of(lambda: vault.open_council(root, PASSPHRASE, program="command", label="Раушан", minimum=CHEAP))
            != ""
        )
    assert {records.show(hub.ctx, each).values["surname"] for each in (hers, his)} == {"Бұрынғы", "Кейінгі"}


@pytest.fixture
def levels(tmp_path: Path, clock: FixedClock) -> Iterator[Tiers]:
    with tiers(tmp_path, clock) as made:
        yield made


def seen(ctx: AppContext) -> dict[bytes, dict[str, object]]:
    rows = lists.list_records(ctx, lists.ListQuestion("incident")).rows
    return {row.uid: dict(records.show(ctx, row.uid).values) for row in rows}


def test_a_restored_district_joins_its_region_anew_and_nothing_is_doubled_or_lost(
    levels: Tiers, tmp_path: Path
) -> None:
    first = records.record(levels.district, "incident", INCIDENT).value
    levels.pass_on(levels.district, levels.region)
    file = tmp_path / "district.emb"
    backups.back_up(levels.district, file)
    records.revise(levels.district, first.uid, {"severity": "2"})
    after_backup = records.record(levels.district, "incident", {**INCIDENT, "severity": "3"}).value
    levels.pass_on(levels.district, levels.laptop)
    levels.pass_on(levels.district, levels.region)
    above = seen(levels.region)
    assert sorted(str(one["severity"]) for one in above.values()) == ["2", "3"]
    root = levels.district.vault.folder.root
    vault.close(levels.district)
    backups.restore(file, root, PASSPHRASE, program="command", clock=levels.clock, minimum=CHEAP)
    levels.district = vault.open_council(root, PASSPHRASE, program="command", clock=levels.clock, minimum=CHEAP)
    third = records.record(levels.district, "incident", {**INCIDENT, "severity": "4"}).value
    levels.clock.advance(60_000)
    join(levels.region, levels.district, tmp_path / "again", "district")
    levels.pass_on(levels.district, levels.laptop)
    levels.pass_on(levels.laptop, levels.district)
    assert records.show(levels.district, after_backup.uid).uid == after_backup.uid, "the laptop had it"
    levels.pass_on(levels.district, levels.region)
    now = seen(levels.region)
    assert set(above) <= set(now), "under the same names as before"
    assert sorted(str(one["severity"]) for one in now.values()) == ["2", "3", "4"]
    assert [len(records.show(levels.region, uid).conflicts) for uid in now] == [0, 0, 0]
    records.revise(levels.district, after_backup.uid, {"severity": "5"})
    records.withdraw(levels.district, third.uid, "қате")
    levels.pass_on(levels.district, levels.region)
    assert sorted(str(one["severity"]) for one in seen(levels.region).values()) == ["2", "5"]
    assert all(one.sound for ctx in (levels.district, levels.region) for one in vault.check(ctx))


def test_what_a_district_erases_loses_its_words_in_region_and_republic(levels: Tiers) -> None:
    """The order travels upward with the next file; the laptop's late words about it go nowhere."""
    chair = uid_text(records.record(levels.district, "person", {"surname": "Төраға"}).value.uid)
    told = {**INCIDENT, "summary_for_region": "Жұмбақ су дауы", "summary_approved_by": chair}
    made = records.record(levels.district, "incident", told).value
    kept = records.record(levels.district, "incident", INCIDENT).value
    levels.pass_on(levels.district, levels.laptop)
    levels.up()
    assert len(seen(levels.region)) == len(seen(levels.republic)) == 2
    assert stands(levels.region, "Жұмбақ")
    records.revise(levels.laptop, made.uid, {"what_happened": "Жұмбақ су дауы туралы кеш жазылған"})
    word = plan(levels.district, made.uid, Mode.ERASE, Catalog.load("kk")).confirm
    levels.clock.advance(60_000)
    order = Order(made.uid, Mode.ERASE, "persons_request", confirm=word)
    erase(levels.district, order, Catalog.load("kk"))
    levels.up()
    levels.pass_on(levels.district, levels.laptop)
    levels.up()
    for ctx in (levels.laptop, levels.district, levels.region, levels.republic):
        assert not stands(ctx, "Жұмбақ")
        assert all(one.sound for one in vault.check(ctx))
    assert len(seen(levels.region)) == len(seen(levels.republic)) == 1
    assert records.show(levels.laptop, kept.uid).uid == kept.uid


def stands(ctx: AppContext, text: str) -> bool:
    """Say whether a word stands in any line of the log."""
    with ctx.reading() as connection:
        return any(text.encode() in bytes(raw) for raw in connection.execute(select(log.c.raw)).scalars())
