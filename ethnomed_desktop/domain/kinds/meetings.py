"""Meetings and what their minutes are made of: agenda, attendance, speeches, decisions, tasks."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import (
    Code,
    Day,
    Flag,
    LongText,
    Moment,
    Ref,
    Refs,
    Text,
    Whole,
)
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.projection import always, to_pseudonym
from ethnomed_desktop.domain.registry import Field, Kind, Level

AGGREGATE, OFFICE, CASE, IDENTITY = Level

MEETING = Kind(
    "meeting",
    20,
    label=N_("Meeting"),
    plural=N_("Meetings"),
    feature="meetings",
    title=("number", "starts", "heading"),
    order="-starts",
    goes_up=always,
    fields=(
        Field(
            "organisation",
            1,
            Ref("organisation"),
            N_("Body"),
            OFFICE,
            required=True,
            listed=True,
            goes_up=to_pseudonym,
        ),
        Field("other_organisation", 2, Ref("organisation"), N_("Second body of a joint sitting"), OFFICE, page=2),
        Field("meeting_kind", 3, Code("meeting_kind"), N_("Kind of meeting"), OFFICE, listed=True),
        Field("mode", 4, Code("meeting_mode"), N_("Mode"), OFFICE),
        Field("starts", 5, Moment(), N_("Begins"), OFFICE, True, "", False, True, True),
        Field("ends", 6, Moment(), N_("Ends"), OFFICE),
        Field("place", 7, Ref("place"), N_("District or place"), CASE),
        Field("venue", 8, Text(300), N_("Place of the meeting"), CASE, searchable=True),
        Field("chair", 9, Ref("person"), N_("Chair"), IDENTITY),
        Field("secretary", 10, Ref("person"), N_("Secretary"), IDENTITY),
        Field("quorum_rule", 11, Code("quorum_rule"), N_("Quorum"), OFFICE, page=2),
        Field("entitled", 12, Whole(0, 100_000), N_("Number of members"), OFFICE),
        Field("incidents", 13, Refs("incident"), N_("Incidents discussed"), CASE),
        Field("state", 14, Code("meeting_state"), N_("State"), OFFICE, listed=True, page=0),
        Field("year", 15, Whole(1900, 2200), N_("Year of the number"), OFFICE, page=0),
        Field("version", 16, Whole(1, 1000), N_("Version"), OFFICE, page=0),
        Field("corrects", 17, Ref("meeting"), N_("Corrects the minutes"), OFFICE, page=0),
        Field("correction_reason", 18, Text(500), N_("Reason of the correction"), OFFICE, page=0),
        Field("form", 19, Code("minutes_form"), N_("Form of the minutes"), OFFICE, page=2),
        Field("heading", 20, Text(300), N_("Heading"), CASE, searchable=True, listed=True),
        Field("other_number", 21, Text(60), N_("Number at the second body"), OFFICE, page=2),
        Field("list_attached", 22, Flag(), N_("List of those present is attached"), OFFICE, page=2),
        Field("outcome", 23, LongText(), N_("Outcome"), CASE, searchable=True, page=2),
        Field("chair_words", 24, Text(300), N_("Chair, in words"), IDENTITY, page=2),
        Field("secretary_words", 25, Text(300), N_("Secretary, in words"), IDENTITY, page=2),
        Field("heading_second", 40, Text(300), N_("Heading in the second language"), CASE, searchable=True, page=2),
        Field(
            "outcome_second", 41, LongText(), N_("Outcome in the second language"), CASE, searchable=True, page=2
        ),
        Field(
            "paper_number",
            26,
            Text(60),
            N_("Number on the paper"),
            OFFICE,
            page=2,
            hint=N_("For minutes that were numbered by hand; empty: the program gives the next number."),
        ),
    ),
)

AGENDA_ITEM = Kind(
    "agenda_item",
    21,
    label=N_("Agenda item"),
    plural=N_("Agenda"),
    feature="meetings",
    title=("position", "title"),
    parent="meeting",
    order="position",
    fields=(
        Field("meeting", 1, Ref("meeting"), N_("Meeting"), OFFICE, required=True, listed=True),
        Field("position", 2, Whole(1, 1000), N_("Order"), OFFICE, required=True, sortable=True, listed=True),
        Field("parent_item", 3, Ref("agenda_item"), N_("Part of the item"), OFFICE),
        Field("title", 4, Text(500), N_("Matter"), CASE, True, "", True, False, True),
        Field("reporter", 5, Ref("person"), N_("Reporter"), IDENTITY),
        Field("reporter_words", 6, Text(300), N_("Reporter, in words"), IDENTITY),
        Field("planned_minutes", 7, Whole(0, 1440), N_("Planned time in minutes"), OFFICE),
        Field("carried_from", 8, Ref("agenda_item"), N_("Carried over from"), OFFICE),
        Field("heard", 9, LongText(), N_("Heard"), CASE, searchable=True),
        Field("title_second", 40, Text(500), N_("Matter in the second language"), CASE, searchable=True, page=2),
        Field("heard_second", 41, LongText(), N_("Heard, in the second language"), CASE, searchable=True, page=2),
        Field("recused", 10, Refs("person"), N_("Take no part in this item"), IDENTITY),
    ),
)

ATTENDANCE = Kind(
    "attendance",
    22,
    label=N_("Attendance"),
    plural=N_("Attendance"),
    feature="meetings",
    title=("person", "words"),
    parent="meeting",
    order="position",
    fields=(
        Field("meeting", 1, Ref("meeting"), N_("Meeting"), CASE, required=True, listed=True),
        Field("person", 2, Ref("person"), N_("Person"), IDENTITY, listed=True),
        Field("words", 3, Text(300), N_("Name and post, in words"), IDENTITY, listed=True),
        Field("capacity", 4, Code("capacity"), N_("Present as"), CASE, required=True, listed=True),
        Field("reason", 5, Text(300), N_("Reason of absence"), CASE),
        Field("position", 6, Whole(1, 10_000), N_("Order"), CASE, sortable=True),
        Field("remote", 7, Flag(), N_("Took part remotely"), CASE),
    ),
)

SPEECH = Kind(
    "speech",
    23,
    label=N_("Speech"),
    plural=N_("Speeches"),
    feature="meetings",
    title=("words", "text"),
    parent="agenda_item",
    order="position",
    fields=(
        Field("agenda_item", 1, Ref("agenda_item"), N_("Agenda item"), CASE, required=True, listed=True),
        Field("position", 2, Whole(1, 10_000), N_("Order"), CASE, sortable=True, listed=True),
        Field("person", 3, Ref("person"), N_("Speaker"), IDENTITY, listed=True),
        Field("words", 4, Text(300), N_("Speaker, in words"), IDENTITY, listed=True),
        Field("speech_kind", 5, Code("speech_kind"), N_("Kind of speech"), CASE, listed=True),
        Field("text", 6, LongText(), N_("Text"), CASE, required=True, searchable=True, listed=True),
        Field("text_second", 40, LongText(), N_("Text in the second language"), CASE, searchable=True, page=2),
        Field("addressee_body", 7, Ref("organisation"), N_("Addressed to"), OFFICE),
        Field("proposal_outcome", 8, Code("proposal_outcome"), N_("What became of it"), CASE),
        Field("began", 9, Moment(), N_("Began to speak"), CASE),
        Field("ended", 10, Moment(), N_("Ended"), CASE),
    ),
)

DECISION = Kind(
    "decision",
    24,
    label=N_("Decision"),
    plural=N_("Decisions"),
    feature="meetings",
    title=("position", "text"),
    parent="agenda_item",
    order="position",
    fields=(
        Field("agenda_item", 1, Ref("agenda_item"), N_("Agenda item"), CASE, required=True, listed=True),
        Field("position", 2, Whole(1, 10_000), N_("Order"), CASE, sortable=True, listed=True),
        Field("text", 3, LongText(), N_("Text"), CASE, required=True, searchable=True, listed=True),
        Field("responsible", 4, Ref("person"), N_("Responsible"), IDENTITY, listed=True),
        Field("responsible_words", 5, Text(300), N_("Responsible, in words"), IDENTITY),
        Field("due", 6, Day(), N_("Due"), OFFICE, sortable=True, listed=True),
        Field("votes_for", 7, Whole(0, 100_000), N_("Votes for"), OFFICE),
        Field("votes_against", 8, Whole(0, 100_000), N_("Votes against"), OFFICE),
        Field("votes_abstained", 9, Whole(0, 100_000), N_("Votes abstained"), OFFICE),
        Field("ballot_kind", 10, Code("ballot_kind"), N_("Ballot"), OFFICE),
        Field("recused", 11, Refs("person"), N_("Took no part in the vote"), IDENTITY),
        Field("addressee_body", 12, Ref("organisation"), N_("Addressed to"), OFFICE),
        Field("corrects", 14, Ref("decision"), N_("Corrects the decision"), OFFICE, page=0),
        Field("reply", 13, LongText(10_000), N_("Reply"), CASE),
        Field("text_second", 40, LongText(), N_("Text in the second language"), CASE, searchable=True, page=2),
    ),
)

TASK = Kind(
    "task",
    25,
    label=N_("Task"),
    plural=N_("Tasks"),
    feature="meetings",
    title=("text",),
    order="due",
    fields=(
        Field("decision", 1, Ref("decision"), N_("From the decision"), CASE),
        Field("incident", 2, Ref("incident"), N_("From the incident"), CASE),
        Field("text", 3, Text(500), N_("What is to be done"), CASE, True, "", True, False, True),
        Field("assignee", 4, Ref("person"), N_("Who does it"), IDENTITY, listed=True),
        Field("due", 5, Day(), N_("Due"), OFFICE, sortable=True, listed=True),
        Field("state", 6, Code("task_state"), N_("State"), OFFICE, sortable=True, listed=True),
        Field("done_on", 7, Day(), N_("Done on"), OFFICE),
        Field("text_second", 40, Text(500), N_("Text in the second language"), CASE, searchable=True, page=2),
    ),
)
