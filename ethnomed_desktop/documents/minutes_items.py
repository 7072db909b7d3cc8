"""The main part of minutes: per question of the agenda heard, spoke, decided, and how it was voted."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from ethnomed_desktop.documents import blocks
from ethnomed_desktop.documents.minutes_data import Attendee, Decision, Item, MinutesData, Speech, Task, Votes
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import long_date, numeric_date

_APART = ("report", "proposal", "dissent")


class Sections:
    """Sets the sections of one text; remembers whose post was named, to name it once only."""

    def __init__(self, data: MinutesData, catalog: Catalog, theme: Theme) -> None:
        self._data, self._catalog, self._theme = data, catalog, theme
        self._introduced = {person.name for person in (data.chair, data.secretary) if person}

    def section(self, index: int, *, short: bool = False) -> list[Flowable]:
        """Return the section of the agenda item at ``index``; the short form names speakers only."""
        item, label = self._data.agenda[index], self._data.label_of(index)
        story = self._heard(item, label, short)
        spoken = [speech for speech in item.speeches if speech.kind not in _APART]
        if spoken:
            story += self._label(self._spoke_label(spoken))
            story += self._names(spoken) if short else self._speeches(spoken)
        if not short:
            story += self._apart(item, "proposal")
        if item.decisions:
            story += self._label(self._decided_label())
            for number, decision in enumerate(item.decisions, 1):
                story += self._decision(f"{label}.{number}.", decision)
        return story if short else story + self._apart(item, "dissent")

    def _text(self, words: str, style: str = "body") -> list[Flowable]:
        return self._theme.text(words, style, self._catalog.language)

    def _label(self, words: str) -> list[Flowable]:
        return self._text(words, "label")

    def _heard(self, item: Item, label: str, short: bool) -> list[Flowable]:
        heard = self._catalog.gettext("HEARD:")
        story = self._label(f"{label}.\u00a0{heard}")
        subject = f"{self._named(item.reporter)} – {item.title}" if item.reporter else item.title
        story += self._text(subject)
        if short:
            return story
        story += self._text(item.heard)
        for speech in item.speeches:
            if speech.kind == "report":
                own = item.reporter is not None and speech.speaker == item.reporter
                story += self._text(speech.text) if own else self._speeches([speech])
        return story

    def _named(self, person: Attendee) -> str:
        """Return the short name, the first time with the post."""
        if not person.post or person.name in self._introduced:
            return person.signed
        self._introduced.add(person.name)
        return f"{person.signed}, {person.post}"

    def _spoke_label(self, spoken: Sequence[Speech]) -> str:
        if len({speech.speaker for speech in spoken}) == 1:
            return self._catalog.pgettext("one speaker", "SPOKE:")
        return self._catalog.pgettext("several speakers", "SPOKE:")

    def _decided_label(self) -> str:
        _ = self._catalog.gettext
        return _("RESOLVED:") if self._data.resolves else _("DECIDED:")

    def _speeches(self, speeches: Sequence[Speech]) -> list[Flowable]:
        story: list[Flowable] = []
        for speech in speeches:
            story += self._text(f"{self._speaker(speech)} – {speech.text}")
        return story

    def _speaker(self, speech: Speech) -> str:
        _ = self._catalog.gettext
        name = self._named(speech.speaker) if speech.speaker else _("Speaker not named")
        if speech.kind == "question":
            return _("{name} (question)").format(name=name)
        return _("{name} (answer)").format(name=name) if speech.kind == "answer" else name

    def _names(self, spoken: Sequence[Speech]) -> list[Flowable]:
        people = dict.fromkeys(speech.speaker for speech in spoken if speech.speaker)
        return self._text("; ".join(self._named(person) for person in people))

    def _apart(self, item: Item, kind: str) -> list[Flowable]:
        """Return proposals or dissenting opinions, registered separately."""
        speeches = [speech for speech in item.speeches if speech.kind == kind]
        if not speeches:
            return []
        _, several = self._catalog.gettext, len(speeches) > 1
        if kind == "proposal":
            label = _("Proposals registered separately:") if several else _("Proposal registered separately:")
        else:
            label = _("Dissenting opinions:") if several else _("Dissenting opinion:")
        return self._label(label) + self._speeches(speeches)

    def _decision(self, label: str, decision: Decision) -> list[Flowable]:
        _, language = self._catalog.gettext, self._catalog.language
        story = self._text(f"{label}\u00a0{decision.text}")
        if decision.addressee:
            line = _("Sent to: {name}").format(name=decision.addressee.of(language))
            story += self._text(line, "detail")
        story += self._text(self._charge(decision), "detail")
        if decision.votes:
            story += self._text(self._vote(decision.votes), "detail")
        if decision.recused:
            names = ", ".join(person.signed for person in decision.recused)
            story += self._text(_("Took no part in the vote: {names}").format(names=names), "detail")
        return story

    def _charge(self, decision: Decision) -> str:
        _ = self._catalog.gettext
        due = long_date(decision.due, self._catalog.language) if decision.due else ""
        if decision.responsible and due:
            return _("Responsible: {name}; due: {date}").format(name=decision.responsible, date=due)
        if decision.responsible:
            return _("Responsible: {name}").format(name=decision.responsible)
        return _("Due: {date}").format(date=due) if due else ""

    def _vote(self, votes: Votes) -> str:
        _ = self._catalog.gettext
        if votes.secret:
            sentence = _("Secret ballot: for – {yes}, against – {no}, abstained – {abstained}")
        else:
            sentence = _("Vote: for – {yes}, against – {no}, abstained – {abstained}")
        return sentence.format(yes=votes.for_, no=votes.against, abstained=votes.abstained)


def tasks(items: Sequence[Task], catalog: Catalog, theme: Theme) -> list[Flowable]:
    """Return the table of tasks; nothing when there are none."""
    if not items:
        return []
    _ = catalog.gettext
    rows = [
        [str(number), task.text, task.who, numeric_date(task.due) if task.due else ""]
        for number, task in enumerate(items, 1)
    ]
    head = [catalog.pgettext("number of a row", "No"), _("Task"), _("Responsible"), _("Due")]
    return [*theme.text(_("TASKS:"), "label"), blocks.grid(head, rows, (1, 7.5, 4.5, 3), theme)]
