"""One search over everything: folded, by beginnings, in Kazakh and Russian spellings, in the wrong layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.discretion import is_hidden
from ethnomed_desktop.app.paper_scans import find
from ethnomed_desktop.app.titles import references_in, title_of, titles
from ethnomed_desktop.domain.folding import fold, tokens
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.paper_codes import read_paper_code
from ethnomed_desktop.domain.registry import Kind
from ethnomed_desktop.domain.spelling import in_cyrillic, readings
from ethnomed_desktop.domain.stems import stems
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.engine import Reading
from ethnomed_desktop.store.queries.records import StoredRecord, records_by
from ethnomed_desktop.store.queries.veil import is_veiled
from ethnomed_desktop.store.search import find_rids

MOST_WORDS = 12
VEILED_LIMIT = 5000
"""Most hits looked through for a reader who is not shown everything."""
_EXCERPT = 120


@dataclass(frozen=True)
class Hit:
    """A record found: its kind, title, and a piece of text around the first word found in it."""

    kind: str
    uid: bytes
    title: str
    excerpt: str


def search(
    ctx: AppContext, text: str, catalog: Catalog, *, kind_name: str | None = None, limit: int = 20
) -> list[Hit]:
    """Return what is found, best first. What was withdrawn is left out.

    The code at the foot of a printed form finds its record.
    """
    kind = kind_named(kind_name) if kind_name else None
    with ctx.reading() as connection:
        coded = _by_paper(connection, text, kind)
        rids = [coded] if coded is not None else search_rids(connection, text, kind, limit)
        records = records_by(connection, "rid", rids)
        title_fields = {name for one in records for name in one.kind.title}
        referred: dict[str, str] = {}
        for one in records:
            named = [name for name in title_fields if name in one.kind.by_name]
            referred.update(titles(connection, references_in([one], named), catalog))
        return [
            Hit(one.kind.name, one.uid, title_of(one, catalog, referred), _excerpt(one, text, catalog))
            for one in records
        ]


def _by_paper(connection: Reading, text: str, kind: Kind | None) -> int | None:
    """Return the row number of the record whose paper carries the typed code."""
    code = read_paper_code(text)
    found = find(connection, code).record if code is not None else None
    return found.rid if found is not None and kind in (None, found.kind) else None


def search_rids(connection: Reading, text: str, kind: Kind | None, limit: int) -> list[int]:
    """Return row numbers, best first: as typed, else as another layout or script would have it."""
    for reading in (text, *readings(text)):
        words = word_groups(reading)
        if not words:
            continue
        number = kind.number if kind is not None else None
        if is_veiled(connection):
            found = _shown(connection, find_rids(connection, words, number, VEILED_LIMIT), words)[:limit]
        else:
            found = find_rids(connection, words, number, limit)
        if found:
            return found
    return []


def _shown(connection: Reading, rids: Sequence[int], words: Sequence[Sequence[str]]) -> list[int]:
    """Keep what is found by words that are shown: a hit by a hidden name would tell whose name it is."""
    kept = []
    for start in range(0, len(rids), 200):
        for one in records_by(connection, "rid", rids[start : start + 200]):
            seen = {fold(word) for word in tokens(_seen_text(one))}
            if all(any(word.startswith(variant) for word in seen for variant in group) for group in words):
                kept.append(one.rid)
    return kept


def _seen_text(record: StoredRecord) -> str:
    parts = []
    for field in record.kind.all_fields:
        value = record.values.get(field.name)
        if value is not None and (field.searchable or field.name == "number"):
            parts.append(" ".join(value) if isinstance(value, list) else str(value))
    return "\n".join(parts)


def word_groups(text: str) -> list[list[str]]:
    """Return, per word typed, its folded form, stems and Cyrillic letters; the last word may be unfinished."""
    words = tokens(text)[:MOST_WORDS]
    unfinished = not text.endswith((" ", ".", ","))
    groups: list[list[str]] = []
    for position, word in enumerate(words):
        finished = position < len(words) - 1 or not unfinished
        variants = dict.fromkeys(fold(one) for one in (word, *stems(word, finished=finished), *in_cyrillic(word)))
        groups.append([variant for variant in variants if variant])
    return [group for group in groups if group]


def _excerpt(record: StoredRecord, text: str, catalog: Catalog) -> str:
    wanted = [fold(word) for word in tokens(text)]
    for field in record.kind.all_fields:
        value = record.values.get(field.name)
        if not (field.searchable and isinstance(value, str)) or field.name in record.kind.title:
            continue
        if is_hidden(field, catalog):
            continue
        place = _place_of(fold(value), wanted)
        if place is not None:
            start = max(0, min(place, len(value)) - _EXCERPT // 3)
            piece = value[start : start + _EXCERPT].replace("\n", " ").strip()
            return ("…" if start else "") + piece + ("…" if start + _EXCERPT < len(value) else "")
    return ""


def _place_of(folded: str, wanted: Sequence[str]) -> int | None:
    places = [place for word in wanted if word and (place := folded.find(word)) >= 0]
    return min(places) if places else None
