"""What all tests share: compiled catalogs, no network, a PostgreSQL server of their own."""

from __future__ import annotations

import grp
import importlib.util
import ipaddress
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt: windows are drawn into memory and look alike on every machine.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

ROOT = Path(__file__).resolve().parent.parent
CATALOG_TOOL = ROOT / ".ci" / "catalogs.py"

settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("soak", parent=settings.get_profile("steady"), derandomize=False, max_examples=5000)
settings.load_profile("steady")


def load_script(path: Path) -> ModuleType:
    """Import a script that is not part of a package (the tools in ``.ci``)."""
    name = f"script_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogs when a translation is newer, so that tests see the words of this tree."""
    load_script(CATALOG_TOOL).compile_stale()


@pytest.fixture(scope="session")
def catalog_tool() -> ModuleType:
    """The tool that keeps the catalogs."""
    return load_script(CATALOG_TOOL)


@pytest.fixture(scope="session")
def catalog_rules() -> ModuleType:
    """What must hold in the catalogs, and in every Kazakh text."""
    return load_script(CATALOG_TOOL.with_name("catalog_rules.py"))


@pytest.fixture(scope="session", autouse=True)
def own_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the lines that the program writes about refusals out of the log of whoever runs the tests."""
    state = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(state))
        yield state


@pytest.fixture(scope="session", autouse=True)
def own_place_in_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep opened copies apart: kept vaults have one id, and opening one wipes what another process has out."""
    place = tmp_path_factory.mktemp("memory")
    place.chmod(0o700)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_RUNTIME_DIR", str(place))
        yield place


# --- no network ---------------------------------------------------------------------------------


class NetworkForbidden(AssertionError):
    """A test tried to leave the machine; the program never may (only a configured PostgreSQL)."""


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a path: a socket within the machine
    host = str(address[0]).split("%")[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", "", socket.gethostname()}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection to another machine, and every look-up of its name, fail."""

    def guarded(name: str) -> Any:
        real = getattr(socket.socket, name)

        def checked(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]
            if self.family != socket.AF_UNIX and not _is_local(address):
                raise NetworkForbidden(f"connection to {address}")
            return real(self, *arguments)

        return checked

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    real_lookup = socket.getaddrinfo

    def lookup(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None and not _is_local((host if isinstance(host, str) else host.decode(),)):
            raise NetworkForbidden(f"looking up {host!r}")
        return real_lookup(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


# --- PostgreSQL ---------------------------------------------------------------------------------


def _postgres_programs() -> Path | None:
    """Return the folder of the newest server installed, or ``None``."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    return newest[-1].parent if newest else None


def _as_ordinary_user(folder: Path) -> list[str]:
    """Give the folder to an ordinary user when we are root (the server refuses root); returns a prefix."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    group = grp.getgrgid(user.pw_gid).gr_name
    return ["setpriv", f"--reuid={user.pw_name}", f"--regid={group}", "--clear-groups"]


class PostgresServer:
    """A private server on a socket in a temporary folder; nothing of it is reachable from outside."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="em-pg-"))
        self._prefix = _as_ordinary_user(self._folder)
        self._run(
            "initdb", "-A", "trust", "-U", "ethnomed", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D", "data"
        )
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={self._folder} -c fsync=off "
            "-c full_page_writes=off -c synchronous_commit=off -c shared_buffers=16MB -c max_connections=60"
        )
        self._run("pg_ctl", "-D", "data", "-l", "log", "-o", options, "-w", "start")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self._prefix, str(self._programs / program), *arguments],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self._folder), "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout[-2000:]}")

    def url(self, database: str) -> str:
        """Return the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://ethnomed@/{database}?host={self._folder}"

    def execute(self, statement: str) -> None:
        """Run one statement of administration."""
        import psycopg

        with psycopg.connect(host=str(self._folder), user="ethnomed", dbname="postgres", autocommit=True) as link:
            link.execute(statement.encode())

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server per test process, started when the first test asks for it."""
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed: the tests on it are left out")
    server = PostgresServer(programs)
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty database, dropped afterwards."""
    name = f"t{uuid4().hex[:12]}"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield postgres_server.url(name)
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")
