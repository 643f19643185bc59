"""SQL in every field, filter and route of the reports is text, on SQLite and on PostgreSQL."""

from pathlib import Path

import made_stores
import pytest
from sent_reports import NOW, corrected, published, submission
from servers.routes import own_routes

from mkmap.database import connection
from mkmap.errors import Refused
from mkmap.month import Month
from mkmap.reports.report import Place, State
from mkmap.reports.store import answering, deciding, requests, sending, showing
from mkmap.settings import settings

PAYLOADS = [
    "'", "''", '"', "`", "\\", "\\'", ";", "--", "/*", "#", "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "1; DROP TABLE reports",
    "'; DROP TABLE reports; --", "'); DELETE FROM reports; --", "' UNION SELECT * FROM facts --", "1 UNION ALL SELECT value FROM facts",
    "' AND 1=(SELECT COUNT(*) FROM decisions) --", "'||(SELECT value FROM facts)||'", "%' OR '%'='", "_", "%", "$1", ":name", "?",
    "%s", "%(id)s", "{0}", "pg_sleep(10)", "'; SELECT pg_sleep(10); --", "' || pg_sleep(10) --", "'; ATTACH DATABASE 'x' AS y; --",
    "'; PRAGMA writable_schema=1; --", "0x27", "\u2019 OR 1=1", "＇ OR 1=1", "E'\\x27'", "$$; DROP TABLE reports; $$", "NULL", "CHAR(39)",
]  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, home: Path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    found = connection.connected(home, url)
    yield found
    found.engine.dispose()


def test_it_is_text_in_every_field(store):
    assert len(PAYLOADS) >= 30
    for text in PAYLOADS:
        place = Place(-0.7, 52.0, text)
        receipt = sending.submit(store, submission(text=text, place=place), at=NOW, sender=sending.Sender(text, text))
        report = sending.find(store, receipt)
        assert (report.text, report.place.street) == (text, text)
        report = deciding.decide(store, report, deciding.Act.REJECT, who=text, at=NOW, reason=text)
        assert [one.who for one in deciding.decided(store, report.id)] == [text]
        assert sending.find(store, text) is None
        assert sending.sent(store, text) is None
        with pytest.raises(Refused):
            sending.erase(store, text, at=NOW)
        with pytest.raises(Refused):
            corrected(store, text, text=text)
        with pytest.raises(Refused):
            corrected(store, report.mark, what=text)
        assert requests.find(store, text) is None
    for text in PAYLOADS:
        _receipt, report = published(store)
        corrected(store, report.mark, text=text)
        (asked,) = deciding.corrections_of(store, report.id)
        assert asked.text == text
        assert answering.answer(store, asked.id, who=text, at=NOW, note=text).who == text
    many = len(PAYLOADS)
    assert showing.counts(store) == {State.PENDING: 0, State.PUBLISHED: many, State.REJECTED: many, State.WITHDRAWN: 0}


def test_it_is_ignored_in_every_filter_of_the_route(home: Path, monkeypatch: pytest.MonkeyPatch):
    made_stores.town(home)
    monkeypatch.setenv("MKMAP_HOME", str(home))
    settings.cache_clear()
    published(connection.opened(home), month=Month(2025, 1), place=Place(*made_stores.place(0), "High Street"))
    client = own_routes()
    for text in PAYLOADS:
        value = text.replace("%", "%25").replace("&", "%26").replace("#", "%23").replace("+", "%2B")
        for name in ("from", "to", "ward", "type", "v"):
            answer = client.get(f"/data/reports.geojson?from=2025-01&to=2025-01&type=all&{name}={value}")
            assert answer.status_code == 200
            assert len(answer.json()["features"]) in (0, 1)
    assert len(client.get("/data/reports.geojson?from=2025-01&to=2025-01&type=all").json()["features"]) == 1
    settings.cache_clear()
