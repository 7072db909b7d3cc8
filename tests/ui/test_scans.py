"""Scanned papers in the window: dropped, shown with their records, attached on the button, chosen by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ethnomed_desktop.app import attachments, documents
from ethnomed_desktop.app.records import record_many
from ethnomed_desktop.documents import pages
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.ui.opening import Opener
from ethnomed_desktop.ui.records.scan_dialog import ScanDialog

Paper = Callable[[str, bytes | None], Path]


def on_lane(desk: Any, job: Callable[[Any], Any]) -> Any:
    """Do something with the store where the window does it; return the answer."""
    answers: list[Any] = []
    ctx = desk.work.session.ctx
    desk.work.session.tasks.write(lambda _progress: job(ctx), answers.append)
    desk.settle()
    return answers[0]


def recorded(desk: Any, **values: object) -> bytes:
    incident = ("incident", {"what_happened": "Су бөлу туралы дау", **values})
    return bytes(on_lane(desk, lambda ctx: record_many(ctx, [incident])).value[0].uid)


@pytest.fixture
def paper(desk: Any, tmp_path: Path) -> Paper:
    def made(name: str, uid: bytes | None) -> Path:
        data = on_lane(desk, lambda ctx: documents.gather(ctx, "incident-form", uid))
        pdf = documents.make("incident-form", data, documents.Order("kk")).pdf
        grey = pages.grey(pdf, 0, 150)
        assert grey is not None
        grey.rotate(2, Image.Resampling.BICUBIC, fillcolor=230).save(tmp_path / name, quality=50)
        return tmp_path / name

    return made


def dialog_of(desk: Any) -> ScanDialog:
    desk.settle()
    (found,) = (one for one in desk.work.findChildren(ScanDialog) if one.isVisible())
    return found


def files_of(desk: Any, uid: bytes) -> list[str]:
    return [one.name for one in on_lane(desk, lambda ctx: attachments.attached_to(ctx, uid))]


def test_a_photograph_dropped_on_the_window_waits_for_the_button(desk: Any, paper: Paper) -> None:
    window = desk.unlocked("ru")
    uid = recorded(desk, settlement="Мысалбұлақ")
    Opener(window).open([paper("IMG_7.jpg", uid)])
    dialog = dialog_of(desk)
    (row,) = dialog.rows
    assert row.tick.isChecked()
    assert row.tick.text() == "IMG_7.jpg, 1 страница"
    assert row.where.text().startswith("Инцидент: запись от руки · ")
    assert not row.record.isVisible()
    assert files_of(desk, uid) == []
    dialog.attach_button.click()
    desk.settle()
    assert files_of(desk, uid) == ["IMG_7.jpg"]
    assert dialog.messages.label.text() == "Приложен 1 файл."
    assert not dialog.attach_button.isEnabled()


def test_a_blank_form_is_attached_to_the_record_chosen(desk: Any, paper: Paper, type_text: Any) -> None:
    desk.unlocked("kk")
    uid = recorded(desk, settlement="Мысалбұлақ")
    desk.work.scan_papers([paper("бос.png", None)])
    dialog = dialog_of(desk)
    (row,) = dialog.rows
    assert row.said.text().startswith("Бұл парақ бос басылған")
    assert not dialog.attach_button.isEnabled()
    row.record.line.setFocus()
    type_text(row.record.line, "Мысалбұлақ")
    desk.settle()
    assert row.record.take_current()
    assert dialog.attach_button.isEnabled()
    dialog.attach_button.click()
    desk.settle()
    assert files_of(desk, uid) == ["бос.png"]


def test_a_refusal_stands_at_its_paper_and_the_rest_is_attached(desk: Any, paper: Paper) -> None:
    desk.unlocked("en")
    first, second = recorded(desk, settlement="Мысалбұлақ"), recorded(desk, settlement="Ақбұлақ")
    one = paper("one.png", first)
    on_lane(desk, lambda ctx: attachments.attach(ctx, first, one))
    desk.work.scan_papers([one, paper("two.png", second), one.parent / "gone.png"])
    dialog = dialog_of(desk)
    dialog.attach_button.click()
    desk.settle()
    assert dialog.rows[0].said.text().startswith("This very file is attached to the record already")
    assert dialog.rows[1].where.text() == _("Attached.")
    assert dialog.rows[2].said.text().startswith("The file is no longer there")
    assert files_of(desk, second) == ["two.png"]


def test_hidden_names_hide_the_title_of_the_record(desk: Any, paper: Paper) -> None:
    window = desk.unlocked("ru")
    uid = recorded(desk, settlement="Мысалбұлақ")
    desk.work.scan_papers([paper("a.png", uid)])
    (row,) = dialog_of(desk).rows
    shown = row.where.text()
    window.act("names")
    desk.settle()
    assert row.where.text() != shown
    assert row.where.text().endswith("Инцидент")


def test_the_menu_has_it_and_the_dialog_speaks_the_language(desk: Any) -> None:
    window = desk.unlocked("ru")
    window.actions_.by_key["scans"].trigger()
    dialog = dialog_of(desk)
    assert dialog.windowTitle() == "Приложить сканы бумаг"
    desk.window.use_language("kk")
    QApplication.processEvents()
    assert dialog.attach_button.text() == "Тіркеу"
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
