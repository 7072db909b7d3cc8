"""The main job from one end to the other on a real store, said step by step; for machines without a display."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.cli.walk_texts import TEXTS
from ethnomed_desktop.domain.clock import KAZAKHSTAN, local_time
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.current import _, ngettext

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.records import Recorded

PAPERS = "papers"
_LANGUAGES = ("kk", "ru", "en", "kk+ru", "kk|ru")
Say = Callable[[int, str], None]
Further = Callable[["AppContext", bytes, bytes], None]
"""Goes on in the open council, with the incident and the sitting that were made."""


@dataclass
class _Walk:
    """A walk under way: every step says what it did when it is done."""

    session: Session
    ctx: AppContext
    made: list[Recorded]
    tell: Say
    step: int = 1

    @property
    def text(self) -> Mapping[str, str]:
        return TEXTS[self.session.language]

    def say(self, done: str) -> None:
        self.tell(self.step, done)
        self.step += 1

    def of_kind(self, kind: str) -> list[str]:
        return [uid_text(one.uid) for one in self.made if one.kind == kind]


def walk(session: Session, folder: Path, say: Say, further: Further | None = None) -> Answer:
    """Walk through the main job in a council of its own that is removed afterwards; the papers stay.

    ``say`` is told the number of each step and what it did; ``further`` goes on before the end. Raises what
    the commands raise: then something is wrong with the program or the disk.
    """
    from ethnomed_desktop.app import practice, vault

    papers = folder / PAPERS
    papers.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="walk-", dir=folder) as place:
        root = Path(place) / "council"  # what is kept beside it goes with it
        made, recorded = practice.create_practice(root, session.language, program="command", **session.costs)
        try:
            steps = _Walk(session, made.ctx, recorded, say)
            count = formatting.number(len(recorded), session.language)
            steps.say(
                ngettext(
                    "Made an encrypted practice council with {count} record.",
                    "Made an encrypted practice council with {count} records.",
                    len(recorded),
                ).format(count=count)
            )
            incident = _incident(steps)
            number, meeting = _sitting(steps, incident)
            files = _print(steps, meeting, papers)
            if further is not None:
                further(made.ctx, incident, meeting)
        finally:
            vault.close(made.ctx)
    value = {"incident": uid_text(incident), "minutes": number, "folder": str(papers), "files": files}
    return Answer(value, _("Done. The papers are here: {folder}").format(folder=papers))


def _incident(steps: _Walk) -> bytes:
    from ethnomed_desktop.app import history, records
    from ethnomed_desktop.app.search import search

    ctx, text = steps.ctx, steps.text
    fields = {"settlement": text["village"], "what_happened": text["what_happened"]}
    made = records.record(ctx, "incident", fields).value
    steps.say(_("Recorded an incident by two fields, where and what. Number: {number}").format(number=made.number))
    catalog = steps.session.catalog
    hits = search(ctx, text["word"], catalog, kind_name="incident")
    found = next(hit for hit in hits if hit.uid == made.uid)
    steps.say(_("Found it by the word “{word}”: {title}").format(word=text["word"], title=found.title))
    records.revise(ctx, made.uid, {"severity": "2"}, revision=records.show(ctx, made.uid).revision)
    steps.say(_("Changed it: severity 2."))
    history.undo(ctx)
    assert "severity" not in records.show(ctx, made.uid).values, "undo left the change"
    steps.say(_("Undid the change: the severity is empty again."))
    return made.uid


def _sitting(steps: _Walk, incident: bytes) -> tuple[str, bytes]:
    from ethnomed_desktop.app import meetings, records

    made = records.record_many(steps.ctx, _sitting_records(steps, incident)).value
    meeting = made[0].uid
    steps.say(
        _("Held a sitting about it: {present} present, one matter, one decision, votes counted.").format(
            present=len([one for one in made if one.kind == "attendance"])
        )
    )
    number = meetings.finish_meeting(steps.ctx, meeting).value.number
    steps.say(_("Finished the minutes. Number: {number}").format(number=number))
    return number, meeting


def _sitting_records(steps: _Walk, incident: bytes) -> list[tuple[str, Mapping[str, object]]]:
    text = steps.text
    people = steps.of_kind("person")[:5]
    body = steps.of_kind("organisation")[-1]
    begins = local_time(steps.ctx.clock.now_ms()).astimezone(KAZAKHSTAN).replace(minute=0)
    meeting = {
        "@": "meeting",
        "organisation": body,
        "starts": begins.isoformat(timespec="minutes"),
        "venue": text["venue"],
        "heading": text["heading"],
        "chair": people[0],
        "secretary": people[1],
        "entitled": len(people),
        "incidents": [uid_text(incident)],
        "content_language": steps.session.language,
    }
    present = [
        ("attendance", {"meeting": "@meeting", "person": one, "capacity": "member", "position": place})
        for place, one in enumerate(people, start=1)
    ]
    item = {
        "@": "item",
        "meeting": "@meeting",
        "position": 1,
        "title": text["matter"],
        "reporter": people[0],
        "heard": text["what_happened"],
    }
    speech = {
        "agenda_item": "@item",
        "position": 1,
        "person": people[2],
        "speech_kind": "spoke",
        "text": text["speech"],
    }
    decision = {
        "agenda_item": "@item",
        "position": 1,
        "text": text["decision"],
        "responsible": people[3],
        "votes_for": len(people),
        "votes_against": 0,
        "votes_abstained": 0,
    }
    return [("meeting", meeting), *present, ("agenda_item", item), ("speech", speech), ("decision", decision)]


def _print(steps: _Walk, meeting: bytes, papers: Path) -> list[str]:
    from ethnomed_desktop.app import documents

    names = []
    for language in _LANGUAGES:
        target = papers / f"minutes-{language.replace('+', '-').replace('|', '-beside-')}.pdf"
        pages = documents.write_minutes(steps.ctx, meeting, documents.Order(language), target)
        said = ngettext(
            "Printed the minutes. Language: {language}. {count} page: {file}",
            "Printed the minutes. Language: {language}. {count} pages: {file}",
            pages,
        )
        steps.say(said.format(language=language, count=pages, file=target.name))
        names.append(target.name)
    return names
