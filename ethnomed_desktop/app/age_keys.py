"""The age key of an installation, made from its signing seed: two copies of one disk have the same one.

Were it made by chance when it is first needed, a disk copied before that would give two keys for one id,
and files for one of them could not be opened by the other. The text form is Bech32 (BIP 173), as age has it.
"""

from __future__ import annotations

from ethnomed_desktop.store.vault_keys import derived_key

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_PREFIX = "age-secret-key-"


def age_secret(seed: bytes) -> str:
    """Return ``AGE-SECRET-KEY-1…`` for the 32-byte signing seed of an installation."""
    secret = derived_key(seed, "em/age/1")
    bits = int.from_bytes(secret, "big") << 4  # 256 bits in groups of five, filled up with zeros
    data = [bits >> 5 * at & 31 for at in reversed(range(52))]
    expanded = [ord(one) >> 5 for one in _PREFIX] + [0] + [ord(one) & 31 for one in _PREFIX]
    check = _checksum([*expanded, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    data += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return f"{_PREFIX}1{''.join(_LETTERS[one] for one in data)}".upper()


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATOR):
            check ^= generator if top >> bit & 1 else 0
    return check
