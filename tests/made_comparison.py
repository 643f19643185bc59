"""Run a checkout at one moment on a data folder, and make such a folder, through commands and the report form alone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from browser.conftest import FLAGS, chromium
from browser_actions import choose, press
from playwright.sync_api import Page, sync_playwright
from report_form import receipt_on
from servers.app import ANSWERS_FOR_IT, PROJECT, Served, environment, free_port
from waiting import until

MOMENT = "2026-11-15T12:00:00+00:00"  # the tests' day: what is told of today is the same, whenever it is asked
CLOCK = f"import time_machine; time_machine.travel({MOMENT!r}).start()\n"  # goes on from there
SHARED = PROJECT.parent / "shared" / "data"
CHANGED = "2018-12-31"  # the last day of the older wards: not the true one, so that stored months lie on both sides
MADE_YEARS = (2018, 2024, 2025)  # with a gap between them
NO_NAME = "On or near "  # what police.uk puts before every street


@dataclass(frozen=True)
class House:
    """A checkout on a data folder; `folder` is for what is written beside it."""

    checkout: Path
    home: Path
    folder: Path

    def environment(self, settings: dict[str, str]) -> dict[str, str]:
        """With the checkout's own modules, and a clock that every Python process starts with."""
        clock = self.folder / "clock" / "sitecustomize.py"
        clock.parent.mkdir(exist_ok=True)
        clock.write_text(CLOCK)
        known = [str(clock.parent), str(self.checkout), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {"PYTHONPATH": os.pathsep.join(known), "COLUMNS": "100", **settings}

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        """A command as `python -m mkmap` runs it."""
        command = [sys.executable, "-m", "mkmap", *map(str, words)]
        env = environment(self.home, self.environment({}))
        return subprocess.run(command, cwd=self.checkout, env=env, capture_output=True, text=True, check=False)

    def told(self, *words: object) -> str:
        """What a command prints, which must work."""
        done = self.run(*words)
        if done.returncode:
            raise SystemExit(f"python -m mkmap {' '.join(map(str, words))}: {done.stderr}")
        return done.stdout

    @contextmanager
    def served(self, settings: dict[str, str] | None = None) -> Iterator[Served]:
        """The running app; that it does not fail is part of the answer.

        As a shell starts it: the tests' own way has the modules of the tests' checkout already.
        """
        port, log = free_port(), self.folder / "log"
        words = ["streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
        env = environment(self.home, self.environment(settings or {}))
        command = [sys.executable, "-m", *words]
        with (
            log.open("wb") as file,
            _ended(subprocess.Popen(command, cwd=self.checkout, env=env, stdout=file, stderr=file)) as process,
        ):
            app = Served(port, self.home, log, process)
            until(lambda: process.poll() is not None or _answers(app), "the app does not answer", every=0.1)
            if process.poll() is None:
                yield app
            if process.poll() is not None or "Traceback" in app.log:
                raise SystemExit(f"the app failed:\n{app.log[-5000:]}")


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _answers(app: Served) -> bool:
    with suppress(OSError):  # as requests' errors are
        return app.get("/healthz").ok
    return False


def make(house: House) -> None:
    """Fill a data folder with months, real ones where they are at hand, in two sets of wards, and with residents' reports."""
    house.home.mkdir(parents=True)
    months, before, after, households = _real() if SHARED.is_dir() else _made(house.folder)
    house.told("import", months)
    house.told("wards", before, "--from", "2004-06-10", "--to", CHANGED, "--name", "before")
    house.told("wards", after, "--from", "2019-01-01", "--name", "after")
    house.told("households", households)
    _send_reports(house)
    _decide(house)


def _real() -> tuple[Path, Path, Path, Path]:
    wards = SHARED / "wards"
    return (
        SHARED / "police-uk" / "thames-valley.zip",
        wards / "milton-keynes-wards-before-2014.geojson",
        wards / "milton-keynes-wards-2014-full.geojson",
        SHARED / "census" / "mk_ward_households2021_population2020_bestfit.csv",
    )


def _made(folder: Path) -> tuple[Path, Path, Path, Path]:
    sys.path.append(str(PROJECT))  # how rows are made knows modules of the project: of the one that this file belongs to
    import made_archive as archive
    from made_wards import as_published, code, wards, written

    members = {}
    for month in (f"{year}-{number:02d}" for year in MADE_YEARS for number in range(1, 13)):
        rows = list(_made_crimes(month))
        members[archive.name(month)] = archive.text(rows)
        told = (archive.outcome(0, month, **{"Crime ID": row["Crime ID"]}) for row in rows[::4])
        members[archive.name(month, kind="outcomes")] = archive.outcomes_text(told)
    households = folder / "households.csv"
    households.write_text("ward_code,households_2021\n" + "".join(f"{code(at)},{900 + 100 * at}\n" for at in range(1, 6)))
    return (
        archive.packed(folder / "months.zip", members),
        written(as_published(wards(3, first=101)), folder / "before.geojson"),
        written(as_published(wards(5)), folder / "after.geojson"),
        households,
    )


def _made_crimes(month: str) -> Iterator[dict[str, str]]:
    """Of five wards, of which the first has most; every eleventh has no location."""
    from made_archive import NOWHERE, row
    from made_wards import middle

    first = 1000 * int(month.replace("-", ""))
    for number in range(first, first + 90 + int(month[-2:])):
        longitude, latitude = middle(number % 5 * (number % 3 > 0))
        placed = {"Longitude": f"{longitude}", "Latitude": f"{latitude}", "Location": f"On or near Street {number % 5}"}
        yield row(number, month, **(NOWHERE if number % 11 == 0 else placed))


@dataclass(frozen=True)
class Told:
    """What a resident answers: texts that the form offers, or which of them."""

    kind: str
    month: str
    street: int
    police_told: int
    response: int
    text: str = ""


REPORTS = (
    Told("Burglary", "June 2025", 0, 0, 0, "My neighbour at 12 High Street, 07700 900123, saw it."),
    Told("Attempted burglary", "November 2026", 1, 1, 1),
    Told("Burglary", "June 2025", 0, 0, 2),
    Told("Vehicle crime", "May 2025", 2, 1, 0, "A van, AB12 CDE."),
    Told("Burglary", "October 2026", 1, 0, 1),
    Told("Drugs", "June 2025", 3, 1, 3),
    Told("Burglary", "June 2025", 0, 0, 0),
)
DECISIONS = (
    ("publish", 3),
    ("publish", 4),
    ("publish", 5),
    ("reject", 6, "--reason", "not a crime"),
    ("duplicate", 7, "--of", 3),
)


def _send_reports(house: House) -> None:
    with house.served(ANSWERS_FOR_IT) as app, sync_playwright() as playwright:
        browser, streets = playwright.chromium.launch(executable_path=chromium(playwright), args=FLAGS), _streets(app)
        for told in REPORTS:
            page = browser.new_page(locale="en-GB")
            page.goto(f"{app.address}/report")
            _fill_in(page, told, streets[told.street])
            press(page, "report_submit")
            receipt_on(page)
            page.close()
        browser.close()


def _streets(app: Served) -> list[str]:
    """Four streets far from one another in the list, as the form names them."""
    found = app.get("/data/crimes.geojson", params={"type": "all"}).json()["features"]
    named = [one for feature in found if (one := feature["properties"])["ward"] and str(one["street"]).startswith(NO_NAME)]
    labels = sorted({f"{one['street'].removeprefix(NO_NAME)}, {one['ward']}" for one in named})
    return labels[:: len(labels) // 4]


def _fill_in(page: Page, told: Told, street: str) -> None:
    page.locator(".st-key-report_submit").wait_for()
    choose(page, "report_type", told.kind)
    choose(page, "report_month", told.month)
    choose(page, "report_street", street)
    for key, answer in (("report_told_police", told.police_told), ("report_response", told.response)):
        page.locator(f".st-key-{key}").get_by_role("radio").nth(answer).check(force=True)
    page.locator(".st-key-report_text textarea").fill(told.text)
    page.keyboard.press("Tab")  # as a press elsewhere does: what was typed is sent


def _decide(house: House) -> None:
    for decision in DECISIONS:
        house.told("reports", *decision)
    found = json.loads(house.told("status", "--json"))["reports"]
    if found != {"pending": 2, "published": 3, "rejected": 2, "withdrawn": 0}:
        raise SystemExit(f"the reports are not in the states that were decided: {found}")
