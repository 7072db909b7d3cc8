"""What a file holds, in words: before it is taken in and after."""

from __future__ import annotations

from collections.abc import Sequence

from ethnomed_desktop.app.exchange_receiving import Report
from ethnomed_desktop.domain.clock import local_time
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.formatting import joined, moment, number


def when(at_ms: int | None) -> str:
    """Return a time (ms UTC) as people read it; a dash for never."""
    return "–" if at_ms is None else moment(local_time(at_ms).isoformat(), current().language)


def runs(missing: Sequence[tuple[int, int]]) -> str:
    """Return runs of file numbers: "3, 5–7 and 9"."""
    spans = [str(first) if first == last else f"{first}–{last}" for first, last in missing]
    return joined(spans, current().language)


def head_of(report: Report) -> str:
    """Say who sent the file, and when."""
    return _("File № {number} from: {sender}, {time}").format(
        number=report.number, sender=report.sender, time=when(report.created_ms)
    )


def contents_of(report: Report) -> list[str]:
    """Say line by line what the file holds for us; nothing that is zero but what people look for."""
    if report.already_known:
        lines = [_("Already taken in: there is nothing new in it.")]
    else:
        lines = [
            _("New records: {count}").format(count=_count(report.new)),
            _("Changed records: {count}").format(count=_count(report.changed)),
        ]
    told = (
        (report.withdrawn, _("Put into the trash: {count}")),
        (report.conflicts, _("Conflicts: {count}")),
        (
            report.revived,
            _("Put into the trash while somebody else went on writing; they stay, look at them: {count}"),
        ),
        (report.under_trash, _("Written to records that are in the trash here; look there: {count}")),
        (report.taken_back, _("Records that lose what a lost computer wrote after it was shut out: {count}")),
        (report.newer, _("Data of a newer program, kept as they are: {count}")),
    )
    lines += [words.format(count=_count(count)) for count, words in told if count]
    if report.closed_minutes:
        lines.append(
            _(
                "Changes minutes that are closed here: № {numbers}. Somebody wrote into them before he knew that. "
                "Compare them with the signed paper; “Make a correction” puts right what is to be put right."
            ).format(numbers=", ".join(report.closed_minutes))
        )
    if report.missing_files:
        lines.append(
            _("Waits for files that have not come: № {numbers}").format(numbers=runs(report.missing_files))
        )
    elif report.waiting:
        lines.append(_("Part of it waits for a file that has not come."))
    if report.forked:
        lines.append(_("A disk was copied there; both branches are kept."))
    if not report.trail_fits:
        lines.append(
            _(
                "The audit trail there does not go on from what the last file showed: it was altered, cut off, or "
                "an old state was put back. Ask the sender."
            )
        )
    lines += _about_clocks(report)
    if report.vouched_for:
        lines.append(
            _(
                "The key of an office above was stolen and replaced: {name}. Your own office has compared the "
                "words and vouches for the new key; there is nothing to be done here."
            ).format(name=report.vouched_for)
        )
    if report.reborn:
        lines.append(
            _(
                "This computer’s own log went on elsewhere: its disk was copied, or an old state was put back. Ask "
                "the office to let it join anew."
            )
        )
    return lines


def _about_clocks(report: Report) -> list[str]:
    lines = []
    if report.clock_ahead:
        lines.append(
            _(
                "By the clock there this file was made later than it is here. Nothing is lost by that; check the "
                "date and time on both computers."
            )
        )
    if report.clock_went_back:
        lines.append(
            _("The clock there was set back since the file before. Nothing is lost by that; let it be checked.")
        )
    return lines


def _count(value: int) -> str:
    return number(value, current().language)
