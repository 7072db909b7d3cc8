"""Rules of lawful erasure: what belongs to what, what is never erased, on what ground."""

from __future__ import annotations

from enum import StrEnum

from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import AnyRef
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Field, Kind


class Mode(StrEnum):
    """What is done: everything about somebody goes, or the name goes and the records stay."""

    ERASE = "erase"
    ANONYMISE = "anonymise"


_NEVER = frozenset({"user", "place", "organisation", "number_series", "erasure"})
"""Colleagues are removed, places and bodies are public, a series must not give a number twice, the ledger stays."""

_ALSO = frozenset(
    {
        *(("task", "incident"), ("task", "decision")),
        *(("consent", "person"), ("handover", "person"), ("membership", "person")),
        *(("incident_party", "person"), ("attendance", "person"), ("responsible_person", "person")),
    }
)
"""Records that are about what they refer to, besides those that name it as their whole."""

_MOVING_PARTS = frozenset({"organisation", "place"})


def not_erasable(mode: Mode) -> frozenset[str]:
    """Return the kinds that cannot be treated so; only people are anonymised."""
    return _NEVER if mode is Mode.ERASE else frozenset(KINDS) - {"person"}


def is_part(kind: Kind, field: Field, of: str) -> bool:
    """Say whether a record of ``kind`` that refers by ``field`` to one of the kind ``of`` goes with it."""
    if isinstance(field.type, AnyRef):
        return True
    if (kind.name, field.name) in _ALSO:
        return True
    return kind.parent == field.name and of not in _MOVING_PARTS


def checked_ground(ground: str, words: str) -> tuple[str, str]:
    """Return ground and words; raises `UserError` (``erasure.no_ground``, ``code.unknown``)."""
    if not ground:
        raise UserError("erasure.no_ground", field="ground")
    if ground not in CODE_LISTS["erasure_ground"].by_code:
        raise UserError("code.unknown", field="ground", value=ground[:40], list="erasure_ground")
    text = " ".join(words.split())[:300]
    if ground in NEEDS_PAPER and not text:
        raise UserError("erasure.no_paper", field="ground_words")
    return ground, text


NEEDS_PAPER = frozenset({"court_decision", "authority_order"})
"""Grounds that rest on a paper: its number and date are asked for."""
