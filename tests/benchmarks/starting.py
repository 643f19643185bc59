"""Start the two commands that people wait for, beside a process that only imports pandas; CPU seconds, with what was compiled kept."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from mkmap.settings import PROJECT
from tests.benchmarks import folders
from tests.benchmarks.measured import Measured, alternating, ratio

PAIRS = 9
STATUS_AT_MOST, BRIEFING_AT_MOST = 2.0, 6.0
PANDAS = ["-c", "import pandas"]


def measure() -> list[Measured]:
    home = folders.of_the_force()
    with tempfile.TemporaryDirectory() as folder:
        code = folders.ward_codes(home)[0]
        briefing = ["-m", "mkmap", "briefing", "--ward", code, "-o", str(Path(folder) / "ward.pdf")]
        return [
            _beside_pandas("status", ["-m", "mkmap", "status"], home, STATUS_AT_MOST),
            _beside_pandas("briefing", briefing, home, BRIEFING_AT_MOST),
        ]


def _beside_pandas(name: str, command: list[str], home: Path, bound: float) -> Measured:
    alternating(lambda: _process(command, home), lambda: _process(PANDAS, home), 1)  # compiles, and reads into memory
    pairs = alternating(lambda: _process(command, home), lambda: _process(PANDAS, home), PAIRS)
    return ratio(f"{name}, CPU of the process against that of importing pandas", pairs, bound, unit="s")


def _process(arguments: list[str], home: Path) -> float:
    """CPU seconds, user and system, that a Python takes from its start to its end."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment | {"MKMAP_HOME": str(home), "MKMAP_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments[:3]} failed")
    return used.ru_utime + used.ru_stime
