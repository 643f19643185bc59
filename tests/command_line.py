"""Run commands as a shell does, in this process."""

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from mkmap.operate.commands import main
from mkmap.settings import settings


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(home: Path, *words: object, **changed: str) -> Done:
    """A command as `python -m mkmap` runs it; `changed`: settings, without `MKMAP_`."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name, value in {"HOME": home, "OFFLINE": "1", **changed}.items():
            patch.setenv(f"MKMAP_{name}", str(value))
        patch.setattr(sys, "argv", ["mkmap", *map(str, words)])
        settings.cache_clear()
        code = _exit_code(main)
    settings.cache_clear()
    return Done(code, out.getvalue(), err.getvalue())


def _exit_code(command: Callable[[], None]) -> int:
    try:
        command()
    except SystemExit as ended:
        return ended.code or 0
    return 0
