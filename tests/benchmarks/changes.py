"""Change the filters on months of the area, all crime types, beside a page that draws the same elements and counts nothing."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import combinations, islice
from pathlib import Path

from tests.benchmarks import folders, servers, wire
from tests.benchmarks.map_data import load
from tests.benchmarks.measured import Measured, alternating, ratio, told
from tests.benchmarks.servers import Server
from tests.benchmarks.visitor import Values, Visitor

ROUNDS, PAIRS = 2, 8  # of each kind of change, and in a round
MILLISECONDS_AT_MOST = 40.0
TIMES_AT_MOST = 2.0
TIMES_AT_MOST_AGAIN = 3.0  # no counting and no compressing
KILOBYTES_AT_MOST = 150
PAGES = ("trends", "claims", "wards")
HALF_A_YEAR, YEAR, ALL = 6, 12, folders.SOME_MONTHS

Pairs = list[tuple[float, float]]


def measure() -> list[Measured]:
    return change(folders.of_the_force(), "change", address(HALF_A_YEAR), at_most=MILLISECONDS_AT_MOST)


def measure_many() -> list[Measured]:
    home = folders.many_rows()
    print(f"  {folders.rows_stored(home):,} rows stored")
    return change(home, "change with 18 million rows stored", address(YEAR))


def measure_pages() -> list[Measured]:
    """The other pages with filters, over all 36 months that are stored."""
    home = folders.some_months()
    return [one for page in PAGES for one in change(home, f"change on /{page}", address(YEAR), page=page)]


def measure_wire() -> list[Measured]:
    kilobytes = wire.kilobytes_of_changes(folders.with_reports(), address(ALL))
    name = f"a change, {ALL} months of all types and {folders.REPORTS:,} reports included, until the map has drawn"
    return [told(name, kilobytes, KILOBYTES_AT_MOST, unit=" kB", of=max)]


def address(months: int) -> str:
    return f"from={folders.LAST + (1 - months)}&to={folders.LAST}&type=all"


def change(home: Path, name: str, query: str, *, page: str = "", at_most: float | None = None) -> list[Measured]:
    """From the change to the end of the run and of the map's data; each of what nobody has asked this server for before."""
    with ExitStack() as stack:
        server = stack.enter_context(servers.mkmap(home))
        ours = stack.enter_context(Visitor(server.port, query, page=page))
        file = ours.record(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "recorded")
        constant_server = stack.enter_context(servers.beside("constant.py", file))
        constant = stack.enter_context(Visitor(constant_server.port))
        for visitor in (ours, constant):
            visitor.choose(Ward=[ours.widgets["Ward"].options[0]])
        walls, cpus = [], []
        for kind, changes in _changes(ours).items():
            for _round in range(ROUNDS):
                before = server.cpu(), constant_server.cpu()
                walls += _pairs(ours, constant, changes)
                cpus.append(((server.cpu() - before[0]) / PAIRS, (constant_server.cpu() - before[1]) / PAIRS))
                print(f"    another {kind}: {1000 * cpus[-1][0]:.0f} ms CPU, constant content {1000 * cpus[-1][1]:.0f} ms")
        found = [
            told(f"{name}, the server's CPU", [1000 * ours for ours, _theirs in cpus], at_most, unit=" ms"),
            ratio(f"{name}, CPU beside constant content", cpus, TIMES_AT_MOST),
            ratio(f"{name}, time beside constant content", walls, None),
        ]
        return found if page else [*found, _asked_again(server, constant_server, ours.map_data.has, name)]


def _pairs(ours: Visitor, constant: Visitor, changes: Iterator[Values]) -> Pairs:
    upcoming = list(islice(changes, PAIRS))
    here, there = iter(upcoming), iter(upcoming)
    return alternating(lambda: ours.choose(**next(here)), lambda: constant.choose(**next(there)), PAIRS)


def _changes(visitor: Visitor) -> dict[str, Iterator[Values]]:
    """By what is changed: the values of the widgets after each change."""
    wards, types = visitor.widgets["Ward"].options, visitor.widgets["Crime type"].options
    months = [month for month in reversed(visitor.widgets["From"].options) if "(" not in month]
    return {
        "ward": ({"Ward": list(two)} for two in combinations(wards, 2)),
        "period": ({"Ward": [], "From": first, "To": last} for first, last in combinations(months[::-1], 2)),
        "crime type": ({"Crime_type": list(many)} for many in combinations(types, len(types) - 2)),
    }


def _asked_again(server: Server, constant: Server, addresses: set[str], name: str) -> Measured:
    """By another browser, beside as many answers that are always the same."""
    pairs = [
        (_cpu_of(server, addresses), _cpu_of(constant, ["/map/style.json"] * len(addresses))) for _round in range(ROUNDS + 1)
    ]
    return ratio(f"{name}, CPU of the map's data asked for again", pairs, TIMES_AT_MOST_AGAIN)


def _cpu_of(server: Server, addresses: set[str] | list[str]) -> float:
    before = server.cpu()
    load(server.port, addresses)
    return (server.cpu() - before) / len(addresses)
