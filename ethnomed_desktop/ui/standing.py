"""What the frame of the window tells about the vault: who, which body, drafts, what was just done.

Everything here but the dataclasses runs on the read lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ethnomed_desktop.app import history
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.councils import own_bodies, working_body
from ethnomed_desktop.app.discretion import shown_name
from ethnomed_desktop.app.drafts import Draft, list_drafts
from ethnomed_desktop.app.titles import name_in, titles
from ethnomed_desktop.app.vault import user_name
from ethnomed_desktop.domain.changes import Action, ChangeSet
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.labels import kind_label

DONE_WORDS = {
    Action.RECORD.value: N_("Recorded: {what}"),
    Action.REVISE.value: N_("Changed: {what}"),
    Action.WITHDRAW.value: N_("Moved to trash: {what}"),
    Action.RESTORE.value: N_("Taken out of the trash: {what}"),
    Action.UNDO.value: N_("Taken back: {what}"),
}
BROUGHT_BACK = N_("Brought back: {what}")
"""What a redo did; in the log it is the undo of an undo."""


@dataclass(frozen=True)
class KeptDraft:
    """A draft as a list names it."""

    draft: Draft
    title: str
    time: str


@dataclass(frozen=True)
class Frame:
    """Who works for which body, and what is kept but not saved."""

    user: str
    bodies: tuple[tuple[str, str], ...]
    working: str
    drafts: tuple[KeptDraft, ...]
    practice: bool


@dataclass(frozen=True)
class Deed:
    """What was done last, in words, and what undo and redo would do now (empty: nothing).

    ``taken_back`` where it was an undo, not the redo of one.
    """

    words: str
    of_parts: bool
    undo: str
    redo: str
    taken_back: bool = False


def frame(ctx: AppContext, catalog: Catalog) -> Frame:
    """Return what the status line shows."""
    with ctx.reading() as connection:
        bodies = tuple((uid_text(body.uid), _short_name(body.values, catalog)) for body in own_bodies(connection))
        working = working_body(connection, ctx.user) or ""
    user = shown_name(user_name(ctx, ctx.user), catalog)
    return Frame(user, bodies, working, kept_drafts(ctx, catalog), ctx.practice)


def _short_name(values: object, catalog: Catalog) -> str:
    assert isinstance(values, dict)
    return name_in(values, "short", catalog.language) or name_in(values, "name", catalog.language)


def kept_drafts(ctx: AppContext, catalog: Catalog) -> tuple[KeptDraft, ...]:
    """Return this user's drafts as a list names them, the newest first."""
    drafts = list_drafts(ctx)
    with ctx.reading() as connection:
        names = titles(connection, {uid_text(one.uid) for one in drafts if one.uid}, catalog)
    found = []
    for one in drafts:
        kind = KINDS.get(one.kind)
        if kind is None:
            continue
        title = names.get(uid_text(one.uid), "") if one.uid else ""
        when = local_time(one.changed_ms)
        words = f"{kind_label(kind, catalog)} {title}".strip()
        found.append(KeptDraft(one, words, f"{when:%d.%m.%Y %H:%M}"))
    return tuple(found)


def deed(ctx: AppContext, changes: ChangeSet | None, catalog: Catalog) -> Deed:
    """Return what ``changes`` did, and what can be taken back or brought back now."""
    undoable, redoable = history.last_undoable(ctx), history.last_redoable(ctx)
    touched = sorted(changes.touched) if changes is not None else []
    words = DONE_WORDS.get(changes.action, "") if changes is not None else ""
    undone = changes is not None and changes.action == Action.UNDO.value
    if undone and undoable is not None and changes is not None and undoable.transaction == changes.transaction:
        words, undone = BROUGHT_BACK, False
    undo = _words(ctx, DONE_WORDS.get(undoable.meant, ""), undoable.records, catalog) if undoable else ""
    redo = _words(ctx, DONE_WORDS[Action.UNDO.value], redoable.records, catalog) if redoable else ""
    return Deed(_words(ctx, words, touched, catalog), not _wholes(touched), undo, redo, undone)


def _words(ctx: AppContext, words: str, touched: Sequence[tuple[str, bytes]], catalog: Catalog) -> str:
    records = [one for one in touched if one[0] != "number_series"]
    if not words or not records:
        return ""
    kind, uid = (_wholes(records) or records)[0]
    with ctx.reading() as connection:
        title = titles(connection, [uid_text(uid)], catalog).get(uid_text(uid), "")
    what = f"{kind_label(KINDS[kind], catalog)} {title}".strip()
    return catalog.gettext(words).format(what=what)


def _wholes(touched: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Return those that are no part of another record: a sitting, not its lines."""
    return [one for one in touched if one[0] in KINDS and (KINDS[one[0]].parent is None or KINDS[one[0]].seeded)]
