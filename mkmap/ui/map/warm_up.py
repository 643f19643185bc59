"""Do once, before anybody comes, what the first visitor of each page would wait for."""

from contextlib import suppress
from datetime import date
from functools import cached_property
from importlib import import_module
from pkgutil import walk_packages

from streamlit import env_util

from mkmap import ui
from mkmap.drawing.palette import LIGHT
from mkmap.errors import MkmapError
from mkmap.map import cells
from mkmap.map.placed_names import placed_names
from mkmap.settings import settings
from mkmap.ui.map.canvas import PHONE, Canvas
from mkmap.ui.map.decks import Sight, deck, opens_at
from mkmap.view import figures, tables
from mkmap.view.findings import Findings
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View

A_PAGE_ITSELF = "mkmap.ui.shell"  # drawn when it is imported
FIGURES = (figures.interval, figures.months, figures.years, figures.rolling, figures.funnel, figures.outcomes, figures.gap)


def warm_up(today: date) -> None:
    _import_every_part()
    env_util.is_repl()  # Streamlit asks once a process, and looks through all modules that are imported
    with suppress(MkmapError):  # every page says what is broken
        snapshot = Snapshot.now(settings(), today)
        view = View(snapshot, snapshot.choices(snapshot.latest).default)
        _map(view)
        _findings(view.findings)


def _import_every_part() -> None:
    """Of all pages: each is only imported when it is first run."""
    for part in walk_packages(ui.__path__, f"{ui.__name__}."):
        if part.name != A_PAGE_ITSELF:
            import_module(part.name)


def _map(view: View) -> None:
    selection = view.selection
    deck(view.snapshot, selection, LIGHT, Sight()).to_json()
    cells.legend(selection, LIGHT)
    for canvas in (Canvas(), PHONE):
        opens = opens_at(selection.area, canvas)
        for zoom in range(round(opens), cells.LAST_ZOOM + 2):  # of the area, a ward, a mile
            placed_names(selection.area, view.snapshot.ground, zoom, opens)
    tables.table(tables.Rows.WARD, selection, None)
    selection.area.whole_streets  # noqa: B018


def _findings(findings: Findings) -> None:
    for name, made in vars(Findings).items():
        if isinstance(made, cached_property):
            getattr(findings, name)
    for figure in FIGURES:
        figure(findings, LIGHT)
