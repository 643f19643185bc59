"""Trends: whether it is going up, month by month and against the year before; and what became of the crimes."""

from mkmap.ui import frame, outcome_parts, share_parts, trend_page

view = frame.view()

found = trend_page.change(view)
trend_page.interval(view, found)
trend_page.months(view)
outcome_parts.outcomes(view)
share_parts.share(view)
