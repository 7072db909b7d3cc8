"""Lawful erasure from end to end: after it a word is nowhere, and everything that must stand stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.app import audit, drafts, records, vault
from ethnomed_desktop.app.attachments import Wish, attach
from ethnomed_desktop.app.backup_place import choose_backup_place
from ethnomed_desktop.app.backups import back_up, restore
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.erasure import Erased, Order, erase, ledger
from ethnomed_desktop.app.erasure_plan import plan
from ethnomed_desktop.app.private_notes import confide, list_notes
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import NotAllowed, UserError
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.naming import stand_in
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.rekey import rekey
from tests.erased_words import layers

from .conftest import CHEAP, PASSPHRASE

RU = Catalog.load("ru")
SURNAME = "Жұмбақтасов"
CANARY_FILE = b"canary-content " * 5000
FORMS = tuple(form.encode() for form in (SURNAME, SURNAME.lower(), SURNAME.upper(), fold(SURNAME)))


def erased(ctx: AppContext, uid: bytes, mode: Mode = Mode.ERASE, **more: object) -> Erased:
    planned = plan(ctx, uid, mode, RU)
    order = Order(uid, mode, "withdrawn_consent", confirm=planned.confirm, **more)  # type: ignore[arg-type]
    return erase(ctx, order, RU).value


def found_in(folder: Path, ctx: AppContext) -> list[str]:
    """Return where the word still is: files as they lie, pages decrypted, backups opened; the vault is closed."""
    found = layers(folder.parent, ctx.vault.unlocked.vault_key)
    return [name for name, data in found for form in (*FORMS, CANARY_FILE[:60]) if form in data]


@pytest.fixture
def village(council: AppContext, add: Callable[..., records.Recorded], tmp_path: Path) -> dict[str, bytes]:
    """A person named all over the records, now and before."""
    person = add("person", surname=SURNAME, given_name="Серік", phones=["+77011234567"], note="Ағасы бар").uid
    incident = add(
        "incident",
        settlement="Мысалбұлақ",
        what_happened=f"{SURNAME} мен көршісі дауласты",
        reported_by=uid_text(person),
    ).uid
    party = add("incident_party", incident=uid_text(incident), side="A", person=uid_text(person)).uid
    other = add("incident", settlement="Басқа", what_happened=f"Бұрын {SURNAME} айтқан").uid
    records.revise(council, other, {"what_happened": "Ештеңе айтылмады"})
    consent = add(
        "consent", person=uid_text(person), purpose="іс", data=f"{SURNAME}: аты, телефоны", given_on="2026-11-01"
    ).uid
    path = tmp_path / "scan.bin"
    path.write_bytes(CANARY_FILE)
    attach(council, consent, path, Wish())
    path.unlink()
    drafts.keep_draft(council, "incident", {"what_happened": f"{SURNAME} туралы"})
    confide(council, {"text": f"{SURNAME} маған айтты", "incident": uid_text(incident)})
    return {"person": person, "incident": incident, "party": party, "other": other, "consent": consent}


def test_the_word_is_in_no_file_of_the_folder(
    council: AppContext, village: dict[str, bytes], tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_backup_place(council, stick)
    for place in (council.vault.folder.backups / "em-20261121-100000.emb", stick / "em-20261121-100000.emb"):
        back_up(council, place)
    root = council.vault.folder.root
    done = erased(council, village["person"])
    assert done.swept is not None
    assert (len(done.swept.copies.anew), done.swept.copies.left) == (2, ())
    assert [one.code for one in vault.check(council) if not one.sound] == []
    assert vault.rebuild(council).sound
    vault.close(council)
    assert found_in(root, council) == []


def test_before_it_the_word_is_in_many(council: AppContext, village: dict[str, bytes]) -> None:
    back_up(council, council.vault.folder.backups / "em-20261121-100000.emb")
    vault.close(council)
    places = set(found_in(council.vault.folder.root, council))
    assert {"store.db decrypted", "blobs.db decrypted", "em-20261121-100000.emb/store.db decrypted"} <= places


def test_what_stays_stands_with_a_code(council: AppContext, village: dict[str, bytes]) -> None:
    done = erased(council, village["person"])
    code = stand_in(village["person"])
    assert done.stand_in == code
    incident = records.show(council, village["incident"])
    assert incident.values["what_happened"] == f"[{code}] мен көршісі дауласты"
    assert incident.values["reported_by"] == uid_text(village["person"])
    for gone in ("person", "party", "consent"):
        with pytest.raises(UserError, match=r"record\.unknown"):
            records.show(council, village[gone])
    assert records.show(council, village["other"]).values["what_happened"] == "Ештеңе айтылмады"
    assert search(council, SURNAME, RU) == []
    assert drafts.list_drafts(council) == []
    assert list_notes(council) == []
    from ethnomed_desktop.app.titles import titles

    with council.reading() as connection:
        named = titles(connection, [uid_text(village["person"])], RU)
    assert code in named[uid_text(village["person"])]


def test_the_ledger_says_who_when_why_and_how_many_but_not_what(
    council: AppContext, village: dict[str, bytes]
) -> None:
    erased(council, village["person"])
    entries = ledger(council)
    assert len(entries) == 1
    values = entries[0].values
    assert values["ground"] == "withdrawn_consent"
    assert values["erased_by"] == uid_text(council.user)
    assert values["kinds"] == "attachment=1\nconsent=1\nincident_party=1\nperson=1"
    assert (values["records"], values["rewritten"], values["files"]) == (4, 2, 1)
    assert SURNAME not in str(dict(values))
    noted = [one for one in audit.page(council, RU) if one.code == "erasure.done"]
    assert len(noted) == 1
    assert SURNAME not in str(noted[0].details)
    with pytest.raises(NotAllowed, match=r"erasure\.stays"):
        records.revise(council, entries[0].uid, {"tags": ["x"]})
    with pytest.raises(NotAllowed, match=r"erasure\.stays"):
        records.withdraw(council, entries[0].uid, "…")
    with pytest.raises(UserError, match=r"erasure\.not_by_hand"):
        records.record(council, "erasure", {})


def test_a_restored_older_backup_is_cleaned_before_anybody_sees_it(
    council: AppContext, village: dict[str, bytes], tmp_path: Path, clock: FixedClock
) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-away" / "old.emb"
    elsewhere.parent.mkdir()
    back_up(council, elsewhere)
    erased(council, village["person"])
    root = council.vault.folder.root
    vault.close(council)
    kept = restore(elsewhere, root, PASSPHRASE, program="command", clock=clock, minimum=CHEAP)
    assert kept is not None
    shutil.rmtree(kept)
    ctx = vault.open_council(root, PASSPHRASE, program="command", clock=clock, minimum=CHEAP)
    try:
        with pytest.raises(UserError, match=r"record\.unknown"):
            records.show(ctx, village["person"])
        code = stand_in(village["person"])
        assert records.show(ctx, village["incident"]).values["what_happened"] == f"[{code}] мен көршісі дауласты"
        assert len(ledger(ctx)) == 1
        assert [one.code for one in vault.check(ctx) if not one.sound] == []
        assert vault.rebuild(ctx).sound
    finally:
        vault.close(ctx)
    assert found_in(root, ctx) == []


def test_it_asks_for_the_word_the_ground_and_the_right(council: AppContext, village: dict[str, bytes]) -> None:
    person = village["person"]

    def refused(**order: object) -> str:
        full = {"uid": person, "mode": Mode.ERASE, "ground": "error", "confirm": SURNAME, **order}
        with pytest.raises((UserError, NotAllowed)) as raised:
            erase(council, Order(**full), RU)  # type: ignore[arg-type]
        return raised.value.code

    assert refused(confirm="Әлиев") == "erasure.not_confirmed"
    assert refused(ground="") == "erasure.no_ground"
    assert refused(ground="court_decision") == "erasure.no_paper"
    assert refused(ground="court_decision", words=f"{SURNAME} туралы № 5") == "erasure.ground_names"
    assert refused(uid=council.user) == "erasure.not_this_kind"
    assert refused(mode=Mode.ANONYMISE, uid=village["incident"]) == "erasure.not_this_kind"
    assert records.show(council, person).values["surname"] == SURNAME
    assert ledger(council) == []


def test_anonymising_keeps_the_records(council: AppContext, village: dict[str, bytes]) -> None:
    erased(council, village["person"], Mode.ANONYMISE)
    party = records.show(council, village["party"])
    assert party.values["person"] == uid_text(village["person"])
    consent = records.show(council, village["consent"])
    assert consent.values["data"] == f"[{stand_in(village['person'])}]: аты, телефоны"
    with pytest.raises(UserError, match=r"record\.unknown"):
        records.show(council, village["person"])
    assert vault.rebuild(council).sound


def test_one_record_goes_with_its_parts_only(council: AppContext, village: dict[str, bytes]) -> None:
    order = Order(village["incident"], Mode.ERASE, "error", confirm="2026/1")
    erase(council, order, RU)
    assert records.show(council, village["person"]).values["surname"] == SURNAME
    for gone in ("incident", "party"):
        with pytest.raises(UserError, match=r"record\.unknown"):
            records.show(council, village[gone])
    assert vault.rebuild(council).sound


def test_what_is_kept_aside_is_left_alone(council: AppContext, village: dict[str, bytes]) -> None:
    erased(council, village["person"], keep=frozenset({village["incident"]}))
    assert SURNAME in str(records.show(council, village["incident"]).values["what_happened"])


def test_a_file_named_elsewhere_too_stays(council: AppContext, village: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "again.bin"
    path.write_bytes(CANARY_FILE)
    other = attach(council, village["other"], path, Wish()).value
    erased(council, village["person"])
    assert council.blobs.kept()
    assert records.show(council, other.uid).values["sha256"]


def test_a_full_disk_leaves_the_copies_for_the_next_opening(
    council: AppContext, village: dict[str, bytes], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ethnomed_desktop.app import erasure_sweep
    from ethnomed_desktop.domain.errors import StorageError

    back_up(council, council.vault.folder.backups / "em-20261121-100000.emb")
    root = council.vault.folder.root

    def full(*_args: object, **_more: object) -> None:
        raise StorageError("storage.full", path="em.emb", needed=1)

    with monkeypatch.context() as patched:
        patched.setattr(erasure_sweep, "clean_copies", full)
        done = erased(council, village["person"])
        assert done.swept is None
        assert done.waits is not None
        assert erasure_sweep.is_pending(council)
    vault.close(council)
    assert found_in(root, council) != []
    ctx = vault.open_council(root, PASSPHRASE, program="command", clock=clock, minimum=CHEAP)
    assert not erasure_sweep.is_pending(ctx)
    vault.close(ctx)
    assert found_in(root, ctx) == []


def test_backups_under_an_earlier_key_are_named_before_and_after(
    council: AppContext, village: dict[str, bytes], tmp_path: Path
) -> None:
    """Nobody can open them with today's key: whoever erases is told, and destroys them by hand."""
    root = council.vault.folder.root
    back_up(council, council.vault.folder.backups / "em-20261101-100000.emb")
    rekey(council.vault, council.clock)
    again = vault.open_council(root, PASSPHRASE, program="command", clock=council.clock, minimum=CHEAP)
    back_up(again, again.vault.folder.backups / "em-20261121-100000.emb")
    planned = plan(again, village["person"], Mode.ERASE, RU)
    assert "em-20261101-100000.emb" in planned.beyond
    assert "em-20261121-100000.emb" not in planned.beyond
    done = erased(again, village["person"])
    assert done.swept is not None
    assert sorted(path.name for path in done.swept.copies.left) == sorted(planned.beyond)
    assert [path.name for path in done.swept.copies.anew] == ["em-20261121-100000.emb"]
    vault.close(again)
