"""Hold what no test of behaviour holds: `.venv/bin/python tests/gates.py` runs every gate and says which is shut."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent
GATES = {
    "the linter finds nothing": ("ruff", "check", "."),
    "the format is the one that ruff gives": ("ruff", "format", "--check", "."),
    "types are what they say": ("mypy",),
    "what is installed fits together": ("pip", "check"),
}


def shut() -> list[str]:
    """The gates that are shut; what their commands say goes to the screen."""
    closed = []
    for gate, command in GATES.items():
        print(f"{gate}: {' '.join(command)}", flush=True)
        if subprocess.run([sys.executable, "-m", *command], cwd=PROJECT, check=False).returncode:
            closed.append(gate)
    return closed


if __name__ == "__main__":
    closed = shut()
    print("shut: " + ", ".join(closed) if closed else "every gate is open")
    sys.exit(bool(closed))
