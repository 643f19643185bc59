"""About: what is shown and what it cannot say, what is stored and missing, and the operator's acts."""

from mkmap.ui import about_page, frame, operator_page

view = frame.view()

about_page.what_this_is(view)
about_page.what_it_cannot_say(view)
about_page.stored(view)
about_page.data_routes(view)
operator_page.acts(view)
