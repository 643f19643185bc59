"""A restored backup brings back nothing whose time was over here, nothing of what was erased, and counts what comes once."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sent_reports import NOW, corrected, published, sent

from mkmap.database import connection
from mkmap.reports.privacy import PUBLISHED_LIVES, REJECTED_LIVES
from mkmap.reports.report import State
from mkmap.reports.request import Asked, Kind, Outcome
from mkmap.reports.store import backup, deciding, requests, retention, sending, showing, tables, tallies
from mkmap.reports.store.deciding import Act
from mkmap.reports.store.tallies import Tally

MOMENT = timedelta(seconds=1)
RECEIVED, PUBLISHED = Tally(NOW.year, "received"), Tally(NOW.year, "published")


def purge(store, at) -> None:
    retention.purge(store, lambda *_place: "", at=at)


def appeals_texts(store) -> list[str]:
    with store.reading() as found:
        return list(found.execute(sa.select(tables.requests.c.text)).scalars())


def test_what_was_let_go_here_is_not_brought_back_to_be_counted_again(store, tmp_path: Path):
    published(store)
    receipt, _report = sent(store)
    sent(store)
    over = NOW + PUBLISHED_LIVES + MOMENT
    backup.write(store, tmp_path / "file", at=NOW)
    sending.withdraw(store, receipt, at=NOW)
    purge(store, over)
    before = tallies.counted(store)
    restored = backup.restore(store, tmp_path / "file", at=over)
    assert (restored.added, restored.known, restored.erased, restored.over) == (0, 1, 0, 2)
    purge(store, over)
    assert showing.answers(store)[1]["reports"].tolist() == [1]
    assert tallies.counted(store) == before


def test_a_store_that_was_begun_meanwhile_counts_what_comes_once(store, tmp_path: Path):
    _receipt, report = published(store)
    corrected(store, report.mark)
    deciding.decide(store, report, Act.KEEP, who="Ann", at=NOW)
    backup.write(store, tmp_path / "file", at=NOW)
    other = connection.connected(tmp_path / "other")
    sent(other)
    for _each in range(2):
        backup.restore(other, tmp_path / "file", at=NOW)
    correction = [Tally(NOW.year, "correction", detail) for detail in ("received", "kept")]
    assert tallies.counted(other) == {RECEIVED: 2, **dict.fromkeys([PUBLISHED, *correction], 1)}
    (back,) = deciding.reports_in(other, State.PUBLISHED)
    deciding.decide(other, back, Act.UNDO, who="Ann", at=NOW)
    assert PUBLISHED not in tallies.counted(other)


def test_after_an_older_backup_a_newer_one_adds_what_the_older_one_had_not(store, tmp_path: Path):
    published(store)
    backup.write(store, tmp_path / "older", at=NOW)
    published(store)
    backup.write(store, tmp_path / "newer", at=NOW)
    other = connection.connected(tmp_path / "other")
    complaint = Asked("one", Kind.COMPLAINT, "Something else", "canary")
    requests.ask(other, complaint, at=NOW)  # before the backup was at hand
    for name in ("older", "newer", "older"):
        backup.restore(other, tmp_path / name, at=NOW)
    assert tallies.counted(store) == {RECEIVED: 2, PUBLISHED: 2}
    assert tallies.counted(other) == {**tallies.counted(store), Tally(NOW.year, "complaint", "received"): 1}


def test_what_is_erased_again_takes_its_senders_appeal_along(store, tmp_path: Path):
    receipt, report = sent(store)
    deciding.decide(store, report, Act.REJECT, who="Ann", at=NOW, reason="not believable")
    requests.appeal(store, receipt, "canary", at=NOW)
    backup.write(store, tmp_path / "file", at=NOW)
    other = connection.connected(tmp_path / "other")
    backup.restore(other, tmp_path / "file", at=NOW)
    sending.erase(store, receipt, at=NOW)
    backup.write(store, tmp_path / "newer", at=NOW)
    backup.restore(other, tmp_path / "newer", at=NOW)
    assert showing.counts(other)[State.REJECTED] == 0
    assert appeals_texts(other) == []


def test_what_was_asked_about_a_report_that_is_withdrawn_here_has_no_text_and_an_answer(store, tmp_path: Path):
    receipt, report = published(store)
    asked = corrected(store, report.mark, text="canary")
    backup.write(store, tmp_path / "file", at=NOW)
    sending.withdraw(store, receipt, at=NOW)
    with store.writing() as lost:
        lost.execute(sa.delete(tables.requests))
    backup.restore(store, tmp_path / "file", at=NOW + REJECTED_LIVES)
    back = requests.find(store, asked)
    assert (back.text, back.outcome) == ("", Outcome.GONE)
