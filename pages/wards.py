"""Wards: which stand out and which cannot be told apart; of one ward, what is known, and what the police say they do."""

from mkmap.ui import briefing_parts, frame, gap_parts, outcome_parts, plan_parts, share_parts, ward_page, wards_page

view = frame.view()

ranking = wards_page.ranking(view)
if ward := ward_page.the_ward(view):
    ward_page.headline(view)
    briefing_parts.briefing_link(view, ward)
    ward_page.months(view)
    ward_page.place(view, ranking, ward)
    outcome_parts.outcomes(view)
    plan_parts.police_plan(view, ward)
    ward_page.residents(view)
else:
    changes = view.base.changes(view.selection.filters)
    wards_page.title(view, ranking)
    wards_page.standing(view, ranking)
    wards_page.table(view, ranking, changes)
    wards_page.changes(view, changes)
    wards_page.funnel(view, ranking)
gap_parts.police_and_residents(view)
share_parts.share(view)
