"""The bodies a person works for, at the first start: usual ones by one click, each with its names and place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ethnomed_desktop.domain.fieldtypes import Value
from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.fields import FieldNeeds, make_field
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.form_grid import FormGrid
from ethnomed_desktop.ui.kit.reference_field import ReferenceField
from ethnomed_desktop.ui.kit.scale import spaced

Patterns = Callable[[str, Callable[[Mapping[str, Value]], None]], None]
"""Ask what a kind of body is usually called; the answer comes on the window's thread."""

BODY_FIELDS = ("body_kind", "place", "name_kk", "name_ru", "name_en")
NAMES = ("name_kk", "name_ru", "name_en")
USUAL = (
    "council_of_elders",
    "council_of_mothers",
    "ethnomediation_council",
    "house_of_friendship",
    "mediation_room",
    "public_council",
)
"""Kinds offered by a button, in the order people look for them; any other kind is chosen in the form."""


class BodyForm(Card):
    """One body. ``removed`` when the person takes it away again; ``entered(box)`` on Enter in an input."""

    removed = Signal()
    entered = Signal(object)

    def __init__(self, needs: FieldNeeds, patterns: Patterns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patterns = patterns
        self._filled: dict[str, Value] = {}
        self.boxes = {name: make_field(KINDS["organisation"].field(name), needs, self) for name in BODY_FIELDS}
        place = self.boxes["place"]
        assert isinstance(place, ReferenceField)
        place.allow_new(False)
        self.remove = PushButton(self)
        self.remove.setObjectName("remove_body")
        self.column.addWidget(FormGrid(list(self.boxes.values()), self))
        self.column.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.remove.clicked.connect(self.removed)
        for box in self.boxes.values():
            box.entered.connect(lambda _name, box=box: self.entered.emit(box))
        self.boxes["body_kind"].edited.connect(lambda _name: self.fill_in())
        self.boxes["name_kk"].edited.connect(lambda _name: self.retranslate())
        self.retranslate()

    def begin(self, kind: str, place: Value) -> None:
        """Fill in the kind with its usual names, and the place of the body before."""
        self.boxes["place"].set_value(place)
        if kind:
            self.boxes["body_kind"].set_value(kind)
            self.fill_in()

    def fill_in(self) -> None:
        """Fill in the usual names of such a body; names the person wrote are left alone."""
        kind = self.boxes["body_kind"].draft()
        if isinstance(kind, str) and kind:
            self._patterns(kind, self._on_pattern)

    def values(self) -> dict[str, Value]:
        """Return the fields that are set; raises `UserError` as the boxes do."""
        found = {name: box.value() for name, box in self.boxes.items()}
        return {name: value for name, value in found.items() if value is not None}

    def retranslate(self) -> None:
        language = current().language
        name = self.boxes[f"name_{language}"].draft() if f"name_{language}" in self.boxes else None
        self.set_heading(str(name or self.boxes["name_kk"].draft() or _("Body")))
        self.remove.setText(_("Take this body away"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "remove"):
            self.retranslate()
        super().changeEvent(event)

    def _on_pattern(self, values: Mapping[str, Value]) -> None:
        for name in NAMES:
            box = self.boxes[name]
            if box.draft() in (None, self._filled.get(name)):
                box.set_value(values.get(name))
        self._filled = {name: values.get(name) for name in NAMES}
        self.retranslate()


class BodiesCard(Card):
    """Buttons for the usual bodies, and a form for each one chosen. ``entered(box)`` as of the forms."""

    entered = Signal(object)

    def __init__(self, needs: FieldNeeds, patterns: Patterns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs = needs
        self._patterns = patterns
        self.forms: list[BodyForm] = []
        self.explain = QLabel(self)
        self.explain.setWordWrap(True)
        self.explain.setProperty("role", "secondary")
        self.buttons = {kind: PushButton(self) for kind in (*USUAL, "")}
        self.around = QWidget(self)
        row = FlowLayout(self.around)
        spaced(row, 2)
        for kind, button in self.buttons.items():
            button.setObjectName(f"add_body_{kind or 'other'}")
            button.clicked.connect(lambda _checked=False, one=kind: self.add(one))
            row.addWidget(button)
        self.column.addWidget(self.explain)
        self.column.addWidget(self.around)
        self.retranslate()

    def begin(self) -> None:
        """Put the focus on the first of the usual bodies."""
        self.buttons[USUAL[0]].setFocus(Qt.FocusReason.TabFocusReason)

    def add(self, kind: str) -> BodyForm:
        """Add a body of a kind (empty: one that is chosen in the form) where the last one is."""
        form = BodyForm(self._needs, self._patterns, self)
        place = self.forms[-1].boxes["place"].draft() if self.forms else None
        form.removed.connect(lambda: self._remove(form))
        form.entered.connect(self.entered)
        self.forms.append(form)
        self.column.addWidget(form)
        form.begin(kind, place)
        form.show()
        wanted = "body_kind" if not kind else "place" if place is None else "name_kk"
        form.boxes[wanted].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return form

    def fields(self) -> dict[str, FieldBox]:
        """Return the inputs of all bodies; from the second body on the names carry its number."""
        return {
            name if not number else f"{name}.{number + 1}": box
            for number, form in enumerate(self.forms)
            for name, box in form.boxes.items()
        }

    def values(self) -> list[dict[str, Any]]:
        """Return the bodies as `app.vault.create_council` takes them."""
        return [dict(form.values()) for form in self.forms]

    def retranslate(self) -> None:
        self.set_heading(_("Which bodies do you work for?"))
        self.explain.setText(_("Press each one whose papers you keep. Their names can be changed, now or later."))
        for kind, button in self.buttons.items():
            words = code_label("body_kind", kind, current()) if kind else _("Another body")
            button.setText(f"+ {words}".replace("&", "&&"))
            button.setAccessibleName(_("Add: {name}").format(name=words))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "buttons"):
            self.retranslate()
        super().changeEvent(event)

    def _remove(self, form: BodyForm) -> None:
        self.forms.remove(form)
        self.column.removeWidget(form)
        form.hide()
        form.deleteLater()
