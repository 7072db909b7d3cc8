"""Sentences about files that are sent and received (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

EXCHANGE_TEXTS: dict[str, str] = {
    "conflict.no_such_side": N_("There is no value of that side. Nothing was changed. List the conflicts again."),
    "conflict.unknown": N_("This field is not in conflict. Nothing was changed. List the conflicts again."),
    "exchange.*": N_("The file was not taken in, and nothing was changed. Ask the sender to send it again."),
    "exchange.above_ceiling": N_(
        "The file holds details that must not leave the district. Nothing was taken in. Tell the sender and "
        "the office that certified it."
    ),
    "exchange.altered": N_(
        "The file was changed after it was made, or was not made as it should be. Nothing was taken in. Ask "
        "the sender for a new file, and by another way."
    ),
    "exchange.damaged": N_(
        "The file is damaged or came only in part. Nothing was taken in. Copy it again or ask the sender to "
        "send it again."
    ),
    "exchange.empty": N_(
        "The file is empty. Nothing was taken in. Copy it again or ask the sender to send it again."
    ),
    "exchange.enrol_again": N_(
        "This computer goes on under a new identifier: a backup was restored, the data came to another computer, "
        "or a copied disk was noticed. Everything is kept; nothing was written for the partner. Write a request "
        "to join and let the office enrol this computer again, as on the first day."
    ),
    "exchange.key_no_persons": N_(
        "Nobody is named yet who may replace the key of this office. Nothing was changed. Name two people first."
    ),
    "exchange.key_not_person": N_(
        "Only somebody who was named for it can confirm a new key, or replace a stolen one. Nothing was changed. "
        "Let one of those open the program who stand in the list."
    ),
    "exchange.key_nothing_waits": N_(
        "No change of the key waits for a second person. Nothing was changed. Begin one, or look again."
    ),
    "exchange.key_other_file": N_(
        "This file does not confirm the change of the key that waits here. Nothing was changed. Ask for the file "
        "that was made from yours."
    ),
    "exchange.key_replaced": N_(
        "The key of this office was replaced after this state of the data was kept: what it signs counts no more. "
        "Nothing was changed. Let two of the people named replace the key as stolen, here or on the newer data."
    ),
    "exchange.key_signed_already": N_(
        "You have signed this change of the key already. Nothing was changed. Another of the people named must "
        "confirm it."
    ),
    "exchange.key_two_persons": N_(
        "At least two different people are needed, so that nobody can replace the key alone. Nothing was changed."
    ),
    "exchange.key_words_differ": N_(
        "These are not the six words. Nothing was changed. Ask again by phone; while they differ, confirm nothing."
    ),
    "exchange.never_sent": N_(
        "No file with this number was written for this partner. Nothing was written. The last number: {last}."
    ),
    "exchange.newer": N_(
        "A newer program made this file. Nothing was taken in; keep the file. Update the program and open the "
        "file again."
    ),
    "exchange.not_a_file": N_(
        "This is a folder or a device, not a file. Nothing was taken in. Choose the file itself."
    ),
    "exchange.not_a_request": N_(
        "This is not a request to join, or it was changed on its way. Nothing was changed. Ask for a new one."
    ),
    "exchange.not_entitled": N_(
        "The sender wrote where it is not allowed to. Nothing was taken in. Tell the office that certified the "
        "sender. Sender: {who}."
    ),
    "exchange.not_for_us": N_(
        "This file is not addressed to this computer, or its beginning is damaged. Nothing was taken in. Ask "
        "the sender to choose this computer as the recipient."
    ),
    "exchange.nothing_to_undo": N_("There is no file taken in that could be given back. Nothing was changed."),
    "exchange.not_a_key_file": N_(
        "This file is neither a change of a key to confirm nor somebody’s card, or it was changed on its way. "
        "Nothing was changed. Ask for a new one."
    ),
    "exchange.old_key": N_(
        "This file rests on a key of the office that was replaced since. Nothing was taken in. The sender has to "
        "take in a newer file of the office first; if it is the office itself, call it. Office: {who}."
    ),
    "exchange.older": N_(
        "A trial version of the program made this file; it can no longer be read. Nothing was taken in. Ask "
        "the sender to update the program and send again."
    ),
    "exchange.other_product": N_(
        "This is not an exchange file of this program. Nothing was taken in. Choose a file whose name begins "
        "with em-, or ask the sender."
    ),
    "exchange.part_too_small": N_(
        "What is to be sent does not fit into parts of this size. Nothing was written. Smallest possible part: "
        "{least_bytes}."
    ),
    "exchange.practice_mismatch": N_(
        "Practice data and real data are never exchanged. Nothing was taken in. Open the vault that this file "
        "is meant for."
    ),
    "exchange.recipient_may_not_read": N_(
        "The recipient may not read part of what is chosen. Nothing was written. Choose less or another "
        "recipient. Recipient: {who}."
    ),
    "exchange.recipient_revoked": N_(
        "The recipient’s certificate was revoked: nothing is sent there any more. Nothing was written. "
        "Recipient: {who}."
    ),
    "exchange.recipient_unknown": N_(
        "The recipient has no certificate here. Nothing was written. Let it join first, or take in the file "
        "with its certificate."
    ),
    "exchange.revoked_sender": N_(
        "The sender’s certificate was revoked, for example because the computer was lost. Nothing was taken "
        "in. Call the person who sent it. Sender: {who}."
    ),
    "exchange.root_not_confirmed": N_(
        "Before joining, two people compare the words of the office by phone: {words}. Nothing was taken in."
    ),
    "exchange.words_differ": N_(
        "These are not the words of the computer that asks. Nothing was changed. Ask again by phone, and do not "
        "let it join while they differ."
    ),
    "exchange.too_large": N_(
        "The file is too large to be an exchange file. It was not read, and nothing was changed. Its size: "
        "{size}. Largest allowed: {limit_bytes}."
    ),
    "exchange.undo_too_late": N_(
        "The last file can no longer be given back: something was written or sent since. Nothing was changed. "
        "Correct or withdraw single records instead."
    ),
    "exchange.unknown_sender": N_(
        "The sender is not known here. Nothing was taken in; keep the file. Open it again when the office has "
        "sent the sender’s certificate."
    ),
    "exchange.unreadable": N_(
        "The file cannot be read: it is gone, the stick was removed, or this user may not open it. Nothing was "
        "changed. Check and try again."
    ),
    "summary.not_stale": N_(
        "The text was not changed since it was approved, or nobody has approved it yet. Nothing was changed."
    ),
    "extract.too_many": N_(
        "An extract holds at most {limit} records. No file was written. Choose fewer; for everything there is the "
        "exchange between computers."
    ),
}
"""By code."""
