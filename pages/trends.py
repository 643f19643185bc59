"""Trends: whether it is going up, month by month and against the year before; and what became of the crimes."""

from mkmap.ui import frame, outcomes, share, trends

view = frame.view()

trends.change(view)
trends.interval(view)
trends.months(view)
outcomes.outcomes(view)
share.share(view)
frame.source(view)
