"""Say whether it has changed, and how sure that is."""

from mkmap.evidence import verdicts
from mkmap.ui.figures import ground
from mkmap.ui.meeting import chart
from mkmap.ui.meeting.lettering import huge, lines, title
from mkmap.view import figures, sentences
from mkmap.view.view import View


def draw(view: View) -> None:
    change = view.findings.change
    huge(f"{verdicts.sign(change.verdict)} {verdicts.word(change.verdict)}", "verdict")
    title(view.findings.change_sentence)
    interval = figures.interval(view.findings, ground())
    if interval is None:
        chart.draw(figures.years(view.findings, ground()), "hall_years")
    else:
        chart.draw(interval, "hall_interval")
    lines(view.findings.first_to_know or sentences.gaps(view.selection))
