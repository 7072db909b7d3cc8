"""The audit trail in words: nothing the program notes is without a name, nothing altered goes unseen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop import paths
from ethnomed_desktop.app import audit
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.vault import check
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

PACKAGE = Path(paths.__file__).parent
NOTED = re.compile(r"""(?:note|put_keys)\([^"]*?"([a-z]+\.[a-z_]+)\"""", re.DOTALL)


def write(ctx: AppContext, statement: str, *values: Any) -> None:
    """Write past the program, as somebody with the key would."""
    with ctx.vault.store.database.writing() as connection:
        connection.exec_driver_sql(statement, values)


def finding(ctx: AppContext, code: str) -> bool:
    return next(one.sound for one in audit.verify(ctx) if one.code == code)


def test_every_action_that_the_program_notes_has_words() -> None:
    found = set()
    for room in ("app", "store"):
        for path in (PACKAGE / room).rglob("*.py"):
            found |= set(NOTED.findall(path.read_text(encoding="utf-8")))
    assert {"vault.opened", "document.printed", "exchange.sent", "keys.replaced"} <= found
    assert found <= set(audit.ACTIONS), sorted(found - set(audit.ACTIONS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_are_read_the_newest_first_with_names_and_words(council: AppContext, language: str) -> None:
    council.vault.note(council.clock, "document.printed", {"pages": 3})
    catalog = Catalog.load(language)
    page = audit.page(council, catalog)
    assert [one.number for one in page] == list(range(audit.count(council), 0, -1))
    assert page[0].code == "document.printed"
    assert page[0].what == catalog.gettext("A document was printed or saved")
    assert page[0].details == {"pages": 3}
    assert page[0].who
    assert not page[0].alarming
    older = audit.page(council, catalog, before=page[0].number, limit=1)
    assert [one.number for one in older] == [page[0].number - 1]
    assert list(audit.numbers(council)) == [one.number for one in page]
    assert {one.number for one in audit.by_numbers(council, [1], catalog)} == {1}


def test_an_entry_of_a_newer_program_is_shown_by_its_code(council: AppContext) -> None:
    council.vault.note(council.clock, "moon.landed", {})
    newest = audit.page(council, Catalog.load("kk"))[0]
    assert newest.what == newest.code == "moon.landed"


def test_a_sound_trail_is_called_sound(council: AppContext) -> None:
    assert all(one.sound for one in audit.verify(council))
    assert {"newest", "keys"} <= {one.code for one in check(council)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'vault.opened' WHERE aid = 2",
        "UPDATE audit SET at_ms = at_ms + 1 WHERE aid = 2",
        "UPDATE audit SET detail = '{' WHERE aid = 2",
        "UPDATE audit SET user = zeroblob(16) WHERE aid = 2",
        "DELETE FROM audit WHERE aid = 2",
        "UPDATE audit SET aid = CASE aid WHEN 2 THEN 103 ELSE aid END",
    ],
    ids=["action", "time", "detail", "user", "removed", "moved"],
)
def test_every_alteration_is_found(council: AppContext, statement: str) -> None:
    for number in range(3):
        council.vault.note(council.clock, "document.printed", {"pages": number})
    write(council, statement)
    assert not finding(council, "audit")
    assert audit.page(council, Catalog.load("ru"))
