"""About: what is shown and what it cannot say, what is stored and missing, the notices, and the operator's acts."""

from mkmap.ui import about_page, data_examples, frame, notices, operator_page

view = frame.view()

about_page.what_this_is(view)
about_page.what_it_cannot_say(view)
notices.reports()
about_page.stored(view)
data_examples.data_examples(view)
notices.privacy_notice(view)
notices.accessibility(view)
operator_page.acts(view)
