"""Moderation: the queue of reports, for those who may decide about them."""

from mkmap.ui import frame, moderation_page

view = frame.view()

if moderation_page.intro(view):
    moderation_page.queue(view)
