"""Refusals in words: what happened, what is kept, what to do.

One sentence group per code, by prefix in alphabetical order; new codes of the work are added to
``_WORK_TEXTS``. ``prefix.*`` answers for codes of that prefix that a newer part raises. A test
walks every code raised in the package and demands a sentence in all languages.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date

from ethnomed_desktop.app.messages_of_attachments import ATTACHMENT_TEXTS
from ethnomed_desktop.app.messages_of_erasure import ERASURE_TEXTS
from ethnomed_desktop.app.messages_of_exchange import EXCHANGE_TEXTS
from ethnomed_desktop.app.messages_of_input import INPUT_TEXTS, INPUT_TEXTS_WITH_FACTS
from ethnomed_desktop.app.messages_of_tables import TABLE_TEXTS
from ethnomed_desktop.app.messages_of_tiers import TIERS_TEXTS
from ethnomed_desktop.app.messages_of_updates import UPDATE_TEXTS
from ethnomed_desktop.app.messages_of_usage import USAGE_TEXTS, USAGE_TEXTS_WITH_FACTS
from ethnomed_desktop.app.messages_of_users import USERS_TEXTS
from ethnomed_desktop.app.messages_of_vault import VAULT_TEXTS, VAULT_TEXTS_WITH_FACTS
from ethnomed_desktop.domain.errors import EthnomedError, Problems
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.passphrases import Strength
from ethnomed_desktop.domain.rights import ACT_LABELS, Act
from ethnomed_desktop.i18n import formatting, labels
from ethnomed_desktop.i18n.catalogs import Catalog

_WORK_TEXTS: dict[str, str] = {
    "document.missing_glyph": N_(
        "The letter “{letter}” ({codepoint}) cannot be printed. Nothing was printed; the record is kept. "
        "Replace the letter."
    ),
    "document.unknown_signer": N_(
        "Nobody of this name is among those present: {name}. Enter the name as the list of those present has it."
    ),
    "document.unknown": N_("There is no document “{name}”. What can be printed: {known}. Nothing was written."),
    "incident.future_date": N_("The date is in the future. Change it or mark the event as planned."),
    "incident.needs_place": N_("Say where it happened: a place or a village. What you typed is kept."),
    "internal": N_(
        "The program met a fault of its own. What was saved before is kept. Reference for the report: {reference}."
    ),
    "meeting.already_corrected": N_(
        "These minutes already have a corrected version. Nothing was changed. Correct the newest version."
    ),
    "meeting.bodies_not_named": N_(
        "Two bodies sit, but nobody is marked as sitting for the second one: the quorum is counted in common. List "
        "the members of both bodies, or say for whom each person sits."
    ),
    "meeting.body_has_no_majority": N_(
        "Each body must adopt the decision by more than half of its votes. Body {body}: votes for: {votes}, taking "
        "part: {present}. If it was not taken, say so in its text."
    ),
    "meeting.body_votes_do_not_add_up": N_(
        "The votes of body {body} do not add up. Votes: {votes}. Its members taking part: {present}."
    ),
    "meeting.decision_elsewhere": N_(
        "This decision belongs to another item of the agenda. Nothing was saved. Name a decision of the item in "
        "which the dissenting opinion stands."
    ),
    "meeting.earlier_year": N_(
        "These are minutes of an earlier year: {year}. If a number stands on the paper, write it here; else the "
        "program gives the next number of that year."
    ),
    "meeting.ends_before_it_begins": N_(
        "The sitting ends before it begins. Correct one of the two times; what you typed is kept."
    ),
    "meeting.future": N_(
        "The sitting has not been held yet: its date is in the future. Nothing was numbered. Change the date "
        "or finish it later."
    ),
    "meeting.listed_twice": N_(
        "Somebody stands on the list of attendance twice, and may be counted twice. Take one of the two entries "
        "off."
    ),
    "meeting.members_not_counted": N_(
        "The number of members of the second body is missing: whether it has a quorum cannot be said. Write it in."
    ),
    "meeting.members_not_stated": N_(
        "The number of members is missing: minutes name it, and without it nobody can say whether there was a "
        "quorum. Write it in."
    ),
    "meeting.joint_votes_not_said": N_(
        "It is not said how the votes of this joint sitting were counted. They are taken as counted in common; "
        "choose otherwise if each body voted apart."
    ),
    "meeting.mixed_without_remote": N_(
        "The meeting is said to be mixed, but nobody is marked as remote. Mark who took part remotely."
    ),
    "meeting.more_than_members": N_(
        "More members are marked as present than the body has. Check the number of members and the attendance: "
        "guests are not counted."
    ),
    "meeting.no_agenda": N_("The agenda is empty. Nothing was numbered. Add at least one item."),
    "meeting.no_decision": N_("Nothing was decided on this item. If that is right, leave it so."),
    "meeting.no_majority": N_(
        "A decision needs more than half of the votes of those taking part. Votes for: {votes}. Taking part: "
        "{present}. If it was not taken, say so in its text."
    ),
    "meeting.no_member_present": N_("No member is marked as present, only invited people. Check the attendance."),
    "meeting.no_place": N_("It is not said where the meeting was held: minutes name the place. Write it in."),
    "meeting.no_quorum": N_(
        "There is no quorum: the meeting may not decide. The minutes can be numbered all the same."
    ),
    "meeting.no_quorum_of_a_body": N_(
        "One of the two bodies has no quorum: the joint sitting may not decide. The minutes can be numbered all "
        "the same."
    ),
    "meeting.no_quorum_on_item": N_(
        "Without those who take no part in this item there is no quorum on it. Members: {present}. "
        "Needed: {needed}."
    ),
    "meeting.no_such_item": N_("The agenda has no item {item}. Items in it: {count}."),
    "meeting.no_such_place": N_("There is no place {place}: of these there are {count}. Nothing was moved."),
    "meeting.nobody_present": N_("Nobody is marked as present. Nothing was numbered. Mark who attended."),
    "meeting.not_movable": N_(
        "Only items of the agenda, speeches and decisions of a meeting have an order. Nothing was moved."
    ),
    "meeting.not_numbered": N_("These minutes are not numbered yet. Nothing was changed. Simply edit them."),
    "meeting.number_double": N_(
        "Other minutes of this body have this number already: {number}, year {year}. If both papers bear it, "
        "leave it so."
    ),
    "meeting.number_is_kept": N_(
        "A correction keeps the number of the minutes: {number}. The number that was typed is not taken."
    ),
    "meeting.numbered": N_(
        "These minutes are numbered and closed. Nothing was changed. Make a correction, which becomes a new "
        "version."
    ),
    "meeting.one_version": N_("These minutes have one version only: there is nothing to compare."),
    "meeting.online_in_person": N_(
        "The meeting is said to be online, but people were in the room: {count}. Choose: mixed."
    ),
    "meeting.other_number_missing": N_(
        "The second body's number is missing; a line stands for it on the paper. Write it when you know it."
    ),
    "meeting.remote_in_person": N_(
        "The meeting is said to be in person, but people took part remotely: {count}. Choose: mixed."
    ),
    "meeting.same_body_twice": N_(
        "The second body of a joint sitting is the same as the first one. Nothing was saved; what you typed is "
        "kept. Choose the other body, or leave the field empty."
    ),
    "meeting.still_waiting": N_(
        "People still stand on the list of speakers. Give them the word, or take them off the list."
    ),
    "meeting.versions_differ": N_(
        "These two are not versions of the same minutes. Nothing was compared. Choose two versions of one meeting."
    ),
    "meeting.votes_do_not_add_up": N_(
        "The votes do not add up to the number of members present. Check the votes and the attendance."
    ),
    "meeting.votes_of_one_body": N_(
        "Each body votes apart, but the votes of body {body} are missing. Write them, or choose: counted in common."
    ),
    "number.held_elsewhere": N_(
        "Another computer gives the numbers of this series. Nothing was numbered; the minutes are kept. Finish "
        "them there, have the series handed over, or ask for a number and write it as the number on the paper."
    ),
    "printer.*": N_("The printer does not answer. The document is saved. Print later or save it as PDF."),
    "printer.failed": N_("The printer refused. The document is saved. Print later or save it as PDF."),
    "printer.missing": N_("There is no printer. The document is saved. Connect a printer or save it as PDF."),
    "print.jam": N_(
        "Handed over, but paper is jammed in the printer: {printer}. The minutes are saved and wait in the "
        "printer's queue; they are printed when the paper is taken out."
    ),
    "print.no_paper": N_(
        "Handed over, but the printer has no paper: {printer}. The minutes are saved and wait in the printer's "
        "queue; they are printed when paper is put in."
    ),
    "print.offline": N_(
        "Handed over, but the printer is not connected or switched off: {printer}. The minutes are saved and wait "
        "in the printer's queue; they are printed when it is back."
    ),
    "print.printer_gone": N_(
        "This printer is not there any more: {printer}. Nothing was printed; the minutes are saved. Choose another "
        "printer or save as PDF."
    ),
    "print.stopped": N_(
        "Handed over, but the printer stands still: {printer}. Look at its display. The minutes are saved and wait "
        "in the printer's queue."
    ),
    "print.wrong_pages": N_("Enter pages from 1 to {pages}, for example 1-3, 5. Empty prints all."),
    "print.refused": N_(
        "The printer does not answer: {printer}. The minutes are saved; print later or save as PDF."
    ),
    "record.changed_meanwhile": N_(
        "Somebody changed this record meanwhile. Their change is kept, and what you typed too. Look at both "
        "and save again."
    ),
    "record.not_withdrawn": N_("This record is not in the trash. Nothing was changed."),
    "record.nothing": N_("There is nothing to save: no field is filled in or changed."),
    "record.number_shared": N_(
        "Several records have the number {number}. Nothing was changed. Name the one you mean by its identifier."
    ),
    "record.other_kind": N_(
        "This record is of another kind. Kind needed: {kind}. Nothing was changed. Check the identifier."
    ),
    "record.parent_missing": N_(
        "The record that this one belongs to is not here. Nothing was changed. Record that one first."
    ),
    "record.reason_missing": N_("Say why: the reason is kept with the record. Nothing was changed."),
    "record.too_long": N_(
        "The record is too long to be saved at once; what you typed is kept. Shorten the text or divide it "
        "between records."
    ),
    "record.unknown": N_(
        "This record is not here. It may have been erased, or it has not come in an exchange file yet."
    ),
    "record.withdrawn": N_("This record is in the trash. Nothing was changed. Restore it first."),
    "undo.never": N_(
        "This cannot be undone: numbering, printing and sending stay. Nothing was changed. Make a correction "
        "instead."
    ),
    "undo.nothing": N_("There is nothing to undo."),
    "undo.overtaken": N_(
        "This can no longer be undone: the record was changed again since. Nothing was changed. See its history."
    ),
}

ERROR_TEXTS: dict[str, str] = {
    **ATTACHMENT_TEXTS,
    **ERASURE_TEXTS,
    **EXCHANGE_TEXTS,
    **TIERS_TEXTS,
    **INPUT_TEXTS,
    **TABLE_TEXTS,
    **UPDATE_TEXTS,
    **USAGE_TEXTS,
    **USERS_TEXTS,
    **VAULT_TEXTS,
    **_WORK_TEXTS,
}
"""The sentence of each code, as the catalogs know it; the facts it names are always given."""

ERROR_TEXTS_WITH_FACTS: dict[str, str] = {
    **INPUT_TEXTS_WITH_FACTS,
    **USAGE_TEXTS_WITH_FACTS,
    **VAULT_TEXTS_WITH_FACTS,
}
"""A fuller sentence, said where facts it names are known (unknown ones become a dash)."""

STRENGTH_TEXTS: dict[Strength, str] = {
    Strength.WEAK: N_("weak – easily guessed"),
    Strength.FAIR: N_("fair – add a word or two"),
    Strength.STRONG: N_("strong"),
}
"""How strong a password is, in words."""

_UNKNOWN = N_("The program refused, and nothing was changed. Code: {code}.")
_IN_BYTES = {"needed", "free", "size"}
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def sentence(error: EthnomedError, catalog: Catalog) -> str:
    """Return what to tell the person, in the catalog's language; several lines for `Problems`.

    Never raises: a code without words gets a plain sentence that names it, a missing fact a dash.
    """
    facts = _shown_facts(error, catalog)
    fuller = ERROR_TEXTS_WITH_FACTS.get(error.code)
    if fuller is None or facts.keys().isdisjoint(placeholders(fuller)):
        fuller = None
    prefix = f"{error.code.split('.')[0]}.*"
    text = fuller or ERROR_TEXTS.get(error.code) or ERROR_TEXTS.get(prefix) or _UNKNOWN
    filled = catalog.gettext(text).format_map(_Facts(facts))
    if isinstance(error, Problems):
        return "\n".join([filled, *(_line(problem, catalog) for problem in error.problems)])
    return filled


def placeholders(text: str) -> set[str]:
    """Return the names of the facts that a sentence fills in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "–"


def _line(problem: EthnomedError, catalog: Catalog) -> str:
    label = _field_label(problem, catalog)
    text = sentence(problem, catalog)
    return f"• {label}: {text}" if label else f"• {text}"


def _shown_facts(error: EthnomedError, catalog: Catalog) -> dict[str, str]:
    shown = {name: _shown(name, value, catalog) for name, value in error.facts.items()}
    shown.setdefault("field", _field_label(error, catalog))
    known = {name: text for name, text in shown.items() if text}
    return {**known, "code": error.code}


def _shown(name: str, value: object, catalog: Catalog) -> str:
    language = catalog.language
    if value is None:
        return ""
    if name == "kind" and str(value) in KINDS:
        return labels.kind_label(KINDS[str(value)], catalog)
    if name == "act" and value in ACT_LABELS:
        return catalog.gettext(ACT_LABELS[Act(str(value))])
    if name == "role":
        return labels.code_label("user_role", str(value), catalog)
    if isinstance(value, bool):
        return formatting.yes_no(value, language)
    if isinstance(value, int) and (name in _IN_BYTES or name.endswith("_bytes")):
        return formatting.file_size(value, language) if value else ""
    if isinstance(value, (int, float)):
        return formatting.number(value, language)
    if isinstance(value, date):
        return formatting.numeric_date(value)
    if isinstance(value, (list, tuple)):
        return formatting.joined([_shown(name, one, catalog) for one in value], language) if value else ""
    return _shown_text(str(value), language)


def _shown_text(text: str, language: str) -> str:
    try:
        if _MOMENT.fullmatch(text):
            return formatting.moment(text, language)
        if _DAY.fullmatch(text):
            return formatting.numeric_date(date.fromisoformat(text))
    except ValueError:
        pass  # it only looks like one: say it as it is
    return text


def _field_label(error: EthnomedError, catalog: Catalog) -> str:
    """Return the label of the field at fault; its name where kinds label it differently."""
    if not error.field:
        return ""
    kinds: Mapping[str, object] = error.facts
    named = KINDS.get(str(kinds.get("kind", "")))
    holders = [kind for kind in ([named] if named else KINDS.values()) if error.field in kind.by_name]
    found = {kind.by_name[error.field].label for kind in holders}
    return catalog.gettext(found.pop()) if len(found) == 1 else error.field
