"""Told to end while it imports in the background, the app is out at once, and what is stored is whole."""

from pathlib import Path

import made_stores
from made_archive import FORCE, name, packed, rows, text
from servers.app import served
from servers.visitor import visiting
from waiting import until

from mkmap.crimes.store import Crimes
from mkmap.operate.health import damage, damaged_reports
from mkmap.settings import Settings

WITHIN = 5  # seconds: what waits to stop a service kills it soon after
IMPORTING = """
from datetime import UTC, datetime
from pathlib import Path
from mkmap.crimes.archive import opened
from mkmap.crimes.ingest import ingest_archive
from mkmap.crimes.store import Crimes
from mkmap.operate.background import UPKEEP
from mkmap.places.store import Places
home = Path({home!r})
def work(say):
    while True:
        with opened([{archive!r}], force={force!r}) as members:
            ingest_archive(Crimes(home), Places(home), members, at=datetime.now(UTC), progress=say)
        print("imported", flush=True)
UPKEEP.ask(work)
"""


def test_it_is_out_within_seconds(home: Path, tmp_path: Path):
    town = made_stores.town(home)
    archive = packed(tmp_path / "big.zip", {name("2025-02"): text(rows(20_000, "2025-02"))})
    before = IMPORTING.format(home=str(town), archive=str(archive), force=FORCE)
    with served(town, tmp_path / "log", before=before) as app, visiting(app.port) as visitor:
        visitor.run(page="about")  # somebody is there, whose connection stays open
        until(lambda: app.log.count("imported") >= 2, "nothing is imported")
        app.process.terminate()
        app.process.join(WITHIN)
        assert app.process.exitcode is not None, "it is still there"
    assert damage(Settings(home=town)) == []
    assert damaged_reports(Settings(home=town)) is None
    assert {stored.rows for stored in Crimes(town).months() if str(stored.month) == "2025-02"} == {20_000}
