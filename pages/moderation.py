"""Moderation: the queue of reports, for those who may decide about them."""

from mkmap.ui import frame
from mkmap.ui.moderation import page

view = frame.view()

page.intro(view)
if page.may_see_the_queue(view):
    page.queue(view)
