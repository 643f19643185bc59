"""A real store beside a scripted police.uk: what a test of a fetch needs, with waiting that takes no time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import requests
import shapely
from servers.police_uk import PoliceUk
from waiting import PATIENCE

from mkmap.crimes.fetch import fetch
from mkmap.crimes.ingest import ingest_frame
from mkmap.crimes.layouts import COLUMNS
from mkmap.crimes.store import Crimes
from mkmap.month import Month
from mkmap.places.store import Places
from mkmap.police.client import PoliceApi
from mkmap.police.fetching import FetchResult

TOWN = shapely.box(-0.80, 52.00, -0.70, 52.08)
FORCE = "thames-valley"
NOW = datetime(2026, 11, 15, 9, 30)
NEWEST = Month(2026, 9)
MOMENT = 0.15  # seconds


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now, self.sleeps = 1000.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds


def invented(month: Month, *, placed: int = 40, unplaced: int = 3) -> pd.DataFrame:
    """A month in the archive's form, invented: points in the town, stacked, some of British Transport Police."""
    chance = np.random.default_rng(month.year * 12 + month.number)
    points = np.round(chance.uniform([-0.80, 52.00], [-0.70, 52.08], (max(placed // 3, 1), 2)), 6)
    return pd.DataFrame(
        [_row(month, row, points, row < placed) for row in range(placed + unplaced)], columns=list(COLUMNS), dtype="str"
    )


def _row(month: Month, row: int, points: np.ndarray, placed: bool) -> dict:
    types = ("Burglary", "Anti-social behaviour", "Violence and sexual offences", "Criminal damage and arson", "Drugs")
    longitude, latitude = points[row % len(points)]
    crime_type = types[row % len(types)]
    quiet = crime_type == "Anti-social behaviour"
    force = "British Transport Police" if row % 17 == 11 else "Thames Valley Police"
    return {
        "Crime ID": None if quiet else f"{month.number:02x}{row:062x}",
        "Month": str(month),
        "Reported by": force,
        "Falls within": force,
        "Longitude": f"{longitude:.6f}" if placed else None,
        "Latitude": f"{latitude:.6f}" if placed else None,
        "Location": f"On or near Street {row % len(points)}" if placed else "No Location",
        "Crime type": crime_type,
        "Last outcome category": None if quiet else ("Offender given penalty notice", "Under investigation")[row % 2],
    }


class Asking(PoliceApi):
    """A client that waits long for an answer, as a busy machine needs it; but only a moment where the path starts so."""

    short_of_patience = ""

    def _try(self, path: str, method: str, fields: dict[str, str]) -> object:
        hurries = self.short_of_patience and path.startswith(self.short_of_patience)
        self._deadline = MOMENT if hurries else PATIENCE
        return super()._try(path, method, fields)


class Desk:
    """A store in `home`, a scripted police.uk with invented months up to `NEWEST`, and a fetch between them."""

    def __init__(self, home: Path, police: PoliceUk, session: requests.Session):
        self.home = home
        self.police, self.session, self.clock = police, session, Clock()
        self.progress: list[tuple[int, int, str]] = []
        self.area = TOWN

    @property
    def crimes(self) -> Crimes:
        """As they stand whenever they are asked for."""
        return Crimes(self.home)

    @property
    def places(self) -> Places:
        return Places(self.home)

    def api(self, url: str = "", short_of_patience: str = "") -> Asking:
        api = Asking(self.session, url or self.police.url, clock=self.clock, sleep=self.clock.sleep)
        api.short_of_patience = short_of_patience
        return api

    def fetch(
        self, first: Month | None = None, last: Month | None = None, *, api: PoliceApi | None = None
    ) -> list[FetchResult]:
        return fetch(
            self.crimes, self.places, api or self.api(), outline=self.area, force=FORCE, first=first, last=last, at=NOW,
            progress=lambda *step: self.progress.append(step),
        )  # fmt: skip

    def store(self, frame: pd.DataFrame, month: Month, scope: str = "area") -> None:
        ingest_frame(
            self.crimes, self.places, frame, month=month, force=FORCE, scope=scope, source="a test", at=datetime(2026, 10, 1)
        )

    def rows(self, month: Month, scope: str = "area") -> pd.DataFrame | None:
        """What is stored of a month, in an order that does not depend on the way there; None where nothing is."""
        for stored in self.crimes.months():
            if (stored.month, stored.scope) == (month, scope):
                columns = "month, lower(hex(crime_id)) AS crime_id, crime_type, outcome, street, point, rejected"
                with duckdb.connect() as database:
                    return database.execute(
                        f"SELECT {columns} FROM read_parquet(?) ORDER BY ALL", [str(self.crimes.path(stored))]
                    ).df()
        return None


@contextmanager
def desk(home: Path, months: int = 3, **police) -> Iterator[Desk]:
    offered = [NEWEST + -back for back in range(months)]
    with PoliceUk({month: invented(month) for month in offered}, **police) as served, requests.Session() as session:
        session.trust_env = False
        yield Desk(home, served, session)
