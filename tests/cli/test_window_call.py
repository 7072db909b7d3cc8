"""Which calls go straight to the window; all others are read by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ethnomed_desktop import __main__ as front_door
from ethnomed_desktop.cli.window_call import WindowCall, window_call
from ethnomed_desktop.domain.errors import UsageError

DISPLAY = {"DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("", WindowCall()),
        ("--lang ru", WindowCall(None, "ru")),
        ("--lang=kk --data-dir here", WindowCall(Path("here"), "kk")),
        ("--data-dir=here", WindowCall(Path("here"), "")),
    ],
)
def test_the_window_is_asked_for(words: str, call: WindowCall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert window_call(words.split(), DISPLAY) == call
    assert window_call(words.split(), {"WAYLAND_DISPLAY": "wayland-0"}) == call
    assert window_call(words.split(), {}) is None


@pytest.mark.parametrize(
    "words",
    ["record list", "--lang xx", "--lang", "--data-dir", "--data-dir=", "--help", "--json", "--lang ru help"],
)
def test_all_else_is_read_by_the_command_line(words: str) -> None:
    assert window_call(words.split(), DISPLAY) is None


def test_a_window_that_does_not_open_is_told_by_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_given: object) -> int:
        raise UsageError("usage.library_missing", library="libEGL.so.1", package="libegl1")

    monkeypatch.setattr(front_door, "open_window", broken)
    monkeypatch.setenv("DISPLAY", ":0")
    assert front_door.main(["--data-dir", str(tmp_path), "--lang", "en"]) == UsageError.exit_code
    assert "libEGL.so.1" in capfd.readouterr().err


def test_a_path_is_shown_in_the_window_though_nothing_readable_is_there(tmp_path: Path) -> None:
    for gone in (str(tmp_path / "gone.emx"), str(tmp_path), "E:\\em-20261122-0905d988.emx"):
        assert window_call([gone], DISPLAY) == WindowCall(None, "", (Path(gone),))
    assert window_call(["no.such-command"], DISPLAY) is None
