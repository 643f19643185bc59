"""Measure what mkmap promises, beside something that cannot be called slow, in one run on one machine.

    python -m tests.benchmarks            everything; about half an hour, the first time longer: 18 million rows are made
    python -m tests.benchmarks load       only some: import, change, pages, many, wire, load, browser, first, reports, desk, briefing,
                                          flood, start

- `import`: the command against a process that only gives the same members of the same zip to pandas.
- `change`: a change of the filters that nobody has made before, until the map's data have come: the server's CPU, and that of a page
  that draws the same elements with constant content; then the same map's data asked for again.
- `pages`: the same on the pages of trends, claims and wards, over 36 months.
- `many`: the same with 18 million rows stored.
- `wire`: what a change puts on the wire until the map has drawn, 36 months of all types and 5,000 reports included.
- `load`: 10, 50 and 200 people who change the filters, the last at four processes behind a proxy; what 19 in 20 changes take, and
  the CPU of each, which says what a machine carries that has nothing else to do.
- `browser`: how long choosing a ward blocks a slow browser, and how smoothly the map moves, beside an empty map.
- `first`: the first visitor of each page after a start, against an empty map with the same filters; and what the visit brings.
- `reports`: a report, from the press to the receipt, against a page with the same widgets and one durable commit; and `change` with
  5,000 published reports.
- `desk`: the moderators' page with 2,000 and 20,000 reports waiting, all over the town and all alike: until it is there, until the
  next report is, until one was decided about, and until all were; seconds.
- `briefing`: the two sheets of a ward over twelve months and all crime types, from the click to the whole PDF: a bound in seconds;
  and those of all wards at once, with what other people wait for meanwhile.
- `flood`: what other visitors notice while one asks for all crimes over 30 connections, or for sheets, or reads no answer, or opens
  1,100 connections and says nothing; in time and memory.
- `start`: the commands `status` and `briefing` on the months of one force against a process that only imports pandas; CPU seconds.

The pages beside ours, in the folder `beside`, are served with our settings and middleware. Exit 1 when a bound is missed. It takes the
real months of ../shared/data, or where there are none, invented ones. What it makes is kept in the system's temporary folder, under
`mkmap-benchmarks`. The machine should have nothing else to do.
"""

import sys
from collections.abc import Callable

from tests.benchmarks import briefings, changes, desk, first_visit, flood, importing, load, reports, smooth, starting
from tests.benchmarks.measured import Measured

PARTS: dict[str, Callable[[], list[Measured]]] = {
    "import": importing.measure,
    "change": changes.measure,
    "pages": changes.measure_pages,
    "many": changes.measure_many,
    "wire": changes.measure_wire,
    "load": load.measure,
    "browser": smooth.measure,
    "first": first_visit.measure,
    "reports": reports.measure,
    "desk": desk.measure,
    "briefing": briefings.measure,
    "flood": flood.measure,
    "start": starting.measure,
}


def main(names: list[str]) -> int:
    if "--help" in names:
        print(__doc__)
        return 0
    if unknown := set(names) - set(PARTS):
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    found = []
    for name in names or PARTS:
        print(f"\n{name}", flush=True)
        found += PARTS[name]()
    missed = [one for one in found if not one.kept]
    print(f"\n{len(found) - len(missed)} of {len(found)} bounds kept" + "".join(f"\nmissed: {one.name}" for one in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
