"""Registers of the law on personal data (No 94-V of 21 May 2013): consents, and what was handed over."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Code, Day, Flag, LongText, Ref, Text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind, Level

OFFICE, CASE, IDENTITY = Level.OFFICE, Level.CASE, Level.IDENTITY

CONSENT = Kind(
    "consent",
    81,
    label=N_("Consent"),
    plural=N_("Consents"),
    feature="personal_data",
    title=("person", "purpose"),
    order="-given_on",
    # The eight items of article 8(4); the operator (item 1) is the body itself, the subject (item 2) the person.
    fields=(
        Field("person", 1, Ref("person"), N_("Person"), IDENTITY, required=True, listed=True),
        Field("organisation", 2, Ref("organisation"), N_("Body that keeps the data"), CASE),
        Field("purpose", 3, Text(500), N_("Purpose"), IDENTITY, True, "", True, listed=True),
        Field(
            "data",
            4,
            LongText(5000),
            N_("Which data"),
            IDENTITY,
            required=True,
            hint=N_("Only what the purpose needs. Never copies of identity papers."),
        ),
        Field("given_on", 5, Day(), N_("Given on"), CASE, required=True, sortable=True, listed=True),
        Field("form", 6, Code("consent_form"), N_("How it was given"), CASE, listed=True),
        Field(
            "until",
            7,
            Day(),
            N_("In force until"),
            CASE,
            sortable=True,
            listed=True,
            hint=N_("Left empty: until the purpose is reached."),
        ),
        Field("to_others", 8, Flag(), N_("May be handed to third parties"), CASE),
        Field("abroad", 9, Flag(), N_("May be handed abroad"), CASE),
        Field("published", 10, Flag(), N_("May be published"), CASE),
        Field("other", 11, LongText(2000), N_("Other terms"), IDENTITY, page=2),
        Field(
            "withdrawn_on",
            12,
            Day(),
            N_("Withdrawn by the person on"),
            CASE,
            sortable=True,
            page=2,
            hint=N_("Use must stop within 15 working days, or a reasoned refusal be given."),
        ),
        Field("stopped_on", 13, Day(), N_("Use stopped, or refused, on"), CASE, page=2),
        Field("refusal", 14, LongText(2000), N_("Reasons of the refusal"), IDENTITY, page=2),
    ),
)

HANDOVER = Kind(
    "handover",
    82,
    label=N_("Handing over of personal data"),
    plural=N_("Personal data handed over"),
    feature="personal_data",
    title=("handed_on", "receiver"),
    order="-handed_on",
    fields=(
        Field("handed_on", 1, Day(), N_("Handed over on"), CASE, required=True, sortable=True, listed=True),
        Field("how", 2, Code("handover_kind"), N_("What was done"), CASE, required=True, listed=True),
        Field("receiver", 3, Text(300), N_("To whom"), CASE, True, "", True, listed=True),
        Field("person", 4, Ref("person"), N_("Whose data"), IDENTITY, listed=True),
        Field("data", 5, LongText(5000), N_("Which data"), IDENTITY, required=True),
        Field(
            "ground",
            6,
            Text(500),
            N_("On what ground"),
            CASE,
            required=True,
            hint=N_("Consent, or article of a law."),
        ),
        Field("consent", 7, Ref("consent"), N_("Consent"), IDENTITY),
        Field("told_on", 8, Day(), N_("The person was told on"), CASE, page=2),
    ),
)
