"""A library of the system that is missing is named with its package, not shown as a fault of ours."""

from __future__ import annotations

import pytest

from ethnomed_desktop.app import system_libraries
from ethnomed_desktop.app.messages import sentence
from ethnomed_desktop.domain.errors import UsageError
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

SAID = "libGL.so.1: cannot open shared object file: No such file or directory"


def test_all_missing_packages_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "missing_packages", lambda: ["libgl1", "libegl1"])
    with pytest.raises(UsageError) as caught, system_libraries.named_when_missing():
        raise ImportError(SAID)
    assert caught.value.code == "usage.library_missing"
    assert caught.value.facts == {"library": "libGL.so.1", "package": "libgl1 libegl1"}


def test_a_library_that_we_do_not_know_is_named_alone() -> None:
    with pytest.raises(UsageError) as caught, system_libraries.named_when_missing():
        raise ImportError(SAID.replace("libGL", "libUnheardOf"))
    assert caught.value.facts == {"library": "libUnheardOf.so.1"}


def test_another_failure_of_an_import_stays_what_it_is() -> None:
    with pytest.raises(ImportError, match="PySide6"), system_libraries.named_when_missing():
        raise ImportError("No module named PySide6")


def test_each_library_is_tried() -> None:
    def load(library: str) -> None:
        if library in {"libGL.so.1", "libdbus-1.so.3"}:
            raise OSError(library)

    assert system_libraries.missing_packages(load) == ["libgl1", "libdbus-1-3"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_the_package_in_each_language(language: str) -> None:
    error = UsageError("usage.library_missing", library="libGL.so.1", package="libgl1 libegl1")
    said = sentence(error, Catalog.load(language))
    assert "libGL.so.1" in said
    assert "libgl1 libegl1" in said
