"""Two views of the same stored data, day and filters are equal, so that what is made of one can be kept for the other."""

from datetime import timedelta
from pathlib import Path

import made_stores
from made_briefings import TODAY, view, years

from mkmap.settings import Settings
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View


def test_the_same_is_equal(tmp_path: Path):
    home = years(tmp_path)
    assert view(home) == view(home)
    assert len({view(home), view(home)}) == 1


def test_other_filters_another_day_or_other_settings_are_not(tmp_path: Path):
    home = years(tmp_path)
    filters = view(home).filters
    tomorrow = Snapshot.now(Settings(home=home), TODAY + timedelta(days=1))
    assert view(home) != view(home, types=["all"])
    assert view(home) != View(tomorrow, filters)
    assert view(home) != view(home, area_name="Elsewhere")


def test_another_month_in_the_store_is_not(tmp_path: Path):
    home = years(tmp_path)
    before = view(home)
    made_stores.add_crimes(home, made_stores.crimes(1, "2025-07", 0))
    assert view(home) != before
