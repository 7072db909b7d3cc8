"""Sentences about input that is refused: fields, values, files of input (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

INPUT_TEXTS: dict[str, str] = {
    "code.unknown": N_("“{value}” is not in the list of choices. Choose one of the list."),
    "date.impossible": N_("There is no such date: {value}. Check day, month and year."),
    "date.malformed": N_("This is not a date: {value}. Enter day, month and year, for example 21.11.2026."),
    "consent.before_it_was_given": N_(
        "{date} is before the day the consent was given. Correct one of the two days; what you typed is kept."
    ),
    "consent.future_date": N_(
        "{date} has not come yet, so no consent was given on it. Correct the day; what you typed is kept."
    ),
    "consent.not_withdrawn": N_(
        "The consent was not withdrawn before {date}. Write down first when the person withdrew it; what you "
        "typed is kept."
    ),
    "history.no_such_step": N_(
        "This change did not touch that field, so there is nothing to put back. Nothing was changed. Choose a "
        "line of the history."
    ),
    "date.range_reversed": N_("The period ends before it begins: {value}. Swap the two dates."),
    "field.not_sortable": N_("A list cannot be sorted by the field “{name}”. Choose another one."),
    "field.read_only": N_(
        "The program fills this field itself; it cannot be written. Nothing was changed. Leave it out."
    ),
    "field.required": N_("A required field is empty. Nothing was saved yet. Fill it in."),
    "field.unknown": N_("This kind of record has no field “{name}”. Kind: {kind}. Nothing was changed."),
    "flag.expected": N_("Only yes or no can stand here, not “{value}”."),
    "form.problems": N_("Entries to correct: {count}. Nothing was saved yet; what you typed is kept."),
    "id.malformed": N_("“{value}” is not the identifier of a record. Copy it whole from the list."),
    "iin.wrong": N_(
        "The IIN is not right: 12 digits, the last of which fits the others. Compare it with the document."
    ),
    "input.byte_order_mark": N_(
        "The file begins with a byte order mark, which some editors add. Nothing was changed. Save it as plain "
        "UTF-8."
    ),
    "input.double_key": N_("“{name}” stands twice in one record. Nothing was changed. Leave one of them."),
    "input.empty": N_("There is nothing in the input. Nothing was changed. Check the file."),
    "input.kind_missing": N_(
        "This record does not say of which kind it is. Nothing was changed. Add “kind”, or name the "
        "kind in the command."
    ),
    "input.nan": N_(
        "{value} is not a number that can be kept. Nothing was changed. Write a number or leave it out."
    ),
    "input.not_found": N_("The file was not found. Nothing was changed. Check its name and folder."),
    "input.not_json": N_("The input is not JSON. Nothing was changed. Check the file where it was made."),
    "input.not_utf8": N_("The text is not UTF-8. Nothing was changed. Save the file as UTF-8 and try again."),
    "input.too_large": N_("The input is too large to take in at once. Nothing was changed. Split it into parts."),
    "input.unreadable": N_(
        "The file cannot be read: {path}. Nothing was changed. Check its name and the right to read it."
    ),
    "input.wrong_shape": N_(
        "The input is built in another way than expected. Nothing was changed. Compare it with the example in"
        " the help."
    ),
    "kind.unknown": N_("There is no kind of record “{name}”. See the list of kinds."),
    "list.expected": N_("Several values are expected here, as a list."),
    "list.token": N_("The mark of the next page is not one that this program gave. Begin the list anew."),
    "moment.malformed": N_("This is not a date with a time: {value}. Write it like 2026-11-21T10:00."),
    "number.out_of_range": N_("The number is out of bounds: {value}. Lowest: {low}. Highest: {high}."),
    "phone.malformed": N_("This is not a telephone number: {value}. Write it like +7 701 123 45 67."),
    "real.expected": N_("This is not a number: {value}."),
    "reference.malformed": N_("“{value}” does not name a record. Choose the record from the list."),
    "reference.unknown": N_(
        "The record referred to is not here. Nothing was changed. Choose another one or record it first."
    ),
    "reference.unknown_label": N_(
        "No record of this file is marked “{label}”. Nothing was changed. Check the marks in the file."
    ),
    "reference.wrong_kind": N_(
        "The record referred to is of another kind than this field takes. Nothing was changed. Choose another one."
    ),
    "text.broken": N_("The text holds characters that cannot be kept. Type the place anew."),
    "text.expected": N_("A text is expected here."),
    "text.too_long": N_(
        "The text is too long. Characters: {length}. Most allowed: {limit}. Shorten it; what you typed is kept."
    ),
    "time.malformed": N_("This is not a time of day: {value}. Write it like 14:30."),
    "whole.expected": N_("This is not a whole number: {value}."),
}
"""By code."""

INPUT_TEXTS_WITH_FACTS: dict[str, str] = {
    "field.read_only": N_(
        "The program fills the field “{field}” itself; it cannot be written. Nothing was changed. Leave it out."
    ),
    "field.required": N_("Fill in the field “{field}”. Nothing was saved yet."),
    "input.not_found": N_("The file was not found: {path}. Nothing was changed. Check its name and folder."),
    "input.too_large": N_(
        "The input is too large to take in at once. Largest allowed: {limit_bytes}. Nothing was changed. "
        "Split it into parts."
    ),
    "input.wrong_shape": N_(
        "The input is built in another way than expected. Expected: {expected}. Nothing was changed."
    ),
}
"""Said instead where facts of the sentence are known."""
