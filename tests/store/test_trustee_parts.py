"""A recovery code in parts: any k of n open, fewer tell nothing, mistakes are named."""

from __future__ import annotations

import itertools
import secrets
from datetime import datetime
from pathlib import Path

import pytest
from shamir_mnemonic import combine_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

from ethnomed_desktop.app import trustees, vault
from ethnomed_desktop.documents import pages
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.errors import EthnomedError, UserError, VaultError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.trustee_parts import WORDS_IN_PART, join, looks_like_parts, split

CHEAP = KdfParameters(t=1, m_kib=64, p=1)
FIRST = "жайлауда жеті жылқы"
CLOCK = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
COUNCIL = {
    "user": {"name": "Сейітова Раушан", "role": "chair", "label": "Раушан"},
    "bodies": [{"body_kind": "council_of_elders", "name_kk": "Ақсақалдар кеңесі", "place": "kato:314800000"}],
}
SECRET = bytes(range(20))

# From the published vectors of SLIP-0039 (vectors.json), passphrase "TREZOR": 1 of 1 and 2 of 3, 128 bits.
PUBLISHED = [
    (
        [
            "duckling enlarge academic academic agency result length solution fridge kidney coal piece deal "
            "husband erode duke ajar critical decision keyboard"
        ],
        "bb54aac4b89dc868ba37d9cc21b2cece",
    ),
    (
        [
            "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view "
            "short owner flip making coding armed",
            "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind "
            "craft early superior advocate guest smoking",
        ],
        "b43ceb7e57a0ea8766221624d01b0864",
    ),
]


@pytest.mark.parametrize(("mnemonics", "secret"), PUBLISHED)
def test_the_published_vectors_hold(mnemonics: list[str], secret: str) -> None:
    assert combine_mnemonics(mnemonics, b"TREZOR").hex() == secret


@pytest.mark.parametrize(("needed", "parts"), [(2, 2), (2, 3), (3, 5), (8, 8)])
def test_any_that_many_open(needed: int, parts: int) -> None:
    made = split(SECRET, needed, parts)
    assert len(set(made)) == parts
    assert all(len(part.split()) == WORDS_IN_PART for part in made)
    for some in itertools.islice(itertools.combinations(made, needed), 12):
        assert looks_like_parts("  ".join(some))
        assert join(" / ".join(reversed(some))) == SECRET
    assert join("\n".join(made)) == SECRET


def test_too_few_are_refused() -> None:
    made = split(SECRET, 3, 5)
    with pytest.raises(UserError) as refused:
        join(" ".join([made[0], made[1], made[1]]))
    assert refused.value.code == "trustees.few"
    assert (refused.value.facts["needed"], refused.value.facts["given"]) == (3, 2)


def test_two_parts_of_three_fit_every_secret() -> None:
    """Nothing follows from too few: each value of a byte is as likely as any other."""
    seen = {split(SECRET, 2, 2)[0].split()[4] for _ in range(60)}
    assert len(seen) > 40


def test_a_typing_mistake_is_named() -> None:
    made = split(SECRET, 2, 3)
    tokens = made[1].split()
    tokens[7] = f"{int(tokens[7]) % 1024 + 1:04d}"
    with pytest.raises(UserError) as refused:
        join(f"{made[0]} {' '.join(tokens)}")
    assert (refused.value.code, refused.value.facts["number"]) == ("trustees.mistyped", 2)


def test_parts_of_two_makings_do_not_mix() -> None:
    with pytest.raises(UserError) as refused:
        join(split(SECRET, 2, 3)[0] + " " + split(SECRET, 2, 3)[1])
    assert refused.value.code == "trustees.mixed"


def test_words_may_be_typed_for_numbers() -> None:
    made = split(SECRET, 2, 2)
    words = [" ".join(WORDLIST[int(number) - 1] for number in part.split()) for part in made]
    assert join(f"{words[0].upper()} {made[1]}") == SECRET


@pytest.mark.parametrize("text", ["", "жайлауда жеті жылқы", "1 2 3", "0000 " * 23, "1025 " * 23, "word " * 23])
def test_a_password_is_not_taken_for_parts(text: str) -> None:
    assert not looks_like_parts(text)


@pytest.mark.parametrize(("needed", "parts"), [(1, 3), (4, 3), (2, 9), (0, 0)])
def test_numbers_that_make_no_sense_are_refused(needed: int, parts: int) -> None:
    with pytest.raises(UserError) as refused:
        split(SECRET, needed, parts)
    assert refused.value.code == "trustees.numbers"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_open_the_vault_and_are_printed(tmp_path: Path, language: str) -> None:
    made = vault.create_council(
        tmp_path / "v", COUNCIL, FIRST, program="command", clock=CLOCK, params=CHEAP, minimum=CHEAP
    )
    with pytest.raises(EthnomedError):
        trustees.make_parts(made.ctx, 4, 3, CHEAP, CHEAP)
    parts = trustees.make_parts(made.ctx, 2, 3, CHEAP, CHEAP)
    files = trustees.write_part_sheets(made.ctx, parts, 2, Catalog.load(language), tmp_path)
    assert [file.name for file in files] == [f"part-{number}-of-3.pdf" for number in (1, 2, 3)]
    assert pages.count(files[1].read_bytes()) == 1
    shown = pages.text(files[1].read_bytes(), 0)
    assert all(number in shown for number in parts[1].split())
    vault.close(made.ctx)
    for secret in (f"{parts[2]} {parts[0]}",):
        vault.close(vault.open_council(tmp_path / "v", secret, program="command", minimum=CHEAP))
    for wrong in (made.recovery_code, parts[0], secrets.token_hex(20)):
        with pytest.raises((VaultError, UserError)):
            vault.open_council(tmp_path / "v", wrong, program="command", minimum=CHEAP)
