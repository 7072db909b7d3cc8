"""Finding what was written with Kazakh letters by what people type: our search, Recoll and KeePassXC.

Each pair is a text that stands in a record and what somebody types who looks for it: without the Kazakh letters, in
Latin letters of a passport, with the keyboard in the wrong layout, ы for і, a beginning, another ending.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from ethnomed_desktop.app.practice import create_practice
from ethnomed_desktop.app.search import search
from ethnomed_desktop.domain.changes import Action
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.store.kdf import FLOOR
from ethnomed_desktop.store.store import Written

from .programs import NotHereError, require, table

PASSWORD = "correct horse battery"
PAIRS = (
    # without the letters that a Russian layout lacks
    *(("Құлсары", "Кулсары"), ("Қордай", "Кордай"), ("Жаңаөзен", "Жанаозен"), ("Ұлытау", "Улытау")),
    *(
        ("Өскемен", "Оскемен"),
        ("Үшарал", "Ушарал"),
        ("Әйтеке би", "Айтеке би"),
        ("Шығыс Қазақстан", "Шыгыс Казакстан"),
    ),
    *(("Нұрғиса", "Нургиса"), ("Әлімжан", "Алимжан"), ("Гүлнәр", "Гульнар"), ("Қаһарман", "Кахарман")),
    *(("Бөгенбай", "Богенбай"), ("Тәттімбет", "Таттимбет"), ("Мұрағат", "Мурагат")),
    # ы and и for і
    *(("Бірлік", "Бырлык"), ("Кісі", "Кысы"), ("Тілек", "Тилек"), ("Дәстүрлі", "Дастурли")),
    # Latin letters of passports and of the alphabet of 2021
    *(("Масанчи", "Masanchi"), ("Қордай", "Qorday"), ("Шымкент", "Shymkent"), ("Жамбыл", "Zhambyl")),
    *(("Қызылорда", "Qyzylorda"), ("Түркістан", "Türkıstan"), ("Хасанов", "Khasanov"), ("Ғани", "Ghani")),
    # the keyboard in the wrong layout
    *(("мектеп", "vtrntg"), ("базар", ",fpfh"), ("кордон", "rjhljy"), ("жайылым", ";fqsksv"), ("суд", "cel")),
    # Kazakh letters typed on the row of digits
    ("әкім", "2r3v"),
    # a beginning, and other endings
    *(("жайылымдағы", "жайылым"), ("ақсақалдардың", "ақсақал"), ("көшелері", "көше"), ("ауылдың", "ауылы")),
    *(("мектептің", "мектебі"), ("келісімге", "келісімі"), ("соседями", "сосед"), ("улицы", "улица")),
    *(("пастбища", "пастбище"), ("границей", "граница"), ("молодёжи", "молодежь"), ("ёлка", "елка")),
    # letters of other kinds, signs
    *(
        ("№ 12-көше", "12-көше"),
        ("Абай–Құнанбай", "кунанбай"),
        ("«Достық» үйі", "достык"),
        ("ТЕМІРТАУ", "теміртау"),
    ),
    *(("Ыбырай", "ыбырай"), ("Ибраһим", "ибрахим")),
)
FILL = "Тараптар бұрын да отырған. Стороны уже встречались."

Finder = Callable[[str], set[int]]


def ours(folder: Path) -> Finder:
    """Put the texts into a council's encrypted store."""
    clock = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
    ctx = create_practice(folder, "kk", program="command", clock=clock, params=FLOOR)[0].ctx
    uids: dict[bytes, int] = {}
    with ctx.unit_of_work(Action.RECORD, Written()) as work:
        for number, (text, _) in enumerate(PAIRS):
            made = work.create(KINDS["incident"], {"settlement": "Үлгі", "what_happened": f"{FILL} {text}. {FILL}"})
            uids[bytes(made)] = number

    def find(typed: str) -> set[int]:
        hits = search(ctx, typed, Catalog.load("kk"), limit=200)
        return {uids[hit.uid] for hit in hits if hit.uid in uids}

    return find


def recoll(folder: Path) -> Finder:
    """Put the texts into files and let Recoll index them, with folding of case and accents as it comes."""
    require("recollindex", "recollcmd")
    texts, settings = folder / "texts", folder / "recoll"
    texts.mkdir()
    settings.mkdir()
    for number, (text, _) in enumerate(PAIRS):
        (texts / f"{number:03}.txt").write_text(f"{FILL} {text}. {FILL}\n", encoding="utf-8")
    (settings / "recoll.conf").write_text(
        f"topdirs = {texts}\nindexstemminglanguages = russian\n", encoding="utf-8"
    )
    subprocess.run(["recollindex", "-c", str(settings)], check=True, capture_output=True)

    def find(typed: str) -> set[int]:
        said = ["recollq", "-c", str(settings), "-b", "-a", "-n", "200", typed]
        told = subprocess.run(said, check=False, capture_output=True, text=True).stdout
        return {int(Path(line.strip()).stem) for line in told.splitlines() if line.strip().endswith(".txt")}

    return find


def keepassxc(folder: Path) -> Finder:
    """Put the texts into the notes of a KeePassXC database."""
    require("keepassxc-cli", "keepassxc")
    base, xml = folder / "base.kdbx", folder / "base.xml"
    entries = "".join(
        f"<Entry><String><Key>Title</Key><Value>e{number:03}</Value></String>"
        f"<String><Key>Notes</Key><Value>{FILL} {text}. {FILL}</Value></String></Entry>"
        for number, (text, _) in enumerate(PAIRS)
    )
    xml.write_text(
        f"<?xml version='1.0' encoding='UTF-8'?><KeePassFile><Meta/><Root><Group><Name>Root</Name>{entries}"
        "</Group></Root></KeePassFile>",
        encoding="utf-8",
    )
    said = ["keepassxc-cli", "import", "-q", "-p", "-t", "100", str(xml), str(base)]
    subprocess.run(said, input=f"{PASSWORD}\n{PASSWORD}\n", text=True, check=True, capture_output=True)

    def find(typed: str) -> set[int]:
        asked = ["keepassxc-cli", "search", "-q", str(base), f"notes:{typed}"]
        told = subprocess.run(asked, input=f"{PASSWORD}\n", text=True, check=False, capture_output=True).stdout
        return {int(line.strip()[-3:]) for line in told.splitlines() if line.strip()[-3:].isdigit()}

    return find


def compare(folder: Path) -> None:
    """Ask everybody for every pair, and print how many found the text, and how many other texts came with it."""
    rows: list[tuple[str, str, str]] = []
    notes: list[str] = []
    for name, make in (("ours", ours), ("Recoll", recoll), ("KeePassXC", keepassxc)):
        place = folder / name
        place.mkdir()
        try:
            find = make(place)
        except NotHereError as error:
            notes.append(f"not compared: {error}")
            continue
        answers = [find(typed) for _, typed in PAIRS]
        right = [number in answer for number, answer in enumerate(answers)]
        others = sum(len(answer - {number}) for number, answer in enumerate(answers))
        rows.append((name, f"{sum(right)} of {len(PAIRS)}", f"{others / len(PAIRS):.1f}"))
        if name == "ours":
            missed = [f"{text} ← {typed}" for (text, typed), found in zip(PAIRS, right, strict=True) if not found]
            notes.append(f"not found by ours: {'; '.join(missed) or 'none'}")
    table("Spellings: a text found by what people type", ("", "found", "others with it"), rows, notes)
