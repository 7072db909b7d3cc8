"""Stores on both engines: every test that takes ``store`` runs on SQLCipher and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.store.engine import open_postgresql, open_sqlite
from ethnomed_desktop.store.kdf import KdfParameters
from ethnomed_desktop.store.store import Store, found
from ethnomed_desktop.store.vault import Founding, Vault, create_vault, open_vault

pytest.register_assert_rewrite("tests.store.hands", "tests.store.lives")

from tests.store.hands import KEY, MOMENT, REPLICA_SEED, SEEDS, Hand, new_database  # noqa: E402

MakeStore = Callable[[], Store]
PASSPHRASE = "Айгүл, 5 сарбаз: өйткені"
CHEAP = KdfParameters(t=1, m_kib=8, p=1)
BOTH = ["sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh encrypted store to copy: making one costs forty times the copying."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    new_database(path).close()
    return path


@pytest.fixture
def new_sqlcipher(template: Path, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes fresh encrypted stores, closed at the end of the test."""
    made: list[Store] = []

    def make() -> Store:
        path = tmp_path / f"store-{len(made)}.db"
        shutil.copyfile(template, path)
        made.append(Store(open_sqlite(path, KEY), SEEDS))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def new_postgresql(postgres_url: str) -> Iterator[MakeStore]:
    """Makes the store of the test's own database (once)."""
    made: list[Store] = []

    def make() -> Store:
        assert not made, "one database, one store"
        database = open_postgresql(postgres_url)
        found(database, SEEDS, FixedClock(MOMENT), REPLICA_SEED, practice=True)
        made.append(Store(database, SEEDS))
        return made[0]

    yield make
    for store in made:
        store.close()


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest) -> Store:
    """A fresh store with a few seeds, on each engine."""
    make: MakeStore = request.getfixturevalue(f"new_{request.param}")
    return make()


@pytest.fixture
def hand(store: Store) -> Hand:
    """Writes into ``store``."""
    return Hand(store)


@pytest.fixture
def sqlcipher(new_sqlcipher: MakeStore) -> Store:
    """A fresh encrypted store, for what only files can suffer."""
    return new_sqlcipher()


@pytest.fixture
def new_both(new_sqlcipher: MakeStore, new_postgresql: MakeStore) -> list[Store]:
    """A fresh store on each engine, to compare them."""
    return [new_sqlcipher(), new_postgresql()]


class MakeVault:
    """Makes and opens vaults with a key derivation that costs nothing."""

    def __call__(self, root: Path) -> Vault:
        founding = Founding(PASSPHRASE, "Айгүл", b"U" * 16, "administrator", practice=True)
        clock = FixedClock(MOMENT)
        vault, _ = create_vault(root, founding, CHEAP, SEEDS, clock=clock, program="command", minimum=CHEAP)
        return vault

    def open(self, root: Path, passphrase: str = PASSPHRASE) -> Vault:
        clock = FixedClock(MOMENT)
        return open_vault(root, passphrase, SEEDS, clock=clock, program="command", label="Айгүл", minimum=CHEAP)


@pytest.fixture
def make_vault() -> MakeVault:
    """Makes and opens vaults."""
    return MakeVault()
