"""Papers that are printed for no single record: forms for notes by hand, registers, the sheet for telephones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ethnomed_desktop.app import documents, registers
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.documents import Order, Printed, dated
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.progress import Progress, no_progress
from ethnomed_desktop.domain.rights import Act

LANGUAGES = ("kk", "ru", "en", "kk+ru")


@dataclass(frozen=True)
class LoosePaper:
    """One of them: its key, title, and whether it is a register, of a year and for spreadsheets too."""

    key: str
    title: str
    is_register: bool = False
    form: str = "full"


PAPERS: tuple[LoosePaper, ...] = (
    LoosePaper("incident-form", N_("Blank form: incident by telephone")),
    LoosePaper("meeting-form", N_("Blank form: sitting")),
    LoosePaper("consent-form", N_("Blank form: consent")),
    *(LoosePaper(name, one.title, is_register=True) for name, one in registers.REGISTERS.items()),
    LoosePaper("phone-sheet", N_("Sheet for telephones: passing a file on")),
    LoosePaper("phone-sheet", N_("Sheet for telephones: four cards to cut"), form="short"),
)


def gather(ctx: AppContext, paper: LoosePaper, language: str, year: str) -> tuple[Any, Order]:
    """Read what the paper prints, and the order that `make` wants. On the read lane."""
    ctx.require(Act.PRINT)
    order = dated(ctx, Order(language, paper.form))
    if paper.is_register:
        return registers.gather(ctx, paper.key, order.languages, year), order
    return documents.gather(ctx, paper.key, None), order


def make(paper: LoosePaper, data: Any, order: Order, progress: Progress = no_progress) -> Printed:
    """Make the PDF; any thread, touches no store."""
    maker: Callable[[Any, Order, Progress], Printed] = registers.make
    return maker(data, order, progress) if paper.is_register else documents.make(paper.key, data, order, progress)


def save(ctx: AppContext, paper: LoosePaper, order: Order, printed: Printed, target: Path) -> None:
    """Write the very paper that was looked at into a file that anyone can read, and note it. On the write lane."""
    from ethnomed_desktop.documents import pdf

    ctx.require(Act.PRINT)
    pdf.write(printed.pdf, target)
    note(ctx, paper, order, printed, "file")


def note(ctx: AppContext, paper: LoosePaper, order: Order, printed: Printed, where: str) -> None:
    """Note in the audit trail that the paper left the protection. On the write lane."""
    name = f"register-{paper.key}" if paper.is_register else paper.key
    documents.note_printing(ctx, None, order, printed, where, name)
