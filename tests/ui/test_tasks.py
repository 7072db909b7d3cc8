from __future__ import annotations

import threading

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.ui.hub import ChangeHub


def test_a_lane_keeps_the_order_and_its_thread(qtbot, tasks) -> None:
    order, threads = [], set()

    def job(number):
        def run(progress):
            threads.add(threading.get_ident())
            order.append(number)

        return run

    with qtbot.wait_signal(tasks.idle, timeout=5000):
        for number in range(20):
            tasks.write(job(number))
    assert order == list(range(20))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_answers_come_on_the_windows_thread(qtbot, tasks) -> None:
    got = []
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        tasks.read(lambda progress: 42, lambda answer: got.append((answer, threading.get_ident())))
    assert got == [(42, threading.get_ident())]


def test_errors_come_to_failed_or_to_unhandled(qtbot, tasks) -> None:
    def refuse(progress):
        raise UserError("record.unknown")

    got = []
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        tasks.free(refuse, got.append, got.append)
    assert [type(error) for error in got] == [UserError]
    with qtbot.wait_signal(tasks.unhandled, timeout=5000) as told:
        tasks.read(refuse)
    assert told.args[0].code == "record.unknown"


def test_progress_is_told_and_cancel_stops(qtbot, tasks) -> None:
    begun, go_on, reached = threading.Event(), threading.Event(), []

    def job(progress):
        assert begun.wait(5)
        progress(1, 10)
        assert go_on.wait(5)
        progress(2, 10)
        reached.append("the end")

    got = []
    task = tasks.write(job, got.append, got.append)
    with qtbot.wait_signal(task.progressed, timeout=5000) as told:
        begun.set()
    assert told.args == [1, 10]
    task.cancel()
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        go_on.set()
    assert got == []
    assert reached == []


def test_a_closed_window_gets_no_answer(qtbot, tasks) -> None:
    got = []

    class Page(QWidget):
        def on_answer(self, answer):
            got.append(answer)

    go_on = threading.Event()
    page = Page()
    tasks.read(lambda progress: go_on.wait(5), page.on_answer)
    shiboken6.delete(page)
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        go_on.set()
    assert got == []


def test_closing_forgets_everything(qapp, tasks) -> None:
    go_on, got = threading.Event(), []
    tasks.write(lambda progress: go_on.wait(5), got.append)
    tasks.write(lambda progress: got.append("queued"))
    go_on.set()
    tasks.close()
    qapp.processEvents()
    assert got == []
    assert tasks.is_idle()


def test_nothing_new_begins_once_the_store_is_about_to_close(qtbot, tasks) -> None:
    """What the pages still ask for then is never run: the store would be closed under it."""
    go_on, got = threading.Event(), []
    tasks.write(lambda progress: go_on.wait(5), got.append)
    tasks.take_no_more()
    late = tasks.read(lambda progress: got.append("late"))
    with qtbot.wait_signal(tasks.idle, timeout=5000):
        go_on.set()
    assert got == [True]
    assert late.cancelled


def test_the_hub_tells_who_changed_what(qtbot) -> None:
    hub, origin = ChangeHub(), QObject()
    with qtbot.wait_signal(hub.published, timeout=1000) as told:
        hub.publish("changes", origin)
    assert told.args == ["changes", origin]
    with qtbot.wait_signal(hub.open_requested, timeout=1000) as asked:
        hub.open("person", "uid")
    assert asked.args == ["person", "uid"]
