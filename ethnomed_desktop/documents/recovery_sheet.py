"""The recovery sheet: one page that opens the vault when the passphrase is lost.

The only paper that must never be saved as a file: callers print it. The code is 160 bits in
Crockford's base 32, eight groups of four, with check characters; the picture holds the same code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from ethnomed_desktop.documents import blocks, fonts, pdf
from ethnomed_desktop.documents.theme import Theme
from ethnomed_desktop.i18n.catalogs import Catalog
from ethnomed_desktop.i18n.formatting import long_date

GROUPS, GROUP_LENGTH = 8, 4
_DEFAULT = Theme(size=12, page_numbers="foot")
_QR_SIDE = 45 * mm


@dataclass(frozen=True)
class RecoverySheet:
    """What the sheet says; the code is kept out of every representation that a log could hold."""

    vault_name: str
    created: date
    groups: tuple[str, ...] = field(repr=False)
    check: str = field(repr=False)
    practice: bool = False

    def __post_init__(self) -> None:
        if len(self.groups) != GROUPS or any(len(group) != GROUP_LENGTH for group in self.groups):
            raise ValueError(f"a recovery code has {GROUPS} groups of {GROUP_LENGTH}")

    @classmethod
    def of_code(cls, vault_name: str, created: date, code: str, *, practice: bool = False) -> RecoverySheet:
        """Return the sheet for a code as the store gives it out: groups and check joined by hyphens."""
        *groups, check = code.split("-")
        return cls(vault_name, created, tuple(groups), check, practice)

    @property
    def code(self) -> str:
        """The code as it is typed and as the picture holds it: ``XXXX-XXXX-…-CC``."""
        return "-".join((*self.groups, self.check))


def recovery_pdf(data: RecoverySheet, catalog: Catalog, theme: Theme = _DEFAULT) -> bytes:
    """Return the sheet as PDF bytes, one page. Raises `UserError` ``document.missing_glyph``."""
    _ = catalog.gettext
    watermark = _("PRACTICE") if data.practice else ""
    story: list[Flowable] = [blocks.TextStart(_("Page {page} of {pages}"), watermark)]
    story += theme.text(_("RECOVERY SHEET"), "kind")
    story += theme.text(_("Data of: {name}").format(name=data.vault_name), "plain")
    created = long_date(data.created, catalog.language)
    story += theme.text(_("Created: {date}").format(date=created), "plain")
    story += theme.text(_("Recovery code"), "label")
    story += [_code_table(data, theme), Spacer(0, theme.size)]
    for sentence in _explanations(catalog):
        story += theme.text(sentence, "body", catalog.language)
    story += [Spacer(0, theme.size), filled_in_by_hand(catalog, theme)]
    return pdf.build(story, title=_("Recovery sheet"), language=catalog.language, theme=theme)


def _code_table(data: RecoverySheet, theme: Theme) -> Table:
    """Return the groups in two rows with the check characters, beside the picture."""
    style = theme.styles["code"]
    half = GROUPS // 2
    first, second = data.groups[:half], data.groups[half:]
    cells: list[list[Any]] = [
        [*(theme.cell(group, style.name) for group in first), ""],
        [*(theme.cell(group, style.name) for group in second), theme.cell(data.check, style.name)],
    ]
    widths = [25 * mm] * half + [18 * mm]
    grid = Table(cells, colWidths=widths, rowHeights=[16 * mm] * 2)
    grid.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (half - 1, 1), 0.5, colors.black),
                ("BOX", (half, 1), (half, 1), 0.5, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ]
        )
    )
    row: list[list[Any]] = [[grid, picture(data.code)]]
    return Table(row, colWidths=[theme.width - _QR_SIDE, _QR_SIDE], style=_beside())


def _beside() -> TableStyle:
    return TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
    )


def picture(code: str) -> Drawing:
    """Return the code as a QR picture, with error correction for a folded or stained sheet."""
    widget = QrCodeWidget(code, barLevel="Q")
    widget.barWidth = widget.barHeight = _QR_SIDE
    drawing = Drawing(_QR_SIDE, _QR_SIDE)
    drawing.add(widget)
    return drawing


def _explanations(catalog: Catalog) -> list[str]:
    _ = catalog.gettext
    return [
        _(
            "This code opens the data when the password is forgotten, on this computer or from a backup on "
            "another one. Whoever holds the sheet and the computer or a backup can read everything."
        ),
        _(
            "Keep the sheet in a safe or a locked cabinet, apart from the laptop and the backups. "
            "Do not photograph it, copy it or send it."
        ),
        _(
            "Without the password and without this sheet nobody can open the data, the makers of the "
            "program included."
        ),
        _("The code has the digits 0 to 9 and Latin letters without I, L, O and U."),
    ]


def filled_in_by_hand(catalog: Catalog, theme: Theme) -> Table:
    """Return the lines on which somebody signs for the sheet."""
    _ = catalog.gettext
    labels = [_("Received by (name, post)"), _("Signature"), _("Date"), _("Kept at")]
    rows = [[theme.cell(label, "plain"), ""] for label in labels]
    table = Table(rows, colWidths=theme.columns(2, 3), rowHeights=[12 * mm] * len(rows))
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LINEBELOW", (1, 0), (1, -1), 0.5, colors.black),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("FONTNAME", (0, 0), (-1, -1), fonts.SERIF),
            ]
        )
    )
    return table
