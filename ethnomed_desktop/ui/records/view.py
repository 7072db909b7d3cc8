"""How a kind is shown: order of the form, filters, words of the empty list. Plain values, no widgets."""

from __future__ import annotations

from dataclasses import dataclass

from ethnomed_desktop.domain.fieldtypes import Code
from ethnomed_desktop.domain.kinds import kind_named
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind

MADE_ON_THE_WAY = frozenset({"person", "organisation", "place"})
"""Kinds that a reference field may make over the page."""


@dataclass(frozen=True)
class KindView:
    """What differs from kind to kind. ``action``, ``empty`` and ``hint`` are catalog ids.

    ``fields`` is the order of the form (empty: that of the registry), ``required`` what the form
    asks for beyond the registry, ``filters`` code fields of the filter bar, ``parts`` kinds of
    record that belong to one and are listed on its card, ``quick`` the few fields of the small form.
    ``columns`` is the order of the list's columns (empty: that of the registry), the telling ones first.
    ``heading`` stands over a list of such parts on a card (empty: the kind's plural).
    ``body_of_work`` fills the place in from the body the person works for.
    """

    kind_name: str
    action: str
    icon: str
    empty: str
    hint: str
    fields: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    filters: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    today: str = ""
    place_of_body: str = ""
    heading: str = ""

    @property
    def kind(self) -> Kind:
        """The kind of the registry."""
        return kind_named(self.kind_name)

    def form_fields(self, without: tuple[str, ...] = ()) -> list[str]:
        """Return the fields of the whole form: those named first, then the rest by their pages."""
        shown = sorted((field for field in self.kind.all_fields if field.page), key=lambda field: field.page)
        rest = [field.name for field in shown if field.name not in self.fields]
        return [name for name in (*self.fields, *rest) if name not in without]

    def code_filters(self) -> list[Field]:
        """Return the fields of the filter bar."""
        return [self.kind.field(name) for name in self.filters if isinstance(self.kind.field(name).type, Code)]


PERSON = KindView(
    "person",
    N_("New person"),
    "people",
    N_("No people yet"),
    N_("Members, mediators and those who tell of incidents will stand here."),
    parts=("membership",),
    quick=("surname", "given_name", "patronymic", "phones"),
)
ORGANISATION = KindView(
    "organisation",
    N_("New body"),
    "bodies",
    N_("No bodies yet"),
    N_("Councils, akimats and other organisations will stand here."),
    filters=("body_kind",),
    parts=("membership",),
    quick=("body_kind", "name_kk", "name_ru"),
)
PLACE = KindView(
    "place",
    N_("New place"),
    "bodies",
    N_("No places yet"),
    N_("Regions and districts are here from the start; villages are added by you."),
    filters=("place_kind",),
    quick=("place_kind", "parent", "name_kk", "name_ru"),
)
CONSENT = KindView(
    "consent",
    N_("New consent"),
    "documents",
    N_("No consents yet"),
    N_("Who allowed which data to be kept, for what and until when."),
    filters=("form",),
    today="given_on",
)
HANDOVER = KindView(
    "handover",
    N_("New entry"),
    "exchange",
    N_("Nothing was handed over yet"),
    N_("Whatever is handed to third parties, abroad or published is written down here."),
    filters=("how",),
    today="handed_on",
)
POLICY = KindView(
    "policy_document",
    N_("New policy document"),
    "documents",
    N_("No policy documents yet"),
    N_("The law asks for an approved list of personal data and for documents on the policy of processing."),
    filters=("policy_kind",),
    today="approved_on",
)
RESPONSIBLE = KindView(
    "responsible_person",
    N_("Name a person responsible"),
    "people",
    N_("Nobody is named yet"),
    N_("A legal entity names who organises the processing of personal data: person, since when, order."),
    today="since",
)
INCIDENT_PARTY = KindView(
    "incident_party",
    N_("Add a party"),
    "people",
    N_("No parties yet"),
    N_("Who is on which side. Names are not needed."),
)
REQUEST = KindView(
    "request",
    N_("New request"),
    "documents",
    N_("No requests yet"),
    N_("What an office above asks of you will stand here, and what you ask of the offices below."),
    fields=("subject", "text", "due", "districts", "bodies"),
    columns=("subject", "due", "from_body"),
    parts=("request_answer",),
)
REQUEST_ANSWER = KindView(
    "request_answer",
    N_("Write an answer"),
    "documents",
    N_("No answers yet"),
    N_("An answer goes up when a person has approved its text."),
    fields=("outcome", "text", "approved_by", "answered_on"),
)
RECOMMENDATION = KindView(
    "recommendation",
    N_("New recommendation"),
    "documents",
    N_("No recommendations yet"),
    N_("What you recommend goes up when its text is approved; what becomes of it will stand beside it."),
    fields=("subject", "text", "approved_by", "sent_on"),
    columns=("sent_on", "subject"),
    parts=("feedback",),
)
FEEDBACK = KindView(
    "feedback",
    N_("Give feedback"),
    "documents",
    N_("No feedback yet"),
    N_("What the office above makes of it will stand here."),
    fields=("outcome", "reason", "given_on"),
)
CODE_ENTRY = KindView(
    "code_entry",
    N_("New entry"),
    "documents",
    N_("No own entries yet"),
    N_("What your office adds to a code list is offered in your office and in all offices below."),
    filters=("list",),
    fields=("list", "name_kk", "name_ru", "name_en"),
)
MEMBERSHIP_FIELDS = ("person", "organisation", "role", "from_on", "to_on", "end_reason", "elected_by")
MEMBER = KindView(
    "membership",
    N_("Add a member"),
    "people",
    N_("No members yet"),
    N_("Who serves in this body, as what and from when. New meetings list those who serve."),
    fields=MEMBERSHIP_FIELDS,
)
MEMBERSHIP = KindView(
    "membership",
    N_("Add a membership"),
    "bodies",
    N_("No memberships yet"),
    N_("In which bodies this person serves or served."),
    fields=MEMBERSHIP_FIELDS,
    heading=N_("Serves in bodies"),
)
_VIEWS_ON = {("membership", "organisation"): MEMBER, ("membership", "person"): MEMBERSHIP}
_TIERS = (REQUEST, REQUEST_ANSWER, RECOMMENDATION, FEEDBACK, CODE_ENTRY)
_PLAIN = (PERSON, ORGANISATION, PLACE, CONSENT, HANDOVER, POLICY, RESPONSIBLE, INCIDENT_PARTY)
_VIEWS = {view.kind_name: view for view in (*_PLAIN, *_TIERS)}


def view_of(kind_name: str, on: str = "") -> KindView:
    """Return how a kind is shown where no feature shows it in its own way; ``on`` is the kind of the card."""
    kind = kind_named(kind_name)
    own = _VIEWS_ON.get((kind_name, on)) or _VIEWS.get(kind_name)
    return own or KindView(kind_name, N_("New record"), "documents", kind.plural, "")
