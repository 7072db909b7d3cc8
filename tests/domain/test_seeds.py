"""The facts every vault starts with: complete, connected, and the same in every vault."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import seed_uid, uid_text
from ethnomed_desktop.domain.seeds import body_patterns, body_seeds, place_seeds, place_uid

SEEDS = Path(__file__).resolve().parents[2] / "resources" / "seeds"
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (SEEDS / "territory.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def bodies() -> list[dict[str, object]]:
    return json.loads((SEEDS / "bodies.json").read_text(encoding="utf-8"))


def test_territory_is_complete(rows: list[dict[str, str]]) -> None:
    seeds = place_seeds(rows)
    kinds = [values["place_kind"] for _, values in seeds]
    assert len(seeds) == 248
    assert len({uid for uid, _ in seeds}) == 248
    assert kinds.count("region") == 17
    assert kinds.count("republican_city") == 3
    assert kinds.count("district") == 170
    assert kinds.count("city") == 39
    assert kinds.count("city_district") == 19


def test_every_parent_stands_before_its_parts(rows: list[dict[str, str]]) -> None:
    seen: set[str] = set()
    for uid, values in place_seeds(rows):
        parent = values.get("parent")
        assert parent is None or parent in seen, values
        assert (parent is None) == (values["place_kind"] in {"region", "republican_city"})
        seen.add(uid_text(uid))


def test_places_are_named_in_three_languages(rows: list[dict[str, str]]) -> None:
    for row, (_, values) in zip(rows, place_seeds(rows), strict=True):
        for part in ("name", "centre"):
            for language in LANGUAGES:
                column = f"{part}_{language}"
                assert values.get(column, "") == row[column]
                assert part == "centre" or values[column], row


def test_coordinates_lie_in_kazakhstan(rows: list[dict[str, str]]) -> None:
    located = [values for _, values in place_seeds(rows) if "lat" in values]
    assert len(located) == 245  # three districts of Astana have none
    for values in located:
        lat, lon = values["lat"], values["lon"]
        assert isinstance(lat, float)
        assert isinstance(lon, float)
        assert 40.5 < lat < 55.5, values
        assert 46.4 < lon < 87.4, values


def test_two_vaults_agree(rows: list[dict[str, str]], bodies: list[dict[str, object]]) -> None:
    assert place_seeds(rows) == place_seeds(list(rows))
    assert body_seeds(bodies) == body_seeds(list(bodies))
    assert place_uid("314800000") == seed_uid("place", "314800000")


def test_identity_of_a_place_never_changes() -> None:
    """A value written down once: whoever changes the name space breaks every vault in use."""
    assert uid_text(place_uid("310000000")) == "82238e38-4ead-5114-ae13-6fab5177ea24"


def test_wrong_value_is_refused(rows: list[dict[str, str]]) -> None:
    with pytest.raises(UserError) as caught:
        place_seeds([{**rows[0], "lat": "north"}])
    assert caught.value.code == "real.expected"


def test_bodies_follow_the_reform_of_2026(bodies: list[dict[str, object]]) -> None:
    by_kind = {values["body_kind"]: values for _, values in body_seeds(bodies)}
    assert by_kind["assembly"]["name_kk"] == "Қазақстан халқы Ассамблеясы"
    assert by_kind["assembly"]["valid_to"] == "2026-06-30"
    assert by_kind["peoples_council"]["name_ru"] == "Қазақстан Халық Кеңесі"
    assert by_kind["peoples_council"]["valid_from"] == "2026-07-01"
    assert "valid_to" not in by_kind["peoples_council"]


def test_patterns_are_no_records(bodies: list[dict[str, object]]) -> None:
    patterns = body_patterns(bodies)
    assert [values["body_kind"] for values in patterns.values()] == [
        "council_of_elders",
        "council_of_mothers",
        "house_of_friendship",
        "ethnomediation_council",
        "mediation_room",
        "public_council",
    ]
    assert all(values[f"name_{language}"] for values in patterns.values() for language in LANGUAGES)
    assert len(patterns) + len(body_seeds(bodies)) == len(bodies)
    assert len({str(row["code"]) for row in bodies}) == len(bodies)
