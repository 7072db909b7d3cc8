"""Sentences about updates from a file (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

UPDATE_TEXTS: dict[str, str] = {
    "update.*": N_("The update was refused. The program and the records are as they were."),
    "update.damaged": N_(
        "The update file was changed after it was signed, or is damaged. The program and the records are as they "
        "were. Copy it once more from where you got it."
    ),
    "update.does_not_start": N_(
        "Version {version} does not start on this computer. The program and the records are as they were. Take the "
        "package that fits this computer."
    ),
    "update.foreign_key": N_(
        "The update file is signed, but not by those who make this program. The program and the records are as "
        "they were. Do not install it; ask for the file where you got the program."
    ),
    "update.from_source": N_(
        "This program runs from its source and is not updated from a file. Nothing was changed. Version offered: "
        "{version}."
    ),
    "update.no_keys": N_(
        "This version of the program believes no update file yet: its makers have put no key of theirs into it. "
        "The program and the records are as they were. Install a newer version by its package, got where you got "
        "this one."
    ),
    "update.no_room": N_(
        "There is too little room for the new version: {size} are needed. The program and the records are as they "
        "were. Free some room and repeat."
    ),
    "update.not_one": N_(
        "This is no update file. Nothing was changed. Choose the file ending in .update, or a package beside it."
    ),
    "update.older": N_(
        "The file holds an older version: {version}. Here is {own}. Nothing was changed: an older version would "
        "only read the records."
    ),
    "update.package_damaged": N_(
        "The package is damaged: {name}. The program and the records are as they were. Copy it once more."
    ),
    "update.package_missing": N_(
        "The package for this computer is not beside the update file: {name}. Nothing was changed. Copy both into "
        "one folder."
    ),
    "update.same": N_("Version {version} is installed already. Nothing was changed."),
    "update.unsigned": N_(
        "Nobody signed this update, or the signed file ending in .update does not lie beside it. The program and "
        "the records are as they were. Install only what is signed."
    ),
    "update.wrong_system": N_(
        "The update holds no package for this computer. Here: {system}. In the file: {offered}. Nothing was "
        "changed."
    ),
}
"""By code."""
