"""Say in plain sentences what is shown, and what is missing from it."""

import math
import re
from collections.abc import Collection, Sequence
from datetime import date
from urllib.parse import urlsplit

from mkmap import force_names
from mkmap.crime_types import counted
from mkmap.crimes.query import Selection
from mkmap.evidence import absent
from mkmap.filters import Filters
from mkmap.month import Month, ranges, span
from mkmap.places.store import Households
from mkmap.view import types_gone
from mkmap.view.snapshot import Snapshot
from mkmap.words import _, listed, ngettext, number

NAMED_WARDS = 3  # more are counted, not listed
FILE_NAME = re.compile(r"[/\\]|\.\w{2,5}$")  # of a path or an address: those that are published are the ONS's
SIGNS = re.compile(r"[!-/:-@\[-`{-~]")  # all that Markdown could take for its own
INDENTED = re.compile(r"(?:^|(?<=[\r\n]))[ \t]+")  # four spaces begin a block of code
# Within what a browser makes of a text after its Markdown was read: addresses, e-mail addresses, icons, emoji, arrows.
LIVE = re.compile(r"(?<=:)(?=[\w+/-])|(?<=[\w.+-])(?=@)|(?<=www)(?=\.)|(?<=[<>~-])(?=[=>-])", re.IGNORECASE)
NOTHING = ":color[]{}"  # an empty element of Streamlit's Markdown: it parts a text, is not seen, read out or copied
LOOPBACK_NAMES = ("localhost", "::1", "0.0.0.0")
STALE_AFTER = 3  # months: police.uk publishes a month about two months after its end


def plain(text: str) -> str:
    """A text from outside for a place that reads Markdown: shown as it is, never as a link, a picture or a colour."""
    return NOTHING.join(SIGNS.sub(r"\\\g<0>", part) for part in LIVE.split(INDENTED.sub("", text)))


def base_address(public_url: str, visited: str | None) -> str:
    """Where links begin: the operator's address, else the one that the visitor came by; without a slash at the end."""
    parts = urlsplit(public_url or visited or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def phone_address(public_url: str, visited: str | None) -> str:
    """Where links begin that another device opens; empty where only this machine could open them."""
    host = urlsplit(visited or "").hostname or "localhost"
    only_here = host in LOOPBACK_NAMES or host.startswith("127.")
    return "" if only_here and not public_url else base_address(public_url, visited)


def force_name(snapshot: Snapshot) -> str:
    if snapshot.dataset.is_demonstration:
        return _("the demonstration's force area")
    force = snapshot.settings.force
    return _("the Metropolitan Police's area") if force == "metropolitan" else force_names.region(force)


def police_name(snapshot: Snapshot) -> str:
    if snapshot.dataset.is_demonstration:
        return _("the demonstration's police")
    return force_names.FORCES[snapshot.settings.force]


def headline(snapshot: Snapshot, selection: Selection) -> str:
    """The one sentence above the map; that of the demonstration says so itself, since titles are quoted alone."""
    return of_demonstration(snapshot, _headline(snapshot, selection))


def of_demonstration(snapshot: Snapshot, sentence: str) -> str:
    """A title, which of the demonstration says so itself."""
    return _("Demonstration: {sentence}").format(sentence=sentence) if snapshot.dataset.is_demonstration else sentence


def _headline(snapshot: Snapshot, selection: Selection) -> str:
    if not selection.unplaced or not selection.months:
        return _placed(snapshot, selection)
    return _("Police recorded {crimes} in {where} {period}, and {unplaced} in {force} that they could not place.").format(
        crimes=counted(selection.total, selection.filters.types),
        where=where(snapshot, selection),
        period=counted_period(selection),
        unplaced=number(selection.unplaced),
        force=force_name(snapshot),
    )


def placed_headline(snapshot: Snapshot, selection: Selection) -> str:
    """The same in one line, where what has no location is said in the next."""
    return of_demonstration(snapshot, _placed(snapshot, selection))


def _placed(snapshot: Snapshot, selection: Selection) -> str:
    filters = selection.filters
    if not selection.months:
        return _no_figures(selection)
    if gone := types_gone.headline(selection):
        return gone
    return _("Police recorded {crimes} in {where} {period}.").format(
        crimes=counted(selection.total, filters.types), where=where(snapshot, selection), period=counted_period(selection)
    )


def _no_figures(selection: Selection) -> str:
    filters = selection.filters
    period = span(filters.first, filters.last)
    if selection.area.partial(filters.months) == filters.months:
        return _("The police figures for {period} are not whole, so no number is shown.").format(period=period)
    return _("There are no police figures for {period}.").format(period=period)


def unplaced(snapshot: Snapshot, selection: Selection) -> str:
    """What the whole force recorded without a location; empty where that is nothing."""
    if not selection.unplaced or not selection.months:
        return ""
    return ngettext(
        "{n} more across {force} has no location: it may or may not lie here.",
        "{n} more across {force} have no location: they may or may not lie here.",
        selection.unplaced,
    ).format(n=number(selection.unplaced), force=force_name(snapshot))


def residents(count: int, filters: Filters) -> str:
    """The residents' number, apart from the police's: a report may be of a crime that the police counted, or of none."""
    period = span(filters.first, filters.last)
    if not count:
        return _("Residents' own reports for {period}: none is published here.").format(period=period)
    return _("Residents' own reports for {period}: {n}. They stand beside the police figure and are not added to it.").format(
        n=number(count), period=period
    )


def where(snapshot: Snapshot, selection: Selection) -> str:
    names = selection.area.ward_names
    wards = [names[code] for code in selection.filters.wards]
    if not wards:
        return snapshot.settings.area_name
    if len(wards) <= NAMED_WARDS:
        return listed(wards)
    return _("{count} wards of {area}").format(count=number(len(wards)), area=snapshot.settings.area_name)


def in_period(months: list[Month]) -> str:
    """The stored months of a choice: `in May 2025`, `from January 2025 to June 2025`."""
    first, last = months[0], months[-1]
    if first == last:
        return _("in {month}").format(month=first.name)
    return _("from {first} to {last}").format(first=first.name, last=last.name)


def period(selection: Selection) -> str:
    """The chosen months that are stored, in words; empty where none is."""
    return in_period(selection.months) if selection.months else ""


def counted_period(selection: Selection) -> str:
    """The same, which says so where some of the chosen months are not stored."""
    return in_some(len(selection.months), selection.filters.months) if selection.months else ""


def in_some(known: int, months: list[Month]) -> str:
    """So many of some months: `in 2 of the 3 months from March 2025 to May 2025`, or all of them."""
    if known == len(months):
        return in_period(months)
    return _("in {n} of the {all} months from {first} to {last}").format(
        n=number(known), all=number(len(months)), first=months[0].name, last=months[-1].name
    )


def in_year_before(before: Filters) -> str:
    """`the same months of 2024`, or of two years: `December 2023 to January 2024`."""
    if before.first.year != before.last.year or before.first == before.last:
        return span(before.first, before.last)
    return _("the same months of {year}").format(year=before.first.year)


def same_months_before(months: int) -> str:
    return ngettext("the same month a year before", "the same {n} months a year before", months).format(n=number(months))


def gaps(selection: Selection) -> list[str]:
    """What of the chosen months is not counted, and why: missing is not zero."""
    filters, area = selection.filters, selection.area
    gaps = []
    if missing := area.missing(filters.months):
        gaps.append(
            ngettext(
                "{months} is missing: it is counted nowhere, and is not zero.",
                "{months} are missing: they are counted nowhere, and are not zero.",
                len(missing),
            ).format(months=listed(ranges(missing)))
        )
    if partial := area.partial(filters.months):
        gaps.append(
            ngettext(
                "{months} is not whole: only a part was published or loaded. It is counted nowhere, and is not zero.",
                "{months} are not whole: only a part was published or loaded. They are counted nowhere, and are not zero.",
                len(partial),
            ).format(months=listed(ranges(partial)))
        )
    if (latest := area.latest) and (unpublished := area.unpublished(filters.months)):
        gaps.append(
            ngettext(
                "The police figures end with {latest}; {months} is not published or not loaded yet.",
                "The police figures end with {latest}; {months} are not published or not loaded yet.",
                len(unpublished),
            ).format(latest=latest.name, months=span(unpublished[0], unpublished[-1]))
        )
    return [*gaps, *types_gone.sentences(selection)]


def ranges_of_text(months: list[str]) -> str:
    return listed(ranges([Month.parse(month) for month in months]))


def ward_set_note(selection: Selection) -> str | None:
    """Said where the wards are not the ones in force at the end of the chosen months."""
    ward_set, last = selection.area.ward_set, selection.filters.last
    if ward_set.start > last.last_day:
        return _("Shown in the wards of {year}: no earlier boundaries are stored.").format(year=ward_set.start.year)
    if ward_set.end and ward_set.end < last.last_day:
        return _("Shown in the wards of {start} to {end}: no later boundaries are stored.").format(
            start=ward_set.start.year, end=ward_set.end.year
        )
    return None


def source(snapshot: Snapshot) -> str:
    if snapshot.dataset.is_demonstration:
        return _("Demonstration data: invented, not evidence")
    return _("data.police.uk, {police}").format(police=police_name(snapshot))


def badge(snapshot: Snapshot) -> str:
    """Source, latest month and its age: once a page, at its foot, and on every sheet."""
    words = {"source": source(snapshot), "latest": snapshot.latest.name, "age": age(snapshot.latest, snapshot.today)}
    if snapshot.dataset.is_demonstration:
        return _("{source}. Latest month: {latest}.").format(**words)
    source_and_age = _("Source: {source}, Open Government Licence v3.0. Latest month: {latest}, {age}.").format(**words)
    if is_stale(snapshot):
        source_and_age += " " + _("Newer months may have been published since; they are not loaded here.")
    return source_and_age


def households(counted: Households) -> str:
    """Whose households a rate rests on, and of which year; what a file was called is nobody's source."""
    source = _("Office for National Statistics") if FILE_NAME.search(counted.source) else counted.source
    return _("Households: {source}, {year}.").format(source=source, year=counted.year)


def short_badge(snapshot: Snapshot) -> str:
    """The same for one line of a hall: the licence and the age stand on the cover."""
    words = {"source": source(snapshot), "latest": snapshot.latest.name}
    if snapshot.dataset.is_demonstration:
        return _("{source}.").format(**words)
    return _("Source: {source}, to {latest}.").format(**words)


def what_this_is() -> str:
    """For whoever came here by a link, in one line: what a page shows, and what it does not."""
    return _("Police figures, beside residents' reports. Unreported crimes are in neither.")


def what_this_is_and_gaps(selection: Selection) -> str:
    """The same, with what is missing from the numbers, and whose wards they are in."""
    return " ".join(filter(None, [what_this_is(), *gaps(selection), ward_set_note(selection)]))


def age(latest: Month, today: date) -> str:
    """How old a month is, in words."""
    months = Month.of(today) - latest
    if months <= 0:
        return _("this month")
    return ngettext("{n} month ago", "{n} months ago", months).format(n=number(months))


def is_stale(snapshot: Snapshot) -> bool:
    return Month.of(snapshot.today) - snapshot.latest > STALE_AFTER


def by_month(months: Sequence[str], values: Sequence[float], not_whole: Collection[Month] = frozenset()) -> str:
    """What bars by month show (months as texts; NaN where one is missing): first and last month, the fewest and the most in a month, and which are missing or not whole."""
    known = [int(value) for value in values if not math.isnan(value)]
    if not known:
        return _("no month is stored")
    between = _("{months}: between {low} and {high} a month").format(
        months=span(Month.parse(months[0]), Month.parse(months[-1])), low=number(min(known)), high=number(max(known))
    )
    without = [Month.parse(month) for month, value in zip(months, values, strict=True) if math.isnan(value)]
    missing, partial = absent.parted(without, not_whole)
    if missing:
        between = _("{said}; missing: {months}").format(said=between, months=listed(ranges(missing)))
    return _("{said}; not whole: {months}").format(said=between, months=listed(ranges(partial))) if partial else between
