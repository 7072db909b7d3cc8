"""What minutes say in one language, part after part: full form, short form, extract of one item."""

from __future__ import annotations

from ethnomed_desktop.documents import minutes_annexes, minutes_head
from ethnomed_desktop.documents.content import Gap, Line, Piece, Signatures, Text
from ethnomed_desktop.documents.minutes_data import Attendee, Extract, MinutesData
from ethnomed_desktop.documents.minutes_items import Sections, tasks
from ethnomed_desktop.documents.wishes import WATERMARKS, Wishes
from ethnomed_desktop.domain.errors import UsageError, UserError
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import long_date

FORMS = ("full", "short", "extract")
_ANNEXES_KEPT = 6  # a longer list of annexes may part from the signatures


def minutes_text(data: MinutesData, catalog: Catalog, form: str, extract: Extract | None, wishes: Wishes) -> Text:
    """Return the text of minutes in the catalog's language; raises as `minutes.minutes_texts`."""
    if form not in FORMS or (form == "extract") != (extract is not None):
        raise UsageError("usage.wrong_value", field="form")
    if extract is not None:
        content, ending, annexes = _extract(data, catalog, extract, wishes)
    else:
        content, ending, annexes = _minutes(data, catalog, form == "short", wishes)
    return Text(
        minutes_head.title(data, catalog),
        catalog.language,
        catalog.gettext("Page {page} of {pages}"),
        watermark(catalog, wishes, draft=data.draft, practice=data.practice),
        content,
        ending,
        annexes,
        data.content_language,
    )


def watermark(catalog: Catalog, wishes: Wishes, *, draft: bool, practice: bool) -> str:
    """Return the pale words under the pages; nothing where there are none."""
    if wishes.watermark not in WATERMARKS:
        raise UsageError("usage.wrong_value", field="watermark", value=wishes.watermark[:20])
    if practice:
        return catalog.gettext("PRACTICE")
    if wishes.watermark == "copy":
        return catalog.pgettext("watermark", "COPY")
    drafted = wishes.watermark == "draft" or (wishes.watermark == "auto" and draft)
    return catalog.gettext("DRAFT MINUTES") if drafted else ""


def _minutes(
    data: MinutesData, catalog: Catalog, short: bool, wishes: Wishes
) -> tuple[list[Piece], list[Piece], list[Piece]]:
    sections = Sections(data, catalog)
    content = minutes_head.head(data, catalog)
    content += minutes_head.introduction(data, catalog)
    content += minutes_head.as_written(data, catalog)
    content += minutes_head.nameless(catalog, wishes)
    content += minutes_head.agenda(data, catalog)
    for index in range(len(data.agenda)):
        content += sections.section(index, short=short)
    content += tasks(data.tasks, catalog)
    if data.outcome.strip():
        content += [Line(catalog.gettext("OUTCOME OF THE SITTING:"), "label"), Line("", "body", data.outcome)]
    ending: list[Piece] = [Signatures(_signers(data, catalog, wishes), wishes.sign)]
    annexes = minutes_annexes.annex_lines(data, catalog)
    if annexes:
        annexes.insert(0, Gap(0.6))
        if len(annexes) > _ANNEXES_KEPT:
            content += annexes
        else:
            ending = annexes + ending
    return content, ending, minutes_annexes.list_of_present(data, catalog)


def _extract(
    data: MinutesData, catalog: Catalog, extract: Extract, wishes: Wishes
) -> tuple[list[Piece], list[Piece], list[Piece]]:
    _ = catalog.gettext
    if not 1 <= extract.item <= len(data.agenda):
        raise UserError("meeting.no_such_item", item=extract.item, count=len(data.agenda))
    content = minutes_head.head(data, catalog, extract=True)
    content += minutes_head.as_written(data, catalog, data.agenda[extract.item - 1])
    content += minutes_head.nameless(catalog, wishes)
    content += Sections(data, catalog).section(extract.item - 1)
    by = extract.certified_by or Attendee("")
    ending: list[Piece] = [
        Signatures(_signers(data, catalog, wishes), sign=False),
        Gap(),
        Line(_("True extract"), "plain"),
        Signatures(((_certifies_as(by, data, catalog), by.signed),), wishes.sign),
    ]
    if extract.certified_on:
        ending.append(Line(long_date(extract.certified_on, catalog.language), "plain"))
    ending.append(Line(_("Place of the seal"), "plain"))
    return content, ending, []


def _certifies_as(by: Attendee, data: MinutesData, catalog: Catalog) -> str:
    """Return the post that stands before the certifier's signature: in the council, else the person's own."""
    for person, post in ((data.secretary, N_("Secretary")), (data.chair, N_("Chair"))):
        if person is not None and person.name == by.name:
            return catalog.gettext(post)
    return by.post_in(catalog.language)


def _signers(data: MinutesData, catalog: Catalog, wishes: Wishes) -> tuple[tuple[str, str], ...]:
    _ = catalog.gettext
    chair, secretary = data.chair, data.secretary
    lines = [
        (_("Chair"), chair.signed if chair else ""),
        (_("Secretary"), secretary.signed if secretary else ""),
    ]
    present = {person.name: person for person in (*data.present, *data.invited)}
    for name in wishes.signers:
        if name not in present:
            raise UserError("document.unknown_signer", name=name[:120])
        person = present[name]
        lines.append((person.post_in(catalog.language) or _("Member"), person.signed))
    return tuple(lines)
