"""The section Users: the list, adding, another role, removing, a new key, and what roles may do."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QListWidget, QWidget

from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.users import UserView, add_user, change_key, change_role, list_users, remove_user
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.rights import ROLES, Act
from ethnomed_desktop.i18n.current import _, current
from ethnomed_desktop.i18n.labels import code_label
from ethnomed_desktop.ui.kit.ask import ask
from ethnomed_desktop.ui.kit.buttons import PushButton
from ethnomed_desktop.ui.kit.card import Card
from ethnomed_desktop.ui.kit.flow_layout import FlowLayout
from ethnomed_desktop.ui.kit.scale import at_least, spaced
from ethnomed_desktop.ui.kit.titled_page import ScrollPage
from ethnomed_desktop.ui.session import Session
from ethnomed_desktop.ui.vault.add_user_card import AddCard
from ethnomed_desktop.ui.vault.choices import Choices
from ethnomed_desktop.ui.vault.rights_card import RightsCard
from ethnomed_desktop.ui.vault.trustees_card import TrusteesCard


class UsersPage(ScrollPage):
    """``params`` are the key derivation parameters of a new user's password; left out, they are calibrated."""

    def __init__(self, session: Session, parent: QWidget | None = None, *, params: Any = None) -> None:
        super().__init__("users_page", N_("Users"), parent)
        self._session = session
        self.params = params
        self.users: list[UserView] = []
        self.reason, self.explain = QLabel(self), QLabel(self)
        self.here = Card(self)
        self.list = QListWidget(self.here)
        self.list.setObjectName("users_list")
        at_least(self.list, height=30)
        self.role = Choices("role", self.here)
        self.remove, self.new_key = PushButton(self.here), PushButton(self.here)
        self.remove.setObjectName("remove_user")
        self.new_key.setObjectName("change_key")
        self.adding = AddCard(self)
        self.trustees = TrusteesCard(session, self, params=params)
        self.rights = RightsCard(self)
        self._build()
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.role.chosen.connect(self._on_role)
        self.remove.clicked.connect(self._on_remove)
        self.new_key.clicked.connect(self._on_new_key)
        self.adding.add.clicked.connect(self._on_add)
        session.hub.published.connect(lambda changes, _origin: self.reload() if changes.touches("user") else None)
        self.retranslate()

    def _build(self) -> None:
        for label in (self.reason, self.explain):
            label.setWordWrap(True)
        buttons = QWidget(self.here)
        row = FlowLayout(buttons)
        spaced(row, 2)
        row.addWidget(self.remove)
        row.addWidget(self.new_key)
        for widget in (self.reason, self.list, self.role, self.explain, buttons):
            self.here.column.addWidget(widget)
        self.fill((self.title, self.messages, self.here, self.adding, self.trustees, self.rights))

    def open_record(self, uid: str) -> None:
        """Show the users: history leads here for a change of one."""
        place = next((at for at, one in enumerate(self.users) if one.uid.hex() == uid.replace("-", "")), 0)
        self.list.setCurrentRow(place)

    def reload(self) -> None:
        """Ask anew who the users are."""
        self._session.query(list_users, self._on_listed, owner=self)

    def retranslate(self) -> None:
        super().retranslate()
        self.here.set_heading(_("Who may come in"))
        self.list.setAccessibleName(_("Users"))
        words = current()
        self.role.show_choices(
            _("Role of the chosen user"), [(role, code_label("user_role", role, words)) for role in ROLES]
        )
        self.explain.setText(
            _(
                "Another role holds from the user's next coming in. Whoever left may have kept a copy of the key "
                "file; it opens copies of the data made until then. After removing a user give the data a new key: "
                "passwords and recovery sheets stay as they are."
            )
        )
        self.remove.setText(_("Remove the chosen user…"))
        self.new_key.setText(_("Give the data a new key…"))
        self._show_users()

    # -- what is shown --------------------------------------------------------

    def _on_listed(self, users: list[UserView]) -> None:
        self.users = users
        self._show_users()

    def _show_users(self) -> None:
        chosen = self.list.currentRow()
        self.list.clear()
        for one in self.users:
            role = code_label("user_role", one.role, current())
            self.list.addItem(
                _("{name} · {role} · {label} · {state}").format(
                    name=one.name, role=role, label=one.label, state=_state(one)
                )
            )
        self.list.setCurrentRow(min(max(chosen, 0), len(self.users) - 1))
        self._show_chosen()

    def _show_chosen(self) -> None:
        keeps = self._session.ctx.may(Act.USERS)
        role = code_label("user_role", self._session.ctx.rights.role, current())
        self.reason.setText(
            _("Your role: {role}. Choose a user to give another role or to remove.").format(role=role)
            if keeps
            else _("Your role: {role}. It does not keep the users, so this page can only be read.").format(
                role=role
            )
        )
        one = self._chosen()
        other = keeps and one is not None and one.active and not one.is_me
        self.role.setEnabled(other)
        self.remove.setEnabled(other)
        self.new_key.setEnabled(keeps)
        self.adding.setVisible(keeps)
        if one is not None:
            self.role.choose(one.role)

    def _chosen(self) -> UserView | None:
        row = self.list.currentRow()
        return self.users[row] if 0 <= row < len(self.users) else None

    # -- what is done ---------------------------------------------------------

    def _on_add(self) -> None:
        card = self.adding
        if card.problems():
            return
        name, label, role = str(card.name.draft()), card.label.draft(), card.chosen_role()
        secret, params = card.password.passphrase(), self.params
        card.add.setEnabled(False)
        self._session.command(
            lambda ctx: add_user(ctx, name, role, secret, label=str(label) if label else None, params=params),
            self._on_added,
            self.show_failure,
        )

    def _on_added(self, _uid: object) -> None:
        self.adding.add.setEnabled(True)
        self.adding.forget()
        self.messages.succeed(
            _(
                "The user was added and chooses the own name when the program is opened. The first thing to do "
                "then: change the password and print a recovery sheet in the settings."
            )
        )
        self.reload()

    def _on_role(self, role: str) -> None:
        one = self._chosen()
        if one is None or one.role == role:
            return
        words = _("Give “{name}” the role “{role}”?").format(
            name=one.name, role=code_label("user_role", role, current())
        )
        if ask(self, words, do=_("Change the role"), keep=_("Leave as it is"), danger=False):
            uid = one.uid
            self._session.command(lambda ctx: change_role(ctx, uid, role), self._on_changed, self.show_failure)
        else:
            self.role.choose(one.role)

    def _on_changed(self, _differs: object) -> None:
        self.messages.succeed(_("The role is changed."))
        self.reload()

    def _on_remove(self) -> None:
        one = self._chosen()
        if one is None:
            return
        words = _(
            "Remove “{name}”? The password and the recovery sheet open the records no more; what was written stays."
        )
        if ask(self, words.format(name=one.name), do=_("Remove"), keep=_("Keep")):
            uid = one.uid
            self._session.command(lambda ctx: remove_user(ctx, uid), self._on_removed, self.show_failure)

    def _on_removed(self, _nothing: object) -> None:
        self.messages.tell(
            "warning",
            _("The user is removed. Give the data a new key as well, if the user could copy files."),
            action=_("New key"),
            on_action=self._on_new_key,
        )
        self.reload()

    def _on_new_key(self) -> None:
        words = _(
            "Give the data a new key? A backup is made first, then the program locks; come in with your password "
            "as before. It takes about as long as two backups."
        )
        if ask(self, words, do=_("Give a new key"), keep=_("Not now"), danger=False):
            self._session.close_by(_change_key)
            self._session.hub.act_requested.emit("lock")

    def show_failure(self, error: object) -> None:
        self.adding.add.setEnabled(True)
        super().show_failure(error)
        self.reload()


def _change_key(ctx: AppContext) -> object:
    return change_key(ctx)


def _state(one: UserView) -> str:
    if not one.active:
        return _("removed")
    if one.is_me:
        return _("you")
    return _("password and recovery sheet") if "recovery" in one.ways else _("password, no recovery sheet yet")
