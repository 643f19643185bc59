"""Say beside the map what its marks mean, with the switches of what can be hidden."""

from html import escape

import streamlit as st

from mkmap.crimes.query import Selection
from mkmap.crimes.rates import SHADED_FROM, may_be_shaded
from mkmap.drawing import palette
from mkmap.map import cells, circles, shading
from mkmap.ui import frame
from mkmap.ui.figures import ground
from mkmap.view.view import View
from mkmap.words import _, number


def marks(view: View) -> None:
    """What the marks mean: the police's, and residents'."""
    _police_legend(view.selection)
    _residents_legend(view)


def _police_legend(selection: Selection) -> None:
    """The colours of the cells, and the sizes of the circles."""
    if not selection.total:
        return
    colours = "".join(_swatch(colour, text) for colour, text in cells.legend(selection, ground()))
    sizes = "".join(_size(count, diameter) for count, diameter in circles.sizes(selection))
    afar = _("From afar: the crimes in each cell. Darker means more per square kilometre:")
    closer = _("Closer: the crimes at each of the police's anonymous map points:")
    st.html(
        f'<div class="legend"><p>{escape(afar)}</p><ul>{colours}</ul>'
        f'<p>{escape(closer)}</p><ul class="sizes">{sizes}</ul></div>'
    )


def _swatch(colour: palette.Colour, text: str) -> str:
    return f'<li><i style="background:{palette.css(colour)}"></i>{escape(text)}</li>'


def _size(count: int, diameter: float) -> str:
    size = f"width:{diameter:.0f}px;height:{diameter:.0f}px;background:{palette.css(palette.POLICE)}"
    return f'<li><i class="mark" style="{size}"></i>{escape(number(count))}</li>'


def _residents_legend(view: View) -> None:
    """Another shape and another colour than the police's, with a switch of their own."""
    if view.published is None:
        return
    rim, fill = palette.css(palette.RESIDENTS_RIM), palette.css(palette.RESIDENTS)
    st.html(
        f'<div class="legend"><ul><li><i class="diamond" style="background:{fill};border-color:{rim}"></i>'
        f"{escape(_('A report by a resident'))}</li></ul>"
        f"<p>{escape(_('A diamond is one report: looked at by a moderator, not by the police.'))}</p></div>"
    )
    st.toggle(_("Show residents' reports"), value=True, key="reports")
    st.page_link(frame.file_of("report"), label=_("Tell your neighbours what happened"), icon=":material/edit_location_alt:")


def shading_switch(view: View) -> bool:
    """Whether wards are shaded, which is offered where a comparison is allowed; and what the shades mean."""
    steps = shading.legend(view.selection, view.households, ground())
    if not steps or view.households is None:
        st.caption(_shading_refused(view))
        return False
    shaded = st.toggle(_("Shade wards by rate instead"), key="shade")
    if shaded:
        squares = "".join(_swatch(colour, text) for text, colour in steps)
        words = _("Crimes per 1,000 households ({year}) in these months.").format(year=view.households.year)
        st.html(f'<div class="legend"><ul>{squares}</ul><p>{escape(words)}</p></div>')
        st.page_link(
            frame.file_of("wards"),
            label=_("Which of these differences are more than chance?"),
            icon=":material/leaderboard:",
            query_params=view.filters.pairs(),
        )
    return shaded


def _shading_refused(view: View) -> str:
    if view.households is None:
        return _("Wards are not shaded and have no rate: no households are loaded for them.")
    if may_be_shaded(view.selection, view.households):
        return _("Wards are not shaded: there are no two chosen wards with different rates.")
    return _(
        "Wards are shaded by rate over {months} stored months or more: in fewer, the differences are mostly chance."
    ).format(months=SHADED_FROM)
