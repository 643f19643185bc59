"""Moderation: the queue of reports, for those who may decide about them."""

from mkmap.ui import frame, moderation

view = frame.view()

if moderation.intro(view):
    moderation.queue(view)
