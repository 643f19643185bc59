"""A crime type that a force publishes no more is said to be gone: its absence is no zero and no fall."""

from dataclasses import replace
from pathlib import Path

import made_stores
from made_archive import AT, FORCE, frame

from mkmap.crimes.ingest import ingest_months
from mkmap.crimes.query import area_crimes
from mkmap.crimes.store import Crimes
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import Places
from mkmap.view import sentences, types_gone

FIRST, GONE, LAST = Month(2025, 1), Month(2025, 5), Month(2025, 8)
KINDS = ("Burglary", "Drugs", "Robbery", "Shoplifting")


def test_a_type_that_is_gone_is_no_zero(home: Path):
    made_stores.add_wards(home)
    every = [
        row
        for month in FIRST.to(LAST)
        for kind in KINDS
        if kind != "Drugs" or month < GONE
        for row in made_stores.crimes(40, str(month), 0, kind)
    ]
    ids = [{**row, "Crime ID": f"{number:064x}"} for number, row in enumerate(every)]
    ingest_months(Crimes(home), Places(home), frame(ids), force=FORCE, source="made.zip", at=AT)
    area = area_crimes(Crimes(home), Places(home), Places(home).ward_sets()[0], FORCE)
    chosen = Filters(LAST, LAST, (), ("Drugs",))
    (sentence,) = sentences.gaps(area.select(chosen))
    assert sentence.startswith("From May 2025 on this force's figures have no crimes of the type drugs.")
    assert types_gone.headline(area.select(chosen)) == "There are no police figures about drugs for August 2025."
    for others in (
        replace(chosen, types=("Burglary",)),
        replace(chosen, types=("Drugs", "Burglary")),
        replace(chosen, first=FIRST, last=FIRST),
    ):
        assert sentences.gaps(area.select(others)) == []
