"""Moderation: the queue of reports, for those who may decide about them."""

from mkmap.ui import frame
from mkmap.ui.moderation import page, requests

view = frame.view()

page.intro(view)
if page.may_see_the_queue(view):
    requests.panel(view)
    page.queue(view)
