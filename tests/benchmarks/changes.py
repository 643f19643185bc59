"""Change the filters on twelve months of the area, all crime types, beside an empty page with the same widgets."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path

from tests.benchmarks import folders, servers, wire
from tests.benchmarks.measured import Measured, alternating, ratio, told
from tests.benchmarks.visitor import Visitor

PAIRS = 12  # of each kind of change
AT_MOST, AT_MOST_WITH_MANY = 1.5, 2.0
AT_MOST_OF_A_PAGE = 2.0
PAGES = ("trends", "claims", "wards")
KILOBYTES_AT_MOST = 300
YEAR = 12  # months that are chosen

Values = dict[str, str | list[str]]


def measure() -> list[Measured]:
    home = folders.some_months()
    kilobytes = wire.kilobytes_of_changes(home, address())
    return [
        *change(home, AT_MOST, "change"),
        told("change, kilobytes on the wire until the map has drawn", kilobytes, KILOBYTES_AT_MOST, unit=" kB", of=max),
    ]


def measure_many() -> list[Measured]:
    home = folders.many_rows()
    print(f"  {folders.rows_stored(home):,} rows stored")
    return change(home, AT_MOST_WITH_MANY, "change with 18 million rows stored")


def measure_pages() -> list[Measured]:
    """The other pages with filters, over all 36 months that are stored."""
    home = folders.some_months()
    return [one for page in PAGES for one in change(home, AT_MOST_OF_A_PAGE, f"change on /{page}", page=page)]


def address() -> str:
    return f"from={folders.LAST + (1 - YEAR)}&to={folders.LAST}&type=all"


def change(home: Path, bound: float, name: str, *, page: str = "") -> list[Measured]:
    with ExitStack() as stack:
        ours = stack.enter_context(Visitor(stack.enter_context(servers.mkmap(home)), address(), page=page))
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "widgets.json"
        file.write_text(json.dumps([(widget.label, widget.kind, widget.options) for widget in ours.widgets.values()]))
        theirs = stack.enter_context(Visitor(stack.enter_context(servers.empty("widgets.py", file))))
        ours.choose(Ward=[ours.widgets["Ward"].options[0]])
        theirs.choose(Ward=[ours.widgets["Ward"].options[0]])
        pairs = {kind: _pairs(ours, theirs, changes) for kind, changes in _changes(ours).items()}
    for kind, found in pairs.items():
        ratio(f"{name}, another {kind}", found, None)
    return [ratio(name, [pair for found in pairs.values() for pair in found], bound)]


def _pairs(ours: Visitor, theirs: Visitor, changes: Iterator[Values]) -> list[tuple[float, float]]:
    """Times of changes; each sets what no one has asked this server for before."""
    upcoming = [next(changes) for _pair in range(PAIRS)]
    here, there = iter(upcoming), iter(upcoming)
    return alternating(lambda: ours.choose(**next(here)), lambda: theirs.choose(**next(there)), PAIRS)


def _changes(visitor: Visitor) -> dict[str, Iterator[Values]]:
    """By what is changed: the values of the widgets after each change."""
    wards, types = visitor.widgets["Ward"].options, visitor.widgets["Crime type"].options
    months = [month for month in reversed(visitor.widgets["From"].options) if "(" not in month]
    return {
        "ward": ({"Ward": list(two)} for two in combinations(wards, 2)),
        "period": ({"Ward": [], "From": first, "To": last} for first, last in zip(months, months[YEAR - 1 :], strict=False)),
        "crime type": ({"Crime_type": list(many)} for many in combinations(types, len(types) - 2)),
    }
