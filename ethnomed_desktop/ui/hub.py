"""Where pages learn what changed, and where they ask for a record of another feature to be opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeHub(QObject):
    """One per open window; all signals on the window's thread.

    ``published(changes, origin)`` after every commit: a page that is not ``origin`` asks
    ``changes.touches("incident", "place")`` and reloads if it is visible, else when it is shown.
    ``open_requested(kind, uid)`` lets a feature open another one's record without importing it;
    ``new_requested(kind)`` begins one, ``draft_requested(draft)`` goes on with one, and
    ``print_requested(kind, uid)`` prints one. ``act_requested(key)`` does what an entry of the menu
    bar says (``section:trash``, ``theme:dark``).
    """

    published = Signal(object, object)
    open_requested = Signal(str, str)
    new_requested = Signal(str)
    draft_requested = Signal(object)
    print_requested = Signal(str, str)
    act_requested = Signal(str)

    def publish(self, changes: object, origin: QObject | None = None) -> None:
        """Tell everybody what a command touched; ``origin`` need not reload itself."""
        self.published.emit(changes, origin)

    def open(self, kind: str, uid: str) -> None:
        """Ask for the page of one record (``uid`` as UUID text)."""
        self.open_requested.emit(kind, uid)
