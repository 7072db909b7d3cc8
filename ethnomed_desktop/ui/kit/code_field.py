"""One entry of a code list, found by typing in any of the three languages."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ethnomed_desktop.domain import own_codes
from ethnomed_desktop.domain.codes import CODE_LISTS
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.fieldtypes import Code, Value
from ethnomed_desktop.domain.folding import fold
from ethnomed_desktop.domain.registry import Field
from ethnomed_desktop.i18n.catalogs import LANGUAGES, Catalog
from ethnomed_desktop.i18n.current import current
from ethnomed_desktop.i18n.labels import code_label, code_labels
from ethnomed_desktop.ui.kit.chooser import Choice, Chooser
from ethnomed_desktop.ui.kit.field_box import FieldBox


def matching_codes(list_name: str, text: str) -> list[Choice]:
    """Return entries whose words hold ``text`` in Kazakh, Russian or English, or whose code begins so.

    Shown in the interface language: the one that is called so first, then those whose words begin so. Severity
    and stage are numbers people know, so lists with one-digit codes show the number too.
    """
    wanted = fold(text.strip())
    spoken = {language: Catalog.load(language) for language in LANGUAGES}
    called: list[Choice] = []
    first: list[Choice] = []
    others: list[Choice] = []
    for code, label in code_labels(list_name, current()):
        title = numbered(list_name, code, label)
        words = [fold(code_label(list_name, code, spoken[language])) for language in LANGUAGES]
        if wanted in words:
            called.append(Choice(code, title))
        elif not wanted or any(word.startswith(wanted) for word in words) or code.startswith(wanted):
            first.append(Choice(code, title))
        elif any(wanted in word for word in [*words, fold(title)]):
            others.append(Choice(code, title))
    return called + first + others


def numbered(list_name: str, code: str, label: str) -> str:
    """Return the label with its number where the codes are a scale (``3 – …``)."""
    scale = all(len(entry) == 1 and entry.isdigit() for entry, _label in CODE_LISTS[list_name].entries)
    return f"{code} – {label}" if scale else label


class CodeField(FieldBox):
    """A chooser over a code list; its value is the code."""

    letters = True

    def __init__(self, field: Field, parent: QWidget | None = None, *, required: bool | None = None) -> None:
        super().__init__(field, parent, required=required)
        assert isinstance(field.type, Code)
        self._list = field.type.list_name
        self._given = ""
        self.chooser = Chooser(self)
        self.chooser.typed.connect(self._offer)
        self.chooser.asked.connect(self._offer)
        self.chooser.picked.connect(self._on_edited)
        self._adopt(self.chooser.line, self.chooser)

    def draft(self) -> Value:
        return self.chooser.key() or self.chooser.text() or None

    def set_value(self, value: Value) -> None:
        code = "" if value is None else str(value)
        self._given = ""
        if code in CODE_LISTS[self._list].by_code or own_codes.knows(self._list, code):
            label = code_label(self._list, code, current())
            self.chooser.choose(Choice(code, numbered(self._list, code, label)))
        else:
            self._given = code
            self.chooser.write(code)

    def value(self) -> Value:
        """Return the code; one that only a newer program knows stays as it came."""
        if self._given and self.chooser.text() == self._given and not self.chooser.key():
            return self._given
        return super().value()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "chooser") and self.chooser.key():
            self.set_value(self.chooser.key())

    def _before_enter(self) -> None:
        self.chooser.take_current()

    def _read(self) -> object:
        if self.chooser.text() and not self.chooser.key():
            raise UserError("code.unknown", field=self.name, value=self.chooser.text()[:40], list=self._list)
        return self.chooser.key()

    def _offer(self, text: str) -> None:
        self.chooser.offer(matching_codes(self._list, text))
