"""Ways into a vault: opening, changing, removing; and that nobody gets in or up by editing the file."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from ethnomed_desktop.domain.clock import FixedClock, local_time
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.errors import EthnomedError, UserError, VaultError
from ethnomed_desktop.store import kdf, slot_wrapping
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.key_file import ROLES, KeyFile, parse_keys, read_keys, write_keys
from ethnomed_desktop.store.slots import (
    Created,
    add_slot,
    change_passphrase,
    create_keys,
    known_label,
    remove_slot,
    renew_recovery,
    unlock,
)
from ethnomed_desktop.store.vault_keys import public_key, sign, subkeys, verify

TEST = KdfParameters(t=1, m_kib=8, p=1)
FIRST, SECOND = "Айгүл, 5 сарбаз: өйткені", "бес сөзден тұратын жаңа құпиясөз"
USER, OTHER = bytes(range(16)), bytes(range(16, 32))
MOMENT = local_time(1_795_000_000_000)


def made(role: str = "administrator") -> Created:
    return create_keys(FIRST, "Айгүл", USER, role, TEST, minimum=TEST, clock=FixedClock(MOMENT))


def with_two() -> tuple[Created, KeyFile]:
    first = made()
    added = add_slot(first.keys, first.unlocked, SECOND, "Ержан", OTHER, "viewer", TEST, minimum=TEST)
    return first, added.keys


def reread(keys: KeyFile) -> KeyFile:
    return parse_keys(keys.to_bytes(), TEST)


def refusal(action: object, *arguments: object, **named: object) -> EthnomedError:
    with pytest.raises(EthnomedError) as caught:
        action(*arguments, **named)  # type: ignore[operator]
    return caught.value


def test_what_is_made_opens_again() -> None:
    keys, unlocked, code = made()
    again = unlock(reread(keys), FIRST)
    assert again == unlocked
    assert (again.user, again.role, again.label, again.slot_id) == (USER, "administrator", "Айгүл", 1)
    assert again.vault == keys.vault
    by_code = unlock(reread(keys), code)
    assert (by_code.vault_key, by_code.signing_seed, by_code.user) == (
        unlocked.vault_key,
        unlocked.signing_seed,
        USER,
    )
    assert by_code.slot_id == 2


def test_the_recovery_code_opens_in_any_manner() -> None:
    keys, unlocked, code = made()
    for typed in (code.lower(), code.replace("-", ""), code.replace("0", "O").replace("1", "l"), f" {code}\n"):
        assert unlock(keys, typed).vault_key == unlocked.vault_key
        assert unlock(keys, typed, "айгүл").vault_key == unlocked.vault_key


def test_a_mistyped_recovery_code_is_not_called_a_wrong_password() -> None:
    keys, _, code = made()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert refusal(unlock, keys, wrong).code == "vault.recovery_mistyped"
    assert refusal(unlock, keys, made().recovery_code).code == "vault.wrong_passphrase"


def test_a_passphrase_shaped_like_a_code_is_still_a_passphrase() -> None:
    shaped = "ABCD-" * 8 + "EF"
    keys = create_keys(shaped, "A", USER, "chair", TEST, minimum=TEST).keys
    assert unlock(keys, shaped).slot_id == 1


def test_wrong_passphrase_and_unknown_user() -> None:
    _, keys = with_two()
    assert refusal(unlock, keys, FIRST + " ").code == "vault.wrong_passphrase"
    assert refusal(unlock, keys, "").code == "vault.wrong_passphrase"
    assert refusal(unlock, keys, FIRST, "Ержан").code == "vault.wrong_passphrase"
    nobody = refusal(unlock, keys, FIRST, "Болат")
    assert (nobody.code, nobody.exit_code, nobody.facts["label"]) == ("vault.no_such_user", 3, "Болат")


@pytest.mark.parametrize("secret", ["a\x00", "\ud800"])
def test_text_no_keyboard_sends_is_refused_before_any_work(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = made().keys
    monkeypatch.setattr(slot_wrapping, "derive", None)
    assert refusal(unlock, keys, secret).code == "passphrase.broken_characters"


def test_decomposed_letters_open_too() -> None:
    keys = made().keys
    decomposed = unicodedata.normalize("NFD", FIRST)
    assert decomposed != FIRST
    assert unlock(keys, decomposed, unicodedata.normalize("NFD", "Айгүл")).slot_id == 1


def test_a_label_tries_one_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    _, keys = with_two()
    derived = []
    monkeypatch.setattr(slot_wrapping, "derive", lambda *given: derived.append(given) or kdf.derive(*given))
    assert unlock(keys, SECOND, "Ержан").user == OTHER
    assert len(derived) == 1
    assert unlock(keys, SECOND).user == OTHER
    assert len(derived) == 3


def test_users_share_the_vault_key_but_not_the_seed() -> None:
    first, keys = with_two()
    second = unlock(keys, SECOND)
    assert second.vault_key == first.unlocked.vault_key
    assert second.signing_seed != first.unlocked.signing_seed
    signature = sign(second.signing_seed, b"em/test/1 line")
    assert verify(second.public_key, b"em/test/1 line", signature)
    assert not verify(first.unlocked.public_key, b"em/test/1 line", signature)
    assert not verify(second.public_key, b"em/test/1 lines", signature)
    assert not verify(b"short", b"", b"")


def test_signatures_are_ed25519_of_rfc_8032() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert public_key(seed).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert sign(seed, b"").hex().startswith("e5564300c360ac729086e2cc806e828a")


def test_subkeys_are_hkdf_sha256_and_differ() -> None:
    keys = subkeys(bytes(32))
    assert len({keys.db, keys.blobs, keys.keyfile, keys.pseudonym}) == 4
    import hashlib
    import hmac

    extracted = hmac.new(bytes(32), bytes(32), hashlib.sha256).digest()
    assert keys.db == hmac.new(extracted, b"em/db/1\x01", hashlib.sha256).digest()


def test_no_secret_is_shown_by_repr_or_stands_in_the_file() -> None:
    keys, unlocked, code = made()
    import base64

    shown = repr(unlocked) + repr(subkeys(unlocked.vault_key))
    data = keys.to_bytes()
    for secret in (unlocked.vault_key, unlocked.signing_seed, subkeys(unlocked.vault_key).db):
        assert secret.hex() not in shown
        assert repr(secret) not in shown
        assert base64.b64encode(secret) not in data
        assert secret.hex().encode() not in data
    assert code.encode() not in data
    assert FIRST.encode() not in data


def test_a_name_no_keyboard_sends_is_just_unknown() -> None:
    error = refusal(unlock, made().keys, FIRST, "\ud800")
    assert (error.code, error.facts["label"]) == ("vault.no_such_user", "?")


def test_the_roles_are_those_of_the_code_list() -> None:
    assert set(ROLES) == set(CODE_LISTS["user_role"].by_code)


# --- changing -----------------------------------------------------------------------------------


def test_a_new_passphrase_replaces_the_old_one_only() -> None:
    first, keys = with_two()
    changed = reread(change_passphrase(keys, first.unlocked, "мүлде жаңа құпиясөз", TEST, TEST))
    assert unlock(changed, "мүлде жаңа құпиясөз").vault_key == first.unlocked.vault_key
    assert refusal(unlock, changed, FIRST).code == "vault.wrong_passphrase"
    assert unlock(changed, first.recovery_code).user == USER
    assert unlock(changed, SECOND).user == OTHER


def test_the_recovery_code_replaces_a_forgotten_passphrase() -> None:
    keys, _, code = made()
    changed = change_passphrase(keys, unlock(keys, code), SECOND, TEST, TEST)
    assert len(changed.slots) == 2
    assert unlock(changed, SECOND, "Айгүл").slot_id == 1
    assert refusal(unlock, changed, FIRST).code == "vault.wrong_passphrase"


def test_a_renewed_recovery_code_replaces_the_printed_one() -> None:
    keys, unlocked, code = made()
    renewed, fresh = renew_recovery(keys, unlocked, TEST, TEST)
    assert unlock(renewed, fresh).slot_id == 2
    assert refusal(unlock, renewed, code).code == "vault.wrong_passphrase"


def test_another_user_gets_a_recovery_code_of_their_own() -> None:
    first, keys = with_two()
    renewed, code = renew_recovery(keys, unlock(keys, SECOND), TEST, TEST)
    assert unlock(renewed, code).user == OTHER
    assert unlock(renewed, first.recovery_code).user == USER
    assert [slot.id for slot in renewed.slots] == [1, 2, 3, 4]


def test_a_removed_user_cannot_come_back_by_their_recovery_code() -> None:
    first, keys = with_two()
    keys, code = renew_recovery(keys, unlock(keys, SECOND), TEST, TEST)
    removed = remove_slot(keys, first.unlocked, 3)
    assert [slot.id for slot in removed.slots] == [1, 2]
    assert refusal(unlock, removed, SECOND).code == "vault.wrong_passphrase"
    assert refusal(unlock, removed, code).code == "vault.wrong_passphrase"
    assert unlock(removed, FIRST).user == USER


def test_one_way_in_of_each_kind_stays() -> None:
    first, keys = with_two()
    assert refusal(remove_slot, first.keys, first.unlocked, 1).code == "slot.last_passphrase"
    assert refusal(remove_slot, keys, first.unlocked, 2).code == "slot.last_recovery"
    assert refusal(remove_slot, keys, first.unlocked, 1).code == "slot.last_recovery"
    assert refusal(remove_slot, keys, first.unlocked, 9).code == "slot.unknown"


def test_adding_is_refused_for_taken_names_and_people_who_are_in() -> None:
    first, keys = with_two()

    def add(label: str, user: bytes, passphrase: str = SECOND, role: str = "chair") -> str:
        error = refusal(add_slot, keys, first.unlocked, passphrase, label, user, role, TEST, minimum=TEST)
        assert isinstance(error, UserError)
        return error.code

    assert add(" ЕРЖАН ", bytes(16)) == "slot.label_taken"
    assert add("Болат", OTHER) == "slot.user_has_one"
    assert add("Болат", bytes(16), "short") == "passphrase.too_short"
    assert add(" \n", bytes(16)) == "slot.label_missing"
    assert add("б" * 81, bytes(16)) == "slot.label_too_long"
    assert add("Болат", bytes(16), role="king") == "code.unknown"
    crowd = replace(keys, slots=tuple(replace(keys.slots[0], id=n) for n in range(1, 64)))
    sealed = crowd.sealed(subkeys(first.unlocked.vault_key).keyfile)
    error = refusal(add_slot, sealed, first.unlocked, SECOND, "Болат", bytes(16), "chair", TEST, minimum=TEST)
    assert error.code == "slot.too_many"


def test_nothing_weak_is_made_without_asking_for_it() -> None:
    keys, unlocked, _ = made()
    for refused in (
        refusal(create_keys, FIRST, "A", USER, "chair", TEST),
        refusal(change_passphrase, keys, unlocked, SECOND, TEST),
        refusal(renew_recovery, keys, unlocked, TEST),
        refusal(add_slot, keys, unlocked, SECOND, "Ержан", OTHER, "chair", TEST),
    ):
        assert refused.code == "vault.kdf_too_weak"
    assert refusal(create_keys, "short", "A", USER, "chair", kdf.FLOOR).code == "passphrase.too_short"


def test_known_labels_are_those_of_the_file() -> None:
    _, keys = with_two()
    assert keys.labels() == ("Айгүл", "Ержан")
    assert known_label(keys, "  ержан") == "Ержан"
    assert known_label(keys, FIRST) is None
    assert known_label(keys, None) is None
    assert known_label(keys, "\ud800") is None


# --- a hostile hand: the sum is computed anew, as anyone can ------------------------------------


def attacked(keys: KeyFile, slot_id: int, **changes: object) -> KeyFile:
    changed = tuple(replace(slot, **changes) if slot.id == slot_id else slot for slot in keys.slots)  # type: ignore[arg-type]
    return reread(replace(keys, slots=changed))


@pytest.mark.parametrize(
    "changes", [{"role": "administrator"}, {"label": "Айгүл Б."}, {"user": USER}, {"id": 7}, {"kind": "recovery"}]
)
def test_a_slot_made_into_another_is_seen_by_its_owner_and_by_others(changes: dict[str, object]) -> None:
    _, keys = with_two()
    altered = attacked(keys, 3, **changes)
    assert refusal(unlock, altered, FIRST, "Айгүл").code == "vault.keys_altered"
    theirs = refusal(unlock, altered, SECOND).code
    assert theirs == ("vault.wrong_passphrase" if "kind" in changes else "vault.keys_altered")


@pytest.mark.parametrize("changes", [{"role": "administrator"}, {"label": "Айгүл Б."}, {"user": USER}, {"id": 7}])
def test_a_colleague_with_the_vault_key_cannot_relabel_anothers_slot(changes: dict[str, object]) -> None:
    """They can seal the list anew; the slot itself is bound by its owner's passphrase."""
    first, keys = with_two()
    sealed = attacked(keys, 3, **changes).sealed(subkeys(first.unlocked.vault_key).keyfile)
    assert unlock(sealed, FIRST).user == USER
    assert refusal(unlock, sealed, SECOND).code == "vault.keys_altered"


def test_swapped_contents_are_seen() -> None:
    _, keys = with_two()
    one, _, three = keys.slots
    secret = ("salt", "nonce", "wrapped", "check", "kdf")
    swapped = attacked(keys, 1, **{name: getattr(three, name) for name in secret})
    swapped = attacked(swapped, 3, **{name: getattr(one, name) for name in secret})
    for passphrase in (FIRST, SECOND):
        assert refusal(unlock, swapped, passphrase).code == "vault.keys_altered"


def test_slots_added_removed_or_put_back_are_seen() -> None:
    first, keys = with_two()
    fewer = reread(replace(keys, slots=keys.slots[:2]))
    assert refusal(unlock, fewer, FIRST).code == "vault.keys_altered"
    removed = remove_slot(keys, first.unlocked, 3)
    put_back = reread(replace(removed, slots=keys.slots))
    assert refusal(unlock, put_back, FIRST).code == "vault.keys_altered"
    assert refusal(unlock, put_back, SECOND).code == "vault.keys_altered"
    stranger = create_keys(SECOND, "Ержан", OTHER, "chair", TEST, minimum=TEST).keys.slots[0]
    more = reread(replace(first.keys, slots=(*first.keys.slots, replace(stranger, id=3))))
    assert refusal(unlock, more, FIRST).code == "vault.keys_altered"
    assert refusal(unlock, more, SECOND).code == "vault.keys_altered"


def test_a_slot_of_another_vault_does_not_open_this_one() -> None:
    here, there = made(), made()
    foreign = reread(replace(here.keys, slots=there.keys.slots, mac=there.keys.mac))
    assert refusal(unlock, foreign, FIRST).code == "vault.keys_altered"


def test_an_altered_list_is_never_sealed_anew() -> None:
    first, keys = with_two()
    altered = replace(keys, slots=keys.slots[:2])
    for refused in (
        refusal(change_passphrase, altered, first.unlocked, SECOND, TEST, TEST),
        refusal(renew_recovery, altered, first.unlocked, TEST, TEST),
        refusal(remove_slot, altered, first.unlocked, 2),
        refusal(add_slot, altered, first.unlocked, SECOND, "Ержан", OTHER, "chair", TEST, minimum=TEST),
    ):
        assert isinstance(refused, VaultError)
        assert refused.code == "vault.keys_altered"


def test_lowered_or_swollen_work_is_refused_before_any_is_done() -> None:
    keys = made().keys
    assert refusal(parse_keys, keys.to_bytes()).code == "vault.kdf_too_weak"
    swollen = replace(keys, slots=(replace(keys.slots[0], kdf=KdfParameters(25, 8, 1)), *keys.slots[1:]))
    assert refusal(parse_keys, swollen.to_bytes(), TEST).code == "vault.kdf_too_costly"


def test_in_earnest_with_the_floor(tmp_path: Path) -> None:
    """No lowered minimum anywhere: what `vault create` does, on disk."""
    keys, unlocked, code = create_keys(FIRST, "Айгүл", USER, "chair", kdf.FLOOR)
    write_keys(tmp_path / "keys.json", keys)
    assert unlock(read_keys(tmp_path / "keys.json"), FIRST, "Айгүл") == unlocked
    assert unlock(read_keys(tmp_path / "keys.json"), code.lower()).vault_key == unlocked.vault_key
