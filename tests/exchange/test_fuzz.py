"""A short run of the fuzzer, and a proof that it would notice."""

from __future__ import annotations

import pytest

from tests.exchange.fuzz_reader import Target, fuzz, targets

TARGETS = targets()


@pytest.mark.parametrize("name", TARGETS)
def test_broken_bytes_bring_out_nothing_but_refusals(name: str) -> None:
    assert fuzz(name, TARGETS[name], 300, seed=1) is None


@pytest.mark.soak
@pytest.mark.parametrize("name", TARGETS)
def test_many_broken_bytes_bring_out_nothing_but_refusals(name: str) -> None:
    assert fuzz(name, TARGETS[name], 20_000, seed=2) is None


def test_the_fuzzer_notices_a_careless_parser() -> None:
    careless = Target(lambda data: data.decode("utf-8"), ["Қордай".encode() * 9])
    found = fuzz("careless", careless, 300, seed=1)
    assert found is not None
    assert "UnicodeDecodeError" in found[0]
