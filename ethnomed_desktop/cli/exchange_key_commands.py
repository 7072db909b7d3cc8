"""The key of the office: who may replace it, replacing it by two people, files for a person elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ethnomed_desktop.cli.arguments import Given
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.formatting import joined

if TYPE_CHECKING:
    from ethnomed_desktop.app.exchange_keys import Confirmed, KeyPerson, OfficeKey, Pending


def key(session: Session, given: Given) -> Answer:
    """Say how the key of the office stands."""
    from ethnomed_desktop.app.exchange_keys import office_key

    found = office_key(session.council(), session.language)
    names = joined([one.name for one in found.persons], session.language) or _("nobody yet: name two people")
    rows = [
        [_("Six words of our office, for those who join us"), " ".join(found.words)],
        [_("Changes of the key so far"), str(found.changes)],
        [_("May replace it, two together"), names],
    ]
    if not found.holds:
        rows.append([_("Attention"), _("the key here was replaced since this state of the data was kept")])
    if found.pending is not None:
        rows += _pending_rows(session, found.pending)
    return Answer(_key_json(found), table(rows, most=200))


def _pending_rows(session: Session, one: Pending) -> list[list[str]]:
    what = _("only who may replace it")
    if one.changes_key:
        what = _("a stolen key") if one.stolen else _("a new key")
    return [
        [_("Waits for a second person"), what],
        [_("Its six words"), " ".join(one.words)],
        [_("Signed by"), joined(list(one.signed), session.language) or "–"],
        [_("Can confirm it"), joined(list(one.awaited), session.language) or "–"],
    ]


def _key_json(found: OfficeKey) -> dict[str, object]:
    one = found.pending
    waiting = None
    if one is not None:
        waiting = {
            "number": one.number,
            "changes_key": one.changes_key,
            "stolen": one.stolen,
            "words": list(one.words),
            "signed": list(one.signed),
            "awaited": list(one.awaited),
            "may_confirm": one.may_confirm,
        }
    return {
        "words": list(found.words),
        "changes": found.changes,
        "persons": [person.name for person in found.persons],
        "candidates": [person.name for person in found.candidates],
        "holds": found.holds,
        "pending": waiting,
    }


def persons(session: Session, given: Given) -> Answer:
    """Begin to name who may replace the key."""
    from ethnomed_desktop.app import exchange_keys

    ctx = session.council()
    known = {one.name.casefold(): one for one in exchange_keys.office_key(ctx, session.language).candidates}
    chosen = []
    for name in given.many("person"):
        if name.casefold() not in known:
            raise UserError("users.unknown", label=name[:80])
        chosen.append(known[name.casefold()])
    card = given.maybe("card")
    if card is not None:
        chosen.append(_person_of_card(session, Path(card), given.maybe("words")))
    exchange_keys.name_persons(ctx, chosen)
    return _waits(session)


def _person_of_card(session: Session, card: Path, words: str | None) -> KeyPerson:
    from ethnomed_desktop.app.exchange_key_files import read_key_file

    found = read_key_file(card, session.language)
    if found.person is None:
        raise UserError("exchange.not_a_key_file")
    _require_words(words, found.words)
    return found.person


def change(session: Session, given: Given) -> Answer:
    """Begin to replace the key."""
    from ethnomed_desktop.app import exchange_keys

    exchange_keys.change_key(session.council(), stolen=given.switch("stolen"))
    return _waits(session)


def _waits(session: Session) -> Answer:
    from ethnomed_desktop.app.exchange_keys import office_key

    found = office_key(session.council(), session.language)
    assert found.pending is not None
    text = _(
        "Begun; nothing has changed yet. Another of the people named confirms it: {names}. Read these words to "
        "that person: {words}"
    ).format(names=joined(list(found.pending.awaited), session.language), words=" ".join(found.pending.words))
    return Answer(_key_json(found), text)


def confirm(session: Session, given: Given) -> Answer:
    """Confirm the change that waits here, or one of another office that came as a file."""
    from ethnomed_desktop.app import exchange_key_files, exchange_keys

    ctx, file = session.council(), given.maybe("file")
    if file is not None:
        out = given.maybe("out")
        if out is None:
            raise UsageError("usage.missing_argument", missing="--out FILE")
        _require_words(given.text("words"), exchange_key_files.read_key_file(Path(file), session.language).words)
        exchange_key_files.confirm_elsewhere(ctx, Path(file), Path(out))
        text = _("Signed. Carry this file back to the office: {file}").format(file=out)
        return Answer({"done": False, "file": out}, text)
    waiting = exchange_keys.office_key(ctx, session.language).pending
    if waiting is None:
        raise UserError("exchange.key_nothing_waits")
    _require_words(given.text("words"), waiting.words)
    return _confirmed(exchange_keys.confirm_change(ctx))


def take(session: Session, given: Given) -> Answer:
    """Take the confirmation of a person elsewhere."""
    from ethnomed_desktop.app.exchange_key_files import take_confirmation

    return _confirmed(take_confirmation(session.council(), Path(given.text("file"))))


def _confirmed(one: Confirmed) -> Answer:
    value = {"done": one.done, "stolen": one.stolen, "left_out": list(one.left_out)}
    if not one.done:
        return Answer(value, _("Your signature is kept. One more of the people named has to confirm."))
    lines = [_("Done. Send a file to everybody today: they change over with it. Make a backup too.")]
    if one.stolen:
        lines.append(_("Before they take it in, they call you and compare the words of this office."))
    lines += [_("Has to join anew, nobody here let it in: {name}").format(name=name) for name in one.left_out]
    return Answer(value, "\n".join(lines))


def write(session: Session, given: Given) -> Answer:
    """Write the change that waits for a person elsewhere, or one's own card."""
    from ethnomed_desktop.app import exchange_key_files

    ctx, target = session.council(), Path(given.text("out"))
    if given.switch("card"):
        words = exchange_key_files.write_card(ctx, target, session.language)
        text = _("Your card was written: {file}. Read these words to the other office by phone: {words}").format(
            file=target, words=" ".join(words)
        )
        return Answer({"file": str(target), "words": list(words)}, text)
    exchange_key_files.write_change(ctx, target)
    text = _("Written: {file}. The other person compares its words with yours, signs it and sends it back.")
    return Answer({"file": str(target)}, text.format(file=target))


def drop(session: Session, given: Given) -> Answer:
    """Give up the change that waits."""
    from ethnomed_desktop.app.exchange_keys import drop_change

    drop_change(session.council())
    return Answer({"dropped": True}, _("The change of the key was given up; everything is as it was."))


def _require_words(said: str | None, words: tuple[str, ...]) -> None:
    if said is None or said.split() != list(words):
        raise UsageError("exchange.key_words_differ")
