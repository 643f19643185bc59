"""Open the reports that the app shows, for a command, and print lines that others have written parts of."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING

from mkmap.settings import settings
from mkmap.words import _

if TYPE_CHECKING:  # rooms are imported when their command runs
    from mkmap.database.connection import Store
    from mkmap.dataset.dataset import Dataset


def shown(now: datetime, *, for_machines: bool = False) -> "tuple[Dataset, Store]":
    """What the app shows, and its reports; while that is the demonstration, the invented ones, and it is said."""
    from mkmap.dataset.dataset import shown

    today = now.astimezone().date()
    dataset = shown(settings().home, settings().force, today, settings().area)
    store = dataset.reports(settings(), today)
    if dataset.is_demonstration:
        print(_("Demonstration reports: invented, not evidence."), file=sys.stderr if for_machines else sys.stdout)
    return dataset, store


def store_shown(now: datetime, *, for_machines: bool = False) -> "Store":
    return shown(now, for_machines=for_machines)[1]


def say(line: str) -> None:
    """Print a line that others have written parts of: nothing in it may steer the terminal."""
    print("".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in line))
