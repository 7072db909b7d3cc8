"""The main part of minutes: per question of the agenda heard, spoke, decided, and how it was voted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ethnomed_desktop.documents.content import Grid, Line, Piece
from ethnomed_desktop.documents.minutes_data import Attendee, Decision, Item, MinutesData, Speech, Task, Votes
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import NO_BREAK, long_date, numeric_date
from ethnomed_desktop.i18n.labels import code_label

_APART = ("report", "proposal", "dissent")


class Sections:
    """Words the sections of one text; remembers whose post was named, to name it once only."""

    def __init__(self, data: MinutesData, catalog: Catalog) -> None:
        self._data, self._catalog = data, catalog
        self._introduced = {person.name for person in (data.chair, data.secretary) if person}

    def section(self, index: int, *, short: bool = False) -> list[Piece]:
        """Return the section of the agenda item at ``index``; the short form names speakers only."""
        item, label = self._data.agenda[index], self._data.label_of(index)
        story = self._heard(item, label, short)
        spoken = [speech for speech in item.speeches if speech.kind not in _APART]
        if spoken:
            story += self._label(self._spoke_label(spoken))
            story += self._names(spoken) if short else self._speeches(spoken)
        if not short:
            story += self._apart(item, label, "proposal")
        if item.decisions:
            story += self._label(self._decided_label())
            for number, decision in enumerate(item.decisions, 1):
                story += self._decision(f"{label}.{number}.", decision)
        return story + self._apart(item, label, "dissent", short=short)

    def _label(self, words: str) -> list[Piece]:
        return [Line(words, "label")]

    def _heard(self, item: Item, label: str, short: bool) -> list[Piece]:
        heard = self._catalog.gettext("HEARD:")
        story = self._label(f"{label}.\u00a0{heard}")
        story.append(Line(f"{self._named(item.reporter)} – " if item.reporter else "", "body", item.title))
        if item.recused:
            names = self._listed(item.recused)
            words = self._catalog.gettext("Took no part in the consideration of the item: {names}")
            story.append(Line(words.format(names=names), "detail"))
        if short:
            return story
        story.append(Line("", "body", item.heard))
        for speech in item.speeches:
            if speech.kind == "report":
                own = item.reporter is not None and speech.speaker == item.reporter
                story += [Line("", "body", speech.text)] if own else self._speeches([speech])
        return story

    def _named(self, person: Attendee) -> str:
        """Return the short name, the first time with the post."""
        post = person.post_in(self._catalog.language)
        if not post or person.name in self._introduced:
            return person.signed
        self._introduced.add(person.name)
        return f"{person.signed}, {post}"

    def _listed(self, people: Sequence[Attendee]) -> str:
        """Return short names, whole ones where two people of the sitting would be called alike."""
        known = {person.name: person.signed for person in (*self._data.present, *people)}
        short = Counter(known.values())
        return ", ".join(person.name if short[person.signed] > 1 else person.signed for person in people)

    def _spoke_label(self, spoken: Sequence[Speech]) -> str:
        if len({speech.speaker for speech in spoken}) == 1:
            return self._catalog.pgettext("one speaker", "SPOKE:")
        return self._catalog.pgettext("several speakers", "SPOKE:")

    def _decided_label(self) -> str:
        _ = self._catalog.gettext
        return _("RESOLVED:") if self._data.resolves else _("DECIDED:")

    def _speeches(self, speeches: Sequence[Speech]) -> list[Piece]:
        return [Line(f"{self._speaker(speech)} – ", "body", speech.text) for speech in speeches]

    def _speaker(self, speech: Speech) -> str:
        _ = self._catalog.gettext
        name = self._named(speech.speaker) if speech.speaker else _("Speaker not named")
        if speech.kind == "question":
            return _("{name} (question)").format(name=name)
        return _("{name} (answer)").format(name=name) if speech.kind == "answer" else name

    def _names(self, spoken: Sequence[Speech]) -> list[Piece]:
        people = dict.fromkeys(speech.speaker for speech in spoken if speech.speaker)
        return [Line("; ".join(self._named(person) for person in people))]

    def _apart(self, item: Item, place: str, kind: str, *, short: bool = False) -> list[Piece]:
        """Return proposals or dissenting opinions, registered separately; the short form names whose.

        ``place`` is the number of the item: a dissenting opinion names the decision it is about.
        """
        speeches = [speech for speech in item.speeches if speech.kind == kind]
        if not speeches:
            return []
        _, several = self._catalog.gettext, len(speeches) > 1
        if kind == "proposal":
            label = _("Proposals registered separately:") if several else _("Proposal registered separately:")
        else:
            label = _("Dissenting opinions:") if several else _("Dissenting opinion:")
        story = self._label(label)
        if short:
            whose = dict.fromkeys(self._whose(speech, place) for speech in speeches if speech.speaker)
            return [*story, Line("; ".join(whose))]
        for speech in speeches:
            story.append(Line(f"{self._whose(speech, place)} – ", "body", speech.text))
            story += self._became(speech)
        return story

    def _whose(self, speech: Speech, place: str) -> str:
        name = self._speaker(speech)
        if not speech.about:
            return name
        number = f"{place}.{speech.about}"
        return self._catalog.gettext("{name} (on decision {number})").format(name=name, number=number)

    def _became(self, speech: Speech) -> list[Piece]:
        """Return to whom a proposal goes and what became of it."""
        story: list[Piece] = []
        if speech.addressee:
            name = speech.addressee.of(self._catalog.language)
            story.append(Line(self._catalog.gettext("Sent to: {name}").format(name=name), "detail"))
        if speech.outcome:
            label = code_label("proposal_outcome", speech.outcome, self._catalog)
            words = self._catalog.gettext("What became of the proposal: {outcome}")
            story.append(Line(words.format(outcome=label), "detail"))
        return story

    def _decision(self, label: str, decision: Decision) -> list[Piece]:
        _, language = self._catalog.gettext, self._catalog.language
        story: list[Piece] = [Line(f"{label}\u00a0", "body", decision.text)]
        if decision.addressee:
            story.append(Line(_("Sent to: {name}").format(name=decision.addressee.of(language)), "detail"))
        story.append(Line(self._charge(decision), "detail"))
        story += self._votes(decision)
        if decision.recused:
            names = self._listed(decision.recused)
            story.append(Line(_("Took no part in the vote: {names}").format(names=names), "detail"))
        return story

    def _charge(self, decision: Decision) -> str:
        _ = self._catalog.gettext
        due = long_date(decision.due, self._catalog.language) if decision.due else ""
        if decision.responsible and due:
            return _("Responsible: {name}; due: {date}").format(name=decision.responsible, date=due)
        if decision.responsible:
            return _("Responsible: {name}").format(name=decision.responsible)
        return _("Due: {date}").format(date=due) if due else ""

    def _votes(self, decision: Decision) -> list[Piece]:
        """Return how it was voted, a line for each body where each votes apart."""
        given = (decision.votes, decision.other_votes)
        if self._data.joint_votes != "each" or len(self._data.bodies) < len(given):
            return [Line(self._vote(decision.votes), "detail")] if decision.votes else []
        names = [body.name.of(self._catalog.language) for body in self._data.bodies]
        return [
            Line(f"{name}. {self._vote(votes)}", "detail")
            for name, votes in zip(names, given, strict=False)
            if votes is not None
        ]

    def _vote(self, votes: Votes) -> str:
        _ = self._catalog.gettext
        if votes.secret:
            sentence = _("Secret ballot: for – {yes}, against – {no}, abstained – {abstained}")
        else:
            sentence = _("Vote: for – {yes}, against – {no}, abstained – {abstained}")
        sentence = sentence.replace(" – {", f"{NO_BREAK}–{NO_BREAK}{{")  # a count stays with what it counts
        return sentence.format(yes=votes.for_, no=votes.against, abstained=votes.abstained)


def tasks(items: Sequence[Task], catalog: Catalog) -> list[Piece]:
    """Return the table of tasks; nothing when there are none."""
    if not items:
        return []
    _ = catalog.gettext
    rows = tuple(
        (str(number), task.text, task.who, numeric_date(task.due) if task.due else "")
        for number, task in enumerate(items, 1)
    )
    head = (catalog.pgettext("number of a row", "No"), _("Task"), _("Responsible"), _("Due"))
    return [Line(_("TASKS:"), "label"), Grid(head, rows, (1, 7.5, 4.5, 3), frozenset({1}))]
