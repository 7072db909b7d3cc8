"""What goes between tiers besides the register itself: requests and answers, recommendations and feedback, codes.

What an office says to all below it – requests, feedback, its own entries of code lists – is written into the
stream that they all read, so every field of these kinds is one that everybody there may see. What an office
writes for the tier above goes up when a person has approved its text.
"""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Code, Codes, Day, Flag, LongText, Ref, Refs, Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.projection import (
    as_approved,
    as_it_is,
    if_written_for_above,
    stays,
    to_pseudonym,
)
from ethnomed_desktop.domain.registry import FOR_BELOW, Field, Kind, Level

AGGREGATE, OFFICE, CASE, IDENTITY = Level
LONGEST = 4000


def _approved_text(number: int, label: str, *, listed: bool = False) -> Field:
    """A text that goes up once a person has approved it."""
    hint = N_("Goes up when it is approved, and names nobody.")
    long = LongText(LONGEST)
    rule = as_approved("text")
    return Field("text", number, long, label, OFFICE, hint=hint, searchable=True, listed=listed, goes_up=rule)


def _approved_by(number: int) -> Field:
    return Field("approved_by", number, Ref("person"), N_("Text approved by"), IDENTITY)


def _from_body(number: int) -> Field:
    """Which body above speaks, as it calls itself; the program fills it in."""
    return Field("from_body", number, Text(300), N_("From the body"), OFFICE, page=0, listed=True)


def _who(number: int, label: str) -> Field:
    """The body of this office that speaks; above it has a pseudonym."""
    return Field("organisation", number, Ref("organisation"), label, OFFICE, listed=True, goes_up=to_pseudonym)


REQUEST = Kind(
    "request",
    120,
    label=N_("Request to offices below"),
    plural=N_("Requests"),
    feature="tiers",
    title=("subject",),
    order="-asked_on",
    stream=FOR_BELOW,
    fields=(
        Field(
            "subject",
            1,
            Text(300),
            N_("What is asked"),
            OFFICE,
            required=True,
            hint=N_("All offices below read this: name nobody."),
            searchable=True,
            listed=True,
        ),
        Field("text", 2, LongText(LONGEST), N_("Text of the request"), OFFICE, searchable=True),
        Field("asked_on", 3, Day(), N_("Asked on"), OFFICE, sortable=True, listed=True),
        Field("due", 4, Day(), N_("Answer by"), OFFICE, sortable=True, listed=True),
        Field(
            "districts",
            5,
            Refs("place"),
            N_("Districts asked"),
            OFFICE,
            hint=N_("Left empty: all districts."),
            listed=True,
        ),
        Field(
            "bodies",
            6,
            Codes("body_kind"),
            N_("Bodies asked"),
            OFFICE,
            hint=N_("Left empty: every body."),
        ),
        _from_body(7),
        Field("closed_on", 8, Day(), N_("No answers needed since"), OFFICE, page=2),
    ),
)

REQUEST_ANSWER = Kind(
    "request_answer",
    121,
    label=N_("Answer to a request"),
    plural=N_("Answers"),
    feature="tiers",
    title=("answered_on", "text"),
    parent="request",
    order="-answered_on",
    goes_up=if_written_for_above,
    approvals={"text": "approved_by"},
    fields=(
        # The request is the office's above, and is called the same there.
        Field("request", 1, Ref("request"), N_("Request"), OFFICE, required=True, goes_up=as_it_is),
        Field("answered_on", 2, Day(), N_("Answered on"), OFFICE, sortable=True, listed=True),
        Field("outcome", 3, Code("answer_outcome"), N_("What is answered"), OFFICE, required=True, listed=True),
        _approved_text(4, N_("Text of the answer"), listed=True),
        _approved_by(5),
        _who(6, N_("Body that answers")),
        Field("note", 7, LongText(LONGEST), N_("Note for this office"), CASE, searchable=True, page=2),
    ),
)

RECOMMENDATION = Kind(
    "recommendation",
    122,
    label=N_("Recommendation"),
    plural=N_("Recommendations"),
    feature="tiers",
    title=("sent_on", "subject"),
    order="-sent_on",
    goes_up=if_written_for_above,
    approvals={"subject": "approved_by", "text": "approved_by"},
    above="above",
    fields=(
        Field(
            "subject",
            1,
            Text(300),
            N_("What is recommended"),
            OFFICE,
            required=True,
            searchable=True,
            listed=True,
            goes_up=as_approved("subject"),
        ),
        _approved_text(2, N_("Text of the recommendation")),
        _approved_by(3),
        Field("sent_on", 4, Day(), N_("Date"), OFFICE, sortable=True, listed=True),
        Field("to_body", 5, Ref("organisation"), N_("To the body"), OFFICE, listed=True),
        _who(6, N_("Body that recommends")),
        Field("grounds", 7, LongText(LONGEST), N_("Grounds"), CASE, searchable=True, page=2),
        Field("decision", 8, Ref("decision"), N_("From the decision"), CASE, page=2),
        Field("answer", 9, LongText(LONGEST), N_("Answer of the body"), CASE, searchable=True, page=2),
        Field("above", 10, Text(36), N_("Name of the record above"), CASE, page=0, goes_up=stays),
    ),
)

FEEDBACK = Kind(
    "feedback",
    123,
    label=N_("Feedback"),
    plural=N_("Feedback from above"),
    feature="tiers",
    title=("given_on", "outcome"),
    parent="recommendation",
    order="-given_on",
    stream=FOR_BELOW,
    fields=(
        Field("recommendation", 1, Ref("recommendation"), N_("Recommendation"), OFFICE, required=True),
        Field("given_on", 2, Day(), N_("Date"), OFFICE, sortable=True, listed=True),
        Field("outcome", 3, Code("feedback_outcome"), N_("What became of it"), OFFICE, required=True, listed=True),
        Field(
            "reason",
            4,
            LongText(LONGEST),
            N_("Reason"),
            OFFICE,
            required=True,
            hint=N_("All offices below read this: name nobody."),
            searchable=True,
            listed=True,
        ),
        _from_body(5),
    ),
)

CODE_ENTRY = Kind(
    "code_entry",
    124,
    label=N_("Own entry of a code list"),
    plural=N_("Own code lists"),
    feature="tiers",
    title=("name_*",),
    order="list",
    stream=FOR_BELOW,
    fields=(
        Field("list", 1, Code("open_list"), N_("Code list"), AGGREGATE, required=True, sortable=True, listed=True),
        Field("name_kk", 2, Text(120), N_("Name in Kazakh"), AGGREGATE, True, "", True, True, True),
        Field("name_ru", 3, Text(120), N_("Name in Russian"), AGGREGATE, True, "", True, True, True),
        Field("name_en", 4, Text(120), N_("Name in English"), AGGREGATE, True, "", True, True),
        Field("retired", 5, Flag(), N_("No longer offered"), AGGREGATE, listed=True),
        Field("code", 6, Text(20), N_("Code"), AGGREGATE, page=0),
        _from_body(7),
    ),
)
