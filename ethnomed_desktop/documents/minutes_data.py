"""What minutes are printed from: frozen values, complete before the printing begins.

Names of bodies and places are held in three languages (`Trio`), posts where they are known in them;
what a council wrote – headings, questions, speeches, decisions – is text in the language it was
written in and is printed as written. A council that keeps a second text hands it over as a
translation (see `minutes`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from ethnomed_desktop.domain.stand_ins import Known

LIST_ATTACHED_OVER = 15
"""More people than this are listed on an annex instead of in the introduction (usual practice)."""


@dataclass(frozen=True)
class Trio:
    """One name in three languages; a missing one is replaced by kk, then ru, then en, never by nothing."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """Return the name in ``language``, or the nearest one that is known."""
        wanted = {"kk": self.kk, "ru": self.ru, "en": self.en}.get(language)
        return wanted or self.kk or self.ru or self.en


NOWHERE = Trio()
"""A place that nobody entered."""


@dataclass(frozen=True)
class Body:
    """A body that sat, with the number of the minutes in its own series (empty: not numbered yet).

    ``entitled`` and ``quorum`` are its own where each body of a joint sitting is counted.
    """

    name: Trio
    number: str = ""
    entitled: int | None = None
    quorum: bool | None = None


@dataclass(frozen=True)
class Attendee:
    """A person as the minutes name them: «Серікұлы Асқар Ерланұлы», «А. Серікұлы», «төраға».

    ``short`` (initials before the surname) stands on signature lines and before speeches; empty
    means that only the full words are known, which are then used everywhere. ``seats`` are the bodies
    of a joint sitting (places in `MinutesData.bodies`) for which the person sits.
    """

    name: str
    short: str = ""
    post: str | Trio = ""
    remote: bool = False
    reason: str = ""  # of absence
    seats: tuple[int, ...] = ()

    @property
    def signed(self) -> str:
        """The name as it stands on a signature line and before a speech."""
        return self.short or self.name

    def post_in(self, language: str) -> str:
        """The post in a language, or as it is known."""
        return self.post.of(language) if isinstance(self.post, Trio) else self.post


@dataclass(frozen=True)
class Votes:
    """A count of votes; a decision taken without a vote has no `Votes` at all."""

    for_: int
    against: int
    abstained: int
    secret: bool = False


@dataclass(frozen=True)
class Speech:
    """One speech. ``kind``: report, spoke, question, answer, proposal, dissent (code list speech_kind).

    Proposals and dissenting opinions are printed apart, as registered separately; a proposal may name
    the body it goes to and its ``outcome`` (code list proposal_outcome), a dissenting opinion the
    decision of its item that it is ``about`` (from 1; 0: none is named).
    """

    text: str
    speaker: Attendee | None = None
    kind: str = "spoke"
    addressee: Trio | None = None
    outcome: str = ""
    about: int = 0


@dataclass(frozen=True)
class Decision:
    """One point of a decision; ``addressee`` is the body it is addressed to, ``recused`` who did not vote."""

    text: str
    votes: Votes | None = None
    responsible: str = ""
    due: date | None = None
    recused: tuple[Attendee, ...] = ()
    addressee: Trio | None = None
    other_votes: Votes | None = None  # of the second body, where each votes apart


@dataclass(frozen=True)
class Item:
    """One question of the agenda in the order of the sitting; ``label`` empty: numbered 1, 2, 3 …

    ``recused`` took no part in it. ``partly``: some of its words stand in another language.
    """

    title: str
    reporter: Attendee | None = None
    heard: str = ""
    speeches: tuple[Speech, ...] = ()
    decisions: tuple[Decision, ...] = ()
    label: str = ""
    recused: tuple[Attendee, ...] = ()
    partly: bool = False


@dataclass(frozen=True)
class Task:
    """What is to be done, by whom, until when."""

    text: str
    who: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Annex:
    """What is attached; ``pages`` where its length is known."""

    title: str
    pages: int | None = None


@dataclass(frozen=True)
class Extract:
    """Which item of the agenda (from 1) an extract shows, and who certifies it when."""

    item: int
    certified_by: Attendee | None = None
    certified_on: date | None = None


@dataclass(frozen=True)
class MinutesData:
    """Everything that minutes print. Two ``bodies`` make them minutes of a joint sitting."""

    bodies: tuple[Body, ...]
    held: date
    held_until: date | None = None  # last day of a sitting of several days
    begins: time | None = None
    ends: time | None = None
    place: Trio = NOWHERE
    heading: str = ""
    kind: str = "sitting"  # code list meeting_kind
    mode: str = "in_person"  # code list meeting_mode
    chair: Attendee | None = None
    secretary: Attendee | None = None
    entitled: int | None = None
    present: tuple[Attendee, ...] = ()
    present_count: int | None = None  # None: as many as are listed
    invited: tuple[Attendee, ...] = ()
    absent: tuple[Attendee, ...] = ()
    quorum: bool | None = None  # None: not stated, or none is required
    counted_each: bool = False  # each body of a joint sitting has its members and its quorum counted
    joint_votes: str = ""  # code list joint_votes; empty: nobody said how votes are counted, or one body sits
    list_attached: bool | None = None  # None: when more than LIST_ATTACHED_OVER are present
    agenda: tuple[Item, ...] = ()
    tasks: tuple[Task, ...] = ()
    outcome: str = ""
    annexes: tuple[str | Annex, ...] = ()
    version: int = 1
    correction_reason: str = ""
    anonymised: date | None = None  # when names were lawfully replaced by codes
    draft: bool = False
    practice: bool = False
    resolves: bool = False  # "RESOLVED / ҚАУЛЫ ЕТТІ / ПОСТАНОВИЛИ" instead of "DECIDED / ШЕШІМ ҚАБЫЛДАНДЫ / РЕШИЛИ"
    content_language: str = ""  # "kk", "ru", "en" when known; "" when mixed or unknown
    partly: bool = False  # some words of this text stand in another language: nobody wrote them in this one
    heading_partly: bool = False  # the heading is among them
    second: MinutesData | None = None  # the same minutes with the council's words in their second language
    code: str = ""  # of the record, for the foot of the pages (see `domain.paper_codes`)
    known: tuple[Known, ...] = ()  # people of the records whom the texts may name, where names are left out

    @property
    def counted(self) -> int | None:
        """How many were present; ``None`` when nobody recorded it."""
        if self.present_count is not None:
            return self.present_count
        return len(self.present) or None

    @property
    def attaches_list(self) -> bool:
        """Whether those present stand on an annex of their own."""
        if not self.present:
            return False
        if self.list_attached is not None:
            return self.list_attached
        return len(self.present) > LIST_ATTACHED_OVER

    def present_for(self, body: int) -> tuple[Attendee, ...]:
        """Those present who sit for the body at this place."""
        return tuple(one for one in self.present if body in one.seats)

    def label_of(self, index: int) -> str:
        """The printed number of the agenda item at ``index`` (from 0)."""
        return self.agenda[index].label or str(index + 1)
