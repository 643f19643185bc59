"""Sheets step back behind those who look at a page."""

import os
import sys
import threading

import pytest

from mkmap.briefing.behind import NICE, behind


def _priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count by threads")
def test_only_what_is_made_behind_steps_back():
    before = _priority()
    assert behind(_priority) == max(before, NICE)
    assert _priority() == before


def test_what_goes_wrong_behind_is_told_in_front():
    with pytest.raises(ZeroDivisionError):
        behind(divmod, 1, 0)
