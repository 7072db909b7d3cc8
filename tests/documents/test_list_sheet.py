"""A list as a spreadsheet: what is a date stays one, what looks like a formula stays words."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from ethnomed_desktop.documents import list_sheet
from ethnomed_desktop.documents.list_sheet import list_xlsx

_NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def cells(data: bytes) -> dict[str, tuple[str, str, bool]]:
    """Return type, value and whether it is a formula, by the name of the cell."""
    with ZipFile(BytesIO(data)) as file:
        root = ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))
        strings = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
    words = ["".join(one.itertext()) for one in strings.findall("s:si", _NS)]
    found = {}
    for one in root.iter(f"{{{_NS['s']}}}c"):
        kind, value = one.attrib.get("t", "n"), one.findtext("s:v", "", _NS)
        formula = one.find("s:f", _NS) is not None
        found[one.attrib["r"]] = (kind, words[int(value)] if kind == "s" else value, formula)
    return found


def test_each_value_keeps_its_kind() -> None:
    row = ["Әлия", 3, 2.5, date(2026, 11, 21), datetime(2026, 11, 21, 10, 30), None]
    found = cells(list_xlsx("Тізім", ["а"] * 6, [row]).data)
    assert found["A2"] == ("s", "Әлия", False)
    assert (found["B2"][1], found["C2"][1]) == ("3", "2.5")
    assert found["D2"][:2] == ("n", "46347")
    assert found["E2"][1].startswith("46347.4375")
    assert "F2" not in found


@pytest.mark.parametrize("words", ["=1+1", "+7 700", "-5", "@SUM(A1)", "{=1}", "http://x.kz", "internal:x"])
def test_words_are_never_formulas_or_links(words: str) -> None:
    made = list_xlsx("x", ["x"], [[words]])
    assert cells(made.data)["A2"] == ("s", words, False)
    with ZipFile(BytesIO(made.data)) as file:
        assert b"hyperlink" not in file.read("xl/worksheets/sheet1.xml")


def test_long_texts_are_cut_and_counted_and_strange_signs_left_out() -> None:
    made = list_xlsx("x", ["x"], [["ә" * 40_000], ["a\x00b\x0b"], ["ә"]])
    found = cells(made.data)
    assert (made.rows, made.cut) == (3, 1)
    assert len(found["A2"][1]) == list_sheet.MOST_LETTERS
    assert found["A3"][1] == "ab"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_sheet, "MOST_ROWS", 2)
    with pytest.raises(ValueError, match="more rows"):
        list_xlsx("x", ["x"], [["a"]] * 3)


def test_an_empty_list_has_its_head() -> None:
    made = list_xlsx("x", ["Атауы"], [])
    assert cells(made.data) == {"A1": ("s", "Атауы", False)}


def test_nothing_lies_readable_in_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refused(*_more: object, **_settings: object) -> None:
        raise AssertionError("a temporary file was made")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refused)
    assert list_xlsx("x", ["x"], [["құпия"]] * 100).rows == 100
