"""Say how many of the district's crimes lie in no ward of a set, and in which LSOAs, so that wrong wards are noticed."""

from typing import Any

from mkmap.crimes.outside import outside
from mkmap.dataset.dataset import Dataset
from mkmap.words import _, listed, ngettext, number

NAMED = 5  # LSOAs in a sentence; a machine is told all of them
MOST = 0.05  # of a district's crimes; beyond it the wards are not the district's: of the real wards 0.2 % lie outside

Counted = dict[str, Any]  # JSON: name (of the set), area (its name), crimes, of, lsoas


def of_sets(dataset: Dataset, area_name: str) -> list[Counted]:
    """For each ward set that stored months are counted in."""
    counted = []
    for ward_set in dataset.places.ward_sets():
        lost = outside(dataset.crimes, dataset.places, ward_set, dataset.force, area_name)
        if lost.of:
            counted.append(
                {"name": ward_set.name, "area": area_name, "crimes": lost.crimes, "of": lost.of, "lsoas": list(lost.lsoas)}
            )
    return counted


def in_words(counted: Counted) -> list[str]:
    """Nothing where every crime lies in a ward."""
    if not counted["crimes"]:
        return []
    lines = [
        ngettext(
            "{n} of {of} crimes in {area} lies in no ward of “{name}”: {lsoas}.",
            "{n} of {of} crimes in {area} lie in no ward of “{name}”: {lsoas}.",
            counted["crimes"],
        ).format(
            n=number(counted["crimes"]),
            of=number(counted["of"]),
            area=counted["area"],
            name=counted["name"],
            lsoas=_few(counted["lsoas"]),
        )
    ]
    if counted["crimes"] == counted["of"]:
        lines.append(_("No crime lies in these wards: check the ward file. It is of another place, or of another district."))
    elif counted["crimes"] > MOST * counted["of"]:
        lines.append(_("That is more than wards of the same district leave out: check the ward file and its dates."))
    return lines


def _few(lsoas: list[str]) -> str:
    if len(lsoas) <= NAMED:
        return listed(lsoas)
    more = len(lsoas) - NAMED
    return ngettext("{lsoas} and {n} more LSOA", "{lsoas} and {n} more LSOAs", more).format(
        lsoas=", ".join(lsoas[:NAMED]), n=number(more)
    )
