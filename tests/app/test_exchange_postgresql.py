"""Exchange where the region's data lie on a PostgreSQL server: one replica, several users, everybody at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ethnomed_desktop.app import exchange, lists, records, vault
from ethnomed_desktop.app.context import AppContext
from ethnomed_desktop.app.exchange_receiving import may_undo, preview, receive, undo_receive
from ethnomed_desktop.app.tiers import asked_of
from ethnomed_desktop.domain.clock import FixedClock
from ethnomed_desktop.domain.errors import EthnomedError
from ethnomed_desktop.domain.ids import uid_text

from .conftest import CHEAP, COUNCIL, PASSPHRASE
from .server_life import hand_over, live, require_sound
from .tiers import council, join

pytestmark = pytest.mark.postgres


@pytest.fixture
def region(tmp_path: Path, clock: FixedClock, postgres_url: str) -> Iterator[AppContext]:
    """The council on the server, as its first user's computer sees it."""
    made = vault.create_council(
        tmp_path / "region",
        COUNCIL,
        PASSPHRASE,
        program="command",
        clock=clock,
        params=CHEAP,
        minimum=CHEAP,
        database_url=postgres_url,
    )
    yield made.ctx
    vault.close(made.ctx)


@pytest.fixture
def second(region: AppContext, tmp_path: Path, clock: FixedClock) -> Iterator[AppContext]:
    """The same council on another computer: its own keys file, the same server."""
    folder = shutil.copytree(tmp_path / "region", tmp_path / "second", ignore=shutil.ignore_patterns("*.lock"))
    opened = vault.open_council(folder, PASSPHRASE, program="command", clock=clock, minimum=CHEAP)
    yield opened
    vault.close(opened)


@pytest.fixture
def district(tmp_path: Path, clock: FixedClock) -> Iterator[AppContext]:
    made = council(tmp_path / "district", "Қордай ауданы", clock)
    yield made
    vault.close(made)


def test_files_go_both_ways_between_a_server_and_a_laptop(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(region, district, tmp_path / "joining", "laptop")
    made = records.record(district, "incident", {"settlement": "Масанчи", "what_happened": "Су дауы"}).value
    hand_over(district, second, tmp_path / "1")
    assert records.show(region, made.uid).values["what_happened"] == "Су дауы"
    records.revise(region, made.uid, {"severity": "2"})
    records.revise(district, made.uid, {"severity": "3"})
    hand_over(district, region, tmp_path / "2")
    assert records.show(second, made.uid).conflicts
    records.revise(second, made.uid, {"severity": "3"})
    hand_over(second, district, tmp_path / "3")
    assert not records.show(district, made.uid).conflicts
    assert exchange.state_digest(region) == exchange.state_digest(district)
    hand_over(district, region, tmp_path / "4")
    assert exchange.send(region, district.vault.store.office.replica, tmp_path / "4").lines == 0
    require_sound(region)
    require_sound(district)


def test_a_file_is_previewed_taken_in_and_given_back_on_a_server(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(region, district, tmp_path / "joining", "laptop")
    hand_over(district, region, tmp_path / "0")
    records.record(district, "person", {"surname": "Әбілов"})
    file = exchange.send(district, region.vault.store.office.replica, tmp_path).files[0]
    before = exchange.state_digest(region)
    assert preview(second, file, "kk").new == 1
    assert exchange.state_digest(region) == before
    receive(second, file, "kk")
    assert may_undo(region)
    undo_receive(region)
    assert exchange.state_digest(second) == before
    receive(region, file, "kk")
    assert receive(second, file, "kk").already_known
    require_sound(region)


def test_a_district_below_a_region_on_a_server(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(region, district, tmp_path / "joining", "district")
    records.record(district, "incident", {"settlement": "Масанчи", "what_happened": "Су", "severity": "1"})
    hand_over(district, second, tmp_path / "1")
    (seen,) = lists.list_records(region, lists.ListQuestion("incident")).rows
    assert seen.values["severity"] == "1"
    assert "settlement" not in seen.values
    require_sound(second)


def test_the_server_that_joins_a_hub_writes_into_its_stream_from_every_computer(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(district, region, tmp_path / "joining", "office")
    made = records.record(second, "incident", {"settlement": "Масанчи", "what_happened": "Су"}).value
    hand_over(second, district, tmp_path / "1")
    assert records.show(district, made.uid).values["settlement"] == "Масанчи"


def test_sending_and_taking_in_while_others_write(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(region, district, tmp_path / "joining", "laptop")
    to_region, to_district = (one.vault.store.office.replica for one in (region, district))

    def write() -> int:
        for number in range(25):
            records.record(second, "incident", {"settlement": f"Ауыл {number}", "what_happened": "Су"})
        return 25

    def exchange_files() -> int:
        for number in range(6):
            records.record(district, "person", {"surname": f"Адам {number}"})
            folder = tmp_path / f"turn {number}"
            folder.mkdir()
            for file in exchange.send(district, to_region, folder).files:
                receive(region, file, "kk")
            for file in exchange.send(region, to_district, folder).files:
                receive(district, file, "kk")
        return 6

    with ThreadPoolExecutor(2) as lanes:
        done = [lanes.submit(write), lanes.submit(exchange_files)]
        assert [one.result(timeout=120) for one in done] == [25, 6]
    hand_over(second, district, tmp_path / "last")
    assert exchange.state_digest(region) == exchange.state_digest(district) == exchange.state_digest(second)
    assert lists.count(district, lists.ListQuestion("incident")) == 25
    assert lists.count(region, lists.ListQuestion("person")) == 6
    numbers = [one.values["number"] for one in lists.list_records(region, lists.ListQuestion("incident")).rows]
    assert len(set(numbers)) == len(numbers)
    require_sound(region)
    require_sound(district)


def test_two_computers_of_a_server_send_at_once(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(region, district, tmp_path / "joining", "laptop")
    to = district.vault.store.office.replica
    numbers: list[int] = []

    def send(ctx: AppContext, name: str) -> list[int]:
        found: list[int] = []
        for turn in range(5):
            records.record(ctx, "person", {"surname": f"{name} {turn}"})
            folder = tmp_path / f"{name}{turn}"
            folder.mkdir()
            found += exchange.send(ctx, to, folder).numbers
        return found

    with ThreadPoolExecutor(2) as lanes:
        for done in [lanes.submit(send, region, "a"), lanes.submit(send, second, "b")]:
            numbers += done.result(timeout=120)
    assert len(set(numbers)) == len(numbers) == 10, "no number is given twice"
    for file in sorted(tmp_path.glob("[ab]?/*.emx")):
        try:
            receive(district, file, "kk")
        except EthnomedError as error:  # pragma: no cover - told with the file's name
            raise AssertionError(file.name) from error
    assert lists.count(district, lists.ListQuestion("person")) == 10
    require_sound(second)


WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from ethnomed_desktop.app import records, vault
from ethnomed_desktop.domain.clock import KAZAKHSTAN, FixedClock
from tests.app.conftest import CHEAP, PASSPHRASE
clock = FixedClock(datetime(2026, 11, 21, 10, 0, tzinfo=KAZAKHSTAN))
ctx = vault.open_council(Path(sys.argv[1]), PASSPHRASE, program="command", clock=clock, minimum=CHEAP)
print("open", flush=True)
for number in range(int(sys.argv[2])):
    records.record(ctx, "incident", {"settlement": f"Ауыл {number}", "what_happened": "Су"})
vault.close(ctx)
"""


def test_another_process_writes_while_files_are_sent_and_taken_in(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(region, district, tmp_path / "joining", "laptop")
    third = shutil.copytree(tmp_path / "region", tmp_path / "third", ignore=shutil.ignore_patterns("*.lock"))
    to_region, to_district = (one.vault.store.office.replica for one in (region, district))
    said = [sys.executable, "-c", WRITER, str(third), "20"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(said, cwd=root, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        for number in range(4):
            records.record(district, "person", {"surname": f"Адам {number}"})
            records.record(second, "person", {"surname": f"Кісі {number}"})
            folder = tmp_path / f"turn {number}"
            folder.mkdir()
            for file in exchange.send(district, to_region, folder).files:
                receive(region, file, "kk")
            for file in exchange.send(second, to_district, folder).files:
                receive(district, file, "kk")
        assert writer.wait(timeout=120) == 0
    hand_over(second, district, tmp_path / "last")
    assert lists.count(district, lists.ListQuestion("incident")) == 20
    assert lists.count(region, lists.ListQuestion("person")) == 8
    assert exchange.state_digest(region) == exchange.state_digest(district) == exchange.state_digest(second)
    require_sound(region)
    require_sound(district)


def test_a_region_on_a_server_asks_and_adds_to_code_lists_from_every_computer(
    region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    join(region, district, tmp_path / "joining", "district")
    names = {"name_kk": "Жайылым", "name_ru": "Выпас", "name_en": "Pasture"}
    entry = records.record(second, "code_entry", {"list": "trigger", **names}).value
    code = str(records.show(region, entry.uid).values["code"])
    asked = records.record(region, "request", {"subject": "Есеп"}).value
    records.record(region, "incident", {"settlement": "А", "what_happened": "Су", "triggers": [code]})
    hand_over(second, district, tmp_path / "1")
    assert [one.uid for one in asked_of(district)] == [uid_text(asked.uid)]
    chair = uid_text(records.record(district, "person", {"surname": "Төраға"}).value.uid)
    answer = {"request": uid_text(asked.uid), "outcome": "data", "text": "Үш дау", "approved_by": chair}
    records.record(district, "request_answer", answer)
    records.record(district, "incident", {"settlement": "Б", "what_happened": "Су", "triggers": [code]})
    hand_over(district, region, tmp_path / "2")
    (seen,) = lists.list_records(second, lists.ListQuestion("request_answer")).rows
    assert (seen.values["text"], seen.values["request"]) == ("Үш дау", uid_text(asked.uid))
    require_sound(region)
    require_sound(district)


@pytest.mark.parametrize("seed", range(4))
def test_lives_of_a_server_and_a_laptop(
    seed: int, region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    live(seed, 50, [region, second, district], tmp_path)  # 200 steps


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(100, 120))
def test_long_lives_of_a_server_and_a_laptop(
    seed: int, region: AppContext, second: AppContext, district: AppContext, tmp_path: Path
) -> None:
    live(seed, 100, [region, second, district], tmp_path)  # 2,000 steps
