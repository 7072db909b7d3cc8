"""The first part of minutes: requisites, who sat, quorum, agenda.

Contents and order follow the one statutory list of minutes contents (Law No 148, art. 39-3, points
10 and 10-1 to 10-5) and the usage of record offices for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ethnomed_desktop.documents import words
from ethnomed_desktop.documents.content import Line, Piece, Requisites
from ethnomed_desktop.documents.minutes_data import Attendee, Item, MinutesData
from ethnomed_desktop.documents.wishes import Wishes
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import date_before_noun, long_date

_KINDS = {
    "visiting": N_("MINUTES OF A VISITING SITTING"),
    "joint": N_("MINUTES OF A JOINT SITTING"),
    "session": N_("MINUTES OF A SESSION"),
    "working_group": N_("MINUTES OF A WORKING GROUP'S SITTING"),
}
_MODES = {
    "online": N_("Form of the sitting: online (remote)"),
    "mixed": N_("Form of the sitting: mixed (in person and remote)"),
}
_COUNTING = {
    "common": N_("The votes of both bodies are counted in common."),
    "each": N_("Each body votes apart; a decision is taken when both bodies adopt it."),
}
_BLANK_NUMBER = "________"


def number_of(data: MinutesData) -> str:
    """Return the number, both numbers of a joint sitting, or a line to write it on."""
    numbers = [body.number for body in data.bodies]
    if not any(numbers):
        return _BLANK_NUMBER
    return " / ".join(number or _BLANK_NUMBER for number in numbers)


def title(data: MinutesData, catalog: Catalog) -> str:
    """Return what the document is called, for its metadata and as reference: «… № 3 хаттама»."""
    _ = catalog.gettext
    if not any(body.number for body in data.bodies):
        return _("Minutes of {date}").format(date=date_before_noun(data.held, catalog.language))
    day = date_before_noun(data.held, catalog.language)
    return _("Minutes No {number} of {date}").format(number=number_of(data), date=day)


def head(data: MinutesData, catalog: Catalog, *, extract: bool = False) -> list[Piece]:
    """Return the requisites: body, kind of document, date, number, place, heading."""
    _ = catalog.gettext
    story: list[Piece] = [Line(body.name.of(catalog.language), "organisation") for body in data.bodies]
    kind = "joint" if len(data.bodies) > 1 else data.kind
    name = _(_KINDS[kind]) if kind in _KINDS else _("MINUTES")
    story.append(Line(_("EXTRACT FROM THE MINUTES") if extract else name, "kind"))
    story.append(
        Requisites(
            words.span(data.held, data.held_until, catalog.language),
            _("No {number}").format(number=number_of(data)),
            data.place.of(catalog.language),
        )
    )
    if data.version > 1:
        story.append(Line(_version(data, catalog), "remark"))
    if data.anonymised is not None:
        story.append(Line(_anonymised(data.anonymised, catalog), "remark"))
    story.append(Line("", "heading", data.heading))
    return story


def _anonymised(on: date, catalog: Catalog) -> str:
    sentence = catalog.gettext(
        "On {date} names were replaced by codes in square brackets, as the law on personal data asks. Number, date "
        "and decisions are as they were."
    )
    return sentence.format(date=long_date(on, catalog.language))


def _version(data: MinutesData, catalog: Catalog) -> str:
    _ = catalog.gettext
    if not data.correction_reason:
        return _("Version {version}").format(version=data.version)
    sentence = _("Version {version}. Reason of the correction: {reason}")
    return sentence.format(version=data.version, reason=data.correction_reason)


def introduction(data: MinutesData, catalog: Catalog) -> list[Piece]:
    """Return who sat: chair, secretary, numbers, lists, hours, form of the sitting, quorum."""
    _ = catalog.gettext
    lines = [
        _("Chair: {name}").format(name=described(data.chair, catalog)) if data.chair else _("Chair: not stated"),
        _("Secretary: {name}").format(name=described(data.secretary, catalog))
        if data.secretary
        else _("Secretary: not stated"),
    ]
    story: list[Piece] = [Line(line, "plain") for line in lines]
    if data.counted_each:
        for place in range(len(data.bodies)):
            story += _body(data, place, catalog)
        count = data.counted or 0
        words = catalog.ngettext("Present in all: {count} person", "Present in all: {count} people", count)
        story.append(Line(words.format(count=count), "plain"))
    else:
        story += _entitled(data.entitled, "plain", catalog)
        story.append(Line(_present(data, catalog), "plain"))
    story += _people(_("Invited:"), [_with_mark(p, catalog) for p in data.invited])
    story += _people(_("Absent:"), [_with_reason(p, catalog) for p in data.absent])
    counting = _(_COUNTING.get(data.joint_votes, "")) if len(data.bodies) > 1 else ""
    for line in (_hours(data, catalog), _(_MODES.get(data.mode, "")), _quorum(data, catalog), counting):
        story.append(Line(line, "plain"))
    return story


def _entitled(count: int | None, style: str, catalog: Catalog) -> list[Piece]:
    if count is None:
        return []
    sentence = catalog.gettext("Total number of members entitled to take part: {count}")
    return [Line(sentence.format(count=count), style)]


def _body(data: MinutesData, place: int, catalog: Catalog) -> list[Piece]:
    """Return one body of a joint sitting: its members, who of them came, its quorum."""
    _, body, present = catalog.gettext, data.bodies[place], data.present_for(place)
    story: list[Piece] = [Line(f"{body.name.of(catalog.language)}:", "lead")]
    story += _entitled(body.entitled, "detail", catalog)
    if present:
        story.append(Line(_listed(present, catalog, attached=data.attaches_list), "detail"))
    else:
        story.append(Line(_("Nobody of this body was present."), "detail"))
    if body.quorum is not None:
        words = _("Quorum is present.") if body.quorum else _("There is no quorum.")
        story.append(Line(words, "detail"))
    return story


def as_written(data: MinutesData, catalog: Catalog, item: Item | None = None) -> list[Piece]:
    """Return the sentence that the council's words stand in another language, where it is known.

    Of an extract only the heading and the ``item`` count.
    """
    other = bool(data.content_language) and data.content_language != catalog.language
    here = item is None or item.partly or data.heading_partly
    if not (other or (data.partly and here)):
        return []
    return [Line(catalog.gettext("Texts are given in the language in which they were written."), "remark")]


def nameless(catalog: Catalog, wishes: Wishes) -> list[Piece]:
    """Return the sentence that names were left out, where they were."""
    if not wishes.hide_names:
        return []
    return [Line(catalog.gettext("Names of people are replaced by initials or codes."), "remark")]


def described(person: Attendee, catalog: Catalog) -> str:
    """Return the full name with the post."""
    post = person.post_in(catalog.language)
    return f"{person.name}, {post}" if post else person.name


def _with_mark(person: Attendee, catalog: Catalog) -> str:
    if not person.remote:
        return described(person, catalog)
    return catalog.gettext("{name} (remotely)").format(name=described(person, catalog))


def _with_reason(person: Attendee, catalog: Catalog) -> str:
    words = described(person, catalog)
    return f"{words} – {person.reason}" if person.reason else words


def _present(data: MinutesData, catalog: Catalog) -> str:
    count = data.counted
    if count is None:
        return catalog.gettext("No information on those present was entered.")
    if not data.present:
        return catalog.ngettext("Present: {count} person", "Present: {count} people", count).format(count=count)
    return _listed(data.present, catalog, attached=data.attaches_list)


def _listed(present: Sequence[Attendee], catalog: Catalog, *, attached: bool) -> str:
    count = len(present)
    if attached:
        sentence = catalog.ngettext(
            "Present: {count} person (list attached)", "Present: {count} people (list attached)", count
        )
        return sentence.format(count=count)
    names = "; ".join(_with_mark(person, catalog) for person in present)
    sentence = catalog.ngettext("Present ({count} person): {names}", "Present ({count} people): {names}", count)
    return sentence.format(count=count, names=names)


def _people(label: str, people: Sequence[str]) -> list[Piece]:
    """Return one person in the label's line, several under it."""
    if not people:
        return []
    if len(people) == 1:
        return [Line(f"{label} {people[0]}", "plain")]
    return [Line(label, "lead"), *(Line(person, "detail") for person in people)]


def _hours(data: MinutesData, catalog: Catalog) -> str:
    _ = catalog.gettext
    begins = words.clock(data.begins) if data.begins else ""
    ends = words.clock(data.ends) if data.ends else ""
    if begins and ends:
        return _("Beginning of the sitting: {begins}, end: {ends}").format(begins=begins, ends=ends)
    if begins:
        return _("Beginning of the sitting: {begins}").format(begins=begins)
    return _("End of the sitting: {ends}").format(ends=ends) if ends else ""


def _quorum(data: MinutesData, catalog: Catalog) -> str:
    _ = catalog.gettext
    if data.quorum is None:
        return ""
    if data.quorum:
        return _("Quorum is present. The sitting is competent.")
    return _("There is no quorum. The sitting is not competent.")


def agenda(data: MinutesData, catalog: Catalog) -> list[Piece]:
    """Return the numbered agenda, each question with who reports."""
    _ = catalog.gettext
    story: list[Piece] = [Line(_("AGENDA:"), "label")]
    for index, item in enumerate(data.agenda):
        style = "agenda_led" if item.reporter else "agenda"  # a matter and who reports on it stay on one page
        story.append(Line(f"{data.label_of(index)}.\u00a0", style, item.title))
        if item.reporter:
            story.append(Line(_("Reporter: {name}").format(name=described(item.reporter, catalog)), "detail"))
    if not data.agenda:
        story.append(Line(_("No agenda was entered."), "plain"))
    return story
