"""Bodies as data – names change, so they carry validity – and the number series they hold."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Code, Day, Flag, LongText, Phones, Ref, Text, Whole
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.projection import as_it_is, if_ours, stays, to_district
from ethnomed_desktop.domain.registry import Field, Kind, Level

AGGREGATE, OFFICE, CASE, IDENTITY = Level

ORGANISATION = Kind(
    "organisation",
    2,
    label=N_("Body"),
    plural=N_("Bodies and organisations"),
    feature="councils",
    title=("name_*",),
    order="name_kk",
    goes_up=if_ours,
    fields=(
        Field("body_kind", 1, Code("body_kind"), N_("Kind of body"), AGGREGATE, required=True, listed=True),
        Field("parent", 2, Ref("organisation"), N_("Part of the body"), AGGREGATE, listed=True),
        Field("name_kk", 3, Text(300), N_("Name in Kazakh"), AGGREGATE, True, "", True, True, True),
        Field("name_ru", 4, Text(300), N_("Name in Russian"), AGGREGATE, False, "", True, True, True),
        Field("name_en", 5, Text(300), N_("Name in English"), AGGREGATE, False, "", True, True),
        Field("short_kk", 6, Text(80), N_("Short name in Kazakh"), AGGREGATE, searchable=True),
        Field("short_ru", 7, Text(80), N_("Short name in Russian"), AGGREGATE, searchable=True),
        Field("short_en", 8, Text(80), N_("Short name in English"), AGGREGATE, searchable=True),
        Field("place", 9, Ref("place"), N_("Location"), AGGREGATE, listed=True, goes_up=to_district),
        Field("address", 10, Text(300), N_("Address"), OFFICE),
        Field("phones", 11, Phones(), N_("Telephones"), OFFICE, goes_up=as_it_is),
        Field("valid_from", 12, Day(), N_("In force from"), AGGREGATE),
        Field("valid_to", 13, Day(), N_("In force until"), AGGREGATE),
        Field("letterhead", 14, LongText(2000), N_("Letterhead"), OFFICE, page=2),
        Field("is_ours", 15, Flag(), N_("We keep its papers"), OFFICE, listed=True, goes_up=stays),
        Field("minutes_language", 16, Code("minutes_language"), N_("Minutes are printed in"), OFFICE),
    ),
)

NUMBER_SERIES = Kind(
    "number_series",
    50,
    label=N_("Number series"),
    plural=N_("Number series"),
    feature="councils",
    title=("series_kind", "year"),
    parent="organisation",
    fields=(
        Field("organisation", 1, Ref("organisation"), N_("Body"), OFFICE, required=True, listed=True),
        Field("series_kind", 2, Code("series_kind"), N_("Numbers for"), OFFICE, required=True, listed=True),
        Field("year", 3, Whole(1900, 2200), N_("Year"), OFFICE, required=True, listed=True),
        Field("last", 4, Whole(0, 10**9), N_("Last number given"), OFFICE, listed=True),
        Field("holder", 5, Text(36), N_("Computer that gives the numbers"), OFFICE),
    ),
)
