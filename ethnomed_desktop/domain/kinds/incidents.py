"""Incidents of tension and signs of peace, and the sides of an incident.

Origin, stage and severity are three fields: a quarrel is not "interethnic" because of who quarrels.
"""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import (
    Code,
    Codes,
    Flag,
    LongText,
    Phone,
    Ref,
    Refs,
    Text,
    TimeOfDay,
    When,
    Whole,
)
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.projection import (
    always,
    if_approved,
    not_few,
    party_code,
    to_district,
    to_month,
    to_pseudonym,
)
from ethnomed_desktop.domain.registry import Field, Kind, Level

AGGREGATE, OFFICE, CASE, IDENTITY = Level

INCIDENT = Kind(
    "incident",
    10,
    label=N_("Incident"),
    plural=N_("Incidents"),
    feature="incidents",
    title=("number", "happened", "place"),
    series=True,
    order="-happened",
    goes_up=always,
    approvals={"summary_for_region": "summary_approved_by"},
    fields=(
        Field("happened", 1, When(), N_("Date"), OFFICE, sortable=True, listed=True, goes_up=to_month),
        Field("time", 2, TimeOfDay(), N_("Time"), CASE),
        Field("learned_channel", 3, Code("channel"), N_("How we learned"), OFFICE),
        Field("reported_by", 4, Ref("person"), N_("Reported by"), IDENTITY),
        Field("phone", 5, Phone(), N_("Phone"), IDENTITY, searchable=True),
        Field("place", 6, Ref("place"), N_("District or place"), OFFICE, listed=True, goes_up=to_district),
        Field("settlement", 7, Text(200), N_("Village or town"), CASE, searchable=True, listed=True),
        Field("spot", 8, Text(300), N_("Exact spot"), CASE, searchable=True, page=2),
        Field("origin_type", 9, Code("origin_type"), N_("What it was first"), OFFICE, sortable=True, listed=True),
        Field("ethnicisation_stage", 10, Code("ethnicisation_stage"), N_("Stage of ethnicisation"), OFFICE, page=2),
        Field("severity", 11, Code("severity"), N_("Severity"), OFFICE, sortable=True, listed=True),
        Field("trend", 12, Code("trend"), N_("Trend"), OFFICE, page=2),
        Field("people_involved", 13, Whole(0, 10**7), N_("People involved"), OFFICE, goes_up=not_few),
        Field("injured", 14, Whole(0, 10**7), N_("Injured"), OFFICE, page=2, goes_up=not_few),
        Field("dead", 15, Whole(0, 10**7), N_("Dead"), OFFICE, page=2, goes_up=not_few),
        Field("displaced", 16, Whole(0, 10**7), N_("Displaced"), OFFICE, page=2, goes_up=not_few),
        Field("damage_tenge", 17, Whole(0, 10**15), N_("Damage in tenge"), OFFICE, page=2),
        Field("what_happened", 18, LongText(), N_("What happened"), CASE, searchable=True),
        Field(
            "summary_for_region",
            19,
            LongText(4000),
            N_("Summary for the region"),
            OFFICE,
            page=3,
            goes_up=if_approved,
        ),
        Field("summary_approved_by", 20, Ref("person"), N_("Summary approved by"), IDENTITY, page=3),
        Field("reliability", 21, Code("reliability"), N_("Reliability"), OFFICE, page=2),
        Field("sources", 22, LongText(4000), N_("Sources"), CASE, page=2),
        Field("triggers", 23, Codes("trigger"), N_("Triggers"), OFFICE, page=2),
        Field("background_factors", 24, Codes("background_factor"), N_("Background factors"), OFFICE, page=2),
        Field("responses", 25, Codes("response"), N_("Responses"), OFFICE, page=2),
        Field("state", 26, Code("incident_state"), N_("State"), OFFICE, sortable=True, listed=True, page=2),
        Field("linked_incidents", 28, Refs("incident"), N_("Linked incidents"), CASE, page=3),
        Field("positive", 29, Flag(), N_("Sign of peace"), OFFICE),
        Field("positive_signs", 30, Codes("positive_sign"), N_("Signs of peace"), OFFICE, page=2),
        Field(
            "organisation",
            31,
            Ref("organisation"),
            N_("Recorded by the body"),
            OFFICE,
            page=3,
            goes_up=to_pseudonym,
        ),
    ),
)

INCIDENT_PARTY = Kind(
    "incident_party",
    11,
    label=N_("Party to an incident"),
    plural=N_("Parties"),
    feature="incidents",
    title=("side", "group_words"),
    parent="incident",
    goes_up=always,
    made_up={"code": party_code},
    fields=(
        Field(
            "incident",
            1,
            Ref("incident"),
            N_("Incident"),
            OFFICE,
            required=True,
            listed=True,
            goes_up=to_pseudonym,
        ),
        # A region sees how many sides there were and of what kind, and whether a party comes again.
        Field("side", 2, Code("side"), N_("Side"), OFFICE, required=True, listed=True),
        Field("party_kind", 3, Code("party_kind"), N_("Kind of party"), OFFICE, listed=True),
        Field("person", 4, Ref("person"), N_("Person"), IDENTITY, listed=True),
        Field("organisation", 5, Ref("organisation"), N_("Organisation"), CASE),
        Field("group_words", 6, Text(300), N_("Group, in words"), CASE, searchable=True, listed=True),
        Field("role", 7, Code("party_role"), N_("Role"), CASE, listed=True),
        Field(
            "self_description",
            8,
            Text(200),
            N_("How they describe themselves"),
            CASE,
            hint=N_("Optional, in their own words. Never needed."),
        ),
        Field("minor", 9, Flag(), N_("Under 18"), IDENTITY),
        Field("code", 10, Text(20), N_("Code in place of the name"), OFFICE, page=0),
    ),
)
