"""Import a large archive, beside a process that does nothing but `pandas.read_csv` on the same members of the same zip."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from mkmap.crimes.archive import opened
from mkmap.crimes.ingest import ingest_archive
from mkmap.crimes.store import Crimes
from mkmap.places.store import Places
from mkmap.settings import PROJECT
from tests.benchmarks import folders
from tests.benchmarks.measured import Measured, alternating, ratio, told

PAIRS = 7
AT_MOST = 1.0
MEMORY_AT_MOST = 1.5  # GB

PANDAS = """
import sys, zipfile, pandas
with zipfile.ZipFile(sys.argv[1]) as archive:
    rows = [len(pandas.read_csv(archive.open(name))) for name in archive.namelist() if name.endswith("street.csv")]
print(sum(rows))
"""


def measure() -> list[Measured]:
    archive = folders.archive()
    memory: list[float] = []

    def command() -> float:
        return _in_fresh_home(lambda home: _process(["-m", "mkmap", "import", str(archive)], home, memory))

    def pandas() -> float:
        return _process(["-c", PANDAS, str(archive)], Path.cwd(), [])

    alternating(command, pandas, 1)  # reads the zip and both libraries into the system's memory
    processes = alternating(command, pandas, PAIRS)
    inside = alternating(lambda: _in_fresh_home(lambda home: _import(archive, home)), lambda: _read(archive), PAIRS)
    return [
        ratio("import, whole process against whole process", processes, AT_MOST, unit="s"),
        ratio("import, within one process, libraries loaded", inside, None, unit="s"),
        told("import, most memory in GB", memory, MEMORY_AT_MOST, of=max),
    ]


def _in_fresh_home(work: Callable[[Path], float]) -> float:
    with tempfile.TemporaryDirectory(dir=folders.CACHE) as folder:
        home = Path(folder) / "home"
        shutil.copytree(folders.wards_only(), home)
        return work(home)


def _process(arguments: list[str], home: Path, memory: list[float]) -> float:
    """Seconds that a Python takes from its start to its end; its peak memory, in GB, is added to `memory`."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=os.environ | {"MKMAP_HOME": str(home), "MKMAP_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments[:3]} failed")
    memory.append(used.ru_maxrss * 1024 / 1e9)
    return seconds


def _import(archive: Path, home: Path) -> float:
    start = time.perf_counter()
    with opened([str(archive)], force="thames-valley") as members:
        ingest_archive(Crimes(home), Places(home), members, at=datetime.now(UTC), progress=lambda *_step: None)
    return time.perf_counter() - start


def _read(archive: Path) -> float:
    start = time.perf_counter()
    with zipfile.ZipFile(archive) as opened_:
        for name in opened_.namelist():
            if name.endswith("street.csv"):
                pd.read_csv(opened_.open(name))
    return time.perf_counter() - start
