"""What the list to sign at the door is printed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ethnomed_desktop.documents.minutes_data import NOWHERE, Attendee, Trio


@dataclass(frozen=True)
class AttendanceSheet:
    """Whose sitting it is and who is expected; ``empty_rows`` are added for people not known before."""

    bodies: tuple[Trio, ...]
    held: date | None = None
    place: Trio = NOWHERE
    expected: tuple[Attendee, ...] = ()
    empty_rows: int = 10
    practice: bool = False
    code: str = ""
