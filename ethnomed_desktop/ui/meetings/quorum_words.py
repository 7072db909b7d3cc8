"""The quorum in words: of one body, or of each of the two that sit together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ethnomed_desktop.domain.joint_sittings import BodyQuorum, reached
from ethnomed_desktop.i18n.current import _


def numbered(lines: Sequence[str]) -> list[str]:
    """Return the lines with the numbers of their bodies, which the attendance shows too; a single one as it is."""
    return [f"{place}. {line}" for place, line in enumerate(lines, 1)] if len(lines) > 1 else list(lines)


def counts(counted: Sequence[BodyQuorum], names: Mapping[str, str]) -> str:
    """Return who is there and who is needed, a line for each body."""
    return "\n".join(numbered([_count(one, names.get(one.body, "")) for one in counted]))


def _count(one: BodyQuorum, name: str) -> str:
    quorum = one.quorum
    if quorum.needed is None:
        words = _("Present: {present}").format(present=quorum.present)
    else:
        words = _("Present: {present} of {entitled}. Needed: {needed}.").format(
            present=quorum.present, entitled=one.entitled, needed=quorum.needed
        )
    return f"{name}: {words}" if name else words


def verdict(counted: Sequence[BodyQuorum], names: Mapping[str, str]) -> str:
    """Return whether the meeting may decide; of a joint sitting which body lacks its quorum."""
    found = reached(counted)
    if found is None:
        return _("No quorum is counted")
    if found:
        return _("There is a quorum. The meeting may decide.")
    lacking = [names.get(one.body, "") for one in counted if one.quorum.reached is False]
    if len(counted) == 1 or len(lacking) == len(counted) or not all(lacking):
        return _("There is no quorum. The meeting may not decide.")
    return _("No quorum: {body}. The joint sitting may not decide.").format(body=lacking[0])
