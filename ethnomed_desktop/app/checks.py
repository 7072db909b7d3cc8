"""What a check of the vault found, in counted sentences."""

from __future__ import annotations

from collections.abc import Mapping

from ethnomed_desktop.app.vault import Finding
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n import formatting
from ethnomed_desktop.i18n.catalogs import Catalog


def finding_sentence(finding: Finding, catalog: Catalog) -> str:
    """Return what to tell the person about one finding; a code of a newer part is named as it is."""
    said = _sound(finding, catalog) if finding.sound else _unsound(finding, catalog)
    return said or catalog.gettext("Checked: {code}.").format(code=finding.code)


_WHOLE: Mapping[str, str] = {
    "pages": N_("The data file is whole."),
    "audit": N_("The audit trail is whole."),
    "newest": N_("The data are the ones last used on this computer."),
    "keys": N_("The key file is the one last written by the program."),
    "cut_off": N_(
        "The program was not closed properly last time. The data were looked over: they are whole, and "
        "what was saved is there."
    ),
    "rebuilt": N_("All tables were made anew from the log and are the same as before."),
}
"""What is said of what was found whole and has nothing to count."""


def _sound(finding: Finding, catalog: Catalog) -> str:
    if finding.code in _WHOLE:
        return catalog.gettext(_WHOLE[finding.code])
    facts = finding.facts
    match finding.code:
        case "log":
            count = _count(facts, "lines")
            text = catalog.ngettext(
                "The log is whole: {count} line, without gaps.",
                "The log is whole: {count} lines, without gaps.",
                count,
            )
        case "signatures":
            count = _count(facts, "transactions")
            text = catalog.ngettext(
                "{count} entry is signed by its user.", "All {count} entries are signed by their users.", count
            )
        case "users":
            return _of_users(facts, catalog)
        case "digest":
            count = _count(facts, "records")
            text = catalog.ngettext(
                "{count} record agrees with the log.", "All {count} records agree with the log.", count
            )
        case "contents":
            count = _count(facts, "count")
            text = catalog.ngettext(
                "{count} attached file was read and is whole.",
                "All {count} attached files were read and are whole.",
                count,
            )
            waiting = _count(facts, "waiting")
            if waiting:
                more = catalog.ngettext(
                    "{count} file has not come by exchange yet.",
                    "{count} files have not come by exchange yet.",
                    waiting,
                )
                text += " " + more.format(count=formatting.number(waiting, catalog.language))
        case _:
            return ""
    return text.format(count=formatting.number(count, catalog.language))


def _unsound(finding: Finding, catalog: Catalog) -> str:
    facts = finding.facts
    match finding.code:
        case "pages":
            count = _count(facts, "count")
            text = catalog.ngettext(
                "The data file is damaged in {count} place. Restore the latest backup.",
                "The data file is damaged in {count} places. Restore the latest backup.",
                count,
            )
        case "log":
            count = _count(facts, "count")
            text = catalog.ngettext(
                "The log was altered or has a gap in {count} place. Restore the latest backup.",
                "The log was altered or has gaps in {count} places. Restore the latest backup.",
                count,
            )
        case "signatures":
            count = _count(facts, "count")
            text = catalog.ngettext(
                "{count} entry has no valid signature: somebody wrote past the program.",
                "{count} entries have no valid signature: somebody wrote past the program.",
                count,
            )
        case "users":
            return catalog.gettext(
                "The ways in do not agree with the records of the users: somebody changed users, roles or the key "
                "file past the program. Look at the list of users and remove who does not belong there."
            )
        case "audit":
            count = _count(facts, "entry")
            text = catalog.gettext("The audit trail was altered. First altered entry: {count}.")
        case "newest":
            return catalog.gettext(
                "An older copy of the data was put back outside the program. What was written since is missing "
                "here: look in the backups. Everything else is kept."
            )
        case "keys":
            return catalog.gettext(
                "The key file was replaced outside the program. A password that was taken away may open the "
                "data again: look at the users and change your password."
            )
        case "digest":
            return catalog.gettext("The records do not agree with the log. Have them made anew: vault rebuild.")
        case "rebuilt":
            tables = facts.get("tables")
            count = len(tables) if isinstance(tables, list) else 0
            text = catalog.ngettext(
                "Tables were made anew from the log. {count} table differed and is right now.",
                "Tables were made anew from the log. {count} tables differed and are right now.",
                count,
            )
        case "contents_damaged" | "contents_lost" | "contents_unreadable":
            return _of_contents(finding, catalog)
        case _:
            return ""
    return text.format(count=formatting.number(count, catalog.language))


def _of_contents(finding: Finding, catalog: Catalog) -> str:
    count = _count(finding.facts, "count")
    if finding.code == "contents_unreadable":
        return catalog.gettext(
            "The place where attached files lie cannot be read. The records are whole. Restore the latest backup."
        )
    if finding.code == "contents_damaged":
        text = catalog.ngettext(
            "{count} attached file is damaged: {names}. All else can be used. Attach it again or restore a backup.",
            "{count} attached files are damaged: {names}. All else can be used. Attach them again or restore a "
            "backup.",
            count,
        )
    else:
        text = catalog.ngettext(
            "{count} attached file is lost: {names}. All else can be used. Attach it again or restore a backup.",
            "{count} attached files are lost: {names}. All else can be used. Attach them again or restore a "
            "backup.",
            count,
        )
    names = finding.facts.get("names")
    shown = formatting.joined([str(one) for one in names], catalog.language) if isinstance(names, list) else ""
    return text.format(count=formatting.number(count, catalog.language), names=shown or "–")


def _of_users(facts: Mapping[str, object], catalog: Catalog) -> str:
    count = _count(facts, "users")
    text = catalog.ngettext(
        "{count} user has a way in, as signed.", "{count} users have a way in, as signed.", count
    )
    return text.format(count=formatting.number(count, catalog.language))


def _count(facts: Mapping[str, object], name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0
