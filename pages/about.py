"""About: what is shown and what it cannot say, what is stored and missing, the notices, and the operator's acts."""

from mkmap.ui import frame
from mkmap.ui.about import data_examples, notices, operator, page, publishing

view = frame.view()

page.what_this_is(view)
operator.way_to_acts()
page.what_it_cannot_say(view)
notices.reports()
publishing.ways_to_object()
publishing.what_was_decided(view)
page.stored(view)
data_examples.data_examples(view)
notices.privacy_notice(view)
notices.accessibility(view)
operator.acts(view)
