"""Tell what is stored and what is missing, for people, for machines and for `/healthz`."""

from datetime import UTC, date, datetime

from mkmap.crime_types import BURGLARY
from mkmap.crimes.query import area_crimes
from mkmap.crimes.store import StoredMonth, StoredOutcomes
from mkmap.database.connection import opened
from mkmap.dataset.dataset import Dataset, demonstration_dataset, real, shown
from mkmap.errors import MkmapError
from mkmap.month import Month, ranges
from mkmap.plans.store import Plans
from mkmap.reports.privacy import LATE
from mkmap.reports.store import backup, showing
from mkmap.settings import Settings
from mkmap.words import _, listed, ngettext, number


def status(settings: Settings, today: date) -> dict:
    """The state of the store, as `status --json` prints it; `rows` and `burglaries` of a month are of the area.

    While nothing real is stored at all, it is the demonstration's. `rows` and `burglaries` are None where no ward set says
    what the area is.
    """
    dataset = real(settings.home, settings.force)
    if not dataset.crimes.months() and not dataset.places.ward_sets():
        dataset = demonstration_dataset(settings.home, today)
    months = dataset.crimes.of_force(dataset.force)
    return {
        "dataset": dataset.name,
        "shown": shown(settings.home, settings.force, today).name,
        "area": settings.area,
        "force": settings.force,
        "months": [_month(dataset, months[month]) for month in sorted(months)],
        "missing": [str(month) for month in min(months).to(max(months)) if month not in months] if months else [],
        "outcomes": [_outcomes(stored) for stored in dataset.crimes.outcomes(dataset.force).values()],
        "ward_sets": [
            {"name": one.name, "from": str(one.start), "to": str(one.end) if one.end else None, "wards": one.wards}
            for one in dataset.places.ward_sets()
        ],
        "last_failed_fetch": real(settings.home, settings.force).crimes.last_failed_fetch,
        "plans": _plans(dataset.plans(settings, today)),
        **_reports(settings, today),
    }


def _plans(plans: Plans) -> dict:
    """Of how many police neighbourhoods the plan is stored; `fetched_at` of the oldest of them."""
    fetched_at = plans.fetched_at
    return {
        "neighbourhoods": sum(plans.plan(one) is not None for one in plans.neighbourhoods()),
        "fetched_at": fetched_at and fetched_at.isoformat(timespec="seconds"),
        "last_failed_fetch": plans.last_failed_fetch,
    }


def _reports(settings: Settings, today: date) -> dict:
    """Of the reports that are shown, and of the last backup of residents' own; None where a database does not answer."""
    try:
        store = shown(settings.home, settings.force, today).reports(settings, today)
        oldest = showing.oldest_pending(store)
        return {
            "reports": {state.value: count for state, count in showing.counts(store).items()},
            "oldest_pending_report": oldest and oldest.isoformat(timespec="seconds"),
            "last_backup": backup.last_backup(opened(settings.home, settings.database_url)),
        }
    except MkmapError:
        return {"reports": None, "oldest_pending_report": None, "last_backup": None, "reports_unreachable": True}


def _month(dataset: Dataset, stored: StoredMonth) -> dict:
    rows, burglaries = _of_area(dataset, stored.month)
    return {
        "month": str(stored.month),
        "scope": stored.scope,
        "rows": rows,
        "burglaries": burglaries,
        "no_location": stored.no_location,
        "rejected": stored.rejected,
        "received": stored.rows,
        "placed": stored.placed,
        "source": stored.source,
        "fetched_at": stored.fetched_at.isoformat(timespec="seconds"),
    }


def _outcomes(stored: StoredOutcomes) -> dict:
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
    area = area_crimes(dataset.crimes, dataset.places, ward_set, dataset.force)
    cells = area.cells[(area.cells["month"] == str(month)) & area.cells["ward"].notna()]
    return int(cells["crimes"].sum()), int(cells.loc[cells["crime_type"] == BURGLARY, "crimes"].sum())


def in_words(found: dict) -> str:
    """What `status` prints for people."""
    lines = [_demonstration_note(found)] if found["shown"] == "demo" else []
    lines += [_("Month    Scope     Crimes  Burglaries  No location  Rejected")]
    for month in found["months"]:
        lines.append(
            f"{month['month']}  {month['scope']:<6} {_count(month['rows']):>9} {_count(month['burglaries']):>11} "
            f"{number(month['no_location']):>12} {number(month['rejected']):>9}"
        )
    if found["missing"]:
        lines.append(_("Missing: {months}.").format(months=_ranges(found["missing"])))
    if found["outcomes"]:
        lines.append(
            _("Outcomes files: {months}; {rows} outcomes.").format(
                months=_ranges([one["month"] for one in found["outcomes"]]),
                rows=number(sum(one["rows"] for one in found["outcomes"])),
            )
        )
    for one in found["ward_sets"]:
        end = one["to"] or _("now")
        lines.append(
            _("Wards “{name}”: {wards}, from {start} to {end}.").format(
                name=one["name"], wards=one["wards"], start=one["from"], end=end
            )
        )
    if found["last_failed_fetch"]:
        lines.append(_("Last failed fetch, {at}: {why}").format(**found["last_failed_fetch"]))
    return "\n".join([*lines, *_plans_in_words(found["plans"]), *_reports_in_words(found)])


def _plans_in_words(plans: dict) -> list[str]:
    lines = []
    if plans["neighbourhoods"]:
        said = ngettext(
            "What the police say they do: {n} neighbourhood, of {day}.",
            "What the police say they do: {n} neighbourhoods, of {day} or later.",
            plans["neighbourhoods"],
        )
        lines.append(said.format(n=number(plans["neighbourhoods"]), day=plans["fetched_at"][:10]))
    if plans["last_failed_fetch"]:
        lines.append(_("Last failed fetch of it, {at}: {why}").format(**plans["last_failed_fetch"]))
    return lines


def _reports_in_words(found: dict) -> list[str]:
    if found["reports"] is None:
        return [_("Residents' reports: their database does not answer.")]
    lines = [
        _("Residents' reports: {pending} waiting, {published} published, {rejected} rejected, {withdrawn} withdrawn.").format(
            **found["reports"]
        )
    ]
    if oldest := found["oldest_pending_report"]:
        lines.append(_("The oldest has been waiting since {day}.").format(day=oldest[:10]))
        if datetime.now(UTC) - datetime.fromisoformat(oldest) > LATE:
            lines.append(_("The queue is late: a report has been waiting for more than {days} days.").format(days=LATE.days))
    if found["last_backup"]:
        lines.append(_("Last backup: {at}.").format(at=found["last_backup"][:16]))
    return lines


def _ranges(months: list[str]) -> str:
    return listed(ranges([Month.parse(month) for month in months]))


def _demonstration_note(found: dict) -> str:
    if found["dataset"] == "demo":
        return _("Nothing is loaded: the app shows the demonstration, invented data.")
    if not found["ward_sets"]:
        return _("The app still shows the demonstration: no ward set is loaded.")
    return _("The app still shows the demonstration: no month of {force} is loaded.").format(force=found["force"])


def _count(value: int | None) -> str:
    return "?" if value is None else number(value)


def damage(settings: Settings) -> list[str]:
    """Sentences about stored files that are missing or changed."""
    dataset = real(settings.home, settings.force)
    return [*dataset.places.damaged(), *dataset.crimes.folder.damaged(), *Plans(settings.home).damaged()]


def damaged_reports(settings: Settings) -> str | None:
    """What is wrong with the database of residents' own reports, in a sentence."""
    try:
        return backup.damage(opened(settings.home, settings.database_url))
    except MkmapError as error:
        return str(error)


def health(settings: Settings) -> dict:
    """What a monitor asks for: `status` is `ok`, or `damaged` where what is stored cannot be read."""
    try:
        dataset = shown(settings.home, settings.force, date.today())
        latest = max(dataset.crimes.of_force(dataset.force))
        area_crimes(
            dataset.crimes, dataset.places, dataset.places.ward_set(latest), dataset.force
        )  # reads what is stored, once
        failed = real(settings.home, settings.force).crimes.last_failed_fetch
    except MkmapError:
        return {"status": "damaged"}
    return {
        "status": "ok",
        "dataset": dataset.name,
        "latest_month": str(latest),
        "last_failed_fetch": failed,
        **_health_of_reports(settings),
    }


def _health_of_reports(settings: Settings) -> dict:
    """The map is well without them: a monitor that wants to know looks at `reports`."""
    found = _reports(settings, date.today())
    counts = found.pop("reports")
    if found.pop("reports_unreachable", False):
        return {"reports": "unreachable", "pending_reports": None, **found}
    return {"reports": "ok", "pending_reports": counts["pending"], **found}
