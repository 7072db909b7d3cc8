"""Sentences about opening the vault, its users and passwords, and the disk (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

VAULT_TEXTS: dict[str, str] = {
    "backup.*": N_("The backup was refused. Nothing was changed."),
    "backup.damaged": N_("The backup file is damaged. Nothing was changed. Take another copy or an older backup."),
    "backup.newer": N_(
        "This backup was made by a newer version of the program. Nothing was changed. Install that version first."
    ),
    "backup.not_one": N_(
        "This file is not a backup of this program. Nothing was changed. Choose a file ending in .emb."
    ),
    "backup.on_server": N_(
        "These records lie on a server; its administrator makes the backups there. No file was written."
    ),
    "backup.unsound": N_(
        "The backup could not be read back without faults and was thrown away. The records themselves are kept. "
        "Check the vault, then try another medium."
    ),
    "passphrase.broken_characters": N_("The password holds characters that no keyboard sends. Type it by hand."),
    "passphrase.too_long": N_("The password is too long. Most characters allowed: {limit}."),
    "passphrase.too_short": N_("The password is too short. Needed: {characters} characters or {words} words."),
    "passphrase.too_simple": N_(
        "The password repeats the same few characters. Take several words that do not belong together."
    ),
    "recovery.mistyped": N_("The recovery code has a typing mistake. Compare it with the sheet, group by group."),
    "recovery.other_code": N_(
        "This is the code of another sheet. Take the newest one, or make a new sheet in the settings."
    ),
    "recovery.wrong_shape": N_(
        "A recovery code has {characters} letters and digits. Copy all groups from the sheet."
    ),
    "slot.label_missing": N_("Enter the user's name."),
    "slot.label_taken": N_("There is a user “{label}” already. Nothing was changed. Choose another name."),
    "slot.label_too_long": N_("The user's name is too long. Longest allowed, in characters: {limit}."),
    "slot.last_passphrase": N_(
        "This is the last password; without it nobody could work here. Nothing was changed. Add another user first."
    ),
    "slot.last_recovery": N_(
        "This would remove the last recovery code. Nothing was changed. Print a recovery sheet of your own first."
    ),
    "slot.too_many": N_("No more users can be added. Most allowed: {limit}. Remove those who no longer work here."),
    "slot.unknown": N_("There is no such way in any more. Nothing was changed. Refresh the list of users."),
    "slot.user_has_one": N_("This person already has a way in. Nothing was changed. Change the password instead."),
    "storage.*": N_("The disk refused. What was saved before is kept. Check the disk and try again."),
    "storage.failed": N_(
        "The disk did not accept the file. What was saved before is kept. Check the disk and try again."
    ),
    "storage.full": N_("The disk is full. What was saved before is kept. Free some space or choose another place."),
    "storage.gone": N_(
        "The disk, stick or folder is no longer there. What was saved before is kept on it. Connect it again "
        "and repeat."
    ),
    "storage.in_use": N_(
        "Another program has this file open. Nothing was changed. Close it there or save under another name."
    ),
    "storage.read_only": N_(
        "Nothing can be written there. What was saved before is kept. Choose another place or ask for the "
        "right to write."
    ),
    "storage.too_large": N_("The file “{path}” is too large. Largest allowed: {limit_bytes}. Nothing was changed."),
    "vault.*": N_("The council's data cannot be opened now. They are kept. Try again, or ask the administrator."),
    "vault.busy": N_("Another job is using the data right now. Nothing was changed. Try again in a moment."),
    "vault.damaged": N_("The data file is damaged. Nothing was changed in it. Restore the latest backup."),
    "vault.exists": N_("This folder already holds council data. They were left untouched. Choose an empty folder."),
    "vault.foreign": N_(
        "The data file is not one of this council, or not one of this program. Nothing was changed. Put the "
        "right file back or restore a backup."
    ),
    "vault.kdf_too_costly": N_(
        "keys.json demands more of the computer than this program ever writes; somebody may have changed the "
        "file. Nothing was opened. Put keys.json back from a backup."
    ),
    "vault.kdf_too_weak": N_(
        "The protection written in keys.json is weaker than allowed; somebody may have changed the file. "
        "Nothing was opened. Put keys.json back from a backup."
    ),
    "vault.keys_altered": N_(
        "The list of users (keys.json) was changed outside the program, so it was not opened. The data are "
        "kept. Put keys.json back from a backup and tell the administrator."
    ),
    "vault.keys_damaged": N_(
        "The file keys.json is damaged. The data themselves are kept. Put keys.json back from a backup."
    ),
    "vault.locked": N_("The program is locked. Your drafts are kept. Enter the password to go on."),
    "vault.migration_failed": N_(
        "The data could not be brought to this version of the program. They are as they were before. Go on "
        "with the earlier version and report the problem."
    ),
    "vault.missing": N_("There is no council data in this folder. Choose another folder or create a new council."),
    "vault.newer": N_(
        "A newer version of the program wrote these data. Nothing was changed. Install the newer version to "
        "open them."
    ),
    "vault.no_memory": N_(
        "There is too little free memory to check the password. Needed: {needed}. Close other programs and "
        "try again."
    ),
    "vault.no_such_user": N_(
        "There is no user “{label}” here. Check the spelling or choose the user from the list."
    ),
    "vault.on_network_share": N_(
        "The folder lies on a share of the network, where two computers can spoil each other's records. Nothing "
        "was made. Choose a folder on this computer or on a stick; for several computers there is exchange."
    ),
    "vault.open_elsewhere": N_("These data are already open in another program. Close it there and try again."),
    "vault.reading_only": N_(
        "A newer version of the program wrote these data. With this version you can read them, print them, save "
        "them as files and make backups, but change nothing. Install the newer version to go on working."
    ),
    "vault.rebuilt_differs": N_(
        "Rebuilding from the log gave other data than those on the disk. Nothing was replaced. Make a backup "
        "and report the problem."
    ),
    "vault.recovery_mistyped": N_(
        "The recovery code has a typing mistake. Compare it with the sheet, group by group."
    ),
    "vault.server_gone": N_(
        "The database server does not answer. What was saved before is kept there. Check the server and try again."
    ),
    "vault.store_missing": N_(
        "The keys are here, but the data file is not. Nothing was changed. Put store.db back or restore a backup."
    ),
    "vault.unreadable_folder": N_(
        "The data folder cannot be looked into. Nothing was changed. Ask for the right to read and write it."
    ),
    "vault.wrong_passphrase": N_("Wrong password. Capital letters and the keyboard layout matter."),
}
"""By code."""

VAULT_TEXTS_WITH_FACTS: dict[str, str] = {
    "storage.full": N_(
        "The disk is full. Needed: {needed}. What was saved before is kept. Free some space or choose another"
        " place."
    ),
    "storage.gone": N_(
        "“{path}” is no longer there: the disk, stick or folder is gone. Connect it again and repeat."
    ),
    "storage.read_only": N_(
        "“{path}” cannot be written there. What was saved before is kept. Choose another place or ask for the"
        " right to write."
    ),
    "vault.open_elsewhere": N_(
        "These data are already open. Who: {who}. Computer: {host}. Since: {since}. Close the program there "
        "and try again."
    ),
}
"""Said instead where facts of the sentence are known."""
