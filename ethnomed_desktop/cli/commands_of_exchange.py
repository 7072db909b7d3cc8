"""The commands of backups, the audit trail and exchange, declared."""

from __future__ import annotations

from ethnomed_desktop.cli import (
    audit_commands,
    backup_commands,
    exchange_commands,
    exchange_key_commands,
    exchange_standing,
)
from ethnomed_desktop.cli.arguments import Argument, Command, Option
from ethnomed_desktop.domain.marks import N_

_FILES = Argument("file", N_("Files that came; their names do not matter"), "FILE", many=True)
_OUT = Option("out", N_("Folder for the files: a stick, or any other"), "DIR", True)

BACKUP = (
    Command(
        ("vault", "backup"),
        N_("Write everything into one encrypted file and open it for a trial"),
        backup_commands.backup,
        arguments=(Argument("file", N_("File to write"), "FILE.emb"),),
    ),
    Command(
        ("vault", "restore"),
        N_("Put a backup in the place of the data; what is there now is kept beside"),
        backup_commands.restore,
        arguments=(Argument("file", N_("The backup"), "FILE.emb"),),
        in_batch=False,
    ),
    Command(
        ("vault", "export"),
        N_("Write everything you may see as a file that anyone can read without this program"),
        backup_commands.export_all,
        arguments=(Argument("file", N_("File to write"), "FILE.jsonl|xlsx|pdf"),),
        details=(
            N_(
                "The ending of the name decides: .xlsx a workbook, .pdf a book to read, anything else lines of "
                "JSON, which alone are exact to the letter and hold the data of newer programs too."
            ),
        ),
    ),
)
AUDIT = (
    Command(
        ("audit", "list"),
        N_("List who opened, printed, sent or restored the data, the newest first"),
        audit_commands.listing,
        options=(
            Option("limit", N_("Most entries, 50 without it"), "N"),
            Option("before", N_("Only entries older than this number"), "NUMBER"),
        ),
    ),
    Command(
        ("audit", "verify"),
        N_("Look whether the audit trail was altered or older files were put back; exit code 3 when so"),
        audit_commands.verify,
    ),
)
_WORDS = Option("words", N_("The six words as they were read out by phone"), "WORDS")
KEYS = (
    Command(
        ("exchange", "key"),
        N_("Say who may replace the key of this office, and what waits for a second person"),
        exchange_key_commands.key,
    ),
    Command(
        ("exchange", "key-persons"),
        N_("Begin to name who may replace the key, two together; somebody of another office by a card"),
        exchange_key_commands.persons,
        options=(
            Option("person", N_("Full name of a user of this office; once for each"), "NAME", many=True),
            Option("card", N_("Card of a person of another office"), "FILE"),
            _WORDS,
        ),
    ),
    Command(
        ("exchange", "key-change"),
        N_("Begin to replace the key of this office; another person has to confirm it"),
        exchange_key_commands.change,
        options=(Option("stolen", N_("The old key is in foreign hands: partners compare words by phone")),),
    ),
    Command(
        ("exchange", "key-confirm"),
        N_("Confirm as the second person; with a file, the change of another office"),
        exchange_key_commands.confirm,
        arguments=(Argument("file", N_("The change that another office sent"), "FILE", required=False),),
        options=(
            Option("words", N_("The six words as they were read out by phone"), "WORDS", True),
            Option("out", N_("File to write"), "FILE"),
        ),
    ),
    Command(
        ("exchange", "key-file"),
        N_("Write the change that waits for a person of another office; or, with --card, your own card"),
        exchange_key_commands.write,
        options=(
            Option("out", N_("File to write"), "FILE", True),
            Option("card", N_("Your card, by which another office can name you")),
        ),
    ),
    Command(
        ("exchange", "key-take"),
        N_("Take the change back that a person of another office has signed"),
        exchange_key_commands.take,
        arguments=(Argument("file", N_("The signed file"), "FILE"),),
    ),
    Command(
        ("exchange", "key-drop"),
        N_("Give up the change of the key that waits"),
        exchange_key_commands.drop,
    ),
)
EXCHANGE = (
    Command(
        ("exchange", "identity"),
        N_("Say who this computer is for others, with the six words to compare by phone"),
        exchange_commands.identity,
    ),
    Command(
        ("exchange", "request"),
        N_("Write the file that asks an office to let this computer join"),
        exchange_commands.request,
        options=(Option("out", N_("File to write"), "FILE", True),),
    ),
    Command(
        ("exchange", "enrol"),
        N_("Let a computer join: first without --words to see its words, then with them"),
        exchange_commands.enrol,
        arguments=(Argument("file", N_("The file of the computer that asks"), "FILE"),),
        options=(
            Option("as", N_("What it is"), "ROLE", choices=("laptop", "office", "district", "region")),
            Option("words", N_("The six words as they were read out by phone"), "WORDS"),
            _OUT,
        ),
    ),
    Command(
        ("exchange", "partners"),
        N_("List everybody we exchange with, and what they have not confirmed"),
        exchange_commands.partners,
    ),
    Command(
        ("exchange", "revoke"),
        N_("Shut out a computer that was lost"),
        exchange_commands.revoke,
        arguments=(Argument("partner", N_("Its name or identifier"), "PARTNER"),),
    ),
    Command(
        ("exchange", "send"),
        N_("Write all that a partner has not confirmed yet"),
        exchange_commands.send,
        options=(
            Option("to", N_("The partner: name or identifier"), "PARTNER", True),
            _OUT,
            Option("max-part", N_("Largest size of one file, for mail and messengers"), "18MB"),
            Option("again", N_("Number of a file that has not come there; once for each"), "NUMBER", many=True),
        ),
    ),
    Command(
        ("exchange", "leaving"),
        N_("Say record by record what would leave for a partner, what stays and why; writes nothing"),
        exchange_standing.leaving,
        options=(Option("to", N_("The partner: name or identifier"), "PARTNER", True),),
    ),
    Command(
        ("exchange", "approve-again"),
        N_("Approve a text again that was changed after its approval; first without --yes to read it"),
        exchange_standing.approve_again,
        arguments=(Argument("id", N_("Identifier of the record, or its number where only one has it"), "ID"),),
        options=(Option("yes", N_("The text may go up as it stands")),),
    ),
    Command(
        ("exchange", "extract"),
        N_("Write chosen records into a readable file, one way: no exchange file, not protected"),
        exchange_standing.extract,
        arguments=(Argument("id", N_("Identifiers of the records, or their numbers"), "ID", many=True),),
        options=(
            Option("out", N_("File to write"), "FILE", True),
            Option("language", N_("Language of the file"), "L", choices=("kk", "ru", "en")),
            Option("with-names", N_("Fields that name people too")),
        ),
    ),
    Command(
        ("exchange", "status"),
        N_("Say who has what, who has not confirmed for weeks, and what waits for earlier files"),
        exchange_standing.status,
    ),
    Command(
        ("exchange", "journal"),
        N_("List the files sent and received; print exchange-journal makes the register of it"),
        exchange_standing.journal,
    ),
    Command(
        ("exchange", "preview"),
        N_("Say what files hold; changes nothing"),
        exchange_commands.preview,
        arguments=(_FILES,),
    ),
    Command(
        ("exchange", "receive"),
        N_("Take files in, each whole or not at all"),
        exchange_commands.receive,
        arguments=(_FILES,),
        options=(
            Option("root-confirmed", N_("The words of the office were compared by phone: needed once, to join")),
        ),
    ),
    Command(
        ("exchange", "undo"),
        N_("Give the last file taken in back, while nothing was written or sent since"),
        exchange_commands.undo,
    ),
    Command(
        ("exchange", "conflicts"),
        N_("List the fields in which people wrote different things; both are kept"),
        exchange_commands.conflicts,
    ),
    Command(
        ("exchange", "resolve"),
        N_("Settle a field in conflict"),
        exchange_commands.resolve,
        arguments=(
            Argument("id", N_("Identifier of the record, or its number where only one has it"), "ID"),
            Argument("field", N_("The field"), "FIELD"),
        ),
        options=(
            Option("keep", N_("Which value"), "SIDE", choices=("mine", "theirs")),
            Option("set", N_("A value of your own instead"), "VALUE"),
        ),
    ),
    Command(
        ("exchange", "digest"),
        N_("Print a digest of everything here: equal where everything is equal"),
        exchange_commands.digest,
    ),
)
