"""Look whether all that is stored is what was stored, and tell a monitor."""

from datetime import date
from itertools import chain

from mkmap.database.connection import opened
from mkmap.dataset.dataset import Dataset, real, shown
from mkmap.errors import MkmapError
from mkmap.operate import waiting_requests
from mkmap.operate.status import Status, of_reports
from mkmap.places.ground.store import Ground
from mkmap.plans.store import Plans
from mkmap.reports.store import backup
from mkmap.settings import Settings


def damage(settings: Settings) -> list[str]:
    """Sentences about stored files that are missing or changed."""
    dataset = real(settings.home, settings.force)
    others = Plans(settings.home), Ground(settings.home)
    return [
        *dataset.places.damaged(),
        *dataset.crimes.folder.damaged(),
        *chain.from_iterable(store.damaged() for store in others),
    ]


def damaged_reports(settings: Settings) -> str | None:
    """What is wrong with the database of residents' own reports, in a sentence."""
    try:
        return backup.damage(opened(settings.home, settings.database_url))
    except MkmapError as error:
        return str(error)


def health(settings: Settings, today: date) -> Status:
    """What a monitor asks for: `status` is `ok`, or `damaged` where what is stored cannot be read."""
    from mkmap.crimes.query import area_crimes  # a server has it, and the command that says the status does not need it

    try:
        dataset = shown(settings.home, settings.force, today, settings.area)
        latest = max(dataset.crimes.of_force(dataset.force))
        if ward_set := dataset.places.ward_set(latest):
            area_crimes(dataset.crimes, dataset.places, ward_set, dataset.force)  # reads what is stored, once
        _check(dataset, settings, today)
        failed = real(settings.home, settings.force).crimes.last_failed_fetch
    except MkmapError:
        return {"status": "damaged"}
    return {
        "status": "ok",
        "dataset": dataset.name,
        "latest_month": str(latest),
        "not_whole_months": [str(month) for month in sorted(dataset.crimes.not_whole(dataset.force))],
        "last_failed_fetch": failed,
        **_health_of_reports(settings, today),
    }


def _check(dataset: Dataset, settings: Settings, today: date) -> None:
    """Whether every file from which a page or a route is made is the one that was stored. Raises Damaged where one is not."""
    crimes, force = dataset.crimes, dataset.force
    crimes.check(stored.file for stored in crimes.of_force(force).values())
    crimes.check(stored.file for stored in crimes.outcomes(force).values())
    for store in (dataset.places, dataset.plans(settings, today), dataset.ground):
        store.check()


def _health_of_reports(settings: Settings, today: date) -> Status:
    """The map is well where they do not answer: a monitor that wants to know looks at `reports`. Lost ones are damage."""
    reports = of_reports(settings, today)
    counts, store = reports.pop("reports"), reports.pop("reports_store")
    for name in ("reports_unreachable", "reports_lost"):
        reports.pop(name, None)
    reports |= waiting_requests.health(reports.pop("requests"))
    damage = {"status": "damaged"} if store == "lost" else {}
    purge_waits = bool(reports.pop("purge_waits"))  # no failure of the site, and why is its operator's business
    return {**damage, "reports": store, "pending_reports": counts and counts["pending"], "purge_waits": purge_waits, **reports}
