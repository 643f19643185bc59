"""A small town's wards beside a scripted police.uk that knows its neighbourhoods, and a fetch of the plans between them.

Alder Park is policed by E1; Broughton by E1 in the west and E2 in the east; Cedar & Elm by E2.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import made_stores
import requests
import shapely
from made_wards import SOUTH, STEP, WEST
from servers.fetching import Asking, Clock
from servers.police_ground import Ground
from servers.police_uk import PoliceUk

from mkmap.places.store import Places
from mkmap.plans.fetch import fetch
from mkmap.plans.plan import Neighbourhood, Plan
from mkmap.plans.store import Plans
from mkmap.police.fetching import FetchResult

AT = datetime(2026, 11, 15, 3, tzinfo=UTC)
E1, E2 = Neighbourhood("thames-valley", "E1"), Neighbourhood("thames-valley", "E2")
LIMIT = WEST + 1.7 * STEP  # where E1 ends and E2 begins


def grounds() -> list[Ground]:
    west, east = shapely.box(-1, SOUTH, LIMIT, SOUTH + 1), shapely.box(LIMIT, SOUTH, 0, SOUTH + 1)
    return [Ground("E1", west, name="Alder &amp; West"), Ground("E2", east, name="East")]


class Station:
    """A store in `home` and a scripted police.uk; waiting takes no time."""

    def __init__(self, home: Path, police: PoliceUk, session: requests.Session):
        self.home, self.police, self.session, self.clock = home, police, session, Clock()
        self.progress: list[tuple[int, int, str]] = []

    @property
    def plans(self) -> Plans:
        """As they stand whenever they are asked for."""
        return Plans(self.home)

    @property
    def places(self) -> Places:
        return Places(self.home)

    @property
    def first(self) -> Ground:
        return self.police.grounds[0]

    def api(self, short_of_patience: str = "") -> Asking:
        api = Asking(self.session, self.police.url, clock=self.clock, sleep=self.clock.sleep)
        api.short_of_patience = short_of_patience
        return api

    def fetch(self, days: float = 0, *, only_due: bool = False, short_of_patience: str = "") -> list[FetchResult]:
        """What a fetch so many days after `AT` brings."""
        return fetch(
            self.plans, self.places, self.api(short_of_patience), at=AT + timedelta(days=days), only_due=only_due,
            progress=lambda *step: self.progress.append(step),
        )  # fmt: skip

    def plan(self, neighbourhood: Neighbourhood = E1) -> Plan | None:
        return self.plans.plan(neighbourhood)


@contextmanager
def station(home: Path) -> Iterator[Station]:
    if not Places(home).ward_sets():
        made_stores.add_wards(home)
    with PoliceUk({}) as police, requests.Session() as session:
        session.trust_env = False
        police.grounds = grounds()
        yield Station(home, police, session)
