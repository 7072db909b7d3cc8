"""Which input belongs to which type of field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain.fieldtypes import (
    Code,
    Codes,
    Day,
    Flag,
    LongText,
    Moment,
    Phones,
    Ref,
    Refs,
    Tags,
    Text,
    When,
)
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.ui.kit.code_field import CodeField
from ethnomed_desktop.ui.kit.codes_field import CodesField
from ethnomed_desktop.ui.kit.date_field import DateField, system_today
from ethnomed_desktop.ui.kit.digit_field import DigitField
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.flag_field import FlagField
from ethnomed_desktop.ui.kit.long_text_field import LongTextField
from ethnomed_desktop.ui.kit.reference_field import ReferenceField, ReferenceSource
from ethnomed_desktop.ui.kit.references_field import ReferencesField
from ethnomed_desktop.ui.kit.text_field import TextField
from ethnomed_desktop.ui.kit.words_field import WordsField
from ethnomed_desktop.ui.tasks import Tasks


@dataclass(frozen=True)
class FieldNeeds:
    """What inputs need from outside: lanes, a source of references, today (for «кеше»)."""

    tasks: Tasks
    references: ReferenceSource
    today: Callable[[], date] = system_today


def make_field(
    field: Field, needs: FieldNeeds, parent: QWidget | None = None, *, required: bool | None = None
) -> FieldBox:
    """Return the input for a registry field; ``required`` overrides the registry (a form may ask for more)."""
    kind = field.type
    if isinstance(kind, Refs):
        return ReferencesField(field, needs.references, needs.tasks, parent, required=required)
    if isinstance(kind, Ref):
        return ReferenceField(field, needs.references, needs.tasks, parent, required=required)
    if isinstance(kind, (Day, When, Moment)):
        return DateField(field, parent, required=required, today=needs.today)
    if isinstance(kind, LongText):
        return LongTextField(field, parent, required=required)
    if isinstance(kind, Text):
        return TextField(field, parent, required=required)
    if isinstance(kind, Code):
        return CodeField(field, parent, required=required)
    if isinstance(kind, Codes):
        return CodesField(field, parent, required=required)
    if isinstance(kind, Flag):
        return FlagField(field, parent, required=required)
    if isinstance(kind, (Tags, Phones)):
        return WordsField(field, parent, required=required)
    return DigitField(field, parent, required=required)
