"""The one window: the door (unlock, a new council) or the open vault.

Light until it is painted: what the first picture does not show – entries of the menus, forms, the store –
is imported and made in `_furnish`, right after it. Where it is needed earlier it is made on demand.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.area_ahead import AreaAhead
from ethnomed_desktop.ui.door_pages import DoorPages
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.menus import made_menus, name_menus
from ethnomed_desktop.ui.over_the_window import close_over
from ethnomed_desktop.ui.page_stack import PageStack
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.ui.actions import Actions
    from ethnomed_desktop.ui.idle import IdleWatch
    from ethnomed_desktop.ui.kit.practice_band import PracticeBand
    from ethnomed_desktop.ui.work_area import WorkArea

FIRST_SIZE = (1180, 740)
AREA_UNITS = 78


class MainWindow(QMainWindow):
    """Owns what is open. Locking and closing keep every draft and close the vault before they end.

    ``closed()`` comes when the vault is closed and the window may go: a hidden window does not end
    the program by itself. ``furnished()`` comes once, when all that the first picture did without is there.
    """

    closed = Signal()
    furnished = Signal()
    report_requested = Signal()

    def __init__(
        self,
        app: DesktopApplication,
        door: Door,
        settings: WindowSettings,
        settings_folder: Path,
        *,
        lock_after_ms: int = 0,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._app = app
        self._settings = settings
        self._folder = settings_folder
        self._lock_after_ms = lock_after_ms
        self._place()
        appearance().window_height = self.height()
        appearance().changed.connect(self._show_sign)
        appearance().names_hidden = settings.names_hidden
        self._painted = False
        self._closing = False
        self.work: WorkArea | None = None
        self._menus = made_menus(self)
        self._sign: PracticeBand | None = None
        self.stack = PageStack(AREA_UNITS, self)
        self.door_pages = DoorPages(door, settings, self)
        self.door_pages.opened.connect(self._on_opened)
        self.ahead = AreaAhead(self)
        self.door_pages.waiting.connect(self.ahead.begin)
        self.door_pages.languages.chosen.connect(self.use_language)
        self.door_pages.text_stepped.connect(self._step_text)
        self.stack.addWidget(self.door_pages)
        self.setCentralWidget(self.stack)
        self._show_title()

    @cached_property
    def actions_(self) -> Actions:
        """The entries of the menus, with their keys."""
        from ethnomed_desktop.ui.actions import Actions

        actions = Actions(self, self._menus)
        actions.triggered.connect(self.act)
        actions.open_house(False)
        self._show_choices(actions)
        return actions

    @cached_property
    def idle(self) -> IdleWatch:
        """Notices that nobody is there; watches while the vault is open."""
        from ethnomed_desktop.ui.idle import IdleWatch

        watch = IdleWatch(self, after_ms=self._lock_after_ms or self._idle_ms())
        watch.idle.connect(self.lock)
        watch.listen()
        return watch

    def _furnish(self) -> None:
        """Make what the first picture did without, then import what unlocking needs while a person types."""
        self.actions_.retranslate()
        self.door_pages.furnish()
        self.furnished.emit()

    # -- language, size, colours ----------------------------------------------

    def use_language(self, language: str) -> None:
        """Speak another language at once; text being typed, cursor and pages stay."""
        self._app.use_language(language)
        self._settings.language = language
        self._remember()

    def act(self, key: str) -> None:
        """Do what an entry of the menu bar says."""
        name, _sign, choice = key.partition(":")
        plain: dict[str, Callable[[], object]] = {
            "letters": self._turn_letters,
            "names": self._turn_names,
            "larger": lambda: self._step_text(1),
            "smaller": lambda: self._step_text(-1),
            "normal": lambda: self._use_text_size(100),
            "restore": self._restore,
            "lock": self.lock,
            "quit": self.close,
            "keys": self._tell_keys,
            "about": self._tell_about,
            "report": self.report_requested.emit,
            "section:help": self._show_help,
        }
        chosen: dict[str, Callable[[str], None]] = {
            "language": self.use_language,
            "theme": self._use_theme,
            "text": lambda size: self._use_text_size(int(size)),
            "idle": self._use_idle,
        }
        if key in plain:
            plain[key]()
        elif name in chosen:
            chosen[name](choice)
        elif name in {"cut", "copy", "paste", "letter"}:
            self._edit_text(name)
        elif self.work is not None:
            self.work.act(key)

    def _use_theme(self, theme: str) -> None:
        self._app.use_theme(theme)
        self._settings.theme = theme
        self._show_choices(self.actions_)
        self._remember()

    def _turn_letters(self) -> None:
        self._app.use_letter_palette(not appearance().letter_palette)
        self._settings.letters = appearance().letter_palette
        self._show_choices(self.actions_)
        self._remember()

    def _turn_names(self, _pressed: bool = False) -> None:
        """Hide or show names; every page words itself anew, as after a change of language."""
        appearance().names_hidden = not appearance().names_hidden
        self._settings.names_hidden = appearance().names_hidden
        appearance().changed.emit()
        self._show_choices(self.actions_)
        self._remember()
        self._app.use_language(self._app.language)

    def _use_text_size(self, size: int) -> None:
        self._app.use_text_size(size)
        self._note_text_size()

    def _use_idle(self, minutes: str) -> None:
        self._settings.idle_minutes = int(minutes)
        self.idle.set_after(self._idle_ms())
        self._remember()

    def _idle_ms(self) -> int:
        return max(1, min(self._settings.idle_minutes, 24 * 60)) * 60_000

    def _step_text(self, steps: int) -> None:
        self._app.step_text_size(steps)
        self._note_text_size()

    def _note_text_size(self) -> None:
        self._settings.text_size = appearance().text_size
        self._remember()

    def _edit_text(self, verb: str) -> None:
        from ethnomed_desktop.ui.kit.kazakh_letters import Editor, turn_letter

        field = QApplication.focusWidget()
        if isinstance(field, Editor):
            turn_letter(field) if verb == "letter" else getattr(field, verb)()

    # -- open, lock, close ----------------------------------------------------

    def _on_opened(self, ctx: AppContext) -> None:
        from ethnomed_desktop.ui.limits import limit, tell_role

        self.work = self.ahead.take(ctx)
        session = self.work.session
        session.idle_minutes = self._idle_ms() // 60_000
        session.hub.act_requested.connect(self.act)
        session.sheet_shown.connect(self.idle.hold)
        self.work.top_bar.languages.chosen.connect(self.use_language)
        self.work.top_bar.view.text_stepped.connect(self._step_text)
        self.work.top_bar.view.locked.connect(self.lock)
        self.work.top_bar.view.names_hidden.connect(self._turn_names)
        self.work.shown.connect(self._show_title)
        self.work.begin()
        self.stack.addWidget(self.work)
        self.stack.setCurrentWidget(self.work)
        self._show_title()
        self.actions_.open_house(True)
        limit(self.actions_, ctx)
        tell_role(self.work.notices, ctx, lambda: self.act("section:users"))
        self._tell_of_backup()
        self._settings.user = ctx.vault.unlocked.label
        self._remember()
        self._show_sign()
        self.idle.start()

    def lock(self) -> None:
        """Keep the drafts, hide everything at once, close the vault, wait for a password."""
        self._leave(self.door_pages.begin)

    def _restore(self) -> None:
        """Lock, then show where a backup is put in the place of the records."""
        if self.work is not None:
            self._leave(self.door_pages.show_restore)
        else:
            self.door_pages.show_restore()

    def _tell_of_backup(self) -> None:
        """Say that the automatic backup failed the last time, once."""
        time, self._settings.backup_failed = self._settings.backup_failed, ""
        if time and self.work is not None:
            text = _(
                "The automatic backup of {time} was not made. The records are safe here. "
                "Look whether the disk is full, and back up to a stick."
            ).format(time=time)
            self.work.notices.tell("warning", text, action=_("Back up"), on_action=lambda: self.act("back_up"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close without a question: drafts are kept. Waits (unseen) until the vault is closed."""
        self._settings.geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._remember()
        if self._closing or self.work is None:
            self.door_pages.close_lanes()
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self._closing = True
        self.hide()
        self._leave(self.close)

    def _leave(self, then: Any) -> None:
        work = self.work
        if work is None:
            return
        self.work = None
        self._show_title()
        self._show_sign()
        self.idle.stop()
        close_over(self)
        work.keep_drafts()
        self.actions_.open_house(False)
        for key in ("undo", "redo"):
            self.actions_.set_words(key)
        self.door_pages.wait()
        self.stack.setCurrentWidget(self.door_pages)

        def on_closed() -> None:
            work.session.tasks.close()
            if work.session.backup_failed:
                self._settings.backup_failed = work.session.backup_failed
                self._remember()
            self.stack.removeWidget(work)
            work.deleteLater()
            then()
            self.door_pages.tell_of_closing(work.session.closing_error)

        work.session.close(on_closed)

    # -- the window itself ----------------------------------------------------

    def _show_sign(self) -> None:
        """Beside the menus of a low window stands what else the band over the pages says."""
        wanted = appearance().low and self.work is not None and self.work.session.ctx.practice
        if wanted and self._sign is None:
            from ethnomed_desktop.ui.kit.practice_band import PracticeBand

            self._sign = PracticeBand(self.menuBar(), short=True)
            self.menuBar().setCornerWidget(self._sign)
        if self._sign is not None:
            self._sign.setVisible(wanted)

    def retranslate(self) -> None:
        self._show_title()
        if "actions_" in vars(self):
            self.actions_.retranslate()
            self._show_choices(self.actions_)
        else:
            name_menus(self._menus)

    def _show_title(self) -> None:
        """Name the section, never a record: titles are seen in task bars and over shoulders."""
        section = self.work.section_name() if self.work else ""
        self.setWindowTitle(f"{section} – Ethnomed Desktop" if section else "Ethnomed Desktop")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "door_pages"):
            self.retranslate()
            self.ahead.again()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self._app.use_window_height(self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._furnish)

    def _show_choices(self, actions: Actions) -> None:
        actions.tick("language", self._app.language)
        actions.tick("theme", appearance().theme)
        actions.by_key["letters"].setChecked(appearance().letter_palette)
        actions.by_key["names"].setChecked(appearance().names_hidden)

    def _place(self) -> None:
        known = QByteArray.fromBase64(self._settings.geometry.encode("ascii", "ignore"))
        if not known or not self.restoreGeometry(known):
            room = self.screen().availableGeometry()
            self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height()))

    def _remember(self) -> None:
        self._settings.write(self._folder)

    def _show_help(self) -> None:
        """Show the manual: of the section, or at the door of what is to be done there."""
        if self.work is not None:
            self.work.act("section:help")
        else:
            self.door_pages.show_help()

    def tell_fault(self, reference: str) -> None:
        """Say that a step failed by our own fault, noted under ``reference``; one that is told is not told over."""
        from ethnomed_desktop.ui.errors import fault_words

        if self._closing:
            return
        words = fault_words(reference)
        if self.work is not None:
            bar = self.work.notices
            if not bar.isVisible() or bar.property("level") != "error":
                bar.tell("error", words, action=_("Problem report"), on_action=self.report_requested.emit)
        elif self.findChild(QWidget, "told") is None:
            from ethnomed_desktop.ui.told import tell

            tell(self, self.windowTitle(), words)

    def _tell_keys(self) -> None:
        from ethnomed_desktop.ui.told import tell_keys

        tell_keys(self, self.actions_)

    def _tell_about(self) -> None:
        from ethnomed_desktop.ui.told import tell_about

        tell_about(self)
