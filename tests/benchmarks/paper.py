"""Minutes on paper against bare reportlab: ten pages laid out, and the preview after a pause in typing."""

from __future__ import annotations

import tempfile
from collections import deque
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate
from samples import clock
from timing import FEWEST_ROUNDS, Ratio, arguments, profiled, seconds, show, side_by_side

from ethnomed_desktop.app import documents
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.meeting_sheets import new_sheet, preview_minutes
from ethnomed_desktop.app.practice import create_practice
from ethnomed_desktop.documents import pages
from ethnomed_desktop.documents.minutes import minutes_pdf
from ethnomed_desktop.documents.minutes_data import MinutesData
from ethnomed_desktop.domain.meeting_sheets import Part, Sheet
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.kdf import FLOOR

ITEMS, SPEECHES = 10, 4
HEARD = (
    "Баяндамашы жаз бойы су кезегіне байланысты үш рет дау туындағанын, тараптардың тең құқылығы сақталатын "
    "кесте қажет екенін айтты. Кестенің жобасы екі көшенің өкілдерімен келісілді. "
)
SAID = "Кестені ауыл тұрғындары жиналатын жерге іліп қоюды және кезек бұзылса, мұрапқа жүгінуді ұсынды. "
NOTES = (
    "ours: words of the form, hyphens, fonts checked, page numbers, watermark, signatures kept with their text.",
    "other: the same paragraphs, words and styles already at hand, built by SimpleDocTemplate.",
    "Preview: the sheet read, laid out, the words of all pages for screen readers, the picture of the first page.",
)


def minutes_sheet(ctx: AppContext) -> Sheet:
    """Return the sheet of a sitting whose minutes fill ten pages."""
    sheet = new_sheet(ctx, Catalog.load("kk")).sheet
    for number in range(ITEMS):
        item = sheet.meeting.add(Part("agenda_item", {"title": f"Мәселе {number + 1} туралы", "heard": HEARD * 3}))
        for speech in range(SPEECHES):
            values: dict[str, Any] = {"words": f"Тұрғын {speech + 1}", "text": SAID * 3, "speech_kind": "spoke"}
            item.add(Part("speech", values))
        item.add(Part("decision", {"text": SAID, "votes_for": "9", "votes_against": "0", "votes_abstained": "1"}))
    return sheet


def recorded(data: MinutesData) -> list[tuple[str, ParagraphStyle]]:
    """Return text and style of every paragraph that the minutes are made of."""
    found: list[tuple[str, ParagraphStyle]] = []
    made = Paragraph.__init__

    def noting(self: Paragraph, text: Any, style: Any = None, *more: Any, **settings: Any) -> None:
        if isinstance(text, str) and text:
            found.append((text, style))
        made(self, text, style, *more, **settings)

    Paragraph.__init__ = noting  # type: ignore[method-assign]
    try:
        minutes_pdf(data, ("kk",))
    finally:
        Paragraph.__init__ = made  # type: ignore[method-assign]
    return found


def bare(content: list[tuple[str, ParagraphStyle]]) -> bytes:
    """Build the paragraphs as reportlab does it without us."""
    buffer = BytesIO()
    margins: dict[str, Any] = {
        "leftMargin": 25 * mm,
        "rightMargin": 15 * mm,
        "topMargin": 20 * mm,
        "bottomMargin": 20 * mm,
    }
    document = SimpleDocTemplate(buffer, pagesize=A4, **margins)
    document.build([Paragraph(text, style) for text, style in content])
    return buffer.getvalue()


def preview(ctx: AppContext, sheet: Sheet) -> None:
    """Do what follows a pause in typing: copy the sheet, read, lay out, draw the first page."""
    data = preview_minutes(ctx, sheet.copy())
    assert data is not None
    printed = documents.lay_out(data, documents.Order("kk"), ctx)
    documents.page_texts(printed)
    documents.page_picture(printed, 0, 700)


def measure(ctx: AppContext, rounds: int) -> list[Ratio]:
    """Compare both with the bare build."""
    sheet = minutes_sheet(ctx)
    data = preview_minutes(ctx, sheet)
    assert data is not None
    content = recorded(data)
    count = pages.count(minutes_pdf(data, ("kk",)))

    def pair(name: str, ours: Any, target: float) -> Ratio:
        return side_by_side(name, lambda _: seconds(ours), lambda _: seconds(lambda: bare(content)), rounds, target)

    return [
        pair(f"minutes of {count} pages", lambda: minutes_pdf(data, ("kk",)), 1.5),
        pair("preview after a pause", lambda: preview(ctx, sheet), 2.0),
    ]


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__ or "").parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ctx = create_practice(Path(folder), "kk", program="command", clock=clock(), params=FLOOR)[0].ctx
        if options.profile:
            sheet = minutes_sheet(ctx)
            profiled(lambda: deque(map(preview, [ctx] * 5, [sheet] * 5), maxlen=0))
        else:
            show("Paper", measure(ctx, max(options.rounds, FEWEST_ROUNDS)), NOTES)
        ctx.vault.close()


if __name__ == "__main__":
    main()
