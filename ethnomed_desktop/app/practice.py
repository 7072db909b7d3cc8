"""The practice council: invented from end to end, marked so on every page and print."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ethnomed_desktop import paths
from ethnomed_desktop.app.records import Recorded, record_many
from ethnomed_desktop.app.vault import NewCouncil, Program, create_council
from ethnomed_desktop.domain.clock import Clock
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.store.kdf import FLOOR, KdfParameters

PASSPHRASE = "practice practice practice"
"""Known to everyone: what lies in a practice vault needs no secret, and says so."""


def read_items(text: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Read NDJSON of records, each naming its ``kind``; raises `UserError` (``input.…``)."""
    items: list[tuple[str, Mapping[str, Any]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except ValueError:
            raise UserError("input.not_json", line=number) from None
        if not isinstance(one, dict) or not isinstance(one.get("kind"), str):
            raise UserError("input.wrong_shape", expected='{"kind": …, …}')
        items.append((one["kind"], {name: value for name, value in one.items() if name != "kind"}))
    return items


def create_practice(
    root: Path,
    language: str,
    *,
    program: Program,
    clock: Clock | None = None,
    params: KdfParameters | None = None,
    minimum: KdfParameters = FLOOR,
) -> tuple[NewCouncil, list[Recorded]]:
    """Make the practice council in the language; returns it open, with the records made.

    Raises `VaultError` (``vault.exists``), `StorageError`.
    """
    items = read_items(paths.resource("seeds", "practice", f"{language}.ndjson").read_text(encoding="utf-8"))
    council = {
        "user": {"name": _USER[language], "role": "secretary", "label": "practice"},
        "bodies": [_HOUSE],
    }
    made = create_council(
        root,
        council,
        PASSPHRASE,
        program=program,
        clock=clock,
        params=params or FLOOR,  # everybody knows the password: making it costly protects nothing
        practice=True,
        minimum=minimum,
    )
    return made, record_many(made.ctx, items).value


_USER = {"kk": "Жаттығу хатшысы", "ru": "Секретарь для практики", "en": "Practice secretary"}
_HOUSE = {
    "body_kind": "house_of_friendship",
    "name_kk": "Мысалбұлақ Достық үйі",
    "name_ru": "Дом дружбы Мысалбулака",
    "name_en": "Mysalbulak House of Friendship",
    "is_ours": False,
    "place": "kato:314200000",
}
