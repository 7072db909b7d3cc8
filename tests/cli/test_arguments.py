"""Reading the words of a call: what is refused, and that nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from ethnomed_desktop.cli.arguments import Argument, Command, Given, Option, read_call, read_named
from ethnomed_desktop.cli.session import Answer, Session
from ethnomed_desktop.domain.errors import UsageError


def nothing(session: Session, given: Given) -> Answer:
    return Answer(None, "")


SHARED = (Option("lang", "", "L", choices=("kk", "ru")), Option("json", ""), Option("help", ""))
ADD = Command(
    ("record", "add"),
    "",
    nothing,
    (Argument("kind", "", "KIND"), Argument("rest", "", "REST", required=False, many=True)),
    (
        Option("from", "", "FILE", required=True, inline=True),
        Option("set", "", "F=V", many=True),
        Option("dry", ""),
        Option("n", "", "N"),
    ),
)
COMMANDS = (ADD, Command(("undo",), "", nothing))


def call(*words: str) -> Any:
    return read_call(words, COMMANDS, SHARED)


def test_options_stand_anywhere_after_their_command_and_global_ones_everywhere() -> None:
    read = call(
        "--lang", "ru", "record", "--json", "add", "--from=-", "person", "--set", "a=1", "--set=b=2", "--dry"
    )
    assert read.command is ADD
    assert read.shared.text("lang") == "ru"
    assert read.shared.switch("json")
    assert read.given.text("kind") == "person"
    assert read.given.text("from") == "-"
    assert read.given.many("set") == ["a=1", "b=2"]
    assert read.given.switch("dry")


def test_after_two_dashes_words_are_words() -> None:
    assert call("record", "add", "--from", "x", "--", "--kind", "-y").given.many("rest") == ["-y"]


def test_a_value_may_begin_with_one_dash_or_be_joined() -> None:
    assert call("record", "add", "k", "--from", "-").given.text("from") == "-"
    assert call("record", "add", "k", "--from=--x").given.text("from") == "--x"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nothing",), "usage.unknown_command"),
        (("record", "nothing"), "usage.unknown_command"),
        (("record", "add", "k", "--fro", "x"), "usage.unknown_option"),
        (("record", "add", "k", "--fr"), "usage.unknown_option"),
        (("record", "add", "k", "-f"), "usage.unknown_option"),
        (("--from", "x", "record", "add", "k"), "usage.unknown_option"),
        (("record", "add", "k"), "usage.missing_argument"),
        (("record", "add", "--from", "x"), "usage.missing_argument"),
        (("record", "add", "k", "--from"), "usage.missing_argument"),
        (("record", "add", "k", "--from", "--dry"), "usage.missing_argument"),
        (("record", "add", "k", "--from", "x", "--from", "y"), "usage.too_much"),
        (("record", "add", "k", "--from", "x", "--dry=1"), "usage.wrong_value"),
        (("undo", "1"), "usage.too_much"),
        (("--lang", "de", "undo"), "usage.wrong_value"),
    ],
)
def test_refusals(words: tuple[str, ...], code: str) -> None:
    with pytest.raises(UsageError) as refused:
        call(*words)
    assert refused.value.code == code


def test_help_needs_nothing_else() -> None:
    read = call("record", "add", "--help")
    assert read.command is ADD
    assert read.shared.switch("help")
    assert call("record", "-h").path == ("record",)


@pytest.mark.parametrize("value", ["0", "11", "x", "", "1.5", "-1", "9999999999", "٣"])
def test_whole_numbers_are_bounded(value: str) -> None:
    given = call("record", "add", "k", "--from", "x", f"--n={value}").given
    with pytest.raises(UsageError):
        given.whole("n", low=1, high=10)


def test_named_values_of_a_batch() -> None:
    given = read_named(ADD, {"kind": "person", "from": {"a": 1}, "set": "a=1", "n": 5, "dry": True})
    assert given.raw("from") == {"a": 1}
    assert given.many("set") == ["a=1"]
    assert given.whole("n", low=1, high=10) == 5
    for wrong in ({"kind": {}}, {"unknown": 1}, {"dry": "yes"}, {"set": [1.5]}, {"n": True}, {"kind": "x"}):
        with pytest.raises(UsageError):
            read_named(ADD, {"kind": "person", "from": "x", **wrong} if "kind" not in wrong else wrong)
