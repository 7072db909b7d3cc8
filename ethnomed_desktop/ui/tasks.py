"""Work off the window's thread: a write lane, a read lane (one thread each) and a free lane.

No statement ever runs on the window's thread. A lane with one thread puts its jobs in order by
itself, so nothing needs a lock. Answers come back to the window's thread by signals.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from ethnomed_desktop.domain.progress import Cancelled, Progress
from ethnomed_desktop.ui.kit.picture import picture

Job = Callable[[Progress], Any]
"""Runs on a lane; calls ``progress(done, total)`` now and then, which raises `Cancelled` on giving up."""

Then = Callable[[Any], object]
"""Runs on the window's thread with the answer (or with the error)."""

FREE_THREADS = 2


class Task(QObject):
    """One job under way. Signals arrive on the window's thread."""

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._stop = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether somebody gave up on it."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next step; its answer is not delivered any more."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Tell how far the job is; called on the lane. Raises `Cancelled`."""
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)

    def run(self) -> None:
        """Do the job; called on the lane."""
        try:
            if not self._stop.is_set():
                answer = self._job(self.step)
                self.succeeded.emit(answer)
        except Cancelled:
            pass
        except Exception as error:
            self.failed.emit(error)
        finally:
            self.ended.emit()


class Tasks(QObject):
    """The three lanes of an open window. ``idle`` comes when the last answer has been delivered."""

    idle = Signal()
    busy_changed = Signal(bool)
    unhandled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._write = ThreadPoolExecutor(1, "write-lane")
        self._read = ThreadPoolExecutor(1, "read-lane")
        self._free = ThreadPoolExecutor(FREE_THREADS, "free-lane")
        self._closed = self._lanes_closed = False
        self._under_way: dict[Task, tuple[Then | None, Then | None, QObject | None]] = {}

    def write(
        self, job: Job, then: Then | None = None, failed: Then | None = None, *, owner: QObject | None = None
    ) -> Task:
        """Run a command that changes records, after all commands asked for before."""
        return self._start(self._write, job, then, failed, owner)

    def read(
        self, job: Job, then: Then | None = None, failed: Then | None = None, *, owner: QObject | None = None
    ) -> Task:
        """Run a query on the read-only connection."""
        return self._start(self._read, job, then, failed, owner)

    def free(
        self, job: Job, then: Then | None = None, failed: Then | None = None, *, owner: QObject | None = None
    ) -> Task:
        """Run work that touches no database: layout of documents, page pictures, key derivation."""
        return self._start(self._free, job, then, failed, owner)

    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    def take_no_more(self) -> None:
        """Let what is under way end and be answered, but begin nothing new: the store is about to close."""
        self._closed = True

    def take_again(self) -> None:
        """Begin what is asked for from now on; what was asked before is forgotten."""
        self._closed = False

    def close(self) -> None:
        """Cancel what is under way, wait for the threads and forget all answers."""
        self._closed = True
        for task in self._under_way:
            task.cancel()
        self._under_way.clear()
        self._lanes_closed = True
        for lane in (self._write, self._read, self._free):
            lane.shutdown(wait=True, cancel_futures=True)

    def _start(
        self, lane: ThreadPoolExecutor, job: Job, then: Then | None, failed: Then | None, owner: QObject | None
    ) -> Task:
        """Queue the job. ``owner`` (or the object ``then`` is a method of) gets no answer once it is closed."""
        task = Task(job, self)
        if self._closed:  # a window that outlives its lanes for a moment asks in vain
            task.cancel()
            return task
        bound = owner or _receiver(then) or _receiver(failed)
        self._under_way[task] = (then, failed, bound)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)
        if len(self._under_way) == 1:
            self.busy_changed.emit(True)
        picture().then(partial(self._submit, lane, task))
        return task

    def _submit(self, lane: ThreadPoolExecutor, task: Task) -> None:
        if not self._lanes_closed:
            lane.submit(task.run)

    def _waiting(self) -> tuple[Task, Then | None, Then | None] | None:
        task = self.sender()
        if not isinstance(task, Task) or task not in self._under_way or task.cancelled:
            return None
        then, failed, owner = self._under_way[task]
        if owner is not None and not shiboken6.isValid(owner):
            return None
        return task, then, failed

    def _on_succeeded(self, answer: object) -> None:
        waiting = self._waiting()
        if waiting is not None and waiting[1] is not None:
            waiting[1](answer)

    def _on_failed(self, error: object) -> None:
        waiting = self._waiting()
        if waiting is None:
            return
        if waiting[2] is not None:
            waiting[2](error)
        else:
            self.unhandled.emit(error)

    def _on_ended(self) -> None:
        task = self.sender()
        if isinstance(task, Task) and self._under_way.pop(task, None) is not None:
            task.deleteLater()
            if not self._under_way:
                self.busy_changed.emit(False)
                self.idle.emit()


def _receiver(call: Then | None) -> QObject | None:
    found = getattr(call, "__self__", None)
    return found if isinstance(found, QObject) else None
