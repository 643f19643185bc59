"""Start a Streamlit app in a process of its own, and end it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from mkmap.settings import PROJECT

EMPTY = Path(__file__).parent / "empty" / "app.py"
QUIET = [
    "--server.headless",
    "true",
    "--browser.gatherUsageStats",
    "false",
]  # no question at the first start, no request outside
PATIENCE = 60.0  # seconds that a server may take to start


@contextmanager
def mkmap(home: Path) -> Iterator[int]:
    """The app with a data folder; gives its port as soon as it answers."""
    with _running(PROJECT / "app.py", PROJECT, {"MKMAP_HOME": str(home)}) as port:
        yield port


@contextmanager
def empty(page: str, widgets: Path | None = None) -> Iterator[int]:
    """A page of tests/benchmarks/empty, served as Streamlit serves without any settings."""
    with _running(EMPTY, EMPTY.parent, {"EMPTY_PAGE": page, "EMPTY_WIDGETS": str(widgets), "PYTHONPATH": str(PROJECT)}) as port:
        yield port


@contextmanager
def _running(app: Path, folder: Path, environment: dict[str, str]) -> Iterator[int]:
    port = _free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(app),
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
            *QUIET,
        ],
        cwd=folder,
        env=os.environ | {"MKMAP_OFFLINE": "1"} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(url: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url):
                return
        except (URLError, ConnectionError):
            time.sleep(0.02)
    raise SystemExit("the server does not answer")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
