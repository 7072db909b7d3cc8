"""All commands of the command line: a new one is one entry here and a function that answers."""

from __future__ import annotations

from ethnomed_desktop.cli import batch as batch_runner
from ethnomed_desktop.cli import (
    help_commands,
    practice_commands,
    record_commands,
    registry_commands,
    vault_commands,
    work_commands,
)
from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option
from ethnomed_desktop.cli.commands_of_attachments import ATTACHMENT
from ethnomed_desktop.cli.commands_of_exchange import AUDIT, BACKUP, EXCHANGE, KEYS
from ethnomed_desktop.cli.commands_of_meetings import MEETINGS
from ethnomed_desktop.cli.commands_of_tables import TABLES
from ethnomed_desktop.cli.draft_commands import DRAFTS
from ethnomed_desktop.cli.note_commands import NOTES
from ethnomed_desktop.cli.personal_commands import PERSONAL
from ethnomed_desktop.cli.register_commands import REGISTER
from ethnomed_desktop.cli.report_commands import REPORTS
from ethnomed_desktop.cli.retention_commands import RETENTION
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.cli.update_commands import UPDATES
from ethnomed_desktop.cli.user_commands import USERS
from ethnomed_desktop.domain.marks import N_

_ID = Argument("id", N_("Identifier of the record, or its number where only one has it"), "ID")
_KIND = Argument("kind", N_("Kind of record, see: record kinds"), "KIND")
_MEETING = Argument("id", N_("The meeting: its identifier, or its number where only one has it"), "ID")

_VAULT = (
    Command(
        ("vault", "create"),
        N_("Make the encrypted data of a council"),
        vault_commands.create,
        options=(
            Option(
                "from", N_("JSON with the first user and the bodies; - is standard input"), "COUNCIL.json", True
            ),
            Option("database", N_("Address of a PostgreSQL database instead of a file"), "URL"),
            Option("recovery-sheet", N_("Write the recovery sheet there instead of showing the code"), "FILE.pdf"),
        ),
        in_batch=False,
        details=(
            N_(
                "The recovery code is shown once on standard error, or printed on the sheet, and kept nowhere. "
                "The password comes from --passphrase-file, ETHNOMED_PASSPHRASE, or is typed twice."
            ),
        ),
        examples=(
            '{"user": {"name": "Сейітова Раушан", "role": "secretary", "label": "Раушан"}, "bodies": '
            '[{"body_kind": "council_of_elders", "name_kk": "Ақсақалдар кеңесі", "place": "kato:314800000"}]}',
            "ethnomed-desktop --data-dir D vault create --from council.json --recovery-sheet sheet.pdf",
        ),
    ),
    Command(
        ("vault", "check"),
        N_("Look the data over: file, log, signatures, audit trail, tables; exit code 3 when something is wrong"),
        vault_commands.check,
    ),
    Command(("vault", "rebuild"), N_("Make all tables anew from the log and compare"), vault_commands.rebuild),
    Command(
        ("vault", "passphrase"),
        N_("Change your password"),
        vault_commands.passphrase,
        options=(
            Option(
                "new-passphrase-file",
                N_("File whose first line is the new password; else ETHNOMED_NEW_PASSPHRASE, or typed twice"),
                "FILE",
            ),
        ),
        in_batch=False,
    ),
    Command(("vault", "slots"), N_("List users and ways in"), vault_commands.slots),
    Command(
        ("vault", "recovery-sheet"),
        N_("Make a new recovery code and write its sheet; sheets printed before open nothing any more"),
        vault_commands.recovery_sheet,
        options=(Option("out", N_("File to write"), "FILE.pdf", True),),
        in_batch=False,
    ),
)

_FROM = N_("JSON object, list of objects, or NDJSON; - is standard input")
_RECORD = (
    Command(("record", "kinds"), N_("List the kinds of record; needs no data"), registry_commands.kinds),
    Command(
        ("record", "fields"),
        N_("Describe the fields of a kind or of all: type, codes, labels; needs no data"),
        registry_commands.fields,
        (Argument("kind", N_("Kind of record; all without it"), "KIND", required=False),),
    ),
    Command(
        ("record", "add"),
        N_("Record one or many in one transaction: all of them or none"),
        record_commands.add,
        (Argument("kind", N_("Kind of the records that do not name one themselves; any: all do"), "KIND|any"),),
        (Option("from", _FROM, "FILE", required=True, inline=True),),
        details=(
            N_(
                "A record may carry its own “kind”, and a label “@”: later records of the same input refer to it "
                "as “@label”. Places may be written as kato:CODE."
            ),
        ),
        examples=(
            "ethnomed-desktop record add incident --from - <<< "
            '\'{"settlement": "Мысалбұлақ", "what_happened": "…"}\'',
            "ethnomed-desktop record add any --from meeting.ndjson",
            '{"kind": "person", "@": "chair", "surname": "Әлиев"}',
            '{"kind": "meeting", "@": "m", "starts": "2026-11-21T10:00", "chair": "@chair"}',
        ),
    ),
    Command(("record", "show"), N_("Show one record"), record_commands.show, (_ID,)),
    Command(
        ("record", "list"),
        N_("List records of a kind, page by page"),
        record_commands.listing,
        (_KIND,),
        (
            Option(
                "where", N_("Only records with this value; several for one field: any of them"), "F=V", many=True
            ),
            Option("sort", N_("Field to sort by; - before it: descending"), "F"),
            Option("limit", N_("Most records on a page, 50 without it"), "N"),
            Option("after", N_("Mark of the page before"), "TOKEN"),
            Option("withdrawn", N_("What is in the trash instead")),
            Option("format", N_("Write the whole list, all fields, as a spreadsheet: xlsx"), "FORMAT"),
            Option("out", N_("File to write"), "FILE"),
        ),
        examples=(
            "ethnomed-desktop record list incident --where severity=3 --sort -happened --limit 20",
            "ethnomed-desktop record list incident --format xlsx --out incidents.xlsx",
        ),
    ),
    Command(("record", "history"), N_("Tell who changed what, and when"), work_commands.history, (_ID,)),
    Command(
        ("record", "put-back"),
        N_("Give a field the value it had before a change; it is a new change, history keeps both"),
        work_commands.put_back,
        (_ID,),
        (
            Option("field", N_("The field"), "F", required=True),
            Option("transaction", N_("The change, as record history --json names it"), "ID", required=True),
        ),
    ),
    Command(
        ("record", "edit"),
        N_("Change fields of a record; empty values clear them"),
        record_commands.edit,
        (_ID,),
        (
            Option("from", N_("JSON object with the fields to change; - is standard input"), "FILE", inline=True),
            Option("set", N_("One field; several values of a set are divided by ;"), "F=V", many=True),
            Option("revision", N_("Refuse when the record is no longer at this revision"), "REV"),
        ),
        examples=("ethnomed-desktop record edit 2026/1 --set severity=3 --set settlement=Мысалбұлақ",),
    ),
    Command(
        ("record", "withdraw"),
        N_("Put a record into the trash; links to it stay"),
        record_commands.withdraw,
        (_ID,),
        (Option("reason", N_("Why; it is kept with the record"), "T", required=True),),
    ),
    Command(("record", "restore"), N_("Take a record out of the trash"), record_commands.restore, (_ID,)),
)

_WORK = (
    Command(("undo",), N_("Take your last action back"), work_commands.undo),
    Command(("redo",), N_("Bring back what the last undo took"), work_commands.redo),
    Command(
        ("search",),
        N_("Search everything: beginnings of words, Kazakh and Russian spellings, the wrong keyboard layout"),
        work_commands.search,
        (Argument("text", N_("Words to find"), "TEXT", many=True),),
        (
            Option("kind", N_("Only this kind of record"), "K"),
            Option("limit", N_("Most results, 20 without it"), "N"),
        ),
    ),
    Command(
        ("meeting", "check"),
        N_("Say what minutes still need; exit code 1 when something does"),
        work_commands.check_meeting,
        (_MEETING,),
    ),
    Command(
        ("meeting", "finish"),
        N_("Number the minutes and close them; this cannot be undone"),
        work_commands.finish_meeting,
        (_MEETING,),
    ),
    Command(
        ("meeting", "correct"),
        N_("Open a corrected version of numbered minutes"),
        work_commands.correct_meeting,
        (_MEETING,),
        (Option("reason", N_("Why; it is printed in the minutes"), "T", required=True),),
    ),
    Command(
        ("print",),
        N_("Write a document as a file, which anyone can read"),
        work_commands.print_document,
        (
            Argument("document", N_("What to print, like minutes"), "DOCUMENT"),
            Argument(
                "id",
                N_("The record: its identifier, or its number where only one has it; a blank form needs none"),
                "ID",
                required=False,
            ),
        ),
        (
            Option(
                "language",
                N_("Language of the document; that of messages without it"),
                "L",
                choices=("kk", "ru", "en", "kk+ru", "kk|ru"),
            ),
            Option("form", N_("Form of the minutes"), "FORM", choices=("full", "short", "extract")),
            Option("item", N_("Item of the agenda that an extract is about, by its printed number: 2 or 2.1"), "N"),
            Option("size", N_("Size of the text in points"), "N", choices=("12", "14")),
            Option(
                "watermark",
                N_("Mark under the text; auto marks what has no number yet"),
                "MARK",
                choices=("auto", "draft", "copy", "none"),
            ),
            Option(
                "signer",
                N_("Somebody present who signs too, named as in the list of those present"),
                "NAME",
                many=True,
            ),
            Option("without-lines", N_("Names without lines to sign on")),
            Option("hide-names", N_("Minutes with codes or initials in the place of names")),
            Option("format", N_("Format of the file: pdf, or docx for Word"), "FORMAT"),
            Option("out", N_("File to write"), "FILE", required=True),
        ),
        examples=(
            "ethnomed-desktop print minutes 14 --language kk+ru --out minutes.pdf",
            'ethnomed-desktop print minutes 14 --language "kk|ru" --watermark copy --out minutes.pdf',
            "ethnomed-desktop print incident-form --language kk+ru --out blank.pdf",
        ),
    ),
)


def _batch(session: Session, given: Given) -> Answer:
    return batch_runner.run(session, COMMANDS)


_OTHER = (
    Command(
        ("help",),
        N_("Show a page of the manual; without a page, the list of all; needs no data"),
        help_commands.show,
        (Argument("page", N_("Name of the page, like start or meetings"), "PAGE", required=False),),
        (Option("search", N_("Words to find in the manual"), "TEXT"),),
        examples=("ethnomed-desktop help vault",),
    ),
    Command(
        ("practice", "create"),
        N_("Make the practice council, invented from end to end, in the data folder"),
        practice_commands.create,
        in_batch=False,
    ),
    Command(
        ("practice", "run"),
        N_(
            "Open the window on the practice council; without a display walk through the main job and say each step"
        ),
        practice_commands.run,
        in_batch=False,
    ),
    Command(
        ("batch",),
        N_("Run the commands of standard input over one unlocking; one JSON answer per line"),
        _batch,
        in_batch=False,
        details=(
            N_(
                "Each line is a JSON object: a command with its arguments and options by name, or the words as "
                "they would be typed. Where a command takes --from FILE, the JSON itself may stand."
            ),
            N_(
                "Each answer holds line, ok, exit and result, or for a refusal line, ok, exit, error, message and "
                "facts. A refusal does not stop the rest; the exit code is then 1."
            ),
        ),
        examples=(
            '{"command": "record add", "args": {"kind": "incident", "from": {"settlement": "Мысалбұлақ"}}}',
            '{"command": "record list", "args": {"kind": "incident", "where": ["severity=3"], "limit": 20}}',
            '{"argv": ["search", "арық", "--limit", "5"]}',
        ),
    ),
)

COMMANDS: tuple[Command, ...] = (
    *(*_VAULT, *USERS, *BACKUP, *AUDIT),
    *(*_RECORD, *DRAFTS, *TABLES, *ATTACHMENT, *NOTES, *PERSONAL, *RETENTION),
    *(*_WORK, *REGISTER, *MEETINGS),
    *(*EXCHANGE, *KEYS, *UPDATES, *REPORTS, *_OTHER),
)
"""In the order that help names them."""
