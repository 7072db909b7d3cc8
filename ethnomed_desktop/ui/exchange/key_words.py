"""What is said about the key of the office: how it stands, what waits, what happened, who has not heard of it."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.app.exchange_keys import Confirmed, OfficeKey, Pending
from ethnomed_desktop.app.exchange_status import Unaware
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import joined, number


def state_words(key: OfficeKey) -> str:
    """Say who may replace the key, and whether the one here still counts."""
    if not key.persons:
        lines = [
            _(
                "With this key the office lets computers join. Nobody is named yet who may replace it when it is "
                "lost or stolen: name two people while all is well."
            )
        ]
    else:
        lines = [
            _("May replace it, two together: {names}").format(names=_names([one.name for one in key.persons])),
            _("Changes so far: {count}").format(count=number(key.changes, current().language)),
        ]
    if not key.holds:
        lines.append(
            _(
                "This state of the data is older than the last change: the key here counts no more. Open the newer "
                "data, or replace the key as one in foreign hands."
            )
        )
    return "\n".join(lines)


def pending_words(pending: Pending) -> str:
    """Say what waits for whom."""
    if not pending.changes_key:
        head = _("Waits for a second person: who may replace the key.")
    elif pending.stolen:
        head = _("Waits for a second person: a new key in place of one in foreign hands.")
    else:
        head = _("Waits for a second person: a new key.")
    lines = [head]
    if pending.signed:
        lines.append(_("Has signed: {names}").format(names=_names(pending.signed)))
    if pending.may_confirm:
        lines.append(_("Compare these words with the person who began it, face to face or by phone:"))
    else:
        text = _(
            "Can confirm it: {names}. That person opens the program with a password of their own, comes to this "
            "page and compares these words with yours:"
        )
        lines.append(text.format(names=_names(pending.awaited)))
    return "\n".join(lines)


def confirmed_words(confirmed: Confirmed) -> str:
    """Say what a confirmation has brought about."""
    if not confirmed.done:
        return _("Your signature is kept. One more of the people named has to confirm.")
    lines = [_("Done. Send a file to everybody today: they change over with it. Make a backup too.")]
    if confirmed.stolen:
        lines.append(_("Before they take it in, they call you and compare the words of this office."))
    if confirmed.left_out:
        lines.append(
            _("Have to join anew, nobody here let them in: {names}").format(names=_names(confirmed.left_out))
        )
    return " ".join(lines)


def unaware_words(found: Sequence[Unaware]) -> str:
    """Say who has not confirmed that it knows what this office decided."""
    lines = []
    for one in found:
        names = _names(one.computers)
        if one.lost:
            text = _("Shut out: {lost}. Have not confirmed that they know it: {names}")
            lines.append(text.format(lost=one.lost, names=names))
        else:
            lines.append(
                _("Have not confirmed that they know the new key of the office: {names}").format(names=names)
            )
    return "\n".join(lines)


def _names(names: Sequence[str]) -> str:
    return joined(list(names), current().language)
