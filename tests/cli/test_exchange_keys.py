"""The key of the office from the command line: named, replaced, confirmed by a second user and by a file."""

from __future__ import annotations

from pathlib import Path

from .conftest import Cli
from .test_exchange import joined, made, sent, two

__all__ = ["two"]

SECOND = "екінші адамның ұзын құпиясөзі"


def second_user(hub: Cli) -> Cli:
    """Add a second user and return the command line as that user calls it."""
    (hub.folder.parent / "second").write_text(SECOND, encoding="utf-8")
    added = hub(
        *("users", "add", "--name", "Асқаров Бауыржан", "--role", "chair", "--label", "Бауыржан"),
        *("--new-passphrase-file", str(hub.folder.parent / "second")),
    )
    assert added.code == 0, added.err
    return Cli(hub.folder, {"ETHNOMED_PASSPHRASE": SECOND})


def test_two_users_replace_the_key(two: tuple[Cli, Cli, Path]) -> None:
    hub, laptop, stick = two
    joined(hub, laptop, stick)
    other = second_user(hub)
    assert hub("exchange", "key").json["persons"] == []
    assert hub("exchange", "key-change").json["error"] == "exchange.key_no_persons"
    names = ("--person", "Сейітова Раушан", "--person", "Асқаров Бауыржан")
    words = " ".join(hub("exchange", "key-persons", *names).json["pending"]["words"])
    assert other("exchange", "key-confirm", "--words", "бір екі үш").json["error"] == "exchange.key_words_differ"
    assert other("exchange", "key-confirm", "--words", words).json["done"]
    assert "Бауыржан" in hub("exchange", "key", as_json=False).out
    assert hub("exchange", "key-drop").json["error"] == "exchange.key_nothing_waits"
    words = " ".join(other("exchange", "key-change").json["pending"]["words"])
    assert hub("exchange", "key-confirm", "--words", words).json == {"done": True, "stolen": False, "left_out": []}
    assert hub("exchange", "identity").json["office_words"] == words.split()
    unaware = hub("exchange", "status").json["unaware"]
    assert unaware == [{"lost": "", "computers": ["Дала"]}]
    assert laptop("exchange", "receive", *sent(hub, "Дала", stick)).code == 0
    hub("exchange", "receive", *sent(laptop, "Орталық", stick))
    assert hub("exchange", "status").json["unaware"] == []
    assert "key" in hub("audit", "list", as_json=False).out


def test_a_stolen_key_and_a_person_elsewhere(two: tuple[Cli, Cli, Path], tmp_path: Path) -> None:
    hub, laptop, stick = two
    joined(hub, laptop, stick)
    neighbour = made(tmp_path / "neighbour", "Көрші")
    card, change, back = (str(stick / name) for name in ("card", "change", "back"))
    said = " ".join(neighbour("exchange", "key-file", "--card", "--out", card).json["words"])
    begin = ("exchange", "key-persons", "--person", "Сейітова Раушан", "--card", card)
    assert hub(*begin).json["error"] == "exchange.key_words_differ"
    words = " ".join(hub(*begin, "--words", said).json["pending"]["words"])
    for stolen in (False, True):
        assert hub("exchange", "key-file", "--out", change).code == 0
        assert neighbour("exchange", "key-confirm", change, "--words", words, "--out", back).json["done"] is False
        assert hub("exchange", "key-take", back).json["done"]
        if not stolen:
            words = " ".join(hub("exchange", "key-change", "--stolen").json["pending"]["words"])
    files = sent(hub, "Дала", stick)
    shown = laptop("exchange", "preview", *files).json[0]
    assert (shown["root_words"], shown["key_of"]) == (words.split(), "Орталық")
    assert laptop("exchange", "receive", *files).json["error"] == "exchange.root_not_confirmed"
    assert laptop("exchange", "receive", *files, "--root-confirmed").code == 0
