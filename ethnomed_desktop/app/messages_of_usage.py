"""Sentences about calls of the command line that are not written as they should be (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

USAGE_TEXTS: dict[str, str] = {
    "document.format_unknown": N_(
        "Documents cannot be written in the format “{name}”. Formats: {known}. Nothing was written."
    ),
    "document.needs_record": N_(
        "“{name}” is printed for a record. Nothing was written. Name the record, by its identifier or its number."
    ),
    "output.is_folder": N_(
        "“{path}” is a folder, and a file is to be written. Nothing was changed. Add the name of a file."
    ),
    "output.no_folder": N_(
        "There is no folder “{path}”. Nothing was changed. Make it first or choose another one."
    ),
    "register.too_long": N_(
        "The register is too long for paper: {rows} rows. Most printed: {most}. Nothing was written. Choose a "
        "year, or write a spreadsheet."
    ),
    "register.unknown": N_("There is no register “{name}”. Registers: {known}. Nothing was written."),
    "usage.*": N_("The command is not written as it should be. Nothing was changed. See --help."),
    "usage.library_missing": N_(
        "The window cannot be opened here: the system lacks the library {library}. Nothing was changed. Ask an "
        "administrator to install it."
    ),
    "usage.missing_argument": N_("Something is missing in the command. Nothing was changed. See --help."),
    "usage.no_passphrase": N_(
        "A password is needed. Name a file with --passphrase-file, set the variable ETHNOMED_PASSPHRASE, or "
        "call the command in a terminal."
    ),
    "usage.no_window": N_(
        "The window cannot be opened here: there is no display. Nothing was changed. See --help."
    ),
    "usage.passphrases_differ": N_("The two passwords differ. Nothing was changed. Type them again."),
    "usage.practice_only": N_("This works with practice data only. Nothing was changed."),
    "usage.too_much": N_("“{value}” is more than the command takes. Nothing was changed. See --help."),
    "usage.unknown_command": N_("There is no such command. Nothing was changed. See --help."),
    "usage.unknown_option": N_("There is no such option. Nothing was changed. See --help."),
    "usage.unknown_page": N_("The manual has no such page. Nothing was changed. The list of pages: help."),
    "usage.wrong_value": N_("A value in the command is not allowed. Nothing was changed. See --help."),
}
"""By code."""

USAGE_TEXTS_WITH_FACTS: dict[str, str] = {
    "usage.library_missing": N_(
        "The window cannot be opened here: the system lacks the library {library}. Nothing was changed. To be "
        "installed by an administrator: {package}."
    ),
    "usage.missing_argument": N_("Missing in the command: {missing}. Nothing was changed. See --help."),
    "usage.unknown_command": N_("There is no command “{value}”. Nothing was changed. See --help."),
    "usage.unknown_option": N_("There is no option “{value}” here. Nothing was changed. See --help."),
    "usage.unknown_page": N_("The manual has no page “{value}”. Nothing was changed. Pages: {known}."),
    "usage.wrong_value": N_("“{value}” is not allowed here. Nothing was changed. See --help."),
}
"""Said instead where facts of the sentence are known."""
