"""Start the app as a person does, on a free port of this machine, and end it."""

import os
import random
import runpy
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path

import requests
from forked import CONTEXT
from waiting import until

from mkmap.database import operators
from mkmap.database.connection import connected
from mkmap.operate.operator_link import PATH
from mkmap.operate.rights import COOKIE

PROJECT = Path(__file__).parent.parent.parent
ANSWERS_FOR_IT = {"MKMAP_OPERATOR": "Somebody", "MKMAP_CONTACT": "somebody@example.org"}  # without it no report is taken
PORTS = range(10_000, 32_768)  # below those that the system gives to clients, one of whom could be faster than the server


@dataclass(frozen=True)
class Served:
    """A running app: where it is, and what it has written to its log."""

    port: int
    home: Path
    log_file: Path
    process: BaseProcess

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    def get(self, path: str, **how) -> requests.Response:
        return requests.get(self.address + path, timeout=60, **how)

    def operator(self) -> str:
        """The cookie of the browser in which a new link of the operator was opened, as a header says it."""
        token = operators.make_link(connected(self.home), at=datetime.now(UTC))
        answer = self.get(f"{PATH}?token={token}", allow_redirects=False)
        return f"{COOKIE}={answer.cookies[COOKIE]}"


@contextmanager
def served(
    home: Path,
    log: Path,
    env: dict[str, str] | None = None,
    *,
    before: str = "",
    port: int | None = None,
    script: str = "app.py",
) -> Iterator[Served]:
    """The app on a data folder, without a way out of this machine; `before`: Python that runs before the app is imported."""
    port = port or free_port()
    words = ["streamlit", "run", script, "--server.port", str(port), "--server.address", "127.0.0.1"]
    process = CONTEXT.Process(target=_run, args=(words, environment(home, env or {}), log, before), daemon=True)
    process.start()
    app = Served(port, home, log, process)
    try:
        _wait_for(app)
        yield app
    finally:
        _end(process)


def free_port() -> int:
    while True:
        port = random.SystemRandom().choice(PORTS)
        with closing(socket.socket()) as listening, suppress(OSError):
            listening.bind(("127.0.0.1", port))
            return port


def _run(words: list[str], env: dict[str, str], log: Path, before: str) -> None:
    """What a shell would run, in a process that has its libraries already."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(PROJECT)
    tempfile.tempdir = None
    sys.path[:] = [str(PROJECT), *(folder for folder in sys.path if not folder.startswith(str(PROJECT / "tests")))]
    with log.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    exec(before, {"sys": sys})  # with names of its own, which what it defines finds again
    sys.argv = words
    runpy.run_module(words[0], run_name="__main__")


def environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MKMAP_", "STREAMLIT_"))}
    return kept | {"MKMAP_HOME": str(home), "MKMAP_OFFLINE": "1", "PYTHONPATH": str(PROJECT)} | more


def _wait_for(app: Served) -> None:
    """Until it answers at all: `/healthz` of a broken store says 503."""
    until(lambda: not app.process.is_alive() or _answers(app), f"the app does not answer: {app.log_file}", every=0.1)
    assert app.process.is_alive(), f"the app did not start:\n{app.log[-3000:]}"


def _answers(app: Served) -> bool:
    try:
        return bool(app.get("/healthz").headers)
    except (requests.ConnectionError, requests.Timeout):
        return False


def _end(process: BaseProcess) -> None:
    process.terminate()
    process.join(10)
    process.kill()
    process.join()
