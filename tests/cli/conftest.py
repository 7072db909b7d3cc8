"""The command line in this process, over real encrypted folders whose passwords cost little."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from ethnomed_desktop.cli.main import main
from ethnomed_desktop.store.kdf import KdfParameters

CHEAP = KdfParameters(t=1, m_kib=64, p=1)
PASSPHRASE = "жайлауда жеті жылқы жатыр"
NOW = "2026-11-21T10:00+05:00"
COUNCIL: dict[str, Any] = {
    "user": {"name": "Сейітова Раушан", "role": "secretary", "label": "Раушан"},
    "bodies": [
        {
            "body_kind": "council_of_elders",
            "name_kk": "Ауыл ақсақалдар кеңесі",
            "name_ru": "Совет аксакалов села",
            "name_en": "Village council of elders",
            "place": "kato:314800000",
        }
    ],
}


@dataclass
class Ended:
    """How a call ended and what it said where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.count("\n") == 1, self.out
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Cli:
    """Calls the command line over one data folder; every word after the options is an argument."""

    folder: Path
    environment: dict[str, str] = field(default_factory=lambda: {"ETHNOMED_PASSPHRASE": PASSPHRASE})
    language: str = "en"
    params: KdfParameters | None = CHEAP
    now: str | None = NOW
    window: Callable[[Path | None, str], int] | None = None

    def __call__(self, *words: str, stdin: bytes | str = b"", as_json: bool = True) -> Ended:
        shared = ["--data-dir", str(self.folder)]
        shared += ["--lang", self.language] if self.language else []
        shared += ["--json"] if as_json else []
        shared += ["--now", self.now] if self.now else []
        out, err = StringIO(), StringIO()
        data = stdin.encode() if isinstance(stdin, str) else stdin
        code = main(
            [*shared, *words],
            stdin=BytesIO(data),
            stdout=out,
            stderr=err,
            environment=self.environment,
            params=self.params,
            window=self.window,
        )
        assert "Traceback" not in out.getvalue() + err.getvalue()
        return Ended(code, out.getvalue(), err.getvalue())

    def add(self, kind: str, **fields: object) -> dict[str, Any]:
        """Record one and return what the command line said of it."""
        ended = self("record", "add", kind, "--from", "-", stdin=json.dumps(fields))
        assert ended.code == 0, ended
        made: dict[str, Any] = ended.json[0]
        return made

    def refused(self, *words: str, stdin: bytes | str = b"", code: int = 1) -> str:
        """Call, demand the exit code, return the code of the refusal."""
        ended = self(*words, stdin=stdin)
        assert ended.code == code, ended
        assert set(ended.json) - {"problems"} == {"error", "message", "facts"}
        assert ended.json["message"]
        return str(ended.json["error"])


@pytest.fixture(scope="session")
def made_council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council made once; tests get copies of its folder."""
    folder = tmp_path_factory.mktemp("council") / "data"
    given = folder.parent / "council.json"
    given.write_text(json.dumps(COUNCIL, ensure_ascii=False), encoding="utf-8")
    assert Cli(folder)("vault", "create", "--from", str(given)).code == 0
    return folder


@pytest.fixture
def cli(made_council: Path, tmp_path: Path) -> Cli:
    """The command line over a council of one user and one body."""
    folder = tmp_path / "data"
    shutil.copytree(made_council, folder)
    return Cli(folder)


@pytest.fixture
def nowhere(tmp_path: Path) -> Cli:
    """The command line over an empty folder."""
    return Cli(tmp_path / "empty")


@pytest.fixture
def call_plain() -> Callable[..., Ended]:
    """Call with exactly the words and the environment given."""

    def call(*words: str, environment: dict[str, str], stdin: bytes = b"") -> Ended:
        out, err = StringIO(), StringIO()
        code = main(words, stdin=BytesIO(stdin), stdout=out, stderr=err, environment=environment)
        return Ended(code, out.getvalue(), err.getvalue())

    return call
