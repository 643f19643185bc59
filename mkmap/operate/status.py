"""Tell what is stored and what is missing, for people, for machines and for `/healthz`."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from mkmap.crime_types import BURGLARY
from mkmap.crimes import month_words
from mkmap.crimes.monthly import monthly_counts
from mkmap.crimes.store import StoredMonth, StoredOutcomes
from mkmap.database.connection import Store, opened
from mkmap.dataset.dataset import Dataset, demonstration_dataset, real, shown
from mkmap.errors import MkmapError, Refused, StoreLost
from mkmap.month import Month, ranges
from mkmap.operate import forgotten_proxy, outside_wards, proxies, rights, waiting_requests
from mkmap.operate.leaps import doubt
from mkmap.places.ground.store import Ground
from mkmap.plans.store import Plans
from mkmap.reports.privacy import LATE
from mkmap.reports.store import backup, retention, showing
from mkmap.settings import Settings
from mkmap.words import NO_NUMBER, _, listed, ngettext, number

FORGOTTEN_LATELY = timedelta(days=7)
WORDS = 2  # columns of the table of months before the numbers begin
NARROWEST = (7, 6, 8, 10, 11, 8)  # signs of its columns: room for 99,999 of an area

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
        **_reports(settings, today),
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


def _store_in_words(status: Status) -> list[str]:
    lines = [
        _("The map is of {area} ({code}), the police of {force}.").format(
            area=status["area_name"], code=status["area"], force=status["force"]
        )
    ]
    known = status["store"]["force"]
    if known not in ("", status["force"]):
        lines.append(
            _("This is the store of {known}, and nothing of it is shown: set MKMAP_FORCE to {known}, or MKMAP_HOME to another folder.").format(known=known)
        )  # fmt: skip
    for area, months in status["store"]["other_areas"].items():
        sentence = (
            _("Fetched for another area, by where the crimes are, and missing for this one: {months}.")
            if area == "?"
            else _("Fetched for another area ({area}), and missing for this one: {months}.")
        )
        lines.append(sentence.format(area=area, months=_ranges(months)))
    return lines


def _replaced_in_words(replaced: list[Status]) -> list[str]:
    sentence = _("{month} of {force} was replaced by {who} on {day}: {why}")
    return [
        sentence.format(
            month=Month.parse(one["month"]).name, force=one["force"], who=one["who"], day=one["at"][:10], why=one["why"]
        )
        for one in replaced
    ]


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


def _reports(settings: Settings, today: date) -> Status:
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


def in_words(status: Status, now: datetime) -> str:
    """What `status` prints for people."""
    lines = [_demonstration_note(status)] if status["shown"] == "demo" else []
    lines += _store_in_words(status)
    lines += _table(status["months"])
    lines += noticed(status["months"])
    if status["missing"]:
        lines.append(_("Missing: {months}.").format(months=_ranges(status["missing"])))
    if status["outcomes"]:
        lines.append(
            _("Outcomes files: {months}; {rows} outcomes.").format(
                months=_ranges([month["month"] for month in status["outcomes"]]),
                rows=number(sum(month["rows"] for month in status["outcomes"])),
            )
        )
    for ward_set in status["ward_sets"]:
        lines.append(
            _("Wards “{name}”: {wards}, from {start} to {end}.").format(
                name=ward_set["name"], wards=ward_set["wards"], start=ward_set["from"], end=ward_set["to"] or _("now")
            )
        )
    for counted in status["outside_wards"]:
        lines += outside_wards.in_words(counted)
    lines += _replaced_in_words(status["replaced"])
    if status["last_failed_fetch"]:
        lines.append(_("Last failed fetch, {at}: {why}").format(**status["last_failed_fetch"]))
    lines += [_forgotten_proxy_in_words(status["forgotten_proxy"])] if status["forgotten_proxy"] else []
    return "\n".join(
        [*lines, *_plans_in_words(status["plans"]), *_reports_in_words(status, now), *_rights_in_words(status["rights"])]
    )


def noticed(months: list[Status]) -> list[str]:
    """What was noticed about months: those that are not whole are counted nowhere."""
    partial = _("{month} is not whole, and counted nowhere. {why}")
    unusual = _("{month} is counted. {why}")
    return [
        (unusual if month["state"] == "whole" else partial).format(month=Month.parse(month["month"]).name, why=month["why"])
        for month in months
        if month["why"]
    ]


def _forgotten_proxy(settings: Settings, today: date) -> Status | None:
    """The proxy that requests came through lately and that is not named yet."""
    noted = forgotten_proxy.noted(settings.home)
    if noted is None or noted["at"][:10] < str(today - FORGOTTEN_LATELY):
        return None
    return None if proxies.is_named(noted["peer"], proxies.networks(settings.trusted_proxies)) else {**noted}


def _forgotten_proxy_in_words(noted: Status) -> str:
    if not noted["peer"]:
        return _(
            "On {at} (UTC) a request came with a proxy's header from an address of the internet that MKMAP_TRUSTED_PROXIES does not "
            "name. If that is a proxy of yours, name it: all who come by it count as one visitor now."
        ).format(at=noted["at"][:16])
    return _(
        "On {at} (UTC) a request came through a proxy at {peer} that MKMAP_TRUSTED_PROXIES does not name. Name it: all who come by it "
        "count as one visitor now."
    ).format(at=noted["at"][:16], peer=noted["peer"])


def _table(months: list[Status]) -> list[str]:
    """A line a month under heads, as wide as the longest word of each column."""
    scopes = {"force": _("force"), "area": _("area")}
    heads = [_("Month"), _("Scope"), _("Crimes"), _("Burglaries"), _("No location"), _("Rejected")]
    rows = [
        [
            month["month"],
            scopes[month["scope"]],
            *(_count(month, column) for column in ("rows", "burglaries", "no_location", "rejected")),
        ]
        for month in months
    ]
    widths = [max(least, *map(len, column)) for least, column in zip(NARROWEST, zip(heads, *rows, strict=True), strict=True)]
    return ["  ".join(map(_aligned, row, widths, range(len(row)))) for row in [heads, *rows]]


def _aligned(text: str, width: int, column: int) -> str:
    """Words to the left, numbers to the right."""
    return text.ljust(width) if column < WORDS else text.rjust(width)


def _plans_in_words(plans: Status) -> list[str]:
    lines = []
    if plans["neighbourhoods"]:
        sentence = ngettext(
            "What the police say they do: {n} neighbourhood, of {day}.",
            "What the police say they do: {n} neighbourhoods, of {day} or later.",
            plans["neighbourhoods"],
        )
        lines.append(sentence.format(n=number(plans["neighbourhoods"]), day=plans["fetched_at"][:10]))
    if plans["last_failed_fetch"]:
        lines.append(_("Last failed fetch of it, {at}: {why}").format(**plans["last_failed_fetch"]))
    return lines


def _reports_in_words(status: Status, now: datetime) -> list[str]:
    if why := status.get("reports_lost"):
        return [why]
    if status["reports"] is None:
        return [_("Residents' reports: their database does not answer.")]
    lines = [
        _("Residents' reports: {pending} waiting, {published} published, {rejected} rejected, {withdrawn} withdrawn.").format(
            **status["reports"]
        )
    ]
    if oldest := status["oldest_pending_report"]:
        lines.append(_("The oldest has been waiting since {day}.").format(day=oldest[:10]))
        if now - datetime.fromisoformat(oldest) > LATE:
            lines.append(_("The queue is late: a report has been waiting for more than {days} days.").format(days=LATE.days))
    lines += waiting_requests.in_words(status["requests"])
    if status["last_backup"]:
        lines.append(_("Last backup: {at}.").format(at=status["last_backup"][:16]))
    if status["purge_waits"]:
        lines.append(status["purge_waits"])
    return lines


def _rights_in_words(who: Status) -> list[str]:
    """Who may act, and that nobody may because of an address."""
    lines = [
        _("Data are loaded by these commands, or in a browser in which the operator's link was opened (“python -m mkmap operate” prints one)."),
        _("Moderators who sign in can load them, too. Nobody has a right because of the address from which they come."),
    ]  # fmt: skip
    if who["operator_moderates"]:
        lines.append(_("In an operator's session reports can be decided about, too (MKMAP_LOCAL_MODERATION)."))
    return lines


def _ranges(months: list[str]) -> str:
    return listed(ranges([Month.parse(month) for month in months]))


def _demonstration_note(status: Status) -> str:
    if status["dataset"] == "demo":
        return _("Nothing is loaded: the app shows the demonstration, invented data.")
    if not status["ward_sets"]:
        return _("The app still shows the demonstration: no ward set is loaded.")
    if status["months"]:
        return _("The app still shows the demonstration: no month of {force} is whole.").format(force=status["force"])
    return _("The app still shows the demonstration: no month of {force} is loaded.").format(force=status["force"])


def _count(month: Status, column: str) -> str:
    """A dash of a month that is not whole; a question mark where no ward set says what the area is."""
    if month["state"] == "partial":
        return NO_NUMBER
    return "?" if month[column] is None else number(month[column])


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
    reports = _reports(settings, today)
    counts, store = reports.pop("reports"), reports.pop("reports_store")
    for name in ("reports_unreachable", "reports_lost"):
        reports.pop(name, None)
    reports |= waiting_requests.health(reports.pop("requests"))
    damage = {"status": "damaged"} if store == "lost" else {}
    purge_waits = bool(reports.pop("purge_waits"))  # no failure of the site, and why is its operator's business
    return {**damage, "reports": store, "pending_reports": counts and counts["pending"], "purge_waits": purge_waits, **reports}
