"""Personal data under the law: what an erasure would do, erasing, anonymising, the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.erasing import Mode
from ethnomed_desktop.domain.ids import parse_uid, uid_text
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _, ngettext

if TYPE_CHECKING:
    from ethnomed_desktop.app.erasure import Erased
    from ethnomed_desktop.app.erasure_plan import Plan, Planned

GROUNDS = tuple(CODE_LISTS["erasure_ground"].by_code)
ERASE_WAIT = 1
"""Exit code of an erasure whose copies still hold what was erased: the medium refused."""


def plan(session: Session, given: Given) -> Answer:
    """Say what erasing or anonymising would do; changes nothing."""
    from ethnomed_desktop.app.erasure_plan import plan as look
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    uid = find_record(ctx, given.text("id"))
    mode = Mode.ANONYMISE if given.switch("anonymise") else Mode.ERASE
    keep = [parse_uid(one) for one in given.many("keep")]
    found = look(ctx, uid, mode, session.catalog, keep)
    return Answer(_plan_json(found), _plan_text(found))


def _plan_json(one: Plan) -> dict[str, Any]:
    def rows(planned: tuple[Planned, ...]) -> list[dict[str, str]]:
        return [
            {"id": uid_text(row.uid), "kind": row.kind, "title": row.title, "text": row.excerpt} for row in planned
        ]

    return {
        "id": uid_text(one.uid),
        "kind": one.kind,
        "mode": one.mode.value,
        "stand_in": one.stand_in,
        "confirm": one.confirm,
        "erased": rows(one.erased),
        "rewritten": rows(one.rewritten),
        "referring": rows(one.referring),
        "files": one.files,
        "own_notes": one.own_notes,
        "others_notes": list(one.others_notes),
        "beyond": list(one.beyond),
    }


def _plan_text(one: Plan) -> str:
    parts = []
    for heading, rows in (
        (_("Will be erased, with their history:"), one.erased),
        (_("Will lose the name in their texts, now and in their history:"), one.rewritten),
        (_("Stay and refer to the code {code}:").format(code=one.stand_in), one.referring),
    ):
        if rows:
            parts += [heading, table([[row.about, row.title, row.excerpt, uid_text(row.uid)] for row in rows])]
    if one.others_notes:
        who = ", ".join(one.others_notes)
        parts.append(_("Notes in confidence only their owners can look through: {names}").format(names=who))
    if one.beyond:
        names = ", ".join(one.beyond)
        parts.append(_("Under an earlier key and not cleaned; destroy them yourself: {names}").format(names=names))
    parts.append(_("To do it, type the word: {word}").format(word=one.confirm))
    return "\n".join(parts)


def erase(session: Session, given: Given) -> Answer:
    """Erase a person's data, or one record."""
    return _do(session, given, Mode.ERASE)


def anonymise(session: Session, given: Given) -> Answer:
    """Put a code in the place of a person, everywhere."""
    return _do(session, given, Mode.ANONYMISE)


def _do(session: Session, given: Given, mode: Mode) -> Answer:
    from ethnomed_desktop.app.erasure import Order
    from ethnomed_desktop.app.erasure import erase as do
    from ethnomed_desktop.app.lookup import find_record

    ctx = session.council()
    order = Order(
        find_record(ctx, given.text("id")),
        mode,
        given.text("ground"),
        given.maybe("paper") or "",
        given.text("confirm"),
        frozenset(parse_uid(one) for one in given.many("keep")),
    )
    done = do(ctx, order, session.catalog).value
    return Answer(_done_json(done), _done_text(done), ERASE_WAIT if done.swept is None else 0)


def _done_json(done: Erased) -> dict[str, Any]:
    swept = done.swept
    return {
        "entry": uid_text(done.entry),
        "stand_in": done.stand_in,
        "records": done.records,
        "rewritten": done.rewritten,
        "notes": done.notes,
        "copies_cleaned": [path.name for path in swept.copies.anew] if swept else [],
        "copies_left": [path.name for path in swept.copies.left] if swept else [],
        "places_away": [path.name for path in swept.away] if swept else [],
        "waits": done.waits.code if done.waits is not None else None,
    }


def _done_text(done: Erased) -> str:
    count = done.records
    parts = [
        ngettext("Erased: {count} record.", "Erased: {count} records.", count).format(count=count),
        _("In the records that stay, this stands for it: {code}").format(code=done.stand_in),
    ]
    swept = done.swept
    if swept is None:
        parts.append(
            _("The medium refused while copies were cleaned. Free space; it goes on when the data are next opened.")
        )
        return "\n".join(parts)
    count = len(swept.copies.anew)
    cleaned = ngettext("Cleaned: {count} copy or backup.", "Cleaned: {count} copies and backups.", count)
    parts.append(cleaned.format(count=count))
    if swept.copies.left:
        names = ", ".join(path.name for path in swept.copies.left)
        parts.append(
            _("These could not be opened with today's key; destroy them yourself: {names}").format(names=names)
        )
    if swept.away:
        parts.append(_("The place for backups is not there now; its copies are cleaned when it is."))
    return "\n".join(parts)


def ledger(session: Session, given: Given) -> Answer:
    """List what was erased: when, by whom, on what ground, how many records."""
    from ethnomed_desktop.app.erasure import ledger as entries_of
    from ethnomed_desktop.app.titles import references_in, shown_value, titles

    ctx = session.council()
    entries = entries_of(ctx)
    with ctx.reading() as connection:
        named = titles(connection, references_in(entries), session.catalog)
    kind = KINDS["erasure"]
    shown = ("erased_on", "how", "ground", "ground_words", "stand_in", "records", "rewritten", "erased_by")
    rows = [
        [shown_value(kind.field(name), one.values.get(name), session.catalog, named) for name in shown]
        for one in entries
    ]
    value = [{"id": uid_text(one.uid), **one.values} for one in entries]
    return Answer(value, table(rows) if rows else _("Nothing was ever erased."))


_ID = Argument("id", N_("Identifier of the record, or its number where only one has it"), "ID")
_KEEP = Option("keep", N_("A record whose text names somebody else: it is left alone"), "ID", many=True)
_ORDER = (
    Option("ground", N_("On what ground"), "GROUND", required=True, choices=GROUNDS),
    Option("paper", N_("Number and date of the request, order or decision, without the name"), "T"),
    Option("confirm", N_("The word that personal plan asks for"), "WORD", required=True),
    _KEEP,
)
PERSONAL = (
    Command(
        ("personal", "plan"),
        N_("Say what erasing a person or a record would take away; changes nothing"),
        plan,
        (_ID,),
        (Option("anonymise", N_("What anonymising would do instead")), _KEEP),
    ),
    Command(
        ("personal", "erase"),
        N_("Erase a person's data or one record by law: from the records, history, files, copies and backups"),
        erase,
        (_ID,),
        _ORDER,
        details=(
            N_(
                "It cannot be undone. The ledger keeps who, when and on what ground, never what was erased. Exit "
                "code 1: erased, but a medium refused while copies were cleaned; opening the data goes on with it."
            ),
        ),
        examples=(
            "ethnomed-desktop personal plan ID",
            'ethnomed-desktop personal erase ID --ground persons_request --paper "№ 12" --confirm Әлиев',
        ),
    ),
    Command(
        ("personal", "anonymise"),
        N_("Put a code in the place of a person in records that must be kept, closed minutes too"),
        anonymise,
        (_ID,),
        _ORDER,
    ),
    Command(("personal", "ledger"), N_("List what was erased or anonymised, and on what ground"), ledger),
)
