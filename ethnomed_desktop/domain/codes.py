"""Code lists: stable codes that travel, with labels that the catalogs translate.

Sources: origin types, stages, severity, channels, roles from the field's registers (typology of
incidents and tension signals); nothing here ranks people or groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ethnomed_desktop.domain.marks import N_


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes, in the order they are offered."""

    name: str
    entries: tuple[tuple[str, str], ...]

    @cached_property
    def by_code(self) -> dict[str, str]:
        """English labels (catalog keys) by code."""
        return dict(self.entries)


CODE_LISTS: dict[str, CodeList] = {}


def _declare(name: str, *entries: tuple[str, str]) -> None:
    CODE_LISTS[name] = CodeList(name, entries)


_declare("language", ("kk", N_("Kazakh")), ("ru", N_("Russian")), ("en", N_("English")))
_declare(
    "minutes_language",
    ("kk", N_("Kazakh")),
    ("ru", N_("Russian")),
    ("kk+ru", N_("Kazakh, then Russian")),
    ("kk|ru", N_("Kazakh and Russian side by side")),
)
_declare(
    "place_kind",
    ("country", N_("Country")),
    ("region", N_("Region")),
    ("republican_city", N_("City of republican significance")),
    ("district", N_("District")),
    ("city", N_("City")),
    ("city_district", N_("District in a city")),
    ("rural_okrug", N_("Rural okrug")),
    ("settlement", N_("Settlement")),
    ("village", N_("Village")),
    ("isolated_settlement", N_("Isolated settlement")),
)
_declare(
    "body_kind",
    ("assembly", N_("Assembly of People of Kazakhstan")),
    ("peoples_council", N_("People's Council of Kazakhstan")),
    ("house_of_friendship", N_("House of Friendship")),
    ("council_of_elders", N_("Council of elders")),
    ("council_of_mothers", N_("Council of mothers")),
    ("youth", N_("Youth organisation")),
    ("ethnocultural_association", N_("Ethnocultural association")),
    ("ethnomediation_council", N_("Ethnomediation council")),
    ("mediation_room", N_("Mediation room")),
    ("public_council", N_("Public council")),
    ("expert_group", N_("Expert group")),
    ("journalists_club", N_("Journalists' club")),
    ("akimat", N_("Akimat")),
    ("police", N_("Police")),
    ("court", N_("Court")),
    ("school", N_("School")),
    ("kgu", N_("Municipal state institution")),
    ("other", N_("Other")),
)
_declare(
    "body_role",
    ("chair", N_("Chair")),
    ("deputy", N_("Deputy chair")),
    ("secretary", N_("Secretary")),
    ("member", N_("Member")),
    ("invited", N_("Invited")),
)
_declare(
    "origin_type",
    ("01", N_("Everyday or neighbours' quarrel")),
    ("02", N_("Family or marriage")),
    ("03", N_("Road incident")),
    ("04", N_("Youth or school fight")),
    ("05", N_("Trade, market, debt")),
    ("06", N_("Labour, wages, foreign contractor")),
    ("07", N_("Land plot, boundary")),
    ("08", N_("Pasture, damage or theft of livestock")),
    ("09", N_("Irrigation or drinking water")),
    ("10", N_("Crime: injury, theft, death")),
    ("11", N_("Brawl in a cafe, at an event or sport")),
    ("12", N_("Religion, burial, rite")),
    ("13", N_("Language, refusal of service")),
    ("14", N_("Place name, monument, symbol")),
    ("15", N_("Post, video, chat message")),
    ("16", N_("Rumour")),
    ("17", N_("Leaflet, graffiti, threat")),
    ("18", N_("Act of an official, police or court")),
    ("19", N_("Allocation of jobs, housing, posts")),
    ("20", N_("Newcomers and returnees, migration")),
    ("21", N_("Cross-border event")),
    ("22", N_("Election or public meeting")),
    ("23", N_("Other origin")),
)
_declare(
    "ethnicisation_stage",
    ("0", N_("No ethnic framing")),
    ("1", N_("Ethnic words used by the parties")),
    ("2", N_("Supporters gather along an ethnic line")),
    ("3", N_("Spread in networks or media as ethnic")),
    ("4", N_("Collective blame, threats to a community")),
    ("5", N_("Violence because of group")),
)
_declare(
    "severity",
    ("0", N_("Background sign")),
    ("1", N_("Dispute between persons")),
    ("2", N_("Local tension")),
    ("3", N_("Confrontation of groups without violence")),
    ("4", N_("Violence with injury or damage")),
    ("5", N_("Mass violence, deaths, flight")),
)
_declare("trend", ("rising", N_("Rising")), ("steady", N_("Steady")), ("falling", N_("Falling")))
_declare(
    "channel",
    ("own", N_("Own observation")),
    ("member", N_("Council member")),
    ("resident", N_("Resident in person")),
    ("phone", N_("Phone call")),
    ("messenger", N_("Messenger chat")),
    ("social", N_("Social network post")),
    ("school", N_("From a school")),
    ("police", N_("From the police")),
    ("akimat", N_("From the akimat")),
    ("media", N_("Media")),
    ("hotline", N_("Hotline")),
    ("anonymous", N_("Anonymous")),
)
_declare(
    "reliability",
    ("confirmed", N_("Confirmed")),
    ("probable", N_("Probable")),
    ("unconfirmed", N_("Unconfirmed")),
    ("refuted", N_("Refuted rumour")),
)
_declare(
    "trigger",
    ("insult", N_("Insult")),
    ("injury", N_("Injury")),
    ("death", N_("Death")),
    ("video", N_("Video")),
    ("refusal", N_("Refusal")),
    ("decision", N_("Decision of a court or akimat")),
    ("date", N_("Date or holiday")),
    ("alcohol", N_("Alcohol")),
    ("outsiders", N_("Arrival of outsiders")),
)
_declare(
    "background_factor",
    ("unemployment", N_("Unemployment")),
    ("land_shortage", N_("Shortage of land")),
    ("water_shortage", N_("Shortage of water")),
    ("unequal_access", N_("Unequal access to decisions")),
    ("weak_policing", N_("Weak policing")),
    ("language_gap", N_("Language gap")),
    ("past_incident", N_("Past incident")),
)
_declare(
    "response",
    ("visit", N_("Visit")),
    ("talk", N_("Talk with each side")),
    ("joint_meeting", N_("Joint meeting")),
    ("elders", N_("Sitting of elders")),
    ("mothers", N_("Talk of the mothers")),
    ("mediation", N_("Mediation under the law")),
    ("apology", N_("Rite of apology")),
    ("compensation", N_("Compensation")),
    ("school", N_("Session at school")),
    ("counter_message", N_("Message against a rumour")),
    ("referral", N_("Referral to another body")),
    ("protection", N_("Request for protection")),
    ("monitoring", N_("Monitoring only")),
)
_declare(
    "positive_sign",
    ("asar", N_("Asar, communal help")),
    ("feast", N_("Joint feast")),
    ("mutual_help", N_("Mutual help")),
    ("apology", N_("Apology offered")),
    ("elders_visit", N_("Elders' visit")),
    ("joint_team", N_("Joint team")),
    ("mixed_business", N_("Joint business")),
    ("shared_iftar", N_("Shared iftar")),
    ("mixed_marriage", N_("Mixed marriage")),
)
_declare(
    "incident_state",
    ("new", N_("New")),
    ("in_work", N_("Being handled")),
    ("watched", N_("Watched")),
    ("settled", N_("Settled")),
    ("referred", N_("Referred")),
    ("not_confirmed", N_("Not confirmed")),
    ("closed", N_("Closed")),
)
_declare("side", ("A", N_("Side A")), ("B", N_("Side B")), ("none", N_("Neither side")))
_declare(
    "party_kind",
    ("person", N_("Person")),
    ("family", N_("Family")),
    ("group", N_("Group")),
    ("organisation", N_("Organisation or firm")),
    ("village", N_("Village")),
)
_declare(
    "party_role",
    ("party", N_("Party")),
    ("injured", N_("Injured person")),
    ("witness", N_("Witness")),
    ("peacemaker", N_("Initiator of peace")),
    ("elder", N_("Elder")),
    ("mother", N_("Mother")),
    ("clergy", N_("Clergy")),
    ("teacher", N_("Teacher")),
    ("akim", N_("Akim")),
    ("police_officer", N_("District police officer")),
    ("association", N_("Ethnocultural association")),
    ("blogger", N_("Blogger")),
    ("outsider", N_("Outsider")),
    ("mediator", N_("Mediator")),
)
_declare(
    "meeting_kind",
    ("sitting", N_("Sitting")),
    ("visiting", N_("Visiting sitting")),
    ("joint", N_("Joint sitting")),
    ("session", N_("Session")),
    ("working_group", N_("Working group")),
)
_declare("meeting_mode", ("in_person", N_("In person")), ("online", N_("Online")), ("mixed", N_("Mixed")))
_declare("meeting_state", ("planned", N_("Planned")), ("draft", N_("Draft minutes")), ("numbered", N_("Numbered")))
_declare(
    "quorum_rule",
    ("half", N_("More than half of the members")),
    ("two_thirds", N_("Two thirds of the members")),
    ("tenth", N_("One tenth of those entitled")),
    ("none", N_("No quorum is required")),
)
_declare("minutes_form", ("full", N_("Full form")), ("short", N_("Short form")))
_declare(
    "consent_form",
    ("written", N_("On paper, signed")),
    ("electronic", N_("By an electronic service")),
    ("spoken", N_("In another way that can be proved")),
)
_declare(
    "handover_kind",
    ("others", N_("Handed to third parties")),
    ("abroad", N_("Handed abroad")),
    ("published", N_("Published")),
)
_declare(
    "erasure_kind",
    ("erased", N_("Erased")),
    ("anonymised", N_("Anonymised")),
)
_declare(
    "erasure_ground",
    ("withdrawn_consent", N_("The person withdrew the consent")),
    ("retention_ended", N_("The time of keeping has ended")),
    ("court_decision", N_("Decision of a court")),
    ("authority_order", N_("Order of a state body")),
    ("persons_request", N_("Request of the person")),
    ("error", N_("Recorded by mistake, or without consent")),
)
_declare(
    "policy_kind",
    ("data_list", N_("List of personal data")),
    ("policy", N_("Policy of processing")),
    ("access_rules", N_("Rules of access")),
    ("destruction_rules", N_("Rules of destruction")),
    ("other", N_("Other")),
)
_declare("capacity", ("member", N_("Member")), ("invited", N_("Invited")), ("absent", N_("Absent")))
_declare(
    "speech_kind",
    ("report", N_("Spoken report")),
    ("spoke", N_("Spoke")),
    ("question", N_("Question")),
    ("answer", N_("Answer")),
    ("proposal", N_("Proposal")),
    ("dissent", N_("Dissenting opinion")),
)
_declare("registered_kind", ("proposal", N_("Proposal")), ("dissent", N_("Dissenting opinion")))
_declare(
    "proposal_outcome",
    ("accepted", N_("Accepted")),
    ("partly", N_("Accepted in part")),
    ("rejected", N_("Rejected")),
    ("noted", N_("Taken note of")),
    ("passed_on", N_("Passed on")),
)
_declare("joint_votes", ("common", N_("Counted in common")), ("each", N_("Each body votes apart")))
_declare("ballot_kind", ("open", N_("Open ballot")), ("secret", N_("Secret ballot")), ("none", N_("No vote")))
_declare(
    "task_state",
    ("pending", N_("Pending")),
    ("in_work", N_("In work")),
    ("done", N_("Done")),
    ("waived", N_("Waived")),
)
_declare("series_kind", ("incident", N_("Incident")), ("minutes", N_("Minutes")))
_declare(
    "note_kind",
    ("issue", N_("Issue")),
    ("interest", N_("Interest")),
    ("fact", N_("Fact")),
    ("proposal", N_("Proposal")),
    ("concern", N_("Concern")),
    ("phone", N_("Telephone call")),
)
_declare(
    "answer_outcome",
    ("done", N_("It was done")),
    ("data", N_("What was asked is in the text")),
    ("nothing", N_("There is nothing to report")),
    ("refused", N_("Cannot be done")),
)
_declare(
    "feedback_outcome",
    ("accepted", N_("Accepted")),
    ("partly", N_("Accepted in part")),
    ("refused", N_("Refused")),
)
_declare(
    "open_list",
    ("origin_type", N_("What it was first")),
    ("channel", N_("How we learned")),
    ("trigger", N_("Triggers")),
    ("background_factor", N_("Background factors")),
    ("response", N_("Responses")),
    ("positive_sign", N_("Signs of peace")),
    ("party_role", N_("Role of a party")),
    ("body_kind", N_("Kind of body")),
)
_declare(
    "user_role",
    ("chair", N_("Chair")),
    ("secretary", N_("Secretary")),
    ("mediator", N_("Mediator")),
    ("viewer", N_("Viewer")),
    ("administrator", N_("Administrator")),
)
