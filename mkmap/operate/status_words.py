"""Say for whoever runs the site what is stored, what waits and what went wrong."""

from datetime import datetime

from mkmap.month import Month, ranges
from mkmap.operate import outside_wards, waiting_requests
from mkmap.operate.status import Status
from mkmap.reports.privacy import LATE
from mkmap.words import NO_NUMBER, _, listed, ngettext, number

WORDS = 2  # columns of the table of months before the numbers begin
NARROWEST = (7, 6, 8, 10, 11, 8)  # signs of its columns: room for 99,999 of an area


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


def noticed(months: list[Status]) -> list[str]:
    """What was noticed about months: those that are not whole are counted nowhere."""
    partial = _("{month} is not whole, and counted nowhere. {why}")
    unusual = _("{month} is counted. {why}")
    return [
        (unusual if month["state"] == "whole" else partial).format(month=Month.parse(month["month"]).name, why=month["why"])
        for month in months
        if month["why"]
    ]


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
