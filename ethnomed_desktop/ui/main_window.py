"""The one window: the door (unlock, a new council) or the open vault. Light until it is unlocked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMessageBox, QPlainTextEdit

from ethnomed_desktop import __version__
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.actions import MENUS, Actions
from ethnomed_desktop.ui.application import DesktopApplication
from ethnomed_desktop.ui.door_pages import DoorPages
from ethnomed_desktop.ui.idle import IdleWatch
from ethnomed_desktop.ui.kit.appearance import appearance
from ethnomed_desktop.ui.kit.kazakh_letters import turn_letter
from ethnomed_desktop.ui.page_stack import PageStack
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

if TYPE_CHECKING:
    from ethnomed_desktop.app.context import AppContext
    from ethnomed_desktop.ui.work_area import WorkArea

FIRST_SIZE = (1180, 740)
AREA_UNITS = 78


class MainWindow(QMainWindow):
    """Owns what is open. Locking and closing keep every draft and close the vault before they end.

    ``closed()`` comes when the vault is closed and the window may go: a hidden window does not end
    the program by itself.
    """

    closed = Signal()

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
        self._painted = False
        self._closing = False
        self.work: WorkArea | None = None
        self.actions_ = Actions(self)
        self.actions_.triggered.connect(self.act)
        self.stack = PageStack(AREA_UNITS, self)
        self.door_pages = DoorPages(door, settings, self)
        self.door_pages.opened.connect(self._on_opened)
        self.door_pages.languages.chosen.connect(self.use_language)
        self.door_pages.text_stepped.connect(self._step_text)
        self.stack.addWidget(self.door_pages)
        self.setCentralWidget(self.stack)
        self.idle = IdleWatch(self, after_ms=lock_after_ms or self._idle_ms())
        self.idle.idle.connect(self.lock)
        app.installEventFilter(self.idle)
        self.actions_.open_house(False)
        self._show_choices()
        self._place()
        self.retranslate()

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
            "larger": lambda: self._step_text(1),
            "smaller": lambda: self._step_text(-1),
            "normal": lambda: self._use_text_size(100),
            "restore": self._restore,
            "lock": self.lock,
            "quit": self.close,
            "keys": self._show_keys,
            "about": self._show_about,
        }
        chosen: dict[str, Callable[[str], None]] = {
            "language": self.use_language,
            "theme": self._use_theme,
            "text": lambda size: self._use_text_size(int(size)),
            "idle": self._use_idle,
        }
        if name in plain:
            plain[name]()
        elif name in chosen:
            chosen[name](choice)
        elif name in {"cut", "copy", "paste", "letter"}:
            self._edit_text(name)
        elif self.work is not None:
            self.work.act(key)

    def _use_theme(self, theme: str) -> None:
        self._app.use_theme(theme)
        self._settings.theme = theme
        self._show_choices()
        self._remember()

    def _turn_letters(self) -> None:
        self._app.use_letter_palette(not appearance().letter_palette)
        self._settings.letters = appearance().letter_palette
        self._show_choices()
        self._remember()

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
        field = QApplication.focusWidget()
        if isinstance(field, (QLineEdit, QPlainTextEdit)):
            turn_letter(field) if verb == "letter" else getattr(field, verb)()

    # -- open, lock, close ----------------------------------------------------

    def _on_opened(self, ctx: AppContext) -> None:
        from ethnomed_desktop.ui.hub import ChangeHub
        from ethnomed_desktop.ui.session import Session
        from ethnomed_desktop.ui.tasks import Tasks
        from ethnomed_desktop.ui.work_area import WorkArea

        tasks, hub = Tasks(), ChangeHub()
        session = Session(ctx, tasks, hub)
        for owned in (tasks, hub):
            owned.setParent(session)
        session.idle_minutes = self._idle_ms() // 60_000
        hub.act_requested.connect(self.act)
        self.work = WorkArea(session, self.actions_, self)
        session.setParent(self.work)
        self.work.top_bar.languages.chosen.connect(self.use_language)
        self.work.top_bar.view.text_stepped.connect(self._step_text)
        self.work.top_bar.view.locked.connect(self.lock)
        self.work.shown.connect(self._show_title)
        self.work.told.connect(self._tell)
        self.stack.addWidget(self.work)
        self.stack.setCurrentWidget(self.work)
        self._show_title()
        self.actions_.open_house(True)
        self._tell_of_backup()
        self._settings.user = ctx.vault.unlocked.label
        self._remember()
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
        self.idle.stop()
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

        work.session.close(on_closed)

    # -- the window itself ----------------------------------------------------

    def retranslate(self) -> None:
        self._show_title()
        self.actions_.retranslate()

    def _show_title(self) -> None:
        """Name the section, never a record: titles are seen in task bars and over shoulders."""
        section = self.work.side_bar.buttons[self.work.section].accessibleName() if self.work else ""
        self.setWindowTitle(f"{section} – Ethnomed Desktop" if section else "Ethnomed Desktop")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "idle"):
            self.retranslate()
            self._show_choices()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.door_pages.warm_up)

    def _show_choices(self) -> None:
        self.actions_.tick("language", self._app.language)
        self.actions_.tick("theme", appearance().theme)
        self.actions_.by_key["letters"].setChecked(appearance().letter_palette)

    def _place(self) -> None:
        known = QByteArray.fromBase64(self._settings.geometry.encode("ascii", "ignore"))
        if not known or not self.restoreGeometry(known):
            room = self.screen().availableGeometry()
            self.resize(min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height()))

    def _remember(self) -> None:
        self._settings.write(self._folder)

    def _show_keys(self) -> None:
        titles = {name: _(label).replace("&", "") for name, label in MENUS}
        rows = []
        for menu, entries in self.actions_.table().items():
            rows.append(f"<tr><th align='left' colspan='2'><br>{titles[menu]}</th></tr>")
            rows += [f"<tr><td>{words}&nbsp;&nbsp;&nbsp;</td><td>{keys}</td></tr>" for words, keys in entries]
        self._tell(_("Keys of the program"), f"<table>{''.join(rows)}</table>")

    def _show_about(self) -> None:
        text = _("Works without a network. Everything is encrypted and stays on this computer.")
        self._tell(_("About the program"), f"<b>Ethnomed Desktop {__version__}</b><p>{text}</p>")

    def _tell(self, title: str, html: str) -> None:
        box = QMessageBox(self)
        box.setObjectName("told")
        box.setWindowTitle(title)
        box.setText(html)
        box.open()
