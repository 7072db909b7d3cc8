"""The commands of attached files, declared."""

from __future__ import annotations

from ethnomed_desktop.cli import attachment_commands, scan_commands
from ethnomed_desktop.cli.arguments import Argument, Command, Option
from ethnomed_desktop.domain.marks import N_

_RECORD = Argument("id", N_("The record: its identifier, or its number where only one has it"), "ID")
_FILE = Argument("id", N_("Identifier of the attached file"), "ID")

ATTACHMENT = (
    Command(
        ("attachment", "add"),
        N_("Attach a file to a record: a copy is kept, encrypted; the file itself stays as it is"),
        attachment_commands.add,
        arguments=(_RECORD, Argument("file", N_("The file"), "FILE")),
        options=(
            Option("name", N_("Name to keep it under; that of the file without it"), "NAME"),
            Option("note", N_("A few words about it"), "TEXT"),
            Option("taken-on", N_("Day it was taken; that of the camera without it"), "DATE"),
            Option("identity", N_("It shows who somebody is")),
            Option("as-it-is", N_("Keep photographs as they are: with their size, place and time")),
            Option("lawful-copy", N_("It sounds like a copy of an identity paper, but is none or is allowed")),
        ),
        details=(
            N_(
                "Photographs are made smaller, and the place and other traces of the camera are removed. Most "
                "bytes of a file: 200 MB. Copies of identity papers must not be collected."
            ),
        ),
        examples=("ethnomed-desktop attachment add 2026/1 photo.jpg --note «Арық басы»",),
    ),
    Command(
        ("attachment", "scan"),
        N_("Find the records of scanned papers by the code at their foot; with --attach, attach each to its own"),
        scan_commands.scan,
        arguments=(Argument("file", N_("Pictures and PDF files"), "FILE", many=True),),
        options=(
            Option("attach", N_("Attach what was found; without it, only tell")),
            Option("to", N_("The record for pages without a code that is known here"), "ID"),
        ),
        details=(
            N_(
                "Without --attach nothing is changed. A PDF with papers of several records is divided among them; "
                "a page without a code belongs to the paper before it. The exit code is 1 when a page has no "
                "record."
            ),
        ),
        examples=("ethnomed-desktop attachment scan scan.pdf photo.jpg --attach",),
    ),
    Command(
        ("attachment", "list"),
        N_("List the files of a record"),
        attachment_commands.listing,
        arguments=(_RECORD,),
    ),
    Command(
        ("attachment", "save"),
        N_("Write a copy of an attached file, which anyone can read"),
        attachment_commands.save,
        arguments=(_FILE,),
        options=(Option("out", N_("File or folder to write to"), "FILE", True),),
    ),
    Command(
        ("attachment", "check"),
        N_("Read every attached file and say which is lost or damaged; exit code 3 then"),
        attachment_commands.check,
    ),
    Command(
        ("attachment", "mend"),
        N_("Set damaged contents aside and keep the rest, so that attaching and backups work again"),
        attachment_commands.mend,
    ),
)
