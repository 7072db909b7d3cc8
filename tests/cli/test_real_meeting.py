"""A real public meeting entered through the command line and printed in three languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ethnomed_desktop.app.documents import read_back

FACTS = Path(__file__).resolve().parents[1] / "facts"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_real_meeting_is_entered_and_printed_with_all_its_speakers(cli, tmp_path, language: str) -> None:
    cli.language = language
    cli.now = "2026-11-21T10:00+05:00"
    file = FACTS / f"working_group_2020.{language}.ndjson"
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    made = cli("record", "add", "any", "--from", str(file)).json
    assert len(made) == len(records)
    meeting = next(one["id"] for one in made if one["kind"] == "meeting")
    by_label = {one["@"]: one for one in records if "@" in one}
    speakers = {one["person"].lstrip("@") for one in records if one["kind"] == "speech"}
    assert len(speakers) == 5

    target = tmp_path / "minutes.pdf"
    assert cli("print", "minutes", meeting, "--language", language, "--out", str(target)).code == 0
    said = read_back(target.read_bytes())
    for name in speakers:
        assert by_label[name]["surname"] in said, name
    for one in records:
        if one["kind"] == "speech":
            assert " ".join(one["text"].split())[:60] in said

    needed = {one["facts"].get("field") for one in cli("meeting", "check", meeting).json["obstacles"]}
    assert needed == {"chair", "secretary"}, "the source names neither, so it cannot be numbered"
    assert cli("search", by_label[next(iter(speakers))]["surname"]).json
