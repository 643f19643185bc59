"""Draw and set sheets behind everything else: whoever looks at a page goes first."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

NICE = 10  # of 19, as Unix counts: a sheet gets a tenth of a processor that is wanted elsewhere, and all of one that is idle

Given = ParamSpec("Given")
Made = TypeVar("Made")


def _step_back() -> None:
    """Only Linux counts so by threads; those that this one begins step back too."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


_BEHIND = ThreadPoolExecutor(1, "behind", _step_back)


def behind(work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs) -> Made:
    """Only for what lets other threads run: it must hold nothing that they wait for."""
    return _BEHIND.submit(work, *args, **kwargs).result()
