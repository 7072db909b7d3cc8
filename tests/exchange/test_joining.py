"""Joining: a request, six words by phone, an answer that brings its own authority."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ethnomed_desktop.domain.errors import UserError
from ethnomed_desktop.domain.passphrase_words import WORDS
from ethnomed_desktop.exchange.authority import Act, Authority, Verdict
from ethnomed_desktop.exchange.identity import Identity
from ethnomed_desktop.exchange.intake import FileKind, kind_of, read_request_file
from ethnomed_desktop.exchange.joining import (
    fingerprint,
    fingerprint_of,
    fingerprint_of_root,
    make_request,
    read_request,
)
from ethnomed_desktop.exchange.reader import open_bytes
from ethnomed_desktop.exchange.roots import Root, root_id
from ethnomed_desktop.exchange.statements import make_statement
from ethnomed_desktop.exchange.strict_json import compact_json
from tests.exchange.hands import NOW, A, D, file_of, sealed, sending, world

W = world()
NEW = Identity.generate(b"n" * 16)
REQUEST = make_request(NEW, "Шу ноутбугі", "laptop", NOW, practice=False)
FIRST_WORDS = {
    "kk": "8a48777e0ca2f95da444b629e6666781",
    "ru": "3ee31ad4c53c11b9634adbc052faca53",
    "en": "c327e8c47d4e7a9f7928a6617c8059a7",
}


def test_a_newcomer_joins_by_two_files() -> None:
    request = read_request(REQUEST.raw)
    assert request.holder == NEW.public
    assert request.name == "Шу ноутбугі"
    hub = W.authority(W.certify(NEW, request.name, {D: "rw", A: "r"}))
    plan = sending(W.hub, NEW)
    plan = type(plan)(W.hub, hub, plan.to, NOW, practice=False)
    from ethnomed_desktop.exchange.bundles import compose

    answer = compose(plan, sealed(W.hub, 5), hub.statements_for(NEW.replica))
    nothing_known = Authority([], [])
    with pytest.raises(UserError, match=r"exchange\.unknown_sender"):
        open_bytes(answer.data, NEW, nothing_known, practice=False)
    found = open_bytes(answer.data, NEW, nothing_known, practice=False, joining=True)
    assert found.new_root == W.pin
    assert fingerprint_of_root(W.pin, "ru") == fingerprint_of_root(root_id(W.root), "ru")
    assert found.segments
    assert found.authority.may(NEW.replica, D, 1, Act.WRITE) is Verdict.YES
    again = open_bytes(answer.data, NEW, found.authority, practice=False, joining=True)
    assert again.new_root is None


def test_an_answer_without_a_certificate_for_me_is_no_answer() -> None:
    data = file_of(W.laptop, W.hub, [], W.authority().statements_for(W.hub.replica)).data
    found = open_bytes(data, W.hub, Authority([], []), practice=False, joining=True)
    assert found.new_root == W.pin
    lone = [W.root, W.certificates["laptop"]]
    with pytest.raises(UserError, match=r"exchange\.unknown_sender"):
        open_bytes(file_of(W.laptop, W.hub, [], lone).data, W.hub, Authority([], []), practice=False, joining=True)


def test_the_own_root_stays_first_when_another_one_is_joined() -> None:
    own = make_statement(Root("Own", NEW.public.signing, (), {}, NOW).body(), [NEW.signer])
    data = file_of(W.laptop, W.hub, [], W.authority().statements_for(W.hub.replica)).data
    found = open_bytes(data, W.hub, Authority([root_id(own)], [own]), practice=False, joining=True)
    assert found.authority.pins == (root_id(own), W.pin)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_six_words_stand_for_the_keys(language: str) -> None:
    words = fingerprint_of(NEW.public, language)
    assert len(words) == 6
    assert set(words) <= set(WORDS[language])
    assert words == fingerprint_of(NEW.public, language)
    assert words != fingerprint_of(W.laptop.public, language)
    assert words != fingerprint_of_root(NEW.replica, language)


def test_the_words_are_the_same_for_ever() -> None:
    """Two programs of different age must read out the same words: their lists are part of the format."""
    assert fingerprint(b"example", "en") == ("paper", "cloud", "dragon", "path", "clock", "iron")
    assert {
        language: hashlib.sha256("\n".join(words[:256]).encode()).hexdigest()[:32]
        for language, words in WORDS.items()
    } == FIRST_WORDS


def test_a_request_must_be_signed_by_the_key_it_names() -> None:
    body = json.loads(json.loads(REQUEST.raw)["body"])
    from ethnomed_desktop.exchange.sshsig import BadSignature, Namespace

    other = make_statement({**body, "sign": W.hub.public.signing.hex()}, [NEW.signer], Namespace.JOIN)
    with pytest.raises(BadSignature):
        read_request(other.raw)


def test_requests_are_known_by_their_content(tmp_path: Path) -> None:
    path = tmp_path / "hello.txt"
    path.write_bytes(REQUEST.raw)
    assert kind_of(path) is FileKind.REQUEST
    assert read_request_file(path).holder == NEW.public
    later = json.loads(REQUEST.raw)
    for raw, code in (
        (REQUEST.raw[:-5], "exchange.not_a_request"),
        (REQUEST.raw.replace("Шу".encode(), "Шы".encode()), "exchange.not_a_request"),
        (b"x" * 100_000, "exchange.too_large"),
        (b"", "exchange.empty"),
        (compact_json({**later, "sigs": []}), "exchange.not_a_request"),
        (W.certificates["hub"].raw, "exchange.not_a_request"),
    ):
        path.write_bytes(raw)
        with pytest.raises(UserError) as refused:
            read_request_file(path)
        assert refused.value.code == code


def test_a_request_of_a_newer_program_is_told_apart(tmp_path: Path) -> None:
    from ethnomed_desktop.exchange.sshsig import Namespace

    path = tmp_path / "request"
    path.write_bytes(make_statement({"t": "join", "v": 2}, [NEW.signer], Namespace.JOIN).raw)
    with pytest.raises(UserError, match=r"exchange\.newer"):
        read_request_file(path)
