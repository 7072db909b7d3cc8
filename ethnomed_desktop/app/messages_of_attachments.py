"""Sentences about attached files (see `app.messages`)."""

from __future__ import annotations

from ethnomed_desktop.domain.marks import N_

ATTACHMENT_TEXTS: dict[str, str] = {
    "attachment.already": N_("This very file is attached to the record already: {name}. Nothing was changed."),
    "attachment.changing": N_(
        "Another program was writing to the file meanwhile. Nothing was attached. Close that program and try again."
    ),
    "attachment.damaged": N_(
        "The content of this file is damaged here: {name}. The record and all other files are kept. Attach the "
        "same file again, or take it from a backup."
    ),
    "attachment.empty": N_("The file is empty: {name}. Nothing was attached. Check where it was made."),
    "attachment.folder": N_("This is a folder: {name}. Nothing was attached. Choose the files in it."),
    "attachment.identity_paper": N_(
        "This sounds like a copy of an identity paper: {name}. The law forbids collecting such copies (No 94-V, "
        "article 7). Nothing is attached. If it is none, or the law allows it, say so and attach it again."
    ),
    "attachment.no_file": N_("This is not a file that can be read: {name}. Nothing was attached."),
    "attachment.no_program": N_(
        "This computer has no program that shows such a file: {name}. Nothing was changed. Save a copy and open it "
        "where there is one."
    ),
    "attachment.not_by_hand": N_(
        "Files are attached to a record, not typed in. Nothing was saved. Use the command: attachment add."
    ),
    "attachment.not_come": N_(
        "The content of this file has not come by exchange yet: {name}. The note of it is here. Ask the office "
        "that attached it for its next file."
    ),
    "attachment.not_here": N_(
        "The content of this file is not here: {name}. The record is kept. Attach the same file again, or take it "
        "from a backup."
    ),
    "attachment.not_openable": N_(
        "Files of this kind are not opened from here: {name}. It may be a program. Save a copy if you trust it."
    ),
    "attachment.not_shown": N_(
        "What is in attached files is not shown to your role. Ask the chair or the secretary. Nothing was changed."
    ),
    "attachment.not_to_this": N_("Files cannot be attached to this kind of record: {kind}. Nothing was changed."),
    "attachment.store_damaged": N_(
        "The place where contents of attached files lie is damaged. The records are whole and can be used. Use "
        "the command “attachment mend”, or restore the latest backup to have the files back."
    ),
    "attachment.too_large": N_(
        "The file is too large: {name}, {size}. Most allowed: {limit_bytes}. Nothing was attached. Make it smaller "
        "or divide it."
    ),
    "attachment.unreadable": N_(
        "The file cannot be read: {name}. Nothing was attached. Check its rights, or whether another program "
        "holds it."
    ),
    "attachment.vanished": N_("The file is no longer there: {name}. Nothing was attached. Choose it again."),
    "scan.blank": N_("This form was printed blank, for no record. Nothing is attached yet. Choose the record."),
    "scan.corrected": N_(
        "These minutes were corrected since. The paper is attached to the version that it was printed from."
    ),
    "scan.erased": N_(
        "The record of this paper was erased as the law asks. Nothing is attached. Destroy the paper and the file, "
        "or choose another record."
    ),
    "scan.no_code": N_("No code was found on the paper: {name}. Nothing is attached yet. Choose the record."),
    "scan.not_here": N_(
        "The code was read, but its record is not among these data; it may be that of another office. Nothing is "
        "attached yet. Choose the record."
    ),
    "scan.not_pages": N_(
        "Codes are looked for in pictures and PDF files, and this is neither: {name}. Nothing is attached yet. "
        "Choose the record."
    ),
    "scan.several": N_("Several records fit this code. Nothing is attached yet. Choose the record."),
    "scan.too_many_pages": N_(
        "The file has too many pages to look through: {name}. Nothing is attached. Divide it, or choose the record."
    ),
    "scan.unreadable": N_(
        "The pages of this file cannot be read: {name}. Nothing is attached yet. Scan it anew, or choose the "
        "record."
    ),
    "scan.withdrawn": N_(
        "The record of this paper is in the trash. Nothing is attached yet. Take it out of the trash first, or "
        "choose another record."
    ),
}
