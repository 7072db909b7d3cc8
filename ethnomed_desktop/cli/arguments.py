"""Commands declared as data, and reading them from arguments or from a line of a batch.

Our own small reader instead of the standard library's: its words and errors cannot be put into three
languages without reaching into it, and it would guess at shortened options, which makes scripts
break when an option is added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ethnomed_desktop.domain.errors import UsageError

if TYPE_CHECKING:
    from ethnomed_desktop.cli.session import Answer, Session


@dataclass(frozen=True)
class Argument:
    """A word that stands by its place. ``many`` takes all that follow; ``choices`` are fixed words."""

    name: str
    help: str
    metavar: str
    required: bool = True
    many: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """A word that is named. Without a ``metavar`` it is a switch.

    ``inline`` says that in a batch the JSON itself may stand there instead of the name of a file.
    """

    name: str
    help: str
    metavar: str = ""
    required: bool = False
    many: bool = False
    inline: bool = False
    choices: tuple[str, ...] = ()

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return f"--{self.name}"


class Given:
    """What a call gave, by name of argument or option; asking for an undeclared name is our fault."""

    def __init__(self, values: Mapping[str, Any], names: Iterable[str]) -> None:
        self._values = values
        self._names = frozenset(names)

    def _value(self, name: str) -> Any:
        assert name in self._names, f"the command does not declare {name}"
        return self._values.get(name)

    def text(self, name: str) -> str:
        """Return the word given; for required ones."""
        return str(self._value(name))

    def maybe(self, name: str) -> str | None:
        """Return the word given, or None."""
        value = self._value(name)
        return None if value is None else str(value)

    def many(self, name: str) -> list[str]:
        """Return all words given, in their order."""
        return list(self._value(name) or ())

    def switch(self, name: str) -> bool:
        """Say whether the switch was given."""
        return bool(self._value(name))

    def raw(self, name: str) -> Any:
        """Return what was given as it was given: in a batch it may be JSON."""
        return self._value(name)

    def whole(self, name: str, *, low: int, high: int, default: int | None = None) -> int | None:
        """Return a whole number within bounds; raises `UsageError` (``usage.wrong_value``)."""
        value = self._value(name)
        if value is None:
            return default
        text = str(value).strip()
        if isinstance(value, bool) or not text.isascii() or not text.isdigit() or len(text) > 9:
            raise UsageError("usage.wrong_value", value=text[:60], option=f"--{name}")
        if not low <= int(text) <= high:
            raise UsageError("usage.wrong_value", value=text, option=f"--{name}")
        return int(text)


Run = Callable[["Session", Given], "Answer"]


@dataclass(frozen=True)
class Command:
    """One command: its words, what it does in a line, what it takes, what it runs.

    ``in_batch`` says that it may stand in a batch; ``details`` are paragraphs for its help.
    """

    path: tuple[str, ...]
    help: str
    run: Run
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    in_batch: bool = True
    details: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The words of the command as they are typed."""
        return " ".join(self.path)

    @property
    def takes(self) -> tuple[Argument | Option, ...]:
        """Everything it takes, arguments first."""
        return (*self.arguments, *self.options)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of everything it takes."""
        return tuple(one.name for one in self.takes)


@dataclass
class Call:
    """A call as read: the command (None: only global options), what it got, what was global.

    ``path`` holds the words of the command as far as they were recognised, for its help.
    """

    command: Command | None
    given: Given
    shared: Given
    path: tuple[str, ...] = ()


@dataclass
class _Reading:
    """The words still to be read, and what was read."""

    words: Iterator[str]
    shared: dict[str, Option]
    values: dict[str, Any] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    places: list[str] = field(default_factory=list)


def read_call(argv: Sequence[str], commands: Sequence[Command], shared: Sequence[Option]) -> Call:
    """Read the words of a call; global options may stand anywhere.

    Raises `UsageError` (``usage.unknown_command``, ``usage.unknown_option``,
    ``usage.missing_argument``, ``usage.wrong_value``, ``usage.too_much``).
    """
    reading = _Reading(iter(argv), {one.name: one for one in shared})
    by_path = {one.path: one for one in commands}
    command: Command | None = None
    literal = False
    for word in reading.words:
        if word == "--" and not literal:
            literal = True
        elif not literal and word.startswith("-") and word != "-":
            _read_option(reading, command, word)
        elif command is None:
            reading.path = (*reading.path, word)
            command = by_path.get(reading.path)
            if command is None and not any(one[: len(reading.path)] == reading.path for one in by_path):
                raise UsageError("usage.unknown_command", value=" ".join(reading.path)[:60])
        else:
            reading.places.append(word)
    names = reading.shared.keys()
    shared_values = {name: value for name, value in reading.values.items() if name in names}
    shared_given = Given(_allowed(shared, shared_values), names)
    if command is None or ("help" in names and shared_given.switch("help")):
        return Call(command, Given({}, command.names if command else ()), shared_given, reading.path)
    own = {name: value for name, value in reading.values.items() if name not in names}
    own.update(_placed(command, reading.places))
    return Call(command, checked(command, own), shared_given, reading.path)


def _read_option(reading: _Reading, command: Command | None, word: str) -> None:
    name, sign, value = word.removeprefix("--").partition("=")
    if word == "-h":
        name, sign, value = "help", "", ""
    known = {one.name: one for one in command.options} if command is not None else {}
    option = known.get(name) or reading.shared.get(name)
    if option is None or not (word == "-h" or word.startswith("--")):
        raise UsageError("usage.unknown_option", value=word.partition("=")[0][:60])
    if not option.metavar:
        if sign:
            raise UsageError("usage.wrong_value", value=value[:60], option=option.flag)
        reading.values[name] = True
        return
    if not sign:
        following = next(reading.words, None)
        if following is None or following.startswith("--"):
            raise UsageError("usage.missing_argument", missing=f"{option.flag} {option.metavar}")
        value = following
    if option.many:
        reading.values.setdefault(name, []).append(value)
    elif name in reading.values:
        raise UsageError("usage.too_much", value=option.flag)
    else:
        reading.values[name] = value


def _placed(command: Command, places: Sequence[str]) -> dict[str, Any]:
    rest = list(places)
    values: dict[str, Any] = {}
    for argument in command.arguments:
        if argument.many:
            values[argument.name], rest = rest, []
        elif rest:
            values[argument.name] = rest.pop(0)
    if rest:
        raise UsageError("usage.too_much", value=rest[0][:60])
    return values


def read_named(command: Command, named: Mapping[str, object]) -> Given:
    """Read what a line of a batch gives by name; raises as `read_call` does."""
    declared = {one.name: one for one in command.takes}
    values: dict[str, Any] = {}
    for name, value in named.items():
        one = declared.get(name)
        if one is None:
            raise UsageError("usage.unknown_option", value=name[:60])
        if value is not None:
            values[name] = _named_value(one, value)
    return checked(command, values)


def _named_value(one: Argument | Option, value: object) -> object:
    if isinstance(one, Option) and one.inline and isinstance(value, (dict, list)):
        return value
    if isinstance(one, Option) and not one.metavar:
        if not isinstance(value, bool):
            raise UsageError("usage.wrong_value", value=str(value)[:60], option=one.name)
        return value
    if one.many:
        items = value if isinstance(value, list) else [value]
        return [_word(one, item) for item in items]
    return _word(one, value)


def _word(one: Argument | Option, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise UsageError("usage.wrong_value", value=str(value)[:60], option=one.name)
    return str(value)


def checked(command: Command, values: Mapping[str, Any]) -> Given:
    """Return the values when everything required is there and every choice is one of those offered."""
    return Given(_allowed(command.takes, values), command.names)


def _allowed(declared: Iterable[Argument | Option], values: Mapping[str, Any]) -> Mapping[str, Any]:
    for one in declared:
        value = values.get(one.name)
        if one.required and (value in (None, "") or (one.many and value == [])):
            shown = one.metavar if isinstance(one, Argument) else f"{one.flag} {one.metavar}"
            raise UsageError("usage.missing_argument", missing=shown)
        if one.choices and value is not None and value not in one.choices:
            shown = one.metavar if isinstance(one, Argument) else one.flag
            raise UsageError(
                "usage.wrong_value", value=str(value)[:60], option=shown, choices=" | ".join(one.choices)
            )
    return values
