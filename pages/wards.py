"""Wards: which stand out and which cannot be told apart; of one ward, what is known, and what the police say they do."""

from mkmap.ui import frame, outcomes, share
from mkmap.ui.wards import all_wards, gap, one_ward, police_plan

view = frame.view()

if ward := view.findings.ward:
    one_ward.headline(view)
    one_ward.opening(view, ward)
    one_ward.months(view)
    one_ward.place(view)
    outcomes.outcomes(view)
    police_plan.police_plan(view, ward)
    one_ward.residents(view)
else:
    all_wards.title(view)
    all_wards.standing(view)
    all_wards.table(view)
    all_wards.changes(view)
    all_wards.funnel(view)
gap.police_and_residents(view)
if not ward:
    share.share(view)
frame.source(view)
