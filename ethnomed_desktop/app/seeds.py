"""The facts every vault starts with, read from the resources once."""

from __future__ import annotations

import csv
import json
from functools import cache

from ethnomed_desktop import paths
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.seeds import body_patterns, body_seeds, place_seeds
from ethnomed_desktop.store import store
from ethnomed_desktop.store.rebuild import Seeds


@cache
def seeds() -> Seeds:
    """Return the seed records by kind: places of the republic, bodies that exist as such."""
    with paths.resource("seeds", "territory.csv").open(encoding="utf-8", newline="") as file:
        places = place_seeds(csv.DictReader(file))
    return {"place": [*places], "organisation": [*body_seeds(_bodies())]}


def know_seeds() -> None:
    """Read and hash the seeds ahead: opening a vault compares them with those in its tables."""
    store.know_seeds(seeds())


@cache
def patterns() -> dict[str, dict[str, Value]]:
    """Return what a new council of each sort is filled in with, by the code of the pattern."""
    return body_patterns(_bodies())


@cache
def _bodies() -> tuple[dict[str, object], ...]:
    text = paths.resource("seeds", "bodies.json").read_text(encoding="utf-8")
    rows = json.loads(text)
    return tuple(rows["bodies"] if isinstance(rows, dict) else rows)
