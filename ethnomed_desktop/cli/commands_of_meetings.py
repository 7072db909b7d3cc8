"""The commands around meetings beside check, number and correction: order, versions, what is registered apart."""

from __future__ import annotations

from ethnomed_desktop.cli import meeting_commands
from ethnomed_desktop.cli.arguments import Argument, Command, Option
from ethnomed_desktop.domain.marks import N_

MEETINGS = (
    Command(
        ("meeting", "left-open"),
        N_("List the items of earlier meetings that are still open: they go onto the next agenda"),
        meeting_commands.left_open,
        (),
        (),
        examples=("ethnomed-desktop meeting left-open",),
    ),
    Command(
        ("meeting", "move"),
        N_("Put an item of the agenda, a speech or a decision in another place among its kind"),
        meeting_commands.move,
        (Argument("id", N_("The item, speech or decision: its identifier"), "ID"),),
        (Option("to", N_("The new place, counted from 1"), "PLACE", required=True),),
        examples=("ethnomed-desktop meeting move 0198d2f0-0000-7000-8000-000000000001 --to 1",),
    ),
    Command(
        ("meeting", "compare"),
        N_("Show side by side what two versions of minutes say differently, and why they were corrected"),
        meeting_commands.compare,
        (Argument("id", N_("The meeting: its identifier, or its number where only one has it"), "ID"),),
        (
            Option("with", N_("The other version; without it the one before"), "ID"),
            Option("all", N_("Show what is the same, too")),
        ),
        examples=("ethnomed-desktop meeting compare 0198d2f0-0000-7000-8000-000000000001",),
    ),
    Command(
        ("meeting", "register"),
        N_("List proposals and dissenting opinions, registered apart, over all meetings"),
        meeting_commands.register,
        (),
        (
            Option("kind", N_("Only proposals, or only dissenting opinions"), "K", choices=("proposal", "dissent")),
            Option(
                "outcome",
                N_("Only proposals of which this became"),
                "O",
                choices=("accepted", "partly", "rejected", "noted", "passed_on"),
            ),
            Option("year", N_("Only meetings of this year"), "YEAR"),
        ),
        examples=("ethnomed-desktop meeting register --kind dissent --year 2026",),
    ),
)
