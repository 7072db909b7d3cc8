from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ethnomed_desktop.domain.errors import StorageError
from ethnomed_desktop.ui.kit.paged_table import FIRST_ROWS, KEPT_PAGES, PAGE_ROWS, WAITING, PagedTable
from ethnomed_desktop.ui.kit.rows import Column, Question
from ethnomed_desktop.ui.kit.table_view import TableView

MILLION = 1_000_000
COLUMNS = (Column("number", "Number", 12, sortable=True), Column("place", "Place", 20))


def filled(qtbot, tasks, source, question=None):
    model = PagedTable(COLUMNS, source, tasks)
    with qtbot.wait_signal(model.completed, timeout=20_000):
        model.ask(question or Question())
    return model


def shown(model, row, column=0):
    return model.index(row, column).data()


def test_count_and_first_page_come_at_once(qtbot, tasks, fake_rows) -> None:
    source = fake_rows(MILLION)
    model = PagedTable(COLUMNS, source, tasks)
    with qtbot.wait_signals([model.counted], timeout=20_000):
        model.ask(Question())
    assert model.rowCount() == MILLION
    assert shown(model, 0) == "2026-0"
    assert source.fetched == []
    with qtbot.wait_signal(model.completed, timeout=20_000):
        pass


def test_first_rows_stand_there_before_they_are_counted(qtbot, tasks, fake_rows) -> None:
    source = fake_rows(MILLION)
    model = PagedTable(COLUMNS, source, tasks)
    shown_at_first = []
    model.modelReset.connect(lambda: shown_at_first.append((model.rowCount(), len(source.questions))))
    with qtbot.wait_signal(model.completed, timeout=20_000):
        model.ask(Question())
    assert shown_at_first == [(FIRST_ROWS, 0), (MILLION, 1)]
    with qtbot.wait_signal(model.completed, timeout=20_000):
        model.reload()
    assert shown_at_first[2:] == [(MILLION, 2)]


def test_a_jump_to_the_end_loads_only_the_end(qtbot, tasks, fake_rows) -> None:
    source = fake_rows(MILLION)
    model = filled(qtbot, tasks, source)
    assert shown(model, MILLION - 1) == WAITING
    with qtbot.wait_signal(model.dataChanged, timeout=20_000):
        pass
    assert shown(model, MILLION - 1) == f"2026-{MILLION - 1}"
    assert len(source.fetched) <= PAGE_ROWS


def test_pages_are_forgotten_again(qtbot, tasks, fake_rows) -> None:
    model = filled(qtbot, tasks, fake_rows(MILLION))
    for page in range(1, KEPT_PAGES + 10):
        with qtbot.wait_signal(model.dataChanged, timeout=20_000):
            shown(model, page * PAGE_ROWS)
    assert len(model._pages) == KEPT_PAGES
    assert shown(model, (KEPT_PAGES + 9) * PAGE_ROWS) != WAITING


def test_a_drag_over_the_list_loads_its_end_only(qtbot, tasks, fake_rows) -> None:
    source = fake_rows(MILLION)
    model = filled(qtbot, tasks, source)
    for page in range(1, 2000):
        shown(model, page * PAGE_ROWS)
    with qtbot.wait_signal(model.dataChanged, timeout=20_000):
        pass
    with qtbot.wait_signal(tasks.idle, timeout=20_000):
        shown(model, 5)
        model.reload()
    assert 1999 * PAGE_ROWS in source.fetched
    assert len(source.fetched) <= 3 * PAGE_ROWS


def test_late_answers_are_dropped(qtbot, tasks, fake_rows) -> None:
    source = fake_rows(3)
    model = PagedTable(COLUMNS, source, tasks)
    counted = []
    model.counted.connect(counted.append)
    old = source.first_page(Question(), 3)
    with qtbot.wait_signal(tasks.idle, timeout=20_000):
        model.ask(Question())
        model.ask(Question(descending=True))
    model._on_first(1, (99, old))
    assert counted == [3]
    assert [shown(model, row) for row in range(3)] == ["2026-2", "2026-1", "2026-0"]


def test_pages_of_the_old_order_never_stand_in_the_new_one(qtbot, tasks, fake_rows) -> None:
    """A page wanted between the question and its answer belongs to what is still shown."""
    model = filled(qtbot, tasks, fake_rows(5000))
    with qtbot.wait_signal(tasks.idle, timeout=20_000):
        model.ask(Question(descending=True))
        shown(model, 3000)
        model._load_wanted()
    assert model.rid_at(3000) == 1999
    assert model.row(3000) is None or model.row(3000).rid == 1999


def test_rows_that_went_between_two_queries(qtbot, tasks, fake_rows) -> None:
    source = fake_rows(1000)
    model = PagedTable(COLUMNS, source, tasks)
    source.ids = lambda question: fake_rows(900).ids(question)
    with qtbot.wait_signal(model.completed, timeout=20_000):
        model.ask(Question())
    assert model.rowCount() == 900


def test_a_refusing_source_is_told(qtbot, tasks, fake_rows) -> None:
    class Broken(fake_rows):
        def count(self, question):
            raise StorageError("storage.busy")

    model = PagedTable(COLUMNS, Broken(1), tasks)
    with qtbot.wait_signal(model.failed, timeout=20_000) as told:
        model.ask(Question())
    assert told.args[0].code == "storage.busy"


def test_the_model_keeps_to_qts_rules(qtbot, qtmodeltester, tasks, fake_rows) -> None:
    qtmodeltester.check(filled(qtbot, tasks, fake_rows(600)))


@pytest.fixture
def view(qtbot, tasks, fake_rows):
    model = filled(qtbot, tasks, fake_rows(5000))
    made = TableView(model, "Incidents")
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def test_enter_opens_the_current_row(qtbot, view) -> None:
    assert view.currentIndex().row() == 0
    with qtbot.wait_signal(view.opened, timeout=1000) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args[0].rid == 0


def test_end_jumps_to_the_last_row(qtbot, view) -> None:
    with qtbot.wait_signal(view.paged.dataChanged, timeout=20_000):
        qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 4999
    with qtbot.wait_signal(view.opened, timeout=1000) as opened:
        qtbot.keyClick(view, Qt.Key.Key_F2)
    assert opened.args[0].rid == 4999


def test_a_header_sorts_through_the_source_and_keeps_the_row(qtbot, view) -> None:
    with qtbot.wait_signal(view.paged.dataChanged, timeout=20_000):
        view.setCurrentIndex(view.paged.index(3000, 0))
    for descending in (False, True):
        with qtbot.wait_signal(view.paged.completed, timeout=20_000):
            view._on_header(0)
        assert view.paged.question == Question(sort="number", descending=descending)
    assert view.paged.rid_at(view.currentIndex().row()) == 3000
    assert view.currentIndex().row() == 1999
    view._on_header(1)
    assert view.paged.question.sort == "number"


def test_headers_follow_the_language(qtbot, qapp, view) -> None:
    before = view.paged.headerData(0, Qt.Orientation.Horizontal)
    with qtbot.wait_signal(view.paged.completed, timeout=20_000):
        qapp.use_language("ru")
    assert view.paged.headerData(0, Qt.Orientation.Horizontal) != before


def test_rows_grow_with_the_text(qapp, view) -> None:
    small = view.verticalHeader().defaultSectionSize()
    qapp.use_text_size(200)
    assert small >= 30
    assert view.verticalHeader().defaultSectionSize() >= round(1.8 * small)


def test_questions_compare_by_what_they_ask() -> None:
    assert replace(Question(), sort="x") == Question(sort="x")
