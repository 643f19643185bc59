"""Ask a server for briefings: the first after a start, and those of other wards."""

import time
from urllib.request import urlopen

from tests.benchmarks import folders, servers
from tests.benchmarks.measured import Measured, told

AT_MOST = 3.0  # seconds
STARTS, WARDS = 3, 9
QUERY = f"from={folders.LAST + -11}&to={folders.LAST}&type=all"


def measure() -> list[Measured]:
    home = folders.some_months()
    codes = folders.ward_codes(home)
    first, later = [], []
    for start in range(STARTS):
        with servers.mkmap(home) as server:
            first.append(_asked(port, codes[start]))
            later += [_asked(port, code) for code in codes[STARTS : STARTS + WARDS // STARTS]]
    return [
        told("the first briefing after a start, from the click to the whole file", first, AT_MOST, unit=" s", of=max),
        told("a briefing of another ward", later, AT_MOST, unit=" s", of=max),
    ]


def _asked(port: int, code: str) -> float:
    began = time.perf_counter()
    with urlopen(f"http://127.0.0.1:{server.port}/briefing/{code}.pdf?{QUERY}") as answer:
        answer.read()
    return time.perf_counter() - began
