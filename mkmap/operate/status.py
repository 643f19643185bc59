"""Tell what is stored and what is missing: the facts, as `status --json` gives them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from mkmap.crime_types import BURGLARY
from mkmap.crimes.monthly import monthly_counts
from mkmap.crimes.store import StoredMonth, StoredOutcomes
from mkmap.crimes.wholeness import month_words
from mkmap.database.connection import Store, opened
from mkmap.dataset.dataset import Dataset, demonstration_dataset, real, shown
from mkmap.errors import MkmapError, Refused, StoreLost
from mkmap.month import Month
from mkmap.operate import forgotten_proxy, outside_wards, proxies, rights, waiting_requests
from mkmap.operate.leaps import doubt
from mkmap.plans.store import Plans
from mkmap.reports.store import backup, retention, showing
from mkmap.settings import Settings

FORGOTTEN_LATELY = timedelta(days=7)
Status = dict[str, Any]  # JSON, as `status --json` and `/healthz` give it


def status(settings: Settings, today: date) -> Status:
    """The state of the store, as `status --json` prints it; `rows` and `burglaries` of a month are of the area.

    While nothing real is stored at all, it is the demonstration's. `rows` and `burglaries` are None where no ward set says
    what the area is, and, with `no_location`, of a month that is not whole; `why` says what was noticed about a month.
    """
    dataset = real(settings.home, settings.force, settings.area)
    if not dataset.crimes.months() and not dataset.places.ward_sets():
        dataset = demonstration_dataset(settings.home, today)
    months = dataset.crimes.of_force(dataset.force) | dataset.crimes.not_whole(dataset.force)
    return {
        "dataset": dataset.name,
        "shown": _shown(settings, today),
        "area": settings.area,
        "area_name": settings.area_name,
        "force": settings.force,
        "store": _store(dataset, settings),
        "months": [_month(dataset, months[month]) for month in sorted(months)],
        "missing": [str(month) for month in min(months).to(max(months)) if month not in months] if months else [],
        "outcomes": [_outcomes(stored) for stored in dataset.crimes.outcomes(dataset.force).values()],
        "ward_sets": [
            {
                "name": ward_set.name,
                "from": str(ward_set.start),
                "to": ward_set.end and str(ward_set.end),
                "wards": ward_set.wards,
            }
            for ward_set in dataset.places.ward_sets()
        ],
        "outside_wards": outside_wards.of_sets(dataset, settings.area_name),
        "last_failed_fetch": real(settings.home, settings.force).crimes.last_failed_fetch,
        "replaced": dataset.crimes.manifest.get("replaced", []),
        "plans": _plans(dataset.plans(settings, today)),
        **of_reports(settings, today),
        "rights": _rights(settings),
        "forgotten_proxy": _forgotten_proxy(settings, today),
    }


def _asked(settings: Settings, today: date) -> Dataset:
    """What is shown; of another force's store what is real, which residents' reports are all the same."""
    try:
        return shown(settings.home, settings.force, today, settings.area)
    except Refused:
        return real(settings.home, settings.force)


def _shown(settings: Settings, today: date) -> str:
    """`police.uk` or `demo`; `none` where the store is another force's: nothing is shown then."""
    try:
        return shown(settings.home, settings.force, today, settings.area).name
    except Refused:
        return "none"


def _store(dataset: Dataset, settings: Settings) -> Status:
    """Whose the stored months are: the force, and for those that were fetched for another area, that area (`?`: not known)."""
    if dataset.is_demonstration:
        return {"force": "", "other_areas": {}}
    other_areas: dict[str, list[str]] = {}
    for month in dataset.crimes.elsewhere(settings.force):
        other_areas.setdefault(month.area or "?", []).append(str(month.month))
    return {"force": dataset.crimes.own_force, "other_areas": other_areas}


def _rights(settings: Settings) -> Status:
    """Who may decide about reports, beside the command line; no address is among it."""
    return {"moderators": len(rights.listed(settings)), "operator_moderates": settings.local_moderation}


def _plans(plans: Plans) -> Status:
    """Of how many police neighbourhoods the plan is stored; `fetched_at` of the oldest of them."""
    fetched_at = plans.fetched_at
    return {
        "neighbourhoods": sum(plans.plan(neighbourhood) is not None for neighbourhood in plans.neighbourhoods()),
        "fetched_at": fetched_at and fetched_at.isoformat(timespec="seconds"),
        "last_failed_fetch": plans.last_failed_fetch,
    }


def of_reports(settings: Settings, today: date) -> Status:
    """Of the reports that are shown, and of the last backup of residents' own; None where a database does not answer.

    `reports_store` is `ok`, `lost` where residents' own database is gone or another one, `unreachable` where it does not answer.
    """
    told: Status = dict.fromkeys(("reports", "oldest_pending_report", "requests", "last_backup", "last_purge", "purge_waits"))
    try:
        own = opened(settings.home, settings.database_url)
        own.check()
        store = _asked(settings, today).reports(settings, today)
        oldest = showing.oldest_pending(store)
        counts = {state.value: count for state, count in showing.counts(store).items()}
        requests = waiting_requests.counts(store, today)
    except StoreLost as error:
        return {**told, "reports_unreachable": True, "reports_store": "lost", "reports_lost": str(error)}
    except MkmapError:
        return {**told, "reports_unreachable": True, "reports_store": "unreachable"}
    return {
        "reports": counts,
        "oldest_pending_report": oldest and oldest.isoformat(timespec="seconds"),
        "requests": requests,
        "last_backup": backup.last_backup(own),
        "reports_store": "ok",
        **_purge(own),
    }


def _purge(own: Store) -> Status:
    """When reports whose time is over were last let go, and why none are now, where the date is doubtful."""
    last, why = retention.last_purge(own), doubt(own, datetime.now(UTC))
    return {"last_purge": last and last.isoformat(timespec="seconds"), "purge_waits": why and str(why)}


def _month(dataset: Dataset, stored: StoredMonth) -> Status:
    rows, burglaries = _of_area(dataset, stored.month) if stored.is_whole else (None, None)
    return {
        "month": str(stored.month),
        "scope": stored.scope,
        "rows": rows,
        "burglaries": burglaries,
        "no_location": stored.no_location if stored.is_whole else None,
        "rejected": stored.rejected,
        "received": stored.rows,
        "placed": stored.placed,
        "source": stored.source,
        "fetched_at": stored.fetched_at.isoformat(timespec="seconds"),
        "state": "whole" if stored.is_whole else "partial",
        "why": month_words.why(stored),
        "release": stored.release and str(stored.release),
    }


def _outcomes(stored: StoredOutcomes) -> Status:
    return {
        "month": str(stored.month),
        "rows": stored.rows,
        "rejected": stored.rejected,
        "source": stored.source,
        "fetched_at": stored.fetched_at.isoformat(timespec="seconds"),
    }


def _of_area(dataset: Dataset, month: Month) -> tuple[int | None, int | None]:
    ward_set = dataset.places.ward_set(month)
    if ward_set is None:
        return None, None
    counts = monthly_counts(dataset.crimes, dataset.places, ward_set, dataset.force).get(str(month), {})
    return sum(counts.values()), counts.get(BURGLARY, 0)


def _forgotten_proxy(settings: Settings, today: date) -> Status | None:
    """The proxy that requests came through lately and that is not named yet."""
    noted = forgotten_proxy.noted(settings.home)
    if noted is None or noted["at"][:10] < str(today - FORGOTTEN_LATELY):
        return None
    return None if proxies.is_named(noted["peer"], proxies.networks(settings.trusted_proxies)) else {**noted}
