"""The steps of the first start. Each keeps what was typed while one goes back and forth; none makes anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from ethnomed_desktop.domain.kinds import KINDS
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.ui.kit.appearance import TEXT_SIZES, appearance
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.error_summary import FieldProblem
from ethnomed_desktop.ui.kit.field_box import FieldBox
from ethnomed_desktop.ui.kit.fields import FieldNeeds, make_field
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.form_grid import FormGrid
from ethnomed_desktop.ui.kit.language_buttons import NAMES
from ethnomed_desktop.ui.kit.scale import spaced
from ethnomed_desktop.ui.vault.choices import Choices
from ethnomed_desktop.ui.vault.passphrase_card import PassphraseCard
from ethnomed_desktop.ui.vault.seed_places import SeedPlaces
from ethnomed_desktop.ui.vault.wizard_bodies import BodiesCard, Patterns

USER_FIELDS = ("name", "role")


class Step(QWidget):
    """One page of the wizard: ``fields`` are reached from the summary of errors, by name.

    ``entered(box)`` on Enter in one of them.
    """

    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        spaced(self.column, 4)

    def title(self) -> str:
        """Return what the step is about, in the interface language."""
        raise AssertionError(f"{type(self).__name__} lacks title()")

    def problems(self) -> list[FieldProblem]:
        """Say in words what is wrong here, at the fields too."""
        return []

    def fields(self) -> dict[str, FieldBox]:
        """Return the inputs by name."""
        return {}

    def begin(self) -> None:
        """Put the focus into the first input."""
        boxes = list(self.fields().values())
        if boxes:
            boxes[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Say the words again after a change of language."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "ready"):
            self.retranslate()
        super().changeEvent(event)

    def _ready(self) -> None:
        self.ready = True
        self.column.addStretch(1)
        self.retranslate()


class LookStep(Step):
    """Language and text size, in force at once. ``act_requested`` as of the hub (``language:kk``, ``text:150``)."""

    act_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = Card(self)
        self.languages, self.sizes = Choices("first_language", self.card), Choices("first_size", self.card)
        self.practice_words = QLabel(self)
        self.practice_words.setWordWrap(True)
        self.practice_words.setProperty("role", "secondary")
        self.card.column.addWidget(self.languages)
        self.card.column.addWidget(self.sizes)
        self.column.addWidget(self.card)
        self.column.addWidget(self.practice_words)
        self.languages.chosen.connect(lambda key: self.act_requested.emit(f"language:{key}"))
        self.sizes.chosen.connect(lambda key: self.act_requested.emit(f"text:{key}"))
        appearance().changed.connect(self._show_standing)
        self._ready()

    def title(self) -> str:
        return _("Language and text size")

    def begin(self) -> None:
        self.languages.buttons[current().language].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.languages.show_choices(
            _("Language of the program"), [(code, names[1]) for code, names in NAMES.items()]
        )
        self.sizes.show_choices(_("Text size"), [(str(size), f"{size} %") for size in TEXT_SIZES])
        self.practice_words.setText(
            _(
                "To look around first, try with invented data: a practice council is made in one step. "
                "With a backup of another computer, choose “Restore from a backup” above."
            )
        )
        self._show_standing()

    def _show_standing(self) -> None:
        self.languages.choose(current().language)
        self.sizes.choose(str(appearance().text_size))


class WhoStep(Step):
    """The person, and the bodies worked for: one or several."""

    def __init__(self, needs: FieldNeeds, patterns: Patterns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.user = {name: make_field(KINDS["user"].field(name), needs, self) for name in USER_FIELDS}
        self.user["role"].set_value("secretary")
        self.you = Card(self)
        self.you.column.addWidget(FormGrid(list(self.user.values()), self.you))
        self.bodies = BodiesCard(needs, patterns, self)
        self.column.addWidget(self.you)
        self.column.addWidget(self.bodies)
        for box in self.user.values():
            box.entered.connect(lambda _name, box=box: self.entered.emit(box))
        self.bodies.entered.connect(self.entered)
        self._ready()

    def title(self) -> str:
        return _("Who you are and which bodies you work for")

    def fields(self) -> dict[str, FieldBox]:
        return {**self.user, **self.bodies.fields()}

    def problems(self) -> list[FieldProblem]:
        wrong = []
        for name, box in self.fields().items():
            text = box.problem()
            box.set_error(text)
            if text:
                wrong.append(FieldProblem(name, text))
        if not self.bodies.forms:
            wrong.append(FieldProblem("", _("Choose at least one body you work for.")))
        return wrong

    def retranslate(self) -> None:
        self.you.set_heading(_("Who are you?"))


class PasswordStep(Step):
    """The passphrase; the recovery sheet follows when the council is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = PassphraseCard(self)
        self.sheet = QLabel(self)
        self.sheet.setWordWrap(True)
        self.sheet.setProperty("role", "secondary")
        self.column.addWidget(self.secret)
        self.column.addWidget(self.sheet)
        for box in self.fields().values():
            box.entered.connect(lambda _name, box=box: self.entered.emit(box))
        self._ready()

    def title(self) -> str:
        return _("Password")

    def fields(self) -> dict[str, FieldBox]:
        return {box.name: box for box in (self.secret.first, self.secret.again)}

    def problems(self) -> list[FieldProblem]:
        return self.secret.problems()

    def retranslate(self) -> None:
        self.sheet.setText(
            _("At the end you get a recovery sheet to print: with its code the records open without the password.")
        )


class PlaceStep(Step):
    """Where backups are copied to, and what will be made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None
        self._summary: Sequence[str] = ()
        self.backups, self.made = Card(self), Card(self)
        self.explain, self.chosen, self.lines = QLabel(self), QLabel(self), QLabel(self)
        for label in (self.explain, self.chosen, self.lines):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.choose, self.only_here = PushButton(self), PushButton(self)
        self.choose.setObjectName("choose_backup_place")
        self.only_here.setObjectName("only_here")
        around = QWidget(self)
        row = FlowLayout(around)
        spaced(row, 2)
        row.addWidget(self.choose)
        row.addWidget(self.only_here)
        for widget in (self.explain, self.chosen, around):
            self.backups.column.addWidget(widget)
        self.made.column.addWidget(self.lines)
        self.column.addWidget(self.backups)
        self.column.addWidget(self.made)
        self.choose.clicked.connect(self._on_choose)
        self.only_here.clicked.connect(lambda: self.use_folder(None))
        self._ready()

    def title(self) -> str:
        return _("Backups")

    def begin(self) -> None:
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_folder(self, folder: Path | None) -> None:
        """Copy backups there; None: they stay on this computer only."""
        self.folder = folder
        self.retranslate()

    def show_summary(self, council: dict[str, Any]) -> None:
        """Tell what "Create" will make."""
        language = current().language
        names = [str(body.get(f"name_{language}") or body.get("name_kk") or "") for body in council["bodies"]]
        self._summary = (str(council["user"].get("name") or ""), *names)
        self.retranslate()

    def retranslate(self) -> None:
        self.backups.set_heading(_("Where are backups kept?"))
        self.explain.setText(
            _(
                "Once a day the program makes an encrypted backup on this computer by itself. Against fire and "
                "theft it can copy it to a stick or a folder as well; this can be chosen later too."
            )
        )
        here = _("Backups stay on this computer only.")
        self.chosen.setText(_("Copied to: {folder}").format(folder=self.folder) if self.folder else here)
        self.choose.setText(_("Choose a stick or a folder…"))
        self.only_here.setText(_("Only on this computer"))
        self.only_here.setVisible(self.folder is not None)
        self.made.set_heading(_("This will be made"))
        self.lines.setText("\n".join(self._summary))

    def _on_choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Choose a stick or a folder"), str(Path.home()))
        if folder:
            self.use_folder(Path(folder))


def needs_of(tasks: Any) -> FieldNeeds:
    """Return what the inputs need before there is a vault: places come from the seeds."""
    return FieldNeeds(tasks, SeedPlaces())
