"""Users of the vault and what their roles may do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option
from ethnomed_desktop.cli.console import table
from ethnomed_desktop.cli.session import NEW_PASSPHRASE_VARIABLE, Answer, Session
from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.ids import uid_text
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.domain.rights import ROLES
from ethnomed_desktop.i18n.current import _
from ethnomed_desktop.i18n.labels import code_label

if TYPE_CHECKING:
    from ethnomed_desktop.app.users import UserView


def listing(session: Session, given: Given) -> Answer:
    """List the users of the vault."""
    from ethnomed_desktop.app.users import list_users

    users = list_users(session.council())
    rows = [[one.name, one.label, code_label("user_role", one.role, session.catalog), _state(one)] for one in users]
    return Answer([_json(one) for one in users], table(rows))


def _json(one: UserView) -> dict[str, object]:
    return {
        "id": uid_text(one.uid),
        "name": one.name,
        "role": one.role,
        "label": one.label,
        "active": one.active,
        "ways": list(one.ways),
        "me": one.is_me,
    }


def _state(one: UserView) -> str:
    if not one.active:
        return _("Removed")
    if "recovery" in one.ways:
        return _("Password and recovery sheet")
    return _("Password") if one.ways else _("No way in")


def add(session: Session, given: Given) -> Answer:
    """Let another user in."""
    from ethnomed_desktop.app.users import add_user

    ctx = session.council()
    secret = session.new_passphrase(given.maybe("new-passphrase-file"), NEW_PASSPHRASE_VARIABLE)
    done = add_user(
        ctx, given.text("name"), given.text("role"), secret, label=given.maybe("label"), **session.costs
    )
    said = _("The user was added and can come in now. Have a recovery sheet printed in the user's own session.")
    return Answer({"id": uid_text(done.value)}, said)


def role(session: Session, given: Given) -> Answer:
    """Give a user another role."""
    from ethnomed_desktop.app.users import change_role, user_labelled

    ctx = session.council()
    done = change_role(ctx, user_labelled(ctx, given.text("label")), given.text("role"))
    said = _("The role was changed.") if done.value else _("The user has this role already.")
    return Answer({"changed": done.value}, said)


def remove(session: Session, given: Given) -> Answer:
    """Take a user's ways in away."""
    from ethnomed_desktop.app.users import remove_user, user_labelled

    ctx = session.council()
    remove_user(ctx, user_labelled(ctx, given.text("label")))
    said = _(
        "The user was removed; what the user wrote stays. Change the key of the data now (vault rekey): the user "
        "may have kept a copy of the old key file, which opens copies of the data made until then."
    )
    return Answer({"removed": True}, said)


def rekey(session: Session, given: Given) -> Answer:
    """Give the data a new key."""
    from ethnomed_desktop.app.users import change_key

    backup = session.last_use(change_key)
    said = _(
        "The data have a new key; passwords and recovery sheets stay as they are. A backup under the old key was "
        "made: {file}. Older backups still open with the passwords of those days: when you trust the new state, "
        "destroy those that a user who left could reach."
    ).format(file=backup)
    return Answer({"rekeyed": True, "backup": str(backup)}, said)


def recovery_parts(session: Session, given: Given) -> Answer:
    """Divide a new recovery code among trustees."""
    from ethnomed_desktop.app.trustees import make_parts, write_part_sheets

    folder = Path(given.text("out"))
    if not folder.is_dir():
        raise UserError("output.no_folder", path=folder.name)
    needed = given.whole("needed", low=1, high=99, default=3) or 3
    count = given.whole("parts", low=1, high=99, default=5) or 5
    ctx = session.council()
    parts = make_parts(ctx, needed, count, **session.costs)
    files = write_part_sheets(ctx, parts, needed, session.catalog, folder)
    session.console.insist(
        _(
            "Print each sheet for one trustee and delete the files. Recovery sheets and parts of yours made before "
            "open nothing any more."
        )
    )
    return Answer({"needed": needed, "files": [str(one) for one in files]}, "\n".join(map(str, files)))


def rights(session: Session, given: Given) -> Answer:
    """Show what each role may do."""
    from ethnomed_desktop.app.rights_table import rights_table

    shown = rights_table(session.catalog)
    rows = [["", *shown.roles]]
    rows += [[line.label, *(_mark(may) for may in line.may)] for line in shown.lines]
    notes = "\n\n".join(shown.notes)
    return Answer(shown.as_json(), f"{table(rows, most=60)}\n\n{notes}")


def _mark(may: bool) -> str:
    return _("yes") if may else "–"


_LABEL = Argument("label", N_("The user's name at the door"), "LABEL")
_ROLE = N_("What the user may do, see: rights list")

USERS = (
    Command(("users", "list"), N_("List the users of these data and their roles"), listing),
    Command(
        ("users", "add"),
        N_("Let another user in, with a password and a signature of the user's own"),
        add,
        options=(
            Option("name", N_("Full name"), "NAME", True),
            Option("role", _ROLE, "ROLE", True, choices=ROLES),
            Option("label", N_("Name at the door; the full name without it"), "LABEL"),
            Option(
                "new-passphrase-file",
                N_("File whose first line is the new password; else ETHNOMED_NEW_PASSPHRASE, or typed twice"),
                "FILE",
            ),
        ),
        in_batch=False,
        examples=('ethnomed-desktop users add --name "Асқаров Бауыржан" --role mediator --label Бауыржан',),
    ),
    Command(
        ("users", "role"),
        N_("Give a user another role"),
        role,
        (_LABEL, Argument("role", _ROLE, "ROLE", choices=ROLES)),
    ),
    Command(("users", "remove"), N_("Take a user's way in away; what the user wrote stays"), remove, (_LABEL,)),
    Command(
        ("vault", "rekey"),
        N_("Give the data a new key, after a user was removed; a backup is made first"),
        rekey,
        in_batch=False,
    ),
    Command(
        ("vault", "recovery-parts"),
        N_("Divide a new recovery code of yours among trustees: any so many of the parts open"),
        recovery_parts,
        options=(
            Option("out", N_("Folder for the sheets, one for each trustee"), "DIR", True),
            Option("needed", N_("How many parts open, 3 without it"), "N"),
            Option("parts", N_("How many parts there are, 5 without it"), "N"),
        ),
        in_batch=False,
        details=(
            N_(
                "To open, give the numbers of enough parts one after the other in the place of the password: in "
                "the first line of --passphrase-file, in the variable, or typed."
            ),
        ),
    ),
    Command(("rights", "list"), N_("Show what each role may do and see; needs no data"), rights),
)
"""In the order that help names them."""
