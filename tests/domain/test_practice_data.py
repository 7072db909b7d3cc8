"""The practice council and the real meeting are sound input for ``record add``, in each language."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.domain.fieldtypes import Ref, Refs
from ethnomed_desktop.domain.ids import new_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Field, Kind
from ethnomed_desktop.domain.seeds import place_uid

ROOT = Path(__file__).resolve().parents[2]
PRACTICE = ROOT / "resources" / "seeds" / "practice"
FACTS = ROOT / "tests" / "facts"
LANGUAGES = ("kk", "ru", "en")
FILES = [PRACTICE / f"{language}.ndjson" for language in LANGUAGES]
FILES += [FACTS / f"working_group_2020.{language}.ndjson" for language in LANGUAGES]
GIVEN_BY_THE_PROGRAM = {"number", "state", "year", "version", "corrects"}

Line = dict[str, Any]


def read(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def katos() -> set[str]:
    with (ROOT / "resources" / "seeds" / "territory.csv").open(encoding="utf-8", newline="") as file:
        return {row["kato"] for row in csv.DictReader(file)}


class Resolver:
    """Stands for the command line: labels made earlier and places by code."""

    def __init__(self, katos: set[str]) -> None:
        self.katos = katos
        self.made: dict[str, tuple[str, str]] = {}

    def reference(self, text: str, kind: str) -> str:
        if text.startswith("kato:"):
            assert kind == "place"
            assert text.removeprefix("kato:") in self.katos, text
            return uid_text(place_uid(text.removeprefix("kato:")))
        assert text.startswith("@"), text
        assert text.removeprefix("@") in self.made, f"{text} is not made earlier in the file"
        made_kind, uid = self.made[text.removeprefix("@")]
        assert made_kind == kind, (text, made_kind, kind)
        return uid

    def value(self, field: Field, raw: Any) -> Any:
        if isinstance(field.type, Ref):
            return self.reference(raw, field.type.kind)
        if isinstance(field.type, Refs):
            return [self.reference(item, field.type.kind) for item in raw]
        return raw

    def add(self, kind: Kind, label: str | None) -> None:
        if label is not None:
            assert label not in self.made, f"label {label} is given twice"
            self.made[label] = (kind.name, uid_text(new_uid(len(self.made))))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_is_accepted(path: Path, katos: set[str]) -> None:
    resolver = Resolver(katos)
    for line in read(path):
        kind = KINDS[line.pop("kind")]
        label = line.pop("@", None)
        assert not GIVEN_BY_THE_PROGRAM & line.keys(), line
        for name, raw in line.items():
            field = kind.field(name)
            assert field.page != 0, f"{name} is given by the program"
            kept = field.type.checked(resolver.value(field, raw))
            assert kept not in (None, []), (name, raw)
            if isinstance(raw, str) and field.type.name in {"text", "long_text"}:
                assert kept == raw, "the text stands in the file as it will be kept"
        missing = [field.name for field in kind.fields if field.required and field.name not in line]
        assert not missing, (kind.name, missing, line)
        resolver.add(kind, label)


def shape(lines: list[Line]) -> list[tuple[str, str | None, frozenset[str]]]:
    by_language = {"minutes_language"}
    return [(line["kind"], line.get("@"), frozenset(line) - by_language) for line in lines]


@pytest.mark.parametrize(
    "stem", [PRACTICE / "{}.ndjson", FACTS / "working_group_2020.{}.ndjson"], ids=["practice", "facts"]
)
def test_languages_tell_the_same(stem: Path) -> None:
    kazakh, russian, english = (read(Path(str(stem).format(language))) for language in LANGUAGES)
    assert shape(kazakh) == shape(russian) == shape(english)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_scripts_are_not_mixed(path: Path) -> None:
    """Kazakh and Russian words hold Cyrillic letters only, Latin words none of them."""
    mixed = re.compile(r"[A-Za-z\u0259][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z\u0259]")
    own = "en" if path.name.endswith("en.ndjson") else "cyrillic"
    for line in read(path):
        kind = KINDS[line["kind"]]
        for name, raw in line.items():
            if name in {"kind", "@"} or not isinstance(raw, str):
                continue
            field = kind.field(name)
            if field.type.name not in {"text", "long_text"} or raw.startswith(("@", "kato:")):
                continue
            assert not mixed.search(raw), raw
            if own == "cyrillic" and not name.endswith("_en") and field.type.name == "long_text":
                assert not re.search("[A-Za-z]", raw), raw


def of_kind(lines: list[Line], kind: str) -> list[Line]:
    return [line for line in lines if line["kind"] == kind]


@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_shows_the_whole_work(language: str) -> None:
    lines = read(PRACTICE / f"{language}.ndjson")
    incidents = of_kind(lines, "incident")
    assert len([line for line in of_kind(lines, "organisation") if line["is_ours"]]) == 2
    assert 8 <= len(of_kind(lines, "person")) <= 12
    assert len([line for line in incidents if line.get("positive")]) == 2
    assert len({line["origin_type"] for line in incidents}) >= 9
    assert {line["severity"] for line in incidents if not line.get("positive")} == {"0", "1", "2", "3"}
    assert len(of_kind(lines, "meeting")) == 2
    assert {line["capacity"] for line in of_kind(lines, "attendance")} == {"member", "invited", "absent"}
    assert of_kind(lines, "task")
    assert not any("self_description" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_votes_add_up(language: str) -> None:
    """Nobody votes twice and nobody who was away votes."""
    lines = read(PRACTICE / f"{language}.ndjson")
    meeting_of_item = {f"@{line['@']}": line["meeting"] for line in of_kind(lines, "agenda_item")}
    for decision in of_kind(lines, "decision"):
        meeting = meeting_of_item[decision["agenda_item"]]
        present = [
            line
            for line in of_kind(lines, "attendance")
            if line["meeting"] == meeting and line["capacity"] == "member"
        ]
        cast = decision["votes_for"] + decision["votes_against"] + decision["votes_abstained"]
        assert cast + len(decision.get("recused", [])) == len(present), decision["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_meeting_claims_only_what_is_known(language: str) -> None:
    lines = read(FACTS / f"working_group_2020.{language}.ndjson")
    (meeting,) = of_kind(lines, "meeting")
    assert meeting["tags"] == ["date-not-known-exactly"]
    assert meeting["entitled"] == 25
    assert meeting["mode"] == "online"
    assert not of_kind(lines, "decision")
    speakers = [line["person"] for line in of_kind(lines, "speech") if line["speech_kind"] == "spoke"]
    assert speakers == ["@zhusupova", "@shaykemelev", "@shariyazdanov", "@kan", "@sadvokasova"]
    assert [line["person"] for line in of_kind(lines, "speech") if line["speech_kind"] == "proposal"] == ["@kan"]
