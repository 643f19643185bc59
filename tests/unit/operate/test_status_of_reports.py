"""What `status` and `/healthz` tell of residents' reports: how many, how long they wait, the last backup, or that none answers."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import made_stores
import pytest
import sqlalchemy as sa
from command_line import run
from sent_reports import corrected, published, sent

from mkmap.database.connection import opened
from mkmap.operate.health import health
from mkmap.reports.privacy import LATE
from mkmap.settings import Settings

NOBODY = "postgresql://mkmap:canary@127.0.0.1:1/none"


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


def told(home: Path, **changed: str) -> dict:
    done = run(home, "status", "--json", **changed)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_it_counts_what_is_there(town: Path):
    nothing = told(town)
    assert nothing["reports"] == {"pending": 0, "published": 0, "rejected": 0, "withdrawn": 0}
    assert (nothing["oldest_pending_report"], nothing["last_backup"]) == (None, None)
    store = opened(town)
    published(store, at=datetime(2025, 1, 1, tzinfo=UTC))
    sent(store, at=datetime(2026, 1, 2, 12, tzinfo=UTC))
    sent(store, at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    found = told(town)
    assert found["reports"] == {"pending": 2, "published": 1, "rejected": 0, "withdrawn": 0}
    assert found["oldest_pending_report"] == "2026-01-01T12:00:00+00:00"
    assert "reports_unreachable" not in found
    words = run(town, "status").stdout
    assert "Residents' reports: 2 waiting, 1 published, 0 rejected, 0 withdrawn." in words
    assert "The oldest has been waiting since 2026-01-01." in words


@pytest.mark.parametrize(("more", "late"), [(timedelta(hours=-1), False), (timedelta(hours=1), True)])
def test_a_queue_that_nobody_looks_at_is_late(town: Path, more: timedelta, late: bool):
    sent(opened(town), at=datetime.now(UTC) - LATE - more)
    assert ("The queue is late" in run(town, "status").stdout) == late


def test_requests_that_wait_and_are_late_are_told(town: Path):
    store = opened(town)
    assert "wait for an answer" not in run(town, "status").stdout
    for age in (0, 400):
        _receipt, report = published(store)
        corrected(store, report.mark, at=datetime.now(UTC) - timedelta(days=age))
    assert told(town)["requests"]["correction"] == {"open": 2, "late": 1}
    words = run(town, "status").stdout
    assert "2 wait for an answer." in words
    assert "1 of them is late." in words
    state = health(Settings(home=town), datetime.now(UTC).date())
    assert (state["waiting_requests"], state["late_requests"]) == (2, 1)


def test_what_is_decided_makes_no_queue_late(town: Path):
    published(opened(town), at=datetime(2025, 1, 1, tzinfo=UTC))
    words = run(town, "status").stdout
    assert "late" not in words
    assert "waiting since" not in words


def test_the_last_backup_is_told(town: Path, tmp_path: Path):
    before = datetime.now(UTC)
    run(town, "backup", tmp_path / "backup")
    found = told(town)["last_backup"]
    assert before <= datetime.fromisoformat(found) <= datetime.now(UTC)
    assert f"Last backup: {found[:16]}." in run(town, "status").stdout
    assert health(Settings(home=town), date.today())["last_backup"] == found


@pytest.mark.usefixtures("with_demonstration")
def test_the_last_backup_is_residents_own_while_the_demonstration_is_shown(home: Path, tmp_path: Path):
    run(home, "backup", tmp_path / "backup")
    found = told(home)
    assert found["shown"] == "demo"
    assert found["reports"]["pending"] == 8
    assert found["last_backup"]


def test_health_tells_that_they_answer_and_what_waits(town: Path):
    sent(opened(town), at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    found = health(Settings(home=town), date.today())
    assert found | {"status": "ok", "reports": "ok", "pending_reports": 1} == found
    assert found["oldest_pending_report"] == "2026-01-01T12:00:00+00:00"


def no_server(_home: Path) -> dict[str, str]:
    return {"DATABASE_URL": NOBODY}


def wrong_setting(_home: Path) -> dict[str, str]:
    return {"DATABASE_URL": "mysql://canary"}


def no_database(home: Path) -> dict[str, str]:
    (home / "reports").mkdir()
    (home / "reports" / "reports.sqlite").write_bytes(b"this is no database" * 100)
    return {}


def a_newer_one(home: Path) -> dict[str, str]:
    with opened(home).writing() as found:
        found.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    opened.cache_clear()
    return {}


@pytest.mark.parametrize("broken", [no_server, wrong_setting, no_database, a_newer_one])
def test_where_their_database_does_not_answer_the_map_is_well_and_it_is_said(
    town: Path, broken: Callable[[Path], dict[str, str]]
):
    changed = broken(town)
    found = told(town, **changed)
    assert (found["reports"], found["reports_unreachable"]) == (None, True)
    assert found["months"], "all else is told"
    words = run(town, "status", **changed)
    assert (words.returncode, words.stderr) == (0, "")
    assert "Residents' reports: their database does not answer." in words.stdout
    assert "canary" not in words.stdout
    healthy = health(Settings(home=town, **{name.lower(): value for name, value in changed.items()}), date.today())
    assert (healthy["status"], healthy["reports"], healthy["pending_reports"]) == ("ok", "unreachable", None)


@pytest.mark.parametrize("broken", [no_server, wrong_setting, no_database, a_newer_one])
def test_verify_refuses_with_one_line(town: Path, broken: Callable[[Path], dict[str, str]]):
    done = run(town, "verify", **broken(town))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "canary" not in done.stderr
    assert "Import or load" not in done.stderr, "the police's files are whole"


def test_verify_finds_a_damaged_page(town: Path):
    store = opened(town)
    for _report in range(30):
        sent(store)
    assert run(town, "verify").stdout == "Every stored file is whole.\n"
    file = town / "reports" / "reports.sqlite"
    content = bytearray(file.read_bytes())
    content[8192:12288] = b"\x55" * 4096
    file.write_bytes(content)
    done = run(town, "verify")
    assert done.returncode == 1
    assert done.stderr == "The reports' database is damaged; restore a backup. All else is in order.\n"


def test_verify_asks_postgresql_whether_it_answers(town: Path, postgres_url: str):
    assert run(town, "verify", DATABASE_URL=postgres_url).returncode == 0
    opened(town, postgres_url).engine.dispose()  # the command keeps it for the life of its process, here the tests'
