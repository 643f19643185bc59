"""Start a Streamlit app in a process of its own, and end it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from mkmap.settings import PROJECT

BESIDE = Path(__file__).parent / "beside" / "app.py"
PATIENCE = 60.0  # seconds that a server may take to start


@dataclass(frozen=True)
class Server:
    """A server that answers, on this machine alone."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds, user and system, that it and its children have taken so far."""
        return sum(_cpu(one.pid) for one in (self.process, *self.process.children(recursive=True)))


def _cpu(process: int) -> float:
    """From the process's own clock, as `clock_getcpuclockid` names it: what psutil tells comes in steps of ten milliseconds."""
    return time.clock_gettime(~process << 3 | 2)


@contextmanager
def mkmap(home: Path, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The app with a data folder, and somebody who answers for reports; `more`: other settings."""
    environment = {"MKMAP_HOME": str(home), "MKMAP_OPERATOR": "Somebody", "MKMAP_CONTACT": "somebody@example.org"}
    with _running(PROJECT / "app.py", environment | dict(more or {})) as server:
        yield server


@contextmanager
def beside(page: str, recorded: Path | None = None) -> Iterator[Server]:
    """A page of tests/benchmarks/beside; `recorded`: what it draws, as `visitor.record` has written it."""
    with _running(BESIDE, {"BESIDE_PAGE": page, "BESIDE_RECORDED": str(recorded)}) as server:
        yield server


@contextmanager
def _running(app: Path, environment: dict[str, str]) -> Iterator[Server]:
    """In the project's folder: what it sets for Streamlit is set for every page."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port), "--server.address", "127.0.0.1"]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=os.environ | {"MKMAP_OFFLINE": "1", "PYTHONPATH": str(PROJECT)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield Server(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait(url: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url):
                return
        except (URLError, ConnectionError):
            time.sleep(0.02)
    raise SystemExit("the server does not answer")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
