"""Registers hold what the records hold, of the year asked for, in each language, on paper and as spreadsheets."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from ethnomed_desktop.app import registers
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import Order, dated, read_back
from ethnomed_desktop.app.records import Recorded
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.rights import Act
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.store.tables import audit

Add = Callable[..., Recorded]


@pytest.fixture
def filled(council: AppContext, add: Add) -> AppContext:
    """Two years of a small office."""
    person = uid_text(add("person", surname="Әлиева", given_name="Мәрзия").uid)
    for day in ("2025-05-04", "2026-11-20"):
        add("incident", happened=day, settlement="Мысалбұлақ", what_happened="Дау", origin_type="09")
        add("meeting", starts=f"{day}T10:00", heading=f"Су кезегі {day[:4]}")
        values = {"person": person, "purpose": "Хабарласу", "data": "Телефоны", "given_on": day}
        consent = add("consent", **values)
        ground = {"receiver": "Аудан әкімдігі", "ground": "Келісім", "consent": uid_text(consent.uid)}
        add("handover", handed_on=day, how="others", data="Телефоны", person=person, **ground)
    return council


def text_of(ctx: AppContext, name: str, language: str, year: str, folder: Path) -> str:
    target = folder / f"{name}.pdf"
    registers.write_pdf(ctx, name, Order(language), year, target)
    return read_back(target.read_bytes())


@pytest.mark.parametrize("language", [*LANGUAGES, "kk+ru"])
@pytest.mark.parametrize("name", registers.REGISTERS)
def test_each_register_prints_in_each_language(
    filled: AppContext, tmp_path: Path, name: str, language: str
) -> None:
    said = text_of(filled, name, language, "", tmp_path)
    for one in language.split("+"):
        words = Catalog.load(one).gettext
        assert words(registers.REGISTERS[name].title).upper() in said
        assert words(registers.REGISTERS[name].signer) in said


def test_a_year_holds_what_is_of_it_in_order(filled: AppContext, tmp_path: Path) -> None:
    everything = text_of(filled, "meetings", "kk", "", tmp_path)
    assert everything.index("Су кезегі 2025") < everything.index("Су кезегі 2026")
    one = text_of(filled, "meetings", "kk", "2026", tmp_path)
    assert "Су кезегі 2026" in one
    assert "Су кезегі 2025" not in one
    for name, count in (("incidents", 1), ("consents", 1), ("handovers", 1), ("exchange", 0)):
        assert len(registers.gather(filled, name, ("kk",), "2026")["kk"].rows) == count
        assert len(registers.gather(filled, name, ("kk",), "1999")["kk"].rows) == 0
    words = Catalog.load("ru").gettext("Nothing is recorded in it yet.")
    assert words in text_of(filled, "consents", "ru", "1999", tmp_path)


def test_more_records_than_a_page_of_the_list(
    council: AppContext, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "_PAGE", 2)
    for day in range(1, 6):
        add("meeting", starts=f"2026-11-0{day}T10:00", heading=f"№{day}")
    rows = registers.gather(council, "meetings", ("kk",), "2026")["kk"].rows
    assert [row[5] for row in rows] == [f"№{day}" for day in range(1, 6)]
    with council.reading() as connection:
        entries = connection.execute(select(audit.c.aid).order_by(audit.c.aid)).scalars().all()
    found = registers.gather(council, "audit", ("kk",), "2026")["kk"].rows
    assert [row[0] for row in found] == [str(one) for one in entries]


def test_the_spreadsheet_holds_the_same(filled: AppContext, tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    assert registers.write_xlsx(filled, "consents", "ru", "2026", target) == 1
    with zipfile.ZipFile(target) as packed:
        shared = packed.read("xl/sharedStrings.xml").decode("utf-8")
    assert "Әлиева Мәрзия" in shared
    assert "20.11.2026" in shared


def test_every_writing_is_noted_and_takes_the_right(filled: AppContext, tmp_path: Path) -> None:
    registers.write_pdf(filled, "audit", Order("kk"), "", tmp_path / "a.pdf")
    registers.write_xlsx(filled, "exchange", "kk", "", tmp_path / "e.xlsx")
    with filled.reading() as connection:
        details = [json.loads(one) for one in connection.execute(select(audit.c.detail)).scalars()]
    assert "register-audit" in [one.get("document") for one in details]
    assert "register-exchange" in [one.get("kind") for one in details]
    assert filled.may(Act.PRINT)


def test_what_does_not_exist_and_what_is_too_long(filled: AppContext, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"register\.unknown"):
        registers.gather(filled, "gossip", ("kk",))
    monkeypatch.setattr(registers, "MOST_PRINTED", 1)
    order = dated(filled, Order("kk"))
    with pytest.raises(UserError, match=r"register\.too_long"):
        registers.make(registers.gather(filled, "meetings", ("kk",)), order)
