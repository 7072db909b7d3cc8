"""Sentences about users, their roles and the key of the vault (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

USERS_TEXTS: dict[str, str] = {
    "notes.field": N_("A note in confidence has no such field: {name}. Nothing was written. Leave it out."),
    "notes.not_mine": N_(
        "This is no note of yours, or it was released or thrown away. Nothing was changed. Look at your list."
    ),
    "rekey.on_server": N_(
        "These records lie on a server: its administrator changes keys and passwords there. Nothing was changed."
    ),
    "rekey.unknown_user": N_(
        "The way in “{label}” belongs to no user of these data, so no new key can be handed to it. Nothing was "
        "changed. Check the data and remove that user first."
    ),
    "rekey.unsound": N_(
        "The copy under the new key could not be read back without faults and was thrown away. The old key still "
        "holds; nothing was lost. Check the data, then try again."
    ),
    "rights.act": N_(
        "Your role does not allow this: {act}. Your role: {role}. Nothing was changed. Ask whoever keeps the users."
    ),
    "rights.field": N_(
        "Your role is not shown this field: {field}. Nothing was listed. Choose another order or filter."
    ),
    "rights.users_apart": N_(
        "Users are added, changed and removed in the settings, not as records. Nothing was changed."
    ),
    "trustees.few": N_(
        "These parts are too few. Parts needed: {needed}. Typed: {given}. Nothing was opened. Add another part."
    ),
    "trustees.mistyped": N_(
        "There is a typing mistake in a part. Which of those typed: {number}. Nothing was opened. Compare it with "
        "the sheet, number by number."
    ),
    "trustees.mixed": N_(
        "These parts do not belong together: some are of another making. Nothing was opened. Look at the dates on "
        "the sheets."
    ),
    "trustees.numbers": N_(
        "At least two parts must be needed, no more than there are, and there are at most {most}. Nothing was "
        "changed."
    ),
    "users.not_oneself": N_(
        "Nobody changes the own role or removes himself here. Nothing was changed. Another user who keeps the "
        "users can do it."
    ),
    "users.unknown": N_(
        "There is no such user with a way in here. Nothing was changed. Look at the list of users."
    ),
    "vault.user_removed": N_(
        "This user was removed, but an older key file was put back. Nothing was opened. Ask whoever keeps the "
        "users."
    ),
}
"""By code."""
