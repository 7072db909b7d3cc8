"""From the key in hand to the first painted row of the list of incidents, against the driver and a bare table."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from big_store import fill_incidents
from first_page import PAGE, RECORDS
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QMainWindow, QTableView
from samples import Office, clock
from timing import FEWEST_ROUNDS, arguments, profiled, show, side_by_side

from ethnomed_desktop.app.seeds import seeds
from ethnomed_desktop.store import vault as store_vault
from ethnomed_desktop.store.engine import open_connection
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.store.vault_keys import subkeys
from ethnomed_desktop.ui.application import DesktopApplication, make_application
from ethnomed_desktop.ui.main_window import MainWindow
from ethnomed_desktop.ui.settings_file import WindowSettings
from ethnomed_desktop.ui.vault.door import Door

COUNT = 20_000
PASSPHRASE = "one long passphrase of ours"
SIZE = (1180, 740)
NOTES = (
    f"{COUNT:,} incidents. ours: from the derived key – opening, checks, audit entry, home page – to the first row",
    f"painted in the real window; other: the driver opens the same file with the same key, asks for {PAGE} rows by",
    "the same keyset, and a bare QTableView paints them. Both within a running program, modules imported; what",
    "ours makes while the password is typed – the frame without a record in it – is made.",
)


class FirstRow(QObject):
    """``painted()`` once, when a table has painted a row that holds words."""

    painted = Signal()

    def __init__(self, table: QAbstractItemView) -> None:
        super().__init__(table)
        self._table = table
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._table.model().index(0, 0).data():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
        return False


def until(signal: SignalInstance, begin: Callable[[], object]) -> None:
    """Do what ``begin`` does and let the window work until the signal comes."""
    loop = QEventLoop()
    signal.connect(loop.quit)
    begin()
    loop.exec()
    signal.disconnect(loop.quit)


class Bench:
    """A vault with many incidents, and the two ways to their first row."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._app: DesktopApplication = make_application(["bench"], language="ru", text_size=100, theme="light")
        self._app.setQuitOnLastWindowClosed(False)
        founding = store_vault.Founding(PASSPHRASE, "Office", bytes(16), "chair", practice=True)
        vault, _code = store_vault.create_vault(root, founding, FLOOR, seeds(), clock=clock(), program="command")
        office = Office(vault.store)
        self._key, self._path = subkeys(vault.unlocked.vault_key).db, vault.folder.store
        vault.close()
        fill_incidents(self._path, self._key, office, COUNT)
        self._started = 0.0
        real = store_vault.open_unlocked

        def noticed(*given: Any, **named: Any) -> store_vault.Vault:
            self._started = time.perf_counter()
            return real(*given, **named)

        store_vault.open_unlocked = noticed

    def ours(self) -> float:
        """Unlock the real window and go to the incidents at once; return the seconds that counted."""
        window = MainWindow(self._app, Door(self._root), WindowSettings(language="ru"), self._root / "settings")
        window.resize(*SIZE)
        window.show()
        door = window.door_pages
        until(window.ahead.ready, window.show)  # as while the password is typed: all is imported, the frame made
        if not door.tasks.is_idle():
            until(door.tasks.idle, lambda: None)
        row: list[FirstRow] = []
        loop = QEventLoop()

        def look(_ctx: object) -> None:
            assert window.work is not None
            window.act("section:incidents")
            page: Any = window.work.page("incidents")
            row.append(FirstRow(page.list.table))
            row[0].painted.connect(loop.quit)

        door.opened.connect(look)
        door.unlock.secret.line.setText(PASSPHRASE)
        door.unlock.secret.line.returnPressed.emit()
        loop.exec()
        seconds = time.perf_counter() - self._started
        until(window.closed, window.close)
        window.deleteLater()
        return seconds

    def bare(self) -> float:
        """Open the file by the driver, read a page, show it in a bare table; return the seconds."""
        started = time.perf_counter()
        connection = open_connection(self._path, self._key, read_only=True)
        rows = connection.execute(RECORDS, (PAGE,)).fetchall()
        window, table = QMainWindow(), QTableView()
        table.setModel(_items(rows, table))
        window.setCentralWidget(table)
        window.resize(*SIZE)
        until(FirstRow(table).painted, window.show)
        seconds = time.perf_counter() - started
        connection.close()
        window.close()
        window.deleteLater()
        return seconds


def _items(rows: Sequence[Sequence[object]], parent: QObject) -> QStandardItemModel:
    """Return a model of the first seven columns, as many as our list shows."""
    model = QStandardItemModel(parent)
    for row in rows:
        model.appendRow([QStandardItem(str(value)) for value in row[:7]])
    return model


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "vault")
        bench.ours()
        if options.profile:
            profiled(bench.ours)
            return
        rounds = max(options.rounds, FEWEST_ROUNDS)
        ratio = side_by_side("key to first row", lambda _: bench.ours(), lambda _: bench.bare(), rounds, 5.0)
        show("First row of the list", [ratio], NOTES)


if __name__ == "__main__":
    main()
