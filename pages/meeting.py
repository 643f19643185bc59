"""The meeting: the same numbers for a hall, one message a screen, moved with a clicker."""

from mkmap.ui import frame
from mkmap.ui.meeting import page

page.meeting(frame.view())
