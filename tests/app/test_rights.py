"""Every role against every act: what the table says is what happens, below window and command line alike."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import ethnomed_desktop.app as app_package
from ethnomed_desktop.app import (
    backups,
    documents,
    exchange,
    history,
    lists,
    meetings,
    records,
    rights_table,
    users,
    vault,
)
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import Order
from ethnomed_desktop.app.erasure import Order as Erasing
from ethnomed_desktop.app.erasure import erase
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain import rights
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.errors import EthnomedError, NotAllowed
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.registry import Level
from ethnomed_desktop.domain.rights import ACT_LABELS, ROLES, Act, Rights
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog

from .conftest import CHEAP

SECOND = "бес түп алма ағаш тұр"


@contextmanager
def opened_in(council: AppContext, role: str) -> Iterator[AppContext]:
    """Add a chair (who keeps the users) and a user of the role, and open the vault as that one."""
    root = council.vault.folder.root
    users.add_user(council, "Қызметкер", role, SECOND, label="екінші", params=CHEAP, minimum=CHEAP)
    if council.may(Act.USERS):
        users.add_user(council, "Төрайым", "chair", SECOND + " бес", label="үшінші", params=CHEAP, minimum=CHEAP)
    vault.close(council)
    ctx = vault.open_council(root, SECOND, program="command", label="екінші", minimum=CHEAP)
    ctx.clock = council.clock
    yield ctx
    vault.close(ctx)


def a_meeting(ctx: AppContext) -> bytes:
    made = records.record_many(
        ctx, [("meeting", {"@": "m", "starts": "2026-11-20T10:00", "meeting_kind": "sitting", "mode": "in_person"})]
    )
    return made.value[0].uid


DOES: dict[Act, Callable[[AppContext, bytes, Path], object]] = {
    Act.RECORD: lambda ctx, meeting, folder: records.record(ctx, "person", {"surname": "Әлиев"}),
    Act.MINUTES: lambda ctx, meeting, folder: records.record(
        ctx, "agenda_item", {"meeting": uid_text(meeting), "title": "Мәселе", "position": 1}
    ),
    Act.DIRECTORY: lambda ctx, meeting, folder: records.record(
        ctx, "organisation", {"body_kind": "other", "name_kk": "Кеңес"}
    ),
    Act.NUMBER: lambda ctx, meeting, folder: meetings.correct_meeting(ctx, meeting, "себеп"),
    Act.PRINT: lambda ctx, meeting, folder: documents.write_minutes(
        ctx, meeting, Order("kk"), folder / "minutes.pdf"
    ),
    Act.EXCHANGE: lambda ctx, meeting, folder: exchange.write_request(ctx, folder / "request"),
    Act.COMPUTERS: lambda ctx, meeting, folder: exchange.revoke(ctx, b"x" * 16),
    Act.BACK_UP: lambda ctx, meeting, folder: backups.back_up(ctx, folder / "one.emb"),
    Act.CHECK: lambda ctx, meeting, folder: vault.rebuild(ctx),
    Act.ERASE: lambda ctx, meeting, folder: erase(ctx, Erasing(meeting, Mode.ERASE, "error"), Catalog.load("kk")),
    Act.USERS: lambda ctx, meeting, folder: users.change_role(ctx, b"x" * 16, "viewer"),
}


@pytest.mark.parametrize("role", ROLES)
def test_what_the_table_says_is_what_happens(council: AppContext, tmp_path: Path, role: str) -> None:
    meeting = a_meeting(council)
    with opened_in(council, role) as ctx:
        assert ctx.rights == Rights(role, role in {"chair", "administrator"})
        before = exchange.state_digest(ctx)
        for act, do in DOES.items():
            refused = ""
            try:
                do(ctx, meeting, tmp_path)
            except NotAllowed as error:
                refused = error.code
            except EthnomedError as error:
                refused = error.code
            assert (refused != "rights.act") == rights.may_as_a_rule(role, act), (role, act, refused)
        if role == "viewer":
            assert exchange.state_digest(ctx) == before
            assert not list(tmp_path.glob("*.emb"))
            assert not list(tmp_path.glob("*.pdf"))


def test_every_act_is_tried_and_named() -> None:
    assert set(DOES) | {Act.CONFIDE} == set(Act) == set(ACT_LABELS)


def test_a_role_of_a_newer_program_may_nothing() -> None:
    unknown = Rights("archivist")
    assert not any(unknown.may(act) for act in Act)
    assert unknown.hidden(KINDS["incident"]) >= {"what_happened"}


def test_somebody_always_keeps_the_users() -> None:
    assert rights.stewards(["secretary", "viewer"]) == {"secretary"}
    assert rights.stewards(["viewer"]) == {"viewer"}
    assert rights.stewards(["secretary", "administrator"]) == {"chair", "administrator"}


@pytest.fixture
def secret(council: AppContext, add: Callable[..., records.Recorded]) -> dict[str, bytes]:
    """A person and an incident that was reported by telephone: level 3 in both."""
    person = add("person", surname="Қанарейкин", given_name="Сауле", phones="+77010001122")
    incident = add(
        "incident",
        settlement="Мысалбұлақ",
        what_happened="Су дауы",
        reported_by=uid_text(person.uid),
        phone="+77013334455",
    )
    return {"person": person.uid, "incident": incident.uid}


def everything_shown(ctx: AppContext, secret: dict[str, bytes]) -> str:
    """All that lists, cards, titles, history and search tell of the two records."""
    catalog = Catalog.load("kk")
    told: list[object] = []
    for kind in ("person", "incident"):
        told.append(lists.first_page(ctx, lists.ListQuestion(kind), catalog, 10).rows)
        told.append([one.values for one in lists.list_records(ctx, lists.ListQuestion(kind)).rows])
        told.append(records.show(ctx, secret[kind]))
        told.append(history.history(ctx, secret[kind]))
    for words in ("Қанарейкин", "Мысалбұлақ", "Су дауы"):
        told.append(search(ctx, words, catalog))
    return repr(told)


@pytest.mark.parametrize("role", ROLES)
def test_names_are_shown_to_those_who_may_see_them(
    council: AppContext, secret: dict[str, bytes], role: str
) -> None:
    with opened_in(council, role) as ctx:
        told = everything_shown(ctx, secret)
        sees = ctx.rights.ceiling is Level.IDENTITY
        for canary in ("Қанарейкин", "7010001122", "7013334455"):
            assert (canary in told.replace(" ", "")) == sees, canary
        assert ("Су дауы" in told) == (ctx.rights.ceiling >= Level.CASE)
        assert bool(search(ctx, "Қанарейкин", Catalog.load("kk"))) == sees


@pytest.mark.parametrize("role", ["viewer", "administrator"])
def test_hidden_fields_order_and_narrow_nothing(council: AppContext, secret: dict[str, bytes], role: str) -> None:
    with opened_in(council, role) as ctx:
        for question in (
            lists.ListQuestion("person", sort="surname"),
            lists.ListQuestion("person", (("surname", "Қанарейкин"),)),
        ):
            with pytest.raises(NotAllowed) as refused:
                lists.list_records(ctx, question)
            assert refused.value.code == "rights.field"
        assert lists.count(ctx, lists.ListQuestion("person")) == 1


def test_a_viewer_who_prints_by_other_ways_prints_no_names(council: AppContext, secret: dict[str, bytes]) -> None:
    meeting = a_meeting(council)
    records.revise(council, meeting, {"chair": uid_text(secret["person"])})
    with opened_in(council, "viewer") as ctx:
        assert "Қанарейкин" not in repr(documents.gather_minutes(ctx, meeting))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_words_for_all(language: str) -> None:
    shown = rights_table.rights_table(Catalog.load(language))
    assert len(shown.lines) == len(Act) + len(Level)
    assert all(line.label and len(line.may) == len(ROLES) for line in shown.lines)
    assert shown.as_json()["acts"]["users"] == ["chair", "administrator"]
    if language != "en":
        english = rights_table.rights_table(Catalog.load("en"))
        assert not {line.label for line in shown.lines} & {line.label for line in english.lines}


WRITES_WITHOUT_A_RIGHT = {("vault", "create_council"), ("vault", "first")}
"""Functions of `app` that may open a write transaction of the store themselves: the founding."""


def test_nothing_in_app_writes_past_the_rights() -> None:
    """The one place is `AppContext`: elsewhere nobody opens a write transaction of the store himself."""
    folder = Path(str(app_package.__file__)).parent
    found = set()
    for path in folder.glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or path.stem == "context":
                continue
            for node in ast.walk(function):
                past = isinstance(node, ast.Attribute) and node.attr in {"writing", "unit_of_work"}
                if past and ast.unparse(node.value) not in {"ctx", "self._ctx", "self.ctx"}:
                    found.add((path.stem, function.name))
    assert found <= WRITES_WITHOUT_A_RIGHT
