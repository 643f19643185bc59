"""Say how many of the district's crimes lie in no ward of a set, and in which LSOAs, so that wrong wards are noticed."""

from typing import Any

from mkmap.crimes.outside import outside
from mkmap.dataset.dataset import Dataset
from mkmap.words import _, listed, ngettext, number

NAMED = 5  # LSOAs in a sentence; a machine is told all of them
MOST = 0.05  # of a district's crimes; beyond it the wards are not the district's: of Milton Keynes 0.05 % lie outside its wards

Counted = dict[str, Any]  # JSON: name (of the set), area (its name), crimes, of, lsoas, inside (crimes of any district)


def of_sets(dataset: Dataset, area_name: str) -> list[Counted]:
    """For each ward set that stored months are counted in."""
    counted = []
    for ward_set in dataset.places.ward_sets():
        lost = outside(dataset.crimes, dataset.places, ward_set, dataset.force, area_name)
        if lost.of or lost.named or (lost.placed and not lost.inside):
            words = {"name": ward_set.name, "area": area_name, "lsoas": list(lost.lsoas)}
            counted.append({**words, "crimes": lost.crimes, "of": lost.of, "inside": lost.inside})
    return counted


def in_words(counted: Counted) -> list[str]:
    """Nothing where every crime of the district lies in a ward."""
    lines = [_left_out(counted)] if counted["crimes"] else []
    if not counted["inside"]:
        lines.append(
            _(
                "No crime lies in the wards “{name}”: check the ward file. It is of another place, or of another district."
            ).format(name=counted["name"])
        )
    elif not counted["of"]:
        lines.append(
            _(
                "No crime is in {area} by the name of its district, though {n} lie in the wards “{name}”. Are the wards, MKMAP_AREA and "
                "MKMAP_AREA_NAME right?"
            ).format(area=counted["area"], n=number(counted["inside"]), name=counted["name"])
        )
    elif counted["crimes"] > MOST * counted["of"]:
        lines.append(_("That is more than wards of the same district leave out: check the ward file and its dates."))
    return lines


def _left_out(counted: Counted) -> str:
    words = ngettext(
        "{n} of {of} crimes in {area} lies in no ward of “{name}”: {lsoas}.",
        "{n} of {of} crimes in {area} lie in no ward of “{name}”: {lsoas}.",
        counted["crimes"],
    )
    numbers = {"n": number(counted["crimes"]), "of": number(counted["of"])}
    return words.format(**numbers, area=counted["area"], name=counted["name"], lsoas=_few(counted["lsoas"]))


def _few(lsoas: list[str]) -> str:
    if len(lsoas) <= NAMED:
        return listed(lsoas)
    more = len(lsoas) - NAMED
    return ngettext("{lsoas} and {n} more LSOA", "{lsoas} and {n} more LSOAs", more).format(
        lsoas=", ".join(lsoas[:NAMED]), n=number(more)
    )
