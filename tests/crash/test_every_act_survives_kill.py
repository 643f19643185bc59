"""Every act may be killed at any instant: the store is whole, nothing acknowledged is lost, nothing erased returns.

Imports have `test_import_survives_kill`, sending has `test_reports_survive_kill`.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import killed_acts
import pytest
import sqlalchemy as sa
from forked import CONTEXT
from killed_import import child
from made_wards import wards
from sent_reports import NOW, published, sent
from servers.fetching import NEWEST, desk
from waiting import PATIENCE, until
from writers import told

from mkmap.crimes.store import Crimes
from mkmap.database import connection, identity, moderators, witness
from mkmap.database.backup import OF_NOW
from mkmap.database.connection import Store
from mkmap.database.tables import metadata
from mkmap.places.store import Places, WardSet
from mkmap.reports.report import State
from mkmap.reports.store import backup, sending, showing
from mkmap.reports.store.tables import claims, networks, past, requests, tallies

SINCE = (*OF_NOW, identity.identity, moderators.moderators, moderators.sign_outs, claims, networks, requests, tallies)
CORRECTIONS = "CREATE TABLE corrections (request VARCHAR, report INTEGER, at TIMESTAMP, what VARCHAR, text VARCHAR)"
OFTEN = pytest.mark.parametrize(
    ("kills", "seed"),
    [pytest.param(3, 1, id="3"), pytest.param(20, 2, id="20", marks=[pytest.mark.slow, pytest.mark.timeout(1200)])],
)


class Killing:
    """Kill one process after the other, each at some instant of what takes it `longest` seconds."""

    def __init__(self, seed: int, longest: float):
        print(f"seed {seed}")
        self._chance, self._longest = random.Random(seed), longest

    def kill(self, work: Callable, *arguments: Any) -> list[str]:
        """What the killed process has said that it has done."""
        ours, theirs = CONTEXT.Pipe(duplex=False)
        home, *others = arguments
        with child(work, home, theirs, *others):
            theirs.close()
            assert ours.poll(PATIENCE)
            assert ours.recv() == "begun"
            time.sleep(self._chance.uniform(0, self._longest))
        return told(ours)


def seconds(work: Callable[[], object]) -> float:
    """That it takes on this machine, today."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


# ---- the police's files


@OFTEN
def test_fetch(home: Path, kills: int, seed: int):
    with desk(home.parent / "measured", 2) as measured, desk(home, 2) as at_work:
        longest = seconds(measured.fetch)
        killing, whole = (
            Killing(seed, longest),
            {month: len(measured.rows(month)) for month in measured.crimes.of_force("thames-valley")},
        )
        for _kill in range(kills):
            killing.kill(killed_acts.fetch_for_ever, home, at_work.police.url)
            assert Crimes(home).damaged() == Places(home).damaged() == []
            stands = {stored.month: len(at_work.rows(stored.month)) for stored in Crimes(home).months()}
            assert stands.items() <= whole.items(), "half a month"
        at_work.fetch()
    assert max(whole) == NEWEST
    assert {stored.month: len(at_work.rows(stored.month)) for stored in Crimes(home).months()} == whole


def with_wards(home: Path, count: int = 3) -> Places:
    Places(home).add_wards(WardSet("made", date(2014, 5, 22), None, count, "made"), wards(count))
    return Places(home)


@OFTEN
def test_wards(home: Path, kills: int, seed: int):
    killing = Killing(seed, 4 * seconds(lambda: with_wards(home)))
    for _kill in range(kills):
        killing.kill(killed_acts.load_wards_for_ever, home)
        places = Places(home)
        assert places.damaged() == []
        (ward_set,) = places.ward_sets()
        assert len(places.wards(ward_set)) == ward_set.wards in (3, 5)


@OFTEN
def test_households(home: Path, kills: int, seed: int):
    killing = Killing(seed, 2 * seconds(lambda: with_wards(home)))
    for _kill in range(kills):
        killing.kill(killed_acts.load_households_for_ever, home)
        places = Places(home)
        assert places.damaged() == []
        (ward_set,) = places.ward_sets()
        if stored := places.households(ward_set):
            assert set(stored.per_ward.values()) in ({1_000}, {2_000})
            assert len(stored.per_ward) == 3


# ---- the reports


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""


@contextmanager
def found(home: Path, url: str) -> Iterator[Store]:
    """The store as whoever comes next finds it: known, and whole."""
    store = connection.connected(home, url)
    try:
        until(lambda: is_alone(store), "PostgreSQL still works for the one who was killed")
        assert backup.damage(store) is None
        yield store
    finally:
        store.engine.dispose()


def is_alone(store: Store) -> bool:
    """A server may finish what a killed client has asked for: until then it is neither done nor not done."""
    if store.is_sqlite:
        return True
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with store.reading() as reading:
        return reading.execute(sa.text(others)).scalar_one() == 0


def check_all(home: Path, url: str, receipts: list[str]) -> None:
    with found(home, url) as store:
        assert all(sending.find(store, receipt) for receipt in receipts)
        assert sum(showing.counts(store).values()) == len(receipts)


def filled(home: Path, url: str, count: int = 8) -> list[str]:
    with found(home, url) as store:
        return [sent(store)[0] for _report in range(count)]


def go_back(connection: sa.Connection) -> None:
    """To the tables of the first version."""
    metadata.drop_all(connection, SINCE)
    columns = (f"ALTER TABLE reports DROP COLUMN {column}" for column in ("flagged", "heap", "second_by"))
    indices = (f"DROP INDEX {name}" for name in ("reports_queue", "reports_near", "decisions_who_at"))
    for statement in (*indices, *columns, CORRECTIONS, "UPDATE alembic_version SET version_num = '0001'"):
        connection.execute(sa.text(statement))


@OFTEN
def test_migration(home: Path, url: str, kills: int, seed: int):
    receipts, killing = filled(home, url), Killing(seed, 0)
    for _kill in range(kills):
        with found(home, url) as store, store.engine.begin() as old:
            go_back(old)
        (home / witness.FILE).unlink()
        killing.kill(killed_acts.migrate, home, url)
        killing._longest = max(killing._longest, seconds(lambda: check_all(home, url, receipts)))


@OFTEN
def test_backup(home: Path, url: str, tmp_path: Path, kills: int, seed: int):
    receipts, file = filled(home, url), tmp_path / "backup"
    with found(home, url) as store:
        killing = Killing(seed, 3 * seconds(lambda: backup.write(store, file, at=NOW)))
    for kill in range(kills):
        killing.kill(killed_acts.back_up_for_ever, home, url, file)
        check_all(home, url, receipts)
        if kill % 3 == 0:
            backup.restore(connection.unexpected(tmp_path / f"new-{kill}"), file, at=NOW)
            check_all(tmp_path / f"new-{kill}", "", receipts)
        else:
            backup.read(file)


@OFTEN
def test_restore_into_a_lost_store(home: Path, url: str, tmp_path: Path, kills: int, seed: int):
    receipts, file = filled(home, url), tmp_path / "backup"
    with found(home, url) as store:
        backup.write(store, file, at=NOW)
        sending.erase(store, (erased := receipts.pop()), at=NOW)
    killing = Killing(seed, seconds(lambda: backup.restore(connection.unexpected(tmp_path / "measured"), file, at=NOW)))
    for _kill in range(kills):
        lose(home, url)
        killing.kill(killed_acts.restore, home, url, file)
        again = connection.unexpected(home, url)
        assert sum(showing.counts(again).values()) in (0, len(receipts)), "half of it"
        backup.restore(again, file, at=NOW)
        again.engine.dispose()
        check_all(home, url, receipts)
        with found(home, url) as store:
            assert sending.find(store, erased) is None


def lose(home: Path, url: str) -> None:
    if not url:
        (home / "reports" / "reports.sqlite").unlink()
        return
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as lost:
        lost.execute(sa.text("DROP SCHEMA public CASCADE"))
        lost.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


@OFTEN
def test_purge(home: Path, url: str, kills: int, seed: int):
    total = 0
    with found(home, url) as store:
        killing = Killing(seed, 3 * seconds(lambda: published(store)))
        total += 1
    for _kill in range(kills):
        with found(home, url) as store:
            for _report in range(3):
                published(store)
            total += 3
        killing.kill(killed_acts.purge_for_ever, home, url)
        with found(home, url) as store, store.reading() as reading:
            left = reading.execute(sa.select(sa.func.sum(past.c.reports))).scalar() or 0
            assert left + showing.counts(store)[State.PUBLISHED] == total, "some are neither there nor counted"


@OFTEN
def test_erase(home: Path, url: str, tmp_path: Path, kills: int, seed: int):
    receipts = filled(home, url, 4 * kills + 4)
    with found(home, url) as store:
        backup.write(store, tmp_path / "backup", at=NOW)
        killing = Killing(seed, 5 * seconds(lambda: sending.erase(store, receipts.pop(), at=NOW)))
    gone: list[str] = []
    for _kill in range(kills):
        gone += killing.kill(killed_acts.erase_all, home, url, [one for one in receipts if one not in gone])
        with found(home, url) as store:
            assert not [receipt for receipt in gone if sending.find(store, receipt)]
            missing = {receipt for receipt in receipts if sending.find(store, receipt) is None}
            assert len(missing - {*gone}) <= 1, "more is gone than was asked for"
            gone += missing - {*gone}  # erased, and killed before it said so
            backup.restore(store, tmp_path / "backup", at=NOW)
            assert {receipt for receipt in receipts if sending.find(store, receipt) is None} == {*gone}
    assert gone
