"""The meeting: the same numbers for a hall, one message a screen, moved with a clicker."""

from mkmap.ui import frame, meeting_page

meeting_page.slide(frame.view())
