"""Say of crime types that a force publishes no more: none of them is no fall, and no zero."""

from mkmap.crime_types import within
from mkmap.crimes.query import Selection
from mkmap.crimes.stored import StoredMonth
from mkmap.crimes.wholeness.signs import Sign
from mkmap.month import Month, span
from mkmap.words import _, listed, ngettext


def sentences(selection: Selection) -> list[str]:
    """One, where all chosen types are gone by the chosen months, and no crime of them is there."""
    types, since = selection.filters.types, _since(selection)
    if since is None or since > selection.filters.last:
        return []
    sentence = ngettext(
        "From {month} on this force's figures have no crimes of the type {types}. They stand there no more, or under another name: that is "
        "no zero and no fall.",
        "From {month} on this force's figures have no crimes of the types {types}. They stand there no more, or under another name: that is "
        "no zero and no fall.",
        len(types),
    )
    return [sentence.format(month=since.name, types=listed([*map(within, types)]))]


def headline(selection: Selection) -> str:
    """In the place of a zero, where they were gone before the first chosen month; else empty."""
    filters, since = selection.filters, _since(selection)
    if since is None or since > filters.first:
        return ""
    return _("There are no police figures about {types} for {period}.").format(
        types=listed([*map(within, filters.types)]), period=span(filters.first, filters.last)
    )


def _since(selection: Selection) -> Month | None:
    """From which month on all chosen types are gone; None where one is not, or has a crime."""
    gone, types = _gone(selection.area.stored), selection.filters.types
    if selection.total or not types or not set(types) <= gone.keys():
        return None
    return max(gone[kind] for kind in types)


def _gone(stored: dict[Month, StoredMonth]) -> dict[str, Month]:
    """Each type that a month and those after it have not, with the month."""
    gone: dict[str, Month] = {}
    for month in sorted(stored):
        judged = stored[month].judged
        for reason in judged.reasons if judged else ():
            if reason.sign is Sign.TYPES_GONE and isinstance(kinds := reason.values["types"], list):
                gone |= dict.fromkeys(kinds, month)
    return gone
