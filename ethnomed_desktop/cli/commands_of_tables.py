"""The command that takes records in from a spreadsheet."""

from __future__ import annotations

from ethnomed_desktop.cli import table_commands
from ethnomed_desktop.cli.arguments import Argument, Command, Option
from ethnomed_desktop.domain.marks import N_

TABLES = (
    Command(
        ("import", "table"),
        N_("Take records in from a spreadsheet: all rows or none; what is here already is left out"),
        table_commands.take_in,
        (Argument("file", N_("XLSX or CSV with headings in its first row; - is standard input"), "FILE"),),
        (
            Option("kind", N_("Kind of the records"), "KIND", required=True),
            Option(
                "map",
                N_(
                    "JSON: which column is which field, what holds for all rows, which fields tell records apart; "
                    "without it headings are matched with the names of fields"
                ),
                "MAP.json",
                inline=True,
            ),
            Option("preview", N_("Only say what would be taken in; nothing is written")),
            Option("leave-refused", N_("Take the other rows in although some are refused")),
        ),
        details=(
            N_(
                "Dates may be true dates or written like 21.11.2026; choices may stand as words of any of the "
                "three languages; people, bodies and places by their exact name, number, identifier or KATO code; "
                "several values in a cell are divided by ;"
            ),
        ),
        examples=(
            "ethnomed-desktop import table members.xlsx --kind person --preview",
            "ethnomed-desktop import table members.xlsx --kind person --map map.json",
            '{"columns": {"Тегі": "surname", "Аты": "given_name"}, "always": {"tags": ["2026"]}, '
            '"same": ["surname", "given_name"], "sheet": "Мүшелер"}',
        ),
    ),
)
