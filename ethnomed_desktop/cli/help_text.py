"""Help in the interface language, made from the declarations of the commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ethnomed_desktop.cli.arguments import Argument, Command, Option
from ethnomed_desktop.cli.console import width
from ethnomed_desktop.domain.marks import N_
from ethnomed_desktop.i18n.current import _

PROGRAM = "ethnomed-desktop"
_COLUMNS = 100
_WIDEST_NAME = 30

ABOUT = N_("Encrypted, offline register of incidents, meetings and mediation. Without a command the window opens.")
EXIT_CODES = (
    ("0", N_("done")),
    ("1", N_("the input was refused, nothing changed")),
    ("2", N_("wrong use")),
    ("3", N_("the data cannot be opened: password, damage, open elsewhere, newer version")),
    ("4", N_("not allowed, or changed meanwhile by somebody else")),
    ("5", N_("the program's own fault; a reference is printed")),
    ("130", N_("stopped by Ctrl+C; the unfinished step changed nothing")),
)
SECRETS = N_(
    "Passwords are never arguments: name a file (--passphrase-file, its first line counts), set the variable "
    "ETHNOMED_PASSPHRASE, or type it when asked. ID is the identifier of a record or its number, where only "
    "one record has it. Dates are written like 2026-11-21, text is UTF-8, codes stand for labels in JSON."
)
LANGUAGE_NOTE = N_("Without --lang the language follows LC_ALL, LC_MESSAGES or LANG, and is Kazakh otherwise.")


def usage(command: Command) -> str:
    """Return the line that shows how a command is written."""
    words = [PROGRAM, *command.path]
    words += [_argument_shape(one) for one in command.arguments]
    words += [_option_shape(one) for one in command.options]
    return _("Usage: {line}").format(line=" ".join(words))


def command_help(command: Command, shared: Sequence[Option]) -> str:
    """Return the help of one command."""
    parts = [usage(command), _(command.help)]
    parts += [_(one) for one in command.details]
    if command.arguments:
        rows = [(one.metavar, _with_choices(_(one.help), one.choices)) for one in command.arguments]
        parts.append(_section(_("Arguments"), rows))
    if command.options:
        parts.append(_section(_("Options"), _option_rows(command.options)))
    parts.append(_section(_("For every command"), _option_rows(shared)))
    if command.examples:
        parts.append("\n".join([_("Examples") + ":", *(f"  {one}" for one in command.examples)]))
    return "\n\n".join(_filled(part) for part in parts)


def overview(commands: Sequence[Command], shared: Sequence[Option], path: tuple[str, ...] = ()) -> str:
    """Return the help of the program, or of the commands that begin with ``path``."""
    below = [one for one in commands if one.path[: len(path)] == path]
    line = " ".join([PROGRAM, "[--…]", *path, _("COMMAND"), "…"])
    parts = [_("Usage: {line}").format(line=line)]
    if not path:
        parts.append(_(ABOUT))
    parts.append(_section(_("Commands"), [(one.name, _(one.help)) for one in below]))
    if not path:
        parts.append(_section(_("For every command"), _option_rows(shared)))
        parts.append(_section(_("Exit codes"), [(code, _(text)) for code, text in EXIT_CODES]))
        parts += [_(SECRETS), _(LANGUAGE_NOTE)]
    line = " ".join([PROGRAM, _("COMMAND"), "--help"])
    parts.append(_("More about one command: {line}").format(line=line))
    return "\n\n".join(_filled(part) for part in parts)


def _argument_shape(one: Argument) -> str:
    shape = "|".join(one.choices) if one.choices and len(one.choices) < 4 else one.metavar
    shape = f"{shape}…" if one.many else shape
    return shape if one.required else f"[{shape}]"


def _option_shape(one: Option) -> str:
    shape = f"{one.flag} {one.metavar}" if one.metavar else one.flag
    shape = shape if one.required else f"[{shape}]"
    return f"{shape}…" if one.many else shape


def _option_rows(options: Iterable[Option]) -> list[tuple[str, str]]:
    return [(f"{one.flag} {one.metavar}".rstrip(), _with_choices(_(one.help), one.choices)) for one in options]


def _with_choices(text: str, choices: tuple[str, ...]) -> str:
    return f"{text}: {' | '.join(choices)}" if choices else text


def _section(title: str, rows: Sequence[tuple[str, str]]) -> str:
    indent = min(_WIDEST_NAME, max((width(name) for name, _text in rows), default=0)) + 4
    lines = [f"{title}:"]
    for name, text in rows:
        lead = f"  {name}"
        if width(lead) + 2 > indent:
            lines.append(lead)
            lead = ""
        pieces = _wrapped(text, _COLUMNS - indent)
        lines.append(lead + " " * (indent - width(lead)) + pieces[0])
        lines += [" " * indent + piece for piece in pieces[1:]]
    return "\n".join(lines)


def _filled(part: str) -> str:
    return "\n".join(
        line for whole in part.split("\n") for line in (_wrapped(whole, _COLUMNS) if whole[:1].strip() else [whole])
    )


def _wrapped(text: str, columns: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and width(lines[-1]) + 1 + width(word) > columns:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
