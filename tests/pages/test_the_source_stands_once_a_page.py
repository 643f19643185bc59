"""Every page that shows figures says once what it is and is not, and once, at its foot, where the figures come from."""

from pathlib import Path

import pytest
from made_stores import BROUGHTON
from page_visits import as_read, said, visited

JANUARY = {"from": "2025-01", "to": "2025-01"}


@pytest.mark.parametrize("page", ["map", "trends", "claims", "wards", "a ward"])
def test_the_source_stands_once_at_the_foot(town: Path, page: str):
    ward = {"ward": BROUGHTON} if page == "a ward" else {}
    at = visited(JANUARY | ward, page="wards" if ward else page)
    assert not at.exception
    assert said(at).count("Source: data.police.uk, Thames Valley Police") == 1
    assert said(at).count("Unreported crimes are in neither.") == 1
    assert "Source: data.police.uk" in as_read(at.caption[-1].value)
    assert "Unreported crimes are in neither." in as_read(at.caption[0].value)
