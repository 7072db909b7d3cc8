"""Bytes and files: the same data give the same bytes, and a file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ethnomed_desktop.documents import pages, pdf
from ethnomed_desktop.documents.blocks import TextStart
from ethnomed_desktop.documents.minutes import minutes_pdf, write_minutes
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.domain.errors import StorageError, UserError
from ethnomed_desktop.domain.progress import Cancelled
from tests.documents import samples


def test_equal_data_give_equal_bytes_also_in_another_process() -> None:
    here = minutes_pdf(samples.elders(), ("kk", "ru"))
    script = (
        "import sys; from tests.documents import samples;"
        "from ethnomed_desktop.documents.minutes import minutes_pdf;"
        "sys.stdout.buffer.write(minutes_pdf(samples.elders(), ('kk', 'ru')))"
    )
    root = Path(__file__).parents[2]
    there = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, check=True).stdout
    assert here == minutes_pdf(samples.elders(), ("kk", "ru")) == there


def test_language_and_title_are_in_the_file() -> None:
    import pypdfium2

    made = minutes_pdf(samples.elders(), ("kk",))
    document = pypdfium2.PdfDocument(made)
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == "2026 жылғы 12 наурыздағы № 3 хаттама"
    assert b"/Lang (kk-KZ)" in made


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space")


def _read_only(*_: object, **__: object) -> None:
    raise OSError(errno.EROFS, "read only")


@pytest.mark.parametrize(
    ("call", "fault", "code"),
    [
        ("os.fsync", _no_space, "storage.full"),
        ("os.replace", _no_space, "storage.full"),
        ("os.replace", _read_only, "storage.read_only"),
        ("tempfile.mkstemp", _read_only, "storage.read_only"),
    ],
)
def test_a_refusing_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, fault: Callable[..., None], code: str
) -> None:
    target = tmp_path / "minutes.pdf"
    target.write_bytes(b"older")
    monkeypatch.setattr(f"ethnomed_desktop.documents.files.{call}", fault)
    with pytest.raises(StorageError) as refused:
        write_minutes(samples.elders(), ("kk",), "full", target)
    assert refused.value.code == code
    assert refused.value.facts["path"] == "minutes.pdf"
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.pdf"]
    assert target.read_bytes() == b"older"


def test_a_disk_that_fills_up_while_writing_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fdopen

    def short(handle: int, mode: str) -> object:
        return _Filling(real(handle, mode))

    monkeypatch.setattr("ethnomed_desktop.documents.files.os.fdopen", short)
    with pytest.raises(StorageError) as refused:
        write_minutes(samples.elders(), ("kk",), "full", tmp_path / "minutes.pdf")
    assert refused.value.code == "storage.full"
    assert list(tmp_path.iterdir()) == []


class _Filling:
    """A file on a disk that has room for the first thousand bytes."""

    def __init__(self, file: object) -> None:
        self._file = file

    def __enter__(self) -> _Filling:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()  # type: ignore[attr-defined]

    def write(self, data: bytes) -> None:
        self._file.write(data[:1000])  # type: ignore[attr-defined]
        _no_space()


def test_a_missing_folder_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as refused:
        write_minutes(samples.elders(), ("kk",), "full", tmp_path / "gone" / "minutes.pdf")
    assert refused.value.code == "storage.gone"


def test_what_was_not_written_as_made_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = minutes_pdf(samples.elders(), ("kk",))
    monkeypatch.setattr(os, "fsync", lambda handle: os.write(handle, b"damage"))
    with pytest.raises(StorageError) as refused:
        pdf.write(made, tmp_path / "minutes.pdf")
    assert refused.value.code == "storage.failed"
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_are_no_pdf_never_reach_the_disk(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="readable"):
        pdf.write(b"not a document", tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "minutes.pdf"
    count = write_minutes(samples.elders(), ("kk",), "full", target)
    assert count == pages.count(target.read_bytes()) == 2
    assert target.stat().st_mode & 0o077 == 0


def test_a_letter_without_glyph_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_minutes(replace(samples.elders(), outcome="🙂"), ("kk",), "full", tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_progress_rises_to_the_total_and_can_cancel(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_minutes(samples.elders(), ("kk",), "full", tmp_path / "a.pdf", progress=lambda *now: seen.append(now))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 10

    def give_up(done: int, total: int) -> None:
        if done > total / 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_minutes(samples.elders(), ("kk",), "full", tmp_path / "b.pdf", progress=give_up)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_page_of_pages_stands_in_the_foot_where_asked() -> None:
    theme = Theme(page_numbers="foot")
    made = minutes_pdf(samples.elders("ru"), ("ru",), theme=theme)
    for page in range(pages.count(made)):
        assert f"Страница {page + 1} из 2" in pages.text(made, page)


def test_pages_before_any_text_has_started_carry_nothing() -> None:
    theme = Theme()
    made = pdf.build(theme.text("Бос"), title="Бос", language="kk", theme=theme)
    assert pages.text(made, 0).strip() == "Бос"
    assert TextStart().wrap(1, 1) == (0, 0)


def test_only_known_sizes_are_taken() -> None:
    with pytest.raises(ValueError, match="size"):
        Theme(size=13)
