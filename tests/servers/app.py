"""Start the app as a person does, on a free port of this machine, and end it."""

import os
import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from waiting import until

PROJECT = Path(__file__).parent.parent.parent
PORTS = range(10_000, 32_768)  # below those that the system gives to clients, one of whom could be faster than the server


@dataclass(frozen=True)
class Served:
    """A running app: where it is, and what it has written to its log."""

    port: int
    home: Path
    log_file: Path
    process: subprocess.Popen

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.log_file.read_text(errors="replace")

    def get(self, path: str, **how) -> requests.Response:
        return requests.get(self.address + path, timeout=60, **how)


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
    with log.open("ab") as file:
        process = subprocess.Popen(
            _command(port, before, script), cwd=PROJECT, env=environment(home, env or {}), stdout=file, stderr=subprocess.STDOUT
        )
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


def _command(port: int, before: str, script: str) -> list[str]:
    words = ["streamlit", "run", script, "--server.port", str(port), "--server.address", "127.0.0.1"]
    begin = f"import sys, runpy; {before or 'pass'}; sys.argv = {words!r}; runpy.run_module('streamlit', run_name='__main__')"
    return [sys.executable, "-c", begin]


def environment(home: Path, more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MKMAP_", "STREAMLIT_"))}
    return kept | {"MKMAP_HOME": str(home), "MKMAP_OFFLINE": "1", "PYTHONPATH": str(PROJECT)} | more


def _wait_for(app: Served) -> None:
    """Until it answers at all: `/healthz` of a broken store says 503."""
    until(lambda: app.process.poll() is not None or _answers(app), f"the app does not answer: {app.log_file}", every=0.1)
    assert app.process.poll() is None, f"the app did not start:\n{app.log[-3000:]}"


def _answers(app: Served) -> bool:
    try:
        return bool(app.get("/healthz").headers)
    except (requests.ConnectionError, requests.Timeout):
        return False


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
