"""Before the vault is open: unlock, make a council, restore, read the manual.

What the first picture needs is imported here and made at once; all else is made by `DoorPages.furnish`
right after it, or when it is asked for.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.errors import show_error, words_of
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.buttons import PushButton, ToolButton
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.language_buttons import LanguageButtons
from ethnomed_desktop.ui.kit.scale import sized_font, spaced
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.app.data_place import DataPlace
    from ethnomed_desktop.domain.progress import Progress
    from ethnomed_desktop.ui.door_help import DoorHelp
    from ethnomed_desktop.ui.founding import Founding
    from ethnomed_desktop.ui.tasks import Tasks
    from ethnomed_desktop.ui.vault.create_head import Greeting
    from ethnomed_desktop.ui.vault.create_page import CreatePage
    from ethnomed_desktop.ui.vault.recovery_page import RecoveryPage
    from ethnomed_desktop.ui.vault.restore_page import RestorePage
    from ethnomed_desktop.ui.vault.unlock_page import UnlockPage

BEHIND_THE_DOOR = tuple(f"ethnomed_desktop.ui.{name}" for name in ("work_area", "home.page", "incidents.page"))
"""What is shown first when the vault is open: imported while a person types the password."""


class DoorPages(QWidget):
    """``opened(ctx)`` with the open vault. Its lanes live as long as the window.

    ``waiting()`` each time a password is waited for and what is behind the door is imported.
    """

    opened = Signal(object)
    waiting = Signal()
    text_stepped = Signal(int)

    def __init__(self, door: Door, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("door")
        self.setProperty("role", "page")
        self._door = door
        self._settings = settings
        self._furnished = False
        self._warm = False
        self.languages = LanguageButtons(self)
        self.stack = QStackedWidget(self)
        self._greeting: Greeting | None = None
        self._founding: Founding | None = None
        self._build()
        self.retranslate()
        self.begin()

    def _build(self) -> None:
        bar = QFrame(self)
        bar.setProperty("role", "top")
        self.name = QLabel("Ethnomed Desktop", bar)
        sized_font(self.name, 1.0, bold=True)
        self.smaller, self.larger = ToolButton(bar), ToolButton(bar)
        self.restore_button = PushButton(bar)
        self.restore_button.setObjectName("door_restore")
        self.restore_button.setProperty("role", "link")
        self.restore_button.clicked.connect(self.show_restore)
        self.smaller.setText("A−")
        self.larger.setText("A+")
        self.smaller.clicked.connect(lambda: self.text_stepped.emit(-1))
        self.larger.clicked.connect(lambda: self.text_stepped.emit(1))
        row = FlowLayout(bar, to_right=True)
        spaced(row, 3, (6, 2, 6, 2))
        for widget in (self.name, self.restore_button, self.languages, self.smaller, self.larger):
            row.addWidget(widget)
        appearance().changed.connect(self._make_room)
        self._make_room()
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(bar)
        column.addWidget(self.stack, 1)
        self.stack.currentChanged.connect(self._offer_restore)

    # -- what is made when it is needed ---------------------------------------

    @cached_property
    def tasks(self) -> Tasks:
        """The lanes of the door; their threads begin with the first job."""
        from ethnomed_desktop.ui.tasks import Tasks

        return Tasks(self)

    @cached_property
    def unlock(self) -> UnlockPage:
        """The page with the password."""
        from ethnomed_desktop.ui.vault.unlock_page import UnlockPage

        page = UnlockPage(self)
        page.unlock_requested.connect(self._on_unlock)
        if self._furnished:
            page.furnish()
        self.stack.addWidget(page)
        return page

    @cached_property
    def restore(self) -> RestorePage:
        """The page where a backup is put in the place of the vault."""
        from ethnomed_desktop.ui.vault.restore_page import RestorePage

        page = RestorePage(self)
        page.left.connect(self.begin)
        page.restore_requested.connect(self._on_restore)
        self.stack.addWidget(page)
        return page

    @cached_property
    def help(self) -> DoorHelp:
        """The manual, with the way back."""
        from ethnomed_desktop.ui.door_help import DoorHelp

        page = DoorHelp(self)
        page.left.connect(self._leave_help)
        self.stack.addWidget(page)
        return page

    @property
    def founding(self) -> CreatePage | None:
        """The page of a new council while there is no vault."""
        return self._founding.page if self._founding is not None else None

    @property
    def recovery(self) -> RecoveryPage | None:
        """The recovery sheet of a council just made, until it is kept."""
        return self._founding.recovery if self._founding is not None else None

    # -- which page is shown --------------------------------------------------

    def begin(self) -> None:
        """Show the page to begin with: the password, or a new council in an empty folder."""
        if self._door.has_vault():
            self.unlock.begin()
            self.stack.setCurrentWidget(self.unlock)
            if self._warm:
                self._on_warm()
        elif self._furnished:
            self._show_founding()
        else:
            from ethnomed_desktop.ui.vault.create_head import Greeting

            self._greeting = Greeting(self)
            self.stack.setCurrentIndex(self.stack.addWidget(self._greeting))

    def tell_of_closing(self, error: Exception | None) -> None:
        """Say why what was to be done at locking was not done; the vault is closed and as it was."""
        if error is not None:
            show_error(self.unlock.messages, error)
        else:
            self.tasks.free(self._door.place, self._tell_of_stick, self._pass_over, owner=self)

    def _tell_of_stick(self, place: DataPlace) -> None:
        """Say that the stick may be pulled out, once everything has reached it and nothing is open on it."""
        if not place.stick or self.stack.currentWidget() is not self.unlock:
            return
        whole = _("Everything is written. You can remove the stick.")
        both = _("Everything is written. The program runs from the stick too: close it, then remove the stick.")
        self.unlock.messages.tell("success", both if place.with_program else whole)

    def furnish(self) -> None:
        """Make the form of a new council, or import what unlocking needs: the first picture is painted."""
        self._furnished = True
        if "unlock" in vars(self):
            self.unlock.furnish()
        if not self._door.has_vault():
            self._show_founding()
            if self._greeting is not None:
                self.stack.removeWidget(self._greeting)
                self._greeting.deleteLater()
                self._greeting = None
        self.tasks.free(self._warm_up, self._on_warm, self._pass_over, owner=self)

    def _show_founding(self) -> None:
        if self._founding is None:
            from ethnomed_desktop.ui.founding import Founding

            self._founding = Founding(self._door, self.tasks, self.stack, self)
            self._founding.opened.connect(self._on_founded)
        self._founding.show()

    def wait(self) -> None:
        """Show the locked door while the vault is still being closed."""
        self.unlock.wait()
        self.stack.setCurrentWidget(self.unlock)

    def show_restore(self) -> None:
        """Show where a backup is put in the place of the records; not while a recovery sheet is shown."""
        if self.recovery is None:
            self.stack.setCurrentWidget(self.restore)
            self.restore.begin(self._door.backups())

    def _offer_restore(self) -> None:
        """Offer no link that would do nothing: a recovery sheet is to be kept first."""
        self.restore_button.setVisible(self.recovery is None)

    def show_help(self) -> None:
        """Show the page of the manual on what is to be done here; what is typed stays."""
        if self.stack.currentWidget() is not self.help:
            self.help.show_over(self.stack.currentWidget(), "vault" if self._door.has_vault() else "start")
            self.stack.setCurrentWidget(self.help)

    def _leave_help(self) -> None:
        """Go back to the page and the field one came from."""
        if self.stack.currentWidget() is self.help:
            self.stack.setCurrentWidget(self.help.under)
            self.help.give_focus_back()

    def close_lanes(self) -> None:
        """End the threads; nothing is asked of this widget afterwards."""
        if "tasks" in vars(self):
            self.tasks.close()

    def retranslate(self) -> None:
        self.restore_button.setText(_("Restore from a backup…"))
        for button, words in ((self.smaller, _("Smaller text")), (self.larger, _("Larger text"))):
            button.setToolTip(words)
            button.setAccessibleName(words)

    def _make_room(self) -> None:
        """In a low window the bar is one line: the name of the program stands in the title, too."""
        self.name.setVisible(not appearance().low)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- unlocking ------------------------------------------------------------

    def _warm_up(self, progress: Progress) -> None:
        """Import the heavy parts, on the free lane: the window's thread has a person typing."""
        self._door.warm_up(progress)
        for name in BEHIND_THE_DOOR:
            import_module(name)

    def _on_warm(self, _answer: object = None) -> None:
        self._warm = True
        if self._door.has_vault():
            self.tasks.free(self._door.labels, self._on_labels, self._on_refused, owner=self)
            self.waiting.emit()

    def _on_labels(self, labels: Any) -> None:
        self.unlock.offer_labels(labels, self._settings.user)
        self.unlock.tell_secret(self._door.open_secret(labels))

    def _pass_over(self, _error: object) -> None:
        """A part that cannot be imported is told when it is needed, with a place in the program."""

    def _on_unlock(self, secret: str, label: str) -> None:
        def job(progress: Progress) -> AppContext:
            self._warm_up(progress)  # who is quicker than the imports waits here, not on the window's thread
            return self._door.open(secret, label or None)

        self.tasks.free(job, self._on_open, self._on_refused, owner=self)

    def _on_open(self, ctx: AppContext) -> None:
        self.unlock.begin()
        self.opened.emit(ctx)

    def _on_founded(self, ctx: AppContext) -> None:
        self._drop_founding()
        self.opened.emit(ctx)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, EthnomedError):
            self.unlock.refuse(words_of(error))
        else:
            self.unlock.refuse("")
            show_error(self.unlock.messages, error)

    # -- restoring ------------------------------------------------------------

    def _on_restore(self, file: Path, secret: str) -> None:
        self.tasks.free(
            lambda progress: self._door.restore(file, secret, progress),
            self._on_restored,
            self._on_not_restored,
            owner=self,
        )

    def _on_restored(self, kept: Path | None) -> None:
        self._drop_founding()
        self.begin()
        text = _("The backup is restored. Unlock it with its password.")
        if kept is not None:
            text = _("The backup is restored. What was here before is kept in the folder {folder}.").format(
                folder=kept.name
            )
        self.unlock.messages.inform(text)

    def _on_not_restored(self, error: Exception) -> None:
        self.restore.busy(False)
        show_error(self.restore.messages, error)

    def _drop_founding(self) -> None:
        if self._founding is not None:
            self._founding.drop()
            self._founding.deleteLater()
            self._founding = None
