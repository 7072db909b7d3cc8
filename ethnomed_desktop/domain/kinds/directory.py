"""Places, people and who belongs to which body."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import (
    Code,
    Codes,
    Day,
    Iin,
    LongText,
    Phones,
    Real,
    Ref,
    Text,
    Whole,
)
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind, Level

AGGREGATE, OFFICE, CASE, IDENTITY = Level

_ONLY_PRINTED = N_("For papers in several languages; where it is empty, the job title is printed as written.")

PLACE = Kind(
    "place",
    1,
    label=N_("Place"),
    plural=N_("Places"),
    feature="directory",
    title=("name_*",),
    parent="parent",
    order="name_kk",
    seeded=True,
    fields=(
        Field("kato", 1, Text(9), N_("KATO code"), AGGREGATE, searchable=True, listed=True),
        Field("parent", 2, Ref("place"), N_("Part of"), AGGREGATE, listed=True),
        Field("place_kind", 3, Code("place_kind"), N_("Kind of place"), AGGREGATE, required=True, listed=True),
        Field("name_kk", 4, Text(200), N_("Name in Kazakh"), AGGREGATE, True, "", True, True, True),
        Field("name_ru", 5, Text(200), N_("Name in Russian"), AGGREGATE, False, "", True, True, True),
        Field("name_en", 6, Text(200), N_("Name in English"), AGGREGATE, False, "", True, True),
        Field("centre_kk", 7, Text(200), N_("Centre in Kazakh"), AGGREGATE, searchable=True),
        Field("centre_ru", 8, Text(200), N_("Centre in Russian"), AGGREGATE, searchable=True),
        Field("centre_en", 9, Text(200), N_("Centre in English"), AGGREGATE),
        Field("lat", 10, Real(-90, 90), N_("Latitude"), AGGREGATE),
        Field("lon", 11, Real(-180, 180), N_("Longitude"), AGGREGATE),
        Field("valid_from", 12, Day(), N_("In force from"), AGGREGATE),
        Field("valid_to", 13, Day(), N_("In force until"), AGGREGATE),
        Field("note", 14, LongText(2000), N_("Note"), AGGREGATE, searchable=True),
    ),
)

PERSON = Kind(
    "person",
    3,
    label=N_("Person"),
    plural=N_("People"),
    feature="directory",
    title=("surname", "given_name", "patronymic"),
    order="surname",
    fields=(
        Field("surname", 1, Text(100), N_("Surname"), IDENTITY, True, "", True, True, True),
        Field("given_name", 2, Text(100), N_("Given name"), IDENTITY, False, "", True, True, True),
        Field("patronymic", 3, Text(100), N_("Patronymic"), IDENTITY, searchable=True, listed=True),
        Field("other_names", 4, Text(300), N_("Other spellings and names"), IDENTITY, searchable=True),
        Field("birth_year", 5, Whole(1880, 2100), N_("Year of birth"), IDENTITY),
        Field("phones", 6, Phones(), N_("Telephones"), IDENTITY, searchable=True, listed=True),
        Field("email", 7, Text(200), N_("E-mail"), IDENTITY, searchable=True),
        Field("address", 8, Text(300), N_("Address"), IDENTITY),
        Field("iin", 9, Iin(), N_("IIN"), IDENTITY, page=2, hint=N_("Only where a document needs it.")),
        Field("languages", 10, Codes("language"), N_("Languages"), IDENTITY),
        Field("workplace", 11, Text(300), N_("Place of work"), IDENTITY, searchable=True, listed=True),
        Field("note", 12, LongText(5000), N_("Note"), IDENTITY, searchable=True, page=2),
        Field("hidden_name", 13, Text(40), N_("Code instead of the name"), CASE, page=2),
        Field("post", 14, Text(200), N_("Job title"), IDENTITY, searchable=True),
        Field("post_kk", 15, Text(200), N_("Job title in Kazakh"), IDENTITY, page=2, hint=_ONLY_PRINTED),
        Field("post_ru", 16, Text(200), N_("Job title in Russian"), IDENTITY, page=2),
        Field("post_en", 17, Text(200), N_("Job title in English"), IDENTITY, page=2),
    ),
)

MEMBERSHIP = Kind(
    "membership",
    4,
    label=N_("Membership"),
    plural=N_("Members"),
    feature="directory",
    title=("person", "organisation"),
    parent="organisation",
    fields=(
        Field("person", 1, Ref("person"), N_("Person"), IDENTITY, required=True, listed=True),
        Field("organisation", 2, Ref("organisation"), N_("Body"), CASE, required=True, listed=True),
        Field("role", 3, Code("body_role"), N_("Role"), CASE, required=True, listed=True),
        Field("from_on", 4, Day(), N_("Member from"), CASE, listed=True),
        Field("to_on", 5, Day(), N_("Member until"), CASE, listed=True),
        Field("elected_by", 6, Text(300), N_("Elected by"), CASE),
        Field("end_reason", 7, Text(300), N_("Reason of the end"), CASE, listed=True),
    ),
)
