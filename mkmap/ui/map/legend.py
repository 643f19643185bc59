"""Say beside the map what its marks mean, with the switches of what can be hidden."""

from html import escape

import streamlit as st

from mkmap.crimes.query import Selection
from mkmap.crimes.rates import SHADED_FROM, may_be_shaded
from mkmap.drawing import palette
from mkmap.map import cells, circles, shading
from mkmap.reports.published import Published
from mkmap.ui import frame
from mkmap.ui.figures import ground
from mkmap.view.view import View
from mkmap.words import _, number


def marks(selection: Selection, published: Published | None) -> None:
    """What the marks mean, the police's and residents', with what can be done about residents'."""
    st.html(f'<div class="legend">{_police(selection)}{_residents() if published else ""}</div>')
    if published:
        st.toggle(_("Show residents' reports"), value=True, key="reports")
        st.page_link(
            frame.file_of("report"), label=_("Tell your neighbours what happened"), icon=":material/edit_location_alt:"
        )


def _police(selection: Selection) -> str:
    """The colours of the cells, and the sizes of the circles."""
    if not selection.total:
        return ""
    colours = "".join(_swatch(colour, text, ground().cell_rim) for colour, text in cells.legend(selection, ground()))
    sizes = "".join(_size(count, diameter) for count, diameter in circles.sizes(selection))
    afar = _("From afar: the crimes in each cell; its colour says how many that is in a square kilometre:")
    closer = _("Closer: the crimes at each of the police's anonymous map points, which are not homes:")
    return f'<p>{escape(afar)}</p><ul>{colours}</ul><p>{escape(closer)}</p><ul class="sizes">{sizes}</ul>'


def _residents() -> str:
    """Another shape and another colour than the police's."""
    rim, fill = palette.css(palette.RESIDENTS_RIM), palette.css(palette.RESIDENTS)
    words = _("Reports by residents: looked at by a moderator, not by the police")
    return f'<ul><li><i class="diamond" style="background:{fill};border-color:{rim}"></i>{escape(words)}</li></ul>'


def _swatch(colour: palette.Colour, text: str, rim: palette.Colour) -> str:
    """A square in the rim that it has on the map: the lightest could not be seen on the page."""
    style = f"background:{palette.css(colour)};border:1px solid {palette.css(rim)};box-sizing:border-box"
    return f'<li><i style="{style}"></i>{escape(text)}</li>'


def _size(count: int, diameter: float) -> str:
    size = f"width:{diameter:.0f}px;height:{diameter:.0f}px;background:{palette.css(palette.POLICE)}"
    return f'<li><i class="mark" style="{size}"></i>{escape(number(count))}</li>'


def is_shaded(view: View) -> bool:
    """Whether wards are shaded: where a comparison is allowed, and it was asked for."""
    return bool(st.session_state.get("shade")) and bool(_steps(view))


def _steps(view: View) -> list[tuple[str, palette.Colour]]:
    return shading.legend(view.selection, view.households, ground()) if view.households else []


def shading_switch(view: View) -> None:
    """To shade wards, which is offered where a comparison is allowed; and what the shades mean."""
    steps = _steps(view)
    if not steps or view.households is None:
        st.caption(_shading_refused(view))
        return
    if st.toggle(_("Shade wards by rate instead"), key="shade"):
        squares = "".join(_swatch(colour, text, ground().bold_outline) for text, colour in steps)
        words = _("Crimes per 1,000 households ({year}) in these months.").format(year=view.households.year)
        st.html(f'<div class="legend"><ul>{squares}</ul><p>{escape(words)}</p></div>')
        st.page_link(
            frame.file_of("wards"),
            label=_("Which of these differences are more than chance?"),
            icon=":material/leaderboard:",
            query_params=view.filters.pairs(),
        )


def _shading_refused(view: View) -> str:
    if view.households is None:
        return _("Wards are not shaded and have no rate: no households are loaded for them.")
    if may_be_shaded(view.selection, view.households):
        return _("Wards are not shaded: there are no two chosen wards with different rates.")
    return _(
        "Wards are shaded by rate over {months} stored months or more: in fewer, the differences are mostly chance."
    ).format(months=SHADED_FROM)
