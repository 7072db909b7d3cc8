"""What a change sets going for later waits until the picture stands."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject

from ethnomed_desktop.ui.kit.picture import picture


def test_without_a_change_all_is_done_at_once(qapp, qtbot) -> None:
    qtbot.waitUntil(lambda: not picture().is_coming(), timeout=2000)  # of the test before
    done = []
    picture().then(lambda: done.append(1))
    assert done == [1]


def test_what_a_change_sets_going_waits_and_keeps_its_order(qapp, qtbot) -> None:
    done = []
    with picture().coming():
        with picture().coming():
            picture().then(lambda: done.append(1))
        assert done == []
    picture().then(lambda: done.append(2))  # after the change, but the picture may not stand yet
    assert done == []
    qtbot.wait_until(lambda: bool(done), timeout=2000)
    assert done == [1, 2]
    assert not picture().is_coming()


def test_what_is_gone_by_then_is_passed_over(qapp, qtbot) -> None:
    done, gone = [], QObject()
    with picture().coming():
        picture().then(lambda: done.append("gone"), gone)
        picture().then(lambda: done.append("there"))
        shiboken6.delete(gone)
    qtbot.wait_until(lambda: bool(done), timeout=2000)
    assert done == ["there"]


def test_a_question_asked_in_a_change_begins_after_it(qapp, qtbot, tasks) -> None:
    begun, got = [], []
    with picture().coming():
        tasks.read(lambda progress: begun.append(1), got.append)
        assert not tasks.is_idle()
        assert begun == []
    qtbot.wait_until(lambda: bool(got), timeout=5000)
    assert begun == [1]


def test_lanes_closed_before_the_picture_begin_nothing(qapp, qtbot, tasks) -> None:
    begun = []
    with picture().coming():
        tasks.read(lambda progress: begun.append(1))
        tasks.close()
    qtbot.wait_until(lambda: not picture().is_coming(), timeout=2000)
    assert begun == []
