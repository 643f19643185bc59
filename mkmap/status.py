"""Tell what is stored and what is missing, for people, for machines and for `/healthz`."""

from datetime import date

from mkmap.crimes.dataset import Dataset, shown
from mkmap.crimes.query import AreaCrimes, area_crimes
from mkmap.crimes.types import BURGLARY
from mkmap.errors import MkmapError
from mkmap.month import Month
from mkmap.settings import Settings


def status(settings: Settings, today: date) -> dict:
    """The state of the store, as `status --json` prints it; `rows` and `burglaries` of a month are of the area."""
    dataset = shown(settings.home, settings.force, today)
    months = dataset.crimes.of_force(dataset.force)
    return {
        "dataset": dataset.name,
        "area": settings.area,
        "force": settings.force,
        "months": [_month(dataset, month) for month in sorted(months)],
        "missing": [str(month) for month in min(months).to(max(months)) if month not in months] if months else [],
        "ward_sets": [
            {"name": one.name, "from": str(one.start), "to": str(one.end) if one.end else None, "wards": one.wards}
            for one in dataset.places.ward_sets()
        ],
        "reports": {"pending": 0, "published": 0, "rejected": 0, "withdrawn": 0},
        "oldest_pending_report": None,
        "last_failed_fetch": dataset.crimes.last_failed_fetch,
        "last_backup": None,
    }


def _month(dataset: Dataset, month: Month) -> dict:
    stored = dataset.crimes.of_force(dataset.force)[month]
    area = _area(dataset, month)
    cells = area.cells[(area.cells["month"] == str(month)) & area.cells["ward"].notna()]
    return {
        "month": str(month),
        "scope": stored.scope,
        "rows": int(cells["crimes"].sum()),
        "burglaries": int(cells.loc[cells["crime_type"] == BURGLARY, "crimes"].sum()),
        "no_location": stored.no_location,
        "rejected": stored.rejected,
        "received": stored.rows,
        "placed": stored.placed,
        "source": stored.source,
        "fetched_at": stored.fetched_at.isoformat(timespec="seconds"),
    }


def _area(dataset: Dataset, month: Month) -> AreaCrimes:
    return area_crimes(dataset.crimes, dataset.places, dataset.places.ward_set(month), dataset.force)


def health(settings: Settings) -> dict:
    """What a monitor asks for: `status` is `ok`, or `damaged` where what is stored cannot be read."""
    try:
        dataset = shown(settings.home, settings.force, date.today())
        months = dataset.crimes.of_force(dataset.force)
        failed = dataset.crimes.last_failed_fetch
    except MkmapError:
        return {"status": "damaged"}
    return {
        "status": "ok",
        "dataset": dataset.name,
        "latest_month": str(max(months)),
        "oldest_pending_report": None,
        "last_failed_fetch": failed,
        "last_backup": None,
    }
