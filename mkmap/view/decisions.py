"""Write who decided what about residents' reports as a file for a spreadsheet."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, fields
from io import StringIO

from mkmap.crimes.export import defused
from mkmap.reports.store.audit import Entry


def decisions_csv(entries: Iterable[Entry]) -> str:
    """A row a decision; times are UTC. What anybody has written is a text in every spreadsheet, never a formula."""
    file = StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(field.name for field in fields(Entry))
    for entry in entries:
        at, *others = astuple(entry)
        rows.writerow([at.isoformat(timespec="seconds"), *(defused(str(value)) for value in others)])
    return file.getvalue()
