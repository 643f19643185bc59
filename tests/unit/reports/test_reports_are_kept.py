"""What a sender was told is kept is kept: once, whole, and nothing of it beside it. The same on SQLite and on PostgreSQL."""

import os
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from refusing import refused
from sent_reports import NOW, corrected, published, sent, submission

from mkmap.database import connection, meetings, upgrade
from mkmap.database.connection import Store
from mkmap.errors import AlreadyDecided, Code, Damaged, Refused
from mkmap.reports.report import Flag, State
from mkmap.reports.store import deciding, retention, sending, showing, tables


def everything(store: Store) -> str:
    """Every cell of every table, as text."""
    with store.reading() as found:
        return "\n".join(str(row) for table in tables.metadata.tables.values() for row in found.execute(sa.select(table)))


def test_a_receipt_has_16_digits_and_finds_the_report(store):
    one = submission(text="They came at night.")
    receipt = sending.submit(store, one, at=NOW)
    assert re.fullmatch(r"\d{16}", receipt)
    found = sending.find(store, receipt)
    assert (found.state, found.kind, found.month, found.place, found.text) == (
        State.PENDING, one.kind, one.month, one.place, one.text,
    )  # fmt: skip
    assert found.received_at == NOW
    assert sending.find(store, "0" * 16) is None


def test_the_same_submission_is_one_row_and_one_receipt(store):
    one = submission()
    assert sending.submit(store, one, at=NOW) == sending.submit(store, one, at=NOW + timedelta(minutes=1))
    assert showing.counts(store)[State.PENDING] == 1
    assert sending.sent(store, one.id)[0] == sending.submit(store, one, at=NOW)
    assert sending.sent(store, submission().id) is None


def test_the_same_submission_from_many_threads_is_one_row(store):
    one, start = submission(), threading.Barrier(8)

    def press(_number: int) -> str:
        start.wait()
        return sending.submit(store, one, at=NOW)

    with ThreadPoolExecutor(8) as presses:
        assert len(set(presses.map(press, range(8)))) == 1
    assert showing.counts(store)[State.PENDING] == 1


@pytest.mark.parametrize("each", [10, pytest.param(50, marks=pytest.mark.slow)])
def test_twenty_sessions_send_at_once_and_none_sees_an_error(store, each):
    def session(_number: int) -> list[str]:
        return [sending.submit(store, submission(), at=NOW) for _ in range(each)]

    with ThreadPoolExecutor(20) as sessions:
        receipts = {receipt for some in sessions.map(session, range(20)) for receipt in some}
    assert len(receipts) == 20 * each == showing.counts(store)[State.PENDING]


def test_neither_receipt_nor_submission_id_stands_in_the_database(store):
    one = submission()
    receipt = sending.submit(store, one, at=NOW, sender=sending.Sender("visit-of-somebody", "203.0.113.9"))
    stored = everything(store)
    for secret in (receipt, one.id, "visit-of-somebody", "203.0.113.9"):
        assert secret not in stored


def test_limits_flag_and_lose_nothing(store):
    sender = sending.Sender("one visit", "203.0.113.9")
    receipts = [sending.submit(store, submission(), at=NOW + timedelta(minutes=n), sender=sender) for n in range(3)]
    assert [sending.find(store, receipt).flags for receipt in receipts] == [(), (), (Flag.MANY_IN_SESSION,)]
    hall = [sending.Sender(f"visit {n}", "203.0.113.9") for n in range(3)]
    receipts = [sending.submit(store, submission(), at=NOW + timedelta(minutes=5), sender=one) for one in hall]
    assert [sending.find(store, receipt).flags for receipt in receipts] == [(), (), (Flag.MANY_FROM_NETWORK,)]
    later = sending.submit(store, submission(), at=NOW + timedelta(minutes=66), sender=sender)
    assert sending.find(store, later).flags == ()


def test_a_household_of_ipv6_is_one_network(store):
    senders = [sending.Sender(f"visit {n}", f"2001:db8:1:2::{n}") for n in range(6)]
    receipts = [sending.submit(store, submission(), at=NOW, sender=one) for one in senders]
    assert sending.find(store, receipts[-1]).flags == (Flag.MANY_FROM_NETWORK,)
    other = sending.submit(store, submission(), at=NOW, sender=sending.Sender("visit", "2001:db8:1:3::1"))
    assert sending.find(store, other).flags == ()


def test_a_pressed_twice_submission_counts_once_for_the_limits(store):
    sender, one = sending.Sender("one visit"), submission()
    for _ in range(5):
        receipt = sending.submit(store, one, at=NOW, sender=sender)
    assert sending.find(store, receipt).flags == ()
    assert sending.find(store, sending.submit(store, submission(), at=NOW, sender=sender)).flags == ()


def test_senders_are_forgotten_after_an_hour_and_cannot_be_known_again_after_a_day(store):
    sender = sending.Sender("one visit", "203.0.113.9")
    for _ in range(3):
        sending.submit(store, submission(), at=NOW, sender=sender)
    with store.reading() as found:
        before = set(found.execute(sa.select(tables.arrivals.c.sender)).scalars())
    assert len(before) == 2
    retention.purge(store, lambda *_place: "", at=NOW + timedelta(minutes=59))
    assert count(store, tables.arrivals) == 6
    retention.purge(store, lambda *_place: "", at=NOW + timedelta(minutes=60))
    assert count(store, tables.arrivals) == 0, "no limit looks at them any more"
    sending.submit(store, submission(), at=NOW + timedelta(hours=25), sender=sender)
    with store.reading() as found:
        assert not before & set(found.execute(sa.select(tables.arrivals.c.sender)).scalars()), "another day, another salt"


def count(store: Store, table: sa.Table) -> int:
    with store.reading() as found:
        return found.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def become_quiet(store: Store, since: int) -> None:
    """As if nobody had written for long: what is asked often is kept from then on."""
    if store.is_sqlite:
        os.utime(store.folder / "reports.sqlite", (since, since))


def test_withdrawing_hides_it_and_deletes_the_text_at_once(store):
    receipt, report = published(store, text="a canary in the text")
    become_quiet(store, since=1)
    before = showing.version(store)
    assert showing.version(store) == before
    sending.withdraw(store, receipt, at=NOW)
    assert showing.version(store) != before, "at once, also where the version was kept"
    sending.withdraw(store, receipt, at=NOW)
    become_quiet(store, since=2)
    assert sending.find(store, receipt).state is State.WITHDRAWN
    assert showing.published(store) == []
    assert showing.version(store) != before
    assert "canary" not in everything(store)
    assert [one.act for one in deciding.decided(store, report.id)] == ["publish", "withdraw"]


def test_erasing_leaves_nothing_but_a_hash(store):
    one = submission(text="a canary in the text")
    receipt = sending.submit(store, one, at=NOW)
    report = sending.find(store, receipt)
    report = deciding.decide(store, report, deciding.Act.PUBLISH, who="canary moderator", at=NOW)
    corrected(store, report.mark, text="canary")
    sending.erase(store, receipt, at=NOW)
    assert sending.find(store, receipt) is None
    assert "canary" not in everything(store)
    assert "52.136428" not in everything(store)
    with refused(Refused, Code.REPORT_ERASED):
        sending.submit(store, one, at=NOW)
    with refused(Refused, Code.RECEIPT_UNKNOWN):
        sending.erase(store, receipt, at=NOW)


def test_two_moderators_on_one_report_one_wins_and_the_other_is_told_by_whom(store):
    _receipt, report = sent(store)
    start = threading.Barrier(2)

    def decide(who: str, act: deciding.Act) -> str:
        start.wait()
        try:
            return deciding.decide(store, report, act, who=who, at=NOW, reason="because").state
        except AlreadyDecided as error:
            return str(error)

    with ThreadPoolExecutor(2) as both:
        first = both.submit(decide, "Ann", deciding.Act.PUBLISH)
        second = both.submit(decide, "Bea", deciding.Act.REJECT)
        said = [first.result(), second.result()]
    (winner,) = deciding.decided(store, report.id)
    assert deciding.get(store, report.id).state == winner.after
    assert sum(winner.who in text for text in said) == 1, "the slower one reads who was faster"


def test_the_tables_are_the_ones_that_the_migrations_make(store):
    with store.reading() as found:
        assert meetings.meetings in tables.metadata.sorted_tables
        assert compare_metadata(MigrationContext.configure(found), tables.metadata) == []


def test_the_newest_migration_is_the_head():
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [upgrade.HEAD]


def test_opening_again_changes_nothing(store, url, home):
    receipt, _report = sent(store)
    again = connection.connected(home, url)
    assert sending.find(again, receipt).state is State.PENDING
    again.engine.dispose()


def test_two_stores_of_one_database_are_equal_and_of_two_are_not(store, url, home, tmp_path):
    again, other = connection.connected(home, url), connection.connected(tmp_path / "other")
    assert (again, hash(again)) == (store, hash(store))
    assert other != store
    again.engine.dispose()


def test_many_may_open_an_empty_database_at_once(url, home):
    def start(_number: int) -> str:
        opened = connection.connected(home, url)
        receipt = sending.submit(opened, submission(), at=NOW)
        opened.engine.dispose()
        return receipt

    with ThreadPoolExecutor(4) as starts:
        assert len(set(starts.map(start, range(4)))) == 4


def test_several_databases_may_be_made_at_once(tmp_path):
    """The demonstration's and the residents' own, while an app starts."""
    start = threading.Barrier(6)

    def make(number: int) -> int:
        start.wait()
        store = connection.connected(tmp_path / str(number))
        sending.submit(store, submission(), at=NOW)
        return showing.counts(store)[State.PENDING]

    with ThreadPoolExecutor(6) as starts:
        assert list(starts.map(make, range(6))) == [1] * 6


def test_a_database_of_a_newer_version_is_left_alone(store, url, home):
    with store.writing() as found:
        found.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with refused(Damaged, Code.DATABASE_NEWER):
        connection.connected(home, url)


@pytest.mark.parametrize("wrong", ["mysql://somebody@127.0.0.1/x", "no address at all", "sqlite:///x.db"])
def test_another_database_is_refused_by_the_settings_name(home, wrong):
    with refused(Refused, Code.DATABASE_URL_UNUSABLE):
        connection.connected(home, wrong)


def test_a_server_that_is_not_there_is_said_in_words(home):
    with refused(Refused, Code.DATABASE_SILENT):
        connection.connected(home, "postgresql://mkmap@127.0.0.1:1/x")


def test_deleted_text_is_overwritten_in_the_file(home):
    store = connection.connected(home)
    receipt, _report = sent(store, text="a canary in the text")
    file = home / "reports" / "reports.sqlite"
    assert b"canary" in file.read_bytes()
    sending.erase(store, receipt, at=NOW)
    assert b"canary" not in file.read_bytes()
    assert [path.name for path in file.parent.iterdir() if path.suffix == ".sqlite-journal"] == []


def test_sqlite_is_as_durable_as_promised(home):
    store = connection.connected(home)
    with store.writing() as found:
        told = {
            name: found.execute(sa.text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert told == {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}
