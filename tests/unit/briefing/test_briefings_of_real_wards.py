"""The sheets of Milton Keynes' own wards, from the real files: two each, and together the borough's known burglaries."""

from datetime import date
from pathlib import Path

import pytest
import requests
from made_archive import ingest
from sheets_read import sheets

from mkmap.briefing.paper import pdf
from mkmap.briefing.ward import chosen, view_of
from mkmap.month import Month
from mkmap.places.households.load import load_households
from mkmap.places.load import load_wards
from mkmap.places.store import Places
from mkmap.settings import Settings
from mkmap.view.snapshot import Snapshot

KNOWN = {"2025-01": 90, "2025-06": 76, "2018-10": 106}  # recorded burglaries of the borough


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    home = tmp_path_factory.mktemp("real")
    ingest(home, shared / "police-uk" / "thames-valley.zip")
    wards = shared / "wards" / "milton-keynes-wards-2014-full.geojson"
    load_wards(
        Places(home), str(wards), start=date(2014, 5, 22), end=date(2026, 5, 6), area="E06000042", session=requests.Session()
    )
    load_households(
        Places(home), str(shared / "census" / "mk_ward_households2021_population2020_bestfit.csv"), session=requests.Session()
    )
    return Snapshot.now(Settings(home=home), date(2026, 11, 15))


@pytest.mark.slow
@pytest.mark.parametrize("month", KNOWN)
def test_the_wards_numbers_are_the_boroughs(real: Snapshot, month: str):
    filters = chosen(real, Month.parse(month), Month.parse(month), ["Burglary"])
    names = real.ward_names(filters.last)
    assert len(names) == 19
    read = {name: sheets(pdf(view_of(real, filters, code))) for code, name in names.items()}
    assert {len(one.pages) for one in read.values()} == {2}
    subject = f"Burglary, {Month.parse(month).name}"
    counts = {name: int(one.pages[0].split(subject)[1].split()[0]) for name, one in read.items()}
    assert sum(counts.values()) == KNOWN[month]
    assert all("<pdfuaid:part>1</pdfuaid:part>" in one.metadata for one in read.values())


def test_one_real_ward_has_two_sheets(real: Snapshot):
    filters = chosen(real, Month(2025, 1), Month(2025, 6), ["Burglary"])
    found = sheets(pdf(view_of(real, filters, "E05009407")))
    assert "Bletchley Park Burglary, January 2025 to June 2025 28 recorded" in found.pages[0]
    assert "28 burglaries among 5,788 households: 4.84 per 1,000" in found.pages[0]
    assert len(found.pages) == 2
