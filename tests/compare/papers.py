"""Ten pages of minutes in Kazakh and Russian on paper: ours, WeasyPrint and Typst, and what is read back of each.

And the same minutes for Word, opened and printed by LibreOffice: nothing of the text may be missing there.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from ethnomed_desktop import paths
from ethnomed_desktop.app.meeting_sheets import new_sheet, preview_minutes
from ethnomed_desktop.app.practice import create_practice
from ethnomed_desktop.documents.minutes import minutes_docx, minutes_pdf
from ethnomed_desktop.documents.minutes_data import MinutesData
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.meeting_sheets import Part
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.kdf import FLOOR

from .programs import Cost, NotHereError, cost_of_program, cost_of_work, require, table

ITEMS, SPEECHES = 10, 4
LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
HEARD = (
    "Баяндамашы жаз бойы су кезегіне байланысты үш рет дау туындағанын, тараптардың тең құқылығы сақталатын кесте "
    "қажет екенін айтты. Һәм жиһаз туралы да сөз болды. "
)
SAID = "ӘҒҚҢӨҰҮҺІ: кестені ауыл тұрғындары жиналатын жерге іліп қоюды ұсынды. Предложил вывесить график у мечети. "
Values = dict[str, Value]
_WORD = re.compile(r"\w+")


def _data(folder: Path) -> MinutesData:
    clock = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
    ctx = create_practice(folder, "kk", program="command", clock=clock, params=FLOOR)[0].ctx
    sheet = new_sheet(ctx, Catalog.load("kk")).sheet
    for number in range(ITEMS):
        item = sheet.meeting.add(Part("agenda_item", {"title": f"Мәселе {number + 1} туралы", "heard": HEARD * 3}))
        for speech in range(SPEECHES):
            spoken: Values = {"words": f"Тұрғын {speech + 1}", "text": SAID * 3, "speech_kind": "spoke"}
            item.add(Part("speech", spoken))
        votes: Values = {"votes_for": "9", "votes_against": "0", "votes_abstained": "1"}
        item.add(Part("decision", {"text": SAID, **votes}))
    data = preview_minutes(ctx, sheet)
    assert data is not None
    ctx.vault.close()
    return data


def _read(pdf: Path) -> str:
    said = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(said, check=True, capture_output=True, text=True).stdout


def _words(text: str) -> Counter[str]:
    """Count the words; divided ones at line ends are joined."""
    return Counter(_WORD.findall(re.sub(r"[-\u00ad\u2010]\s*\n\s*", "", text)))


def _paragraphs(word_file: Path) -> list[str]:
    """Return the paragraphs of our Word file in order, tables cell by cell."""
    body = Document(str(word_file)).element.body
    texts = ("".join(part.text or "" for part in one.iter(qn("w:t"))) for one in body.iter(qn("w:p")))
    return [text for text in texts if text.strip()]


def weasyprint(folder: Path, texts: Sequence[str]) -> tuple[str, Cost, Path]:
    """Lay the same words out as HTML with our fonts."""
    version = require("weasyprint", "weasyprint")
    fonts = paths.resource("fonts").as_uri()
    style = (
        f"@font-face {{ font-family: T; src: url({fonts}/Tinos-Regular.ttf) }} "
        "@page { size: A4; margin: 20mm 15mm 20mm 25mm } body { font: 14pt T; text-align: justify; hyphens: auto }"
    )
    page, made = folder / "minutes.html", folder / "weasyprint.pdf"
    body = "".join(f"<p>{escape(line)}</p>" for line in texts)
    page.write_text(f"<html lang=kk><meta charset=utf-8><style>{style}</style>{body}</html>", encoding="utf-8")
    return version, cost_of_program(["weasyprint", page, made]), made


def typst(folder: Path, texts: Sequence[str]) -> tuple[str, Cost, Path]:
    """Lay the same words out by Typst with our fonts."""
    if importlib.util.find_spec("typst") is None:
        raise NotHereError("typst is not installed here (pip install typst)")
    source, made = folder / "minutes.typ", folder / "typst.pdf"
    head = '#set page(paper: "a4", margin: (left: 25mm, right: 15mm, y: 20mm))\n'
    head += '#set text(font: "Tinos", size: 14pt, lang: "kk")\n'
    head += "#set par(justify: true, spacing: 0.65em)\n"
    body = "\n\n".join(re.sub(r"([#$*_`@<>\\\[\]=+/-])", r"\\\1", line) for line in texts)
    source.write_text(head + body, encoding="utf-8")
    work = f"import typst; typst.compile({str(source)!r}, output={str(made)!r}, font_paths=[{_fonts()!r}])"
    return "Typst", cost_of_program([sys.executable, "-c", work]), made


def _fonts() -> str:
    return str(paths.resource("fonts"))


def compare(folder: Path) -> None:
    """Lay out on all sides, read back, and print."""
    data = _data(folder / "council")
    own = folder / "ours.pdf"
    cost = cost_of_work(lambda: own.write_bytes(minutes_pdf(data, ("kk", "ru"))))
    word_file = folder / "minutes.docx"
    word_file.write_bytes(minutes_docx(data, ("kk", "ru")))
    texts = _paragraphs(word_file)
    made: list[tuple[str, Cost, Path]] = [("ours", cost, own)]
    notes = []
    for way in (weasyprint, typst):
        try:
            made.append(way(folder, texts))
        except NotHereError as error:
            notes.append(f"not compared: {error}")
    rows = []
    for name, taken, pdf in made:
        read = _read(pdf)
        letters = all(letter in read for letter in LETTERS)
        pages = read.count("\f")
        rows.append((name, pages, "all" if letters else "SOME ARE MISSING", taken))
    notes += [
        "ours: from the records: words of the form in two languages, hyphens, page numbers, signatures, watermark.",
        "others: the same words as plain paragraphs; starting the program counts for them, not for us.",
    ]
    table("Paper: minutes in two languages", ("", "pages", "Kazakh letters read back", "cost"), rows, notes)
    _word(folder, word_file)


def _word(folder: Path, word_file: Path) -> None:
    """Let LibreOffice print our Word file and look for every word of it in its pages."""
    title = "Minutes for Word, printed by LibreOffice"
    try:
        require("soffice", "libreoffice-writer-nogui")
    except NotHereError as error:
        table(title, ("",), [], [f"not compared: {error}"])
        return
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    said: list[str | Path] = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder / "out",
        word_file,
    ]
    cost = cost_of_program(said)
    read, ours = _words(_read(folder / "out" / "minutes.pdf")), _words("\n".join(_paragraphs(word_file)))
    table(title, ("", "words", "not found", "cost"), [("", sum(ours.values()), sum((ours - read).values()), cost)])
