"""Run a real PostgreSQL on loopback, which can be killed and started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg
from servers.app import free_port

NOBODY = "nobody"  # PostgreSQL refuses to run as root
PATIENCE = 30  # seconds until it answers; after a crash it recovers first


@dataclass
class Postgres:
    """A server on a folder of its own; the same address after each start."""

    folder: Path
    programs: Path
    user: str | None  # who it runs as, where that is not us
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return self.database("postgres")

    def database(self, name: str) -> str:
        return f"postgresql://mkmap@127.0.0.1:{self.port}/{name}"

    def create(self, name: str) -> str:
        """A new, empty database; its address."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.database(name)

    def make(self) -> None:
        self._run(
            "initdb", "-D", str(self.folder / "data"), "-U", "mkmap", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale"
        )

    def start(self) -> None:
        command = [self.programs / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder]
        settings = [
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "fsync=on",
            "-c",
            "synchronous_commit=on",
            "-c",
            "max_connections=100",
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*map(str, command), *settings], stdout=log, stderr=log, user=self.user, cwd=self.folder, start_new_session=True
            )
        self._wait()

    def kill(self) -> None:
        """As a power cut for the server: it, and every process of it, at once."""
        children = [int(word) for word in self._children().split()]
        for process in [self.process.pid, *children]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()
        for child in children:
            while Path(f"/proc/{child}").exists() and "Z" not in _state(child):
                time.sleep(0.005)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # fast: open connections are closed
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def _children(self) -> str:
        with suppress(OSError):
            return Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return ""

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([self.programs / program, *arguments], user=self.user, cwd=self.folder, check=True, capture_output=True)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(psycopg.OperationalError), psycopg.connect(self.url, connect_timeout=2):
                return
            time.sleep(0.05)
        raise AssertionError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()[-2000:]}")


def _state(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return "Z"


@contextmanager
def postgres() -> Iterator[Postgres | None]:
    """A running server; None where none could be found or installed."""
    found = _programs() or _installed()
    if found is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="mkmap-postgres-"))
    try:
        server = _owned(folder, found)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owned(folder: Path, programs: Path) -> Postgres:
    """A server that does not run as root, in a folder that its user owns, with programs that its user can reach."""
    if os.geteuid() != 0:
        return Postgres(folder, programs, None)
    nobody = pwd.getpwnam(NOBODY)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    if not str(programs).startswith("/usr/"):  # below somebody's home, perhaps
        programs = _copied(programs, folder / "installed")
    return Postgres(folder, programs, NOBODY)


def _copied(programs: Path, to: Path) -> Path:
    """pgserver's programs, and the libraries that they look for beside its package."""
    package = programs.parent.parent
    shutil.copytree(programs.parent, to / package.name / programs.parent.name, symlinks=True)
    shutil.copytree(package.with_name("pgserver.libs"), to / "pgserver.libs", symlinks=True)
    return to / package.name / programs.parent.name / programs.name


def _programs() -> Path | None:
    """pgserver's, which pip installs, else the system's."""
    if (found := find_spec("pgserver")) and (programs := Path(found.origin).parent / "pginstall" / "bin").is_dir():
        return programs
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))


def _installed() -> Path | None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "postgresql"], check=False)
    return _programs()
