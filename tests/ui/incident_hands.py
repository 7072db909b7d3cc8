"""What tests of incidents do in the window: begin one, record one, work beside the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def in_lane(desk: Any, job: Any) -> Any:
    """Run a command as another program would: beside the window, on the write lane."""
    done: list[Any] = []
    desk.work.session.tasks.write(lambda progress: job(desk.work.session.ctx), done.append)
    desk.settle()
    return done[0]


def begin(desk: Any) -> Any:
    desk.key(Qt.Key.Key_I, CTRL | SHIFT)
    return desk.incidents.form.form


def record(desk: Any, what: str = "Су бөлу туралы дау") -> str:
    form = begin(desk)
    form.go_to("what_happened")
    desk.type(what)
    desk.key(Qt.Key.Key_Return, CTRL)
    return str(desk.incidents.card.uid)
