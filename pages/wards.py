"""Wards: which stand out and which cannot be told apart; of one ward, what is known, and what the police say they do."""

from mkmap.ui import frame, outcomes, share
from mkmap.ui.wards import all_wards, briefing_link, gap, one_ward, police_plan

view = frame.view()

ranking = all_wards.ranking(view)
if ward := one_ward.the_ward(view):
    one_ward.headline(view)
    briefing_link.briefing_link(view, ward)
    one_ward.months(view)
    one_ward.place(view, ranking, ward)
    outcomes.outcomes(view)
    police_plan.police_plan(view, ward)
    one_ward.residents(view)
else:
    changes = view.base.changes(view.selection.filters)
    all_wards.title(view, ranking)
    all_wards.standing(view, ranking)
    all_wards.table(view, ranking, changes)
    all_wards.changes(view, changes)
    all_wards.funnel(view, ranking)
gap.police_and_residents(view)
share.share(view)
