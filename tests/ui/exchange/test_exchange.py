"""Sending and taking in by clicks; clicks are counted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from ethnomed_desktop.app import exchange, exchange_receiving, records
from ethnomed_desktop.app.attachments import Wish, attach_bytes
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.ui.exchange import send_card
from ethnomed_desktop.ui.exchange.page import COMPUTERS, FILES, ExchangePage

from .conftest import Clicks, drop, go, in_lane, incident, me, shown


def test_sending_to_the_last_partner_takes_four_clicks_with_copying(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    in_lane(desk, incident)
    go(desk, clicks)
    assert "STICK" in joined.send.place.text()
    clicks.on(joined.send.write_button)
    assert "Флешку" in joined.send.result_text.text()
    clicks.on(joined.send.copy_button)
    assert clicks.count == 3
    (file,) = stick.glob("em-*.emx")
    assert [url.toLocalFile() for url in QGuiApplication.clipboard().mimeData().urls()] == [str(file)]
    assert beside(exchange_receiving.receive, hub, file, "ru").new >= 1


def test_the_folder_is_shown(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(send_card.QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    go(desk, clicks)
    clicks.on(joined.send.write_button)
    clicks.on(joined.send.show_button)
    assert shown == [str(stick)]


def test_a_stick_removed_says_so_and_nothing_counts_as_sent(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path
) -> None:
    go(desk, clicks)
    before = joined.send.partner
    assert before is not None
    shutil.rmtree(stick)
    clicks.on(joined.send.write_button)
    assert joined.messages.isVisible()
    assert joined.messages.property("level") == "warning"
    assert not joined.send.result.isVisible()
    joined.reload()
    desk.settle()
    after = joined.send.partner
    assert after is not None
    assert (after.sent, after.sent_ms, after.owed_lines) == (before.sent, before.sent_ms, before.owed_lines)


def test_taking_in_a_file_found_on_the_stick_takes_three_clicks(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    made = beside(incident, hub)
    beside(exchange.send, hub, me(desk), stick)
    go(desk, clicks)
    clicks.on(shown(joined, "receive_look_0"))
    assert joined.receive.report is not None
    assert f"Новые записи: {joined.receive.report.new}" in joined.receive.contents.text()
    assert in_lane(desk, exchange.state_digest) != beside(exchange.state_digest, hub)
    clicks.on(joined.receive.take_button)
    assert clicks.count == 3
    assert joined.receive.is_taken
    assert in_lane(desk, lambda ctx: records.show(ctx, made.uid)).values["what_happened"] == "Су дауы"
    clicks.on(desk.work.side_bar.buttons["incidents"])
    assert desk.incidents.list.model.rowCount() == 1


def test_a_file_already_taken_in_says_so(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    file = beside(exchange.send, hub, me(desk), stick).files[0]
    go(desk, clicks)
    for _time in range(2):
        drop(joined, file)
        desk.settle()
        clicks.on(joined.receive.take_button)
    assert "Уже принято" in joined.receive.contents.text()


def test_a_wrong_file_is_refused_in_words(desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path) -> None:
    wrong = stick / "letter.emx"
    wrong.write_bytes(b"Dear colleagues")
    before = in_lane(desk, exchange.state_digest)
    go(desk, clicks)
    clicks.on(shown(joined, "receive_look_0"))
    assert joined.messages.property("level") == "warning"
    assert "Ничего не принято" in joined.messages.label.text()
    assert not joined.receive.sheet.isVisible()
    assert in_lane(desk, exchange.state_digest) == before


def test_the_page_speaks_another_language_at_once(desk: Any, joined: ExchangePage, clicks: Clicks) -> None:
    go(desk, clicks)
    desk.window.use_language("kk")
    desk.settle()
    assert joined.tabs.tabText(COMPUTERS) == "Компьютерлер"
    assert joined.tabs.tabText(FILES) == "Файлдар"
    assert joined.send.write_button.text() == "Файлды жазу"


def test_taking_in_is_undone_by_one_click(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    before = in_lane(desk, exchange.state_digest)
    beside(incident, hub)
    beside(exchange.send, hub, me(desk), stick)
    go(desk, clicks)
    clicks.on(shown(joined, "receive_look_0"))
    clicks.on(joined.receive.take_button)
    assert in_lane(desk, exchange.state_digest) != before
    clicks.on(joined.receive.undo_button)
    assert "отмен" in joined.messages.label.text()
    assert in_lane(desk, exchange.state_digest) == before
    assert not joined.receive.sheet.isVisible()


def test_a_large_file_is_written_in_parts_of_the_size_that_was_chosen(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path
) -> None:
    def with_file(ctx: AppContext) -> None:
        attach_bytes(ctx, incident(ctx).uid, os.urandom(11_000_000), Wish(name="a.bin"))

    in_lane(desk, with_file)
    go(desk, clicks)
    assert "18" in joined.send.size_button.text()
    joined.send.size_button.menu().actions()[0].trigger()
    clicks.on(joined.send.write_button)
    sizes = [one.stat().st_size for one in stick.glob("em-*.emx")]
    assert len(sizes) >= 3
    assert max(sizes) <= 5_000_000
    assert "№ 1–3" in joined.send.result_text.text() or "1–" in joined.send.result_text.text()


def test_a_lost_file_is_sent_again_by_one_click(
    desk: Any, joined: ExchangePage, clicks: Clicks, hub: AppContext, stick: Path, beside: Callable[..., Any]
) -> None:
    def next_file(ctx: AppContext, to: bytes) -> Path:
        before = set(stick.glob("*.emx"))
        exchange.send(ctx, to, stick)
        (new,) = set(stick.glob("*.emx")) - before
        return new

    there = hub.vault.store.office.replica
    lost = in_lane(desk, lambda ctx: next_file(ctx, there))
    lost.unlink()
    later = in_lane(desk, lambda ctx: next_file(ctx, there))
    beside(exchange_receiving.receive, hub, later, "ru")
    answer = beside(next_file, hub, me(desk))
    go(desk, clicks)
    drop(joined, answer)
    desk.settle()
    clicks.on(joined.receive.take_button)
    assert joined.send.again_button.text() == "Отправить снова № 1"
    assert "№ 1" in joined.send.asked.text()
    for one in stick.glob("*.emx"):
        one.unlink()
    clicks.on(joined.send.again_button)
    (again,) = stick.glob("*.emx")
    report = beside(exchange_receiving.receive, hub, again, "ru")
    assert report.missing_files == ()


def test_the_folder_of_the_last_time_is_offered_first_unless_a_stick_is_in(
    desk: Any, joined: ExchangePage, clicks: Clicks, stick: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "by mail"
    folder.mkdir()
    go(desk, clicks)
    joined.send._medium, joined.send._own_folder = None, folder
    joined.send.retranslate()
    clicks.on(joined.send.write_button)
    assert list(folder.glob("em-*.emx"))
    desk.close()
    desk.unlocked("ru")
    again = desk.work.page("exchange")
    again.reload()
    desk.settle()
    assert again.send.folder == stick
    stick.rmdir()
    again.reload()
    desk.settle()
    assert again.send.folder == folder
    clicks.count = 0
    go(desk, clicks)
    clicks.on(again.send.write_button)
    assert clicks.count == 2
    assert len(list(folder.glob("em-*.emx"))) == 2
