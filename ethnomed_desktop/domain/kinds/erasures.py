"""The ledger of erasures, and what an operator must have by the law on personal data (No 94-V)."""

from __future__ import annotations

from ethnomed_desktop.domain.fieldtypes import Code, Day, LongText, Ref, Text, Whole
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.registry import Field, Kind, Level

OFFICE, CASE, IDENTITY = Level.OFFICE, Level.CASE, Level.IDENTITY

ERASURE = Kind(
    "erasure",
    83,
    label=N_("Erasure"),
    plural=N_("Erasures"),
    feature="personal_data",
    title=("erased_on", "how", "stand_in"),
    order="-erased_on",
    # Filled in by erasing; nobody writes an entry by hand, and none of it says what was erased.
    fields=(
        Field("erased_on", 1, Day(), N_("Date"), OFFICE, required=True, sortable=True, listed=True, page=0),
        Field("how", 2, Code("erasure_kind"), N_("What was done"), OFFICE, required=True, listed=True, page=0),
        Field("ground", 3, Code("erasure_ground"), N_("On what ground"), OFFICE, True, listed=True, page=0),
        Field("ground_words", 4, Text(300), N_("Order, request or decision"), CASE, page=0),
        Field("stand_in", 5, Text(60), N_("Stands in the records as"), OFFICE, listed=True, page=0),
        Field("kinds", 6, LongText(4000), N_("Kinds of record"), OFFICE, page=0),
        Field("records", 7, Whole(), N_("Records erased"), OFFICE, listed=True, page=0),
        Field("rewritten", 8, Whole(), N_("Records without the name now"), OFFICE, page=0),
        Field("files", 9, Whole(), N_("Attached files removed"), OFFICE, page=0),
        Field("erased_by", 10, Ref("user"), N_("Erased by"), OFFICE, listed=True, page=0),
    ),
)

POLICY = Kind(
    "policy_document",
    84,
    label=N_("Policy document"),
    plural=N_("Policy documents"),
    feature="personal_data",
    title=("policy_kind", "name"),
    order="-approved_on",
    # Article 25(2): the list of personal data (1), documents on the operator's policy (1-1).
    fields=(
        Field("policy_kind", 1, Code("policy_kind"), N_("Kind of document"), OFFICE, required=True, listed=True),
        Field("name", 2, Text(300), N_("Name of the document"), OFFICE, True, "", True, listed=True),
        Field("organisation", 3, Ref("organisation"), N_("Body that keeps the data"), OFFICE),
        Field("approved_on", 4, Day(), N_("Approved on"), OFFICE, required=True, sortable=True, listed=True),
        Field("approved_by", 5, Text(300), N_("Approved by"), OFFICE),
        Field("order_number", 6, Text(60), N_("Number of the order"), OFFICE, listed=True),
        Field("in_force_until", 7, Day(), N_("In force until"), OFFICE),
        Field("note", 8, LongText(5000), N_("Note"), CASE, page=2),
    ),
)

RESPONSIBLE = Kind(
    "responsible_person",
    85,
    label=N_("Responsible for personal data"),
    plural=N_("Responsible for personal data"),
    feature="personal_data",
    title=("person", "since"),
    order="-since",
    # Article 25(2)10: whoever organises the processing; named to the authorised body in a breach notice.
    fields=(
        Field("person", 1, Ref("person"), N_("Person"), IDENTITY, required=True, listed=True),
        Field("organisation", 2, Ref("organisation"), N_("Body that keeps the data"), OFFICE, listed=True),
        Field("since", 3, Day(), N_("Since"), OFFICE, required=True, sortable=True, listed=True),
        Field("until", 4, Day(), N_("Until"), OFFICE, listed=True),
        Field("order_number", 5, Text(60), N_("Number of the order"), OFFICE, required=True, listed=True),
        Field("order_date", 6, Day(), N_("Date of the order"), OFFICE),
    ),
)
