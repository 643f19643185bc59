"""Do once, before anybody comes, what the first visitor of the map would wait for."""

from contextlib import suppress
from datetime import date

from mkmap.drawing.palette import LIGHT
from mkmap.errors import MkmapError
from mkmap.map import cells
from mkmap.map.mercator import fitting_zoom
from mkmap.map.placed_names import placed_names
from mkmap.settings import settings
from mkmap.ui.map.decks import Sight, deck
from mkmap.view import tables
from mkmap.view.snapshot import Snapshot


def warm_up(today: date) -> None:
    with suppress(MkmapError):  # every page says what is broken
        snapshot = Snapshot.now(settings(), today)
        selection = snapshot.select(snapshot.choices(snapshot.latest).default)
        deck(snapshot, selection, LIGHT, Sight()).to_json()
        cells.legend(selection, LIGHT)
        placed_names(selection.area, snapshot.ground, round(fitting_zoom(selection.area.wards.total_bounds)))
        tables.table(tables.Rows.WARD, selection, None)
        selection.area.whole_streets  # noqa: B018
