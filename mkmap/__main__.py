"""Run `python -m mkmap`."""

import atexit
import gc
import os

# Before NumPy is loaded: its second thread spins while it waits for matrices, and ours are a few rows wide.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# A command loads half a million objects, and keeps them until it ends: while they come, and once more when they go, Python would
# look for garbage among them.
gc.set_threshold(50_000)
atexit.register(gc.freeze)

from mkmap.operate.commands import main  # noqa: E402

main()
