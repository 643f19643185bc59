"""List every address that this server answers, beside Streamlit's own."""

from starlette.routing import Route

from mkmap.operate.clock import Clock
from mkmap.web import (
    briefings,
    data,
    decisions,
    feeds,
    health,
    map_data,
    map_names,
    operator_session,
    own_files,
    presenter,
    previews,
    tiles,
)


def routes(html: str, clock: Clock) -> list[Route]:
    """`html`: Streamlit's own page."""
    return [
        *health.routes(clock),
        *data.routes(clock),
        *decisions.routes(clock),
        *map_data.routes(clock),
        *map_names.routes(clock),
        *tiles.routes(clock),
        *own_files.routes(),
        *briefings.routes(clock),
        *feeds.routes(clock),
        *presenter.routes(clock),
        *operator_session.routes(clock),
        *previews.routes(html, clock),
    ]
