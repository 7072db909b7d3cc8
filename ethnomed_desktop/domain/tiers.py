"""Rules of what goes between tiers: what goes without saying, and what cannot be."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.ids import uid_text

Values = dict[str, Value]
_UID_BYTES = 16


def completed_request(values: Values, today: date) -> Values:
    """Return the values with the day it was asked."""
    return {"asked_on": today.isoformat(), **values}


def request_problems(values: Mapping[str, Value], today: date) -> list[UserError]:
    """Return what is wrong with a request: a term before the day it was asked."""
    asked, due = values.get("asked_on"), values.get("due")
    if asked and due and str(due) < str(asked):
        return [UserError("tiers.due_before_asked", field="due", date=str(due))]
    return []


def completed_answer(values: Values, today: date) -> Values:
    """Return the values with the day of the answer."""
    return {"answered_on": today.isoformat(), **values}


def completed_feedback(values: Values, today: date) -> Values:
    """Return the values with the day it was given."""
    return {"given_on": today.isoformat(), **values}


def completed_recommendation(values: Values, today: date) -> Values:
    """Return the values with the day and the name that the record has above.

    The name is drawn by lot and kept in the office, so that every computer of the office knows its own
    recommendation again when an answer to it comes; above nobody can tell from it which record it is.
    """
    return {"sent_on": today.isoformat(), "above": uid_text(secrets.token_bytes(_UID_BYTES)), **values}


def completed_entry(values: Values, today: date) -> Values:
    """Return the values with a code drawn by lot: two offices that add entries apart never draw the same."""
    return {"code": f"x{secrets.token_hex(5)}", **values}


def is_asked(request: Mapping[str, Value], districts: Iterable[str], kinds: Iterable[str]) -> bool:
    """Say whether a request is for an office with bodies of these kinds in these districts (uid texts)."""
    asked_districts, asked_kinds = request.get("districts") or [], request.get("bodies") or []
    assert isinstance(asked_districts, list)
    assert isinstance(asked_kinds, list)
    here = not asked_districts or bool(set(asked_districts) & set(districts))
    return here and (not asked_kinds or bool(set(asked_kinds) & set(kinds)))
