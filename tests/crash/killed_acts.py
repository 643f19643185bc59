"""Acts on the stores in another process that will be killed; each says that it has begun, and what it has done."""

import os
from datetime import date
from itertools import cycle
from multiprocessing.connection import Connection
from pathlib import Path

import requests
from made_wards import wards
from sent_reports import NOW
from servers.fetching import FORCE, NEWEST, TOWN, Clock

from mkmap.crimes.fetch import fetch
from mkmap.crimes.store import Crimes
from mkmap.database import connection
from mkmap.places.store import Households, Places, WardSet
from mkmap.police.client import PoliceApi
from mkmap.reports.privacy import PUBLISHED_LIVES
from mkmap.reports.store import backup, retention, sending

LATER = NOW + PUBLISHED_LIVES * 2


def begin(pipe: Connection) -> None:
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    pipe.send("begun")


def fetch_for_ever(home: Path, pipe: Connection, police: str) -> None:
    begin(pipe)
    clock = Clock()
    while True:
        with requests.Session() as session:
            session.trust_env = False
            api = PoliceApi(session, police, clock=clock, sleep=clock.sleep)
            fetch(Crimes(home), Places(home), api, outline=TOWN, force=FORCE, first=NEWEST + -1, last=NEWEST, at=NOW,
                  progress=lambda *_step: None)  # fmt: skip


def load_wards_for_ever(home: Path, pipe: Connection) -> None:
    begin(pipe)
    for count in cycle((3, 5)):
        Places(home).add_wards(WardSet("made", date(2014, 5, 22), None, count, "made"), wards(count))


def load_households_for_ever(home: Path, pipe: Connection) -> None:
    begin(pipe)
    for each in cycle((1_000, 2_000)):
        places = Places(home)
        (ward_set,) = places.ward_sets()
        per_ward = dict.fromkeys(places.wards(ward_set)["code"], each)
        places.add_households({ward_set.name: Households(per_ward, 2021, "made")})


def migrate(home: Path, pipe: Connection, url: str) -> None:
    begin(pipe)
    connection.connected(home, url)


def back_up_for_ever(home: Path, pipe: Connection, url: str, file: Path) -> None:
    store = connection.connected(home, url)
    begin(pipe)
    while True:
        backup.write(store, file, at=NOW)


def restore(home: Path, pipe: Connection, url: str, file: Path) -> None:
    begin(pipe)
    backup.restore(connection.unexpected(home, url), file, at=NOW)
    pipe.send("restored")


def purge_for_ever(home: Path, pipe: Connection, url: str) -> None:
    store = connection.connected(home, url)
    begin(pipe)
    while True:
        retention.purge(store, lambda *_where: "", at=LATER)


def erase_all(home: Path, pipe: Connection, url: str, receipts: list[str]) -> None:
    store = connection.connected(home, url)
    begin(pipe)
    for receipt in receipts:
        sending.erase(store, receipt, at=NOW)
        pipe.send(receipt)
