"""Run `python -m mkmap`."""

import atexit
import gc
import os

# Before NumPy is loaded: its second thread spins while it waits for matrices, and ours are a few rows wide.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Two hundred thousand objects come with the libraries and stay until the end; while they come, and once more when all goes,
# Python would look for garbage among them.
gc.set_threshold(500_000)
atexit.register(gc.freeze)

from mkmap.operate.commands import main  # noqa: E402

main()
