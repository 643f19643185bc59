"""Ask a server for briefings: the first after a start, those of other wards, and of all wards at once."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

from tests.benchmarks import folders, load, servers
from tests.benchmarks.measured import Measured, told

AT_MOST = 3.0  # seconds
OTHERS_AT_MOST = 2.0  # times what they wait without
STARTS, WARDS = 3, 9
QUERY = f"from={folders.LAST + -11}&to={folders.LAST}&type=all"
OTHERS = load.Crowd(people=5, every=1, changes=10, at_most=0)


def measure() -> list[Measured]:
    home = folders.some_months()
    codes = folders.ward_codes(home)
    first, later = [], []
    for start in range(STARTS):
        with servers.mkmap(home) as server:
            first.append(_asked(server.port, codes[start]))
            later += [_asked(server.port, code) for code in codes[STARTS : STARTS + WARDS // STARTS]]
    return [
        told("the first briefing after a start, from the click to the whole file", first, AT_MOST, unit=" s", of=max),
        told("a briefing of another ward", later, AT_MOST, unit=" s", of=max),
        *_all_at_once(home, codes),
    ]


def _all_at_once(home: Path, codes: list[str]) -> list[Measured]:
    with servers.mkmap(home) as server:
        alone = load.most(load.took(server.port, OTHERS, load.SEED))
        made, others = asyncio.run(_meanwhile(server.port, codes))
        again = _asked(server.port, codes[0])
    print(
        f"    all within {max(made):.1f} s; others: 19 in 20 within {1000 * alone:.0f} ms before, {1000 * others:.0f} ms meanwhile"
    )
    return [
        told(f"briefings of all {len(codes)} wards asked for at once, all served", made, None, unit=" s", of=max),
        told("what other people wait for meanwhile, 19 in 20, beside what they do without", [others / alone], OTHERS_AT_MOST),
        told("one of these briefings asked for again", [again], None, unit=" s"),
    ]


async def _meanwhile(port: int, codes: list[str]) -> tuple[list[float], float]:
    """Seconds that each briefing takes, and that others wait at most."""
    with ThreadPoolExecutor(len(codes)) as asking:
        made = [asyncio.wrap_future(asking.submit(_asked, port, code)) for code in codes]
        others = await load.changing(port, OTHERS, load.SEED + OTHERS.people)
        return await asyncio.gather(*made), load.most(others)


def _asked(port: int, code: str) -> float:
    """Seconds; raises HTTPError where it is not served."""
    began = time.perf_counter()
    with urlopen(f"http://127.0.0.1:{port}/briefing/{code}.pdf?{QUERY}") as answer:
        answer.read()
    return time.perf_counter() - began
