"""The commands of `python -m mkmap reports …` about what people ask of the site: see what waits, answer it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from mkmap.operate.report_commands import Number
from mkmap.operate.reports_shown import say, store_shown
from mkmap.reports.report import COMMAND_LINE
from mkmap.settings import settings
from mkmap.words import Message, _, ngettext, number

LIST = Message("List what waits for an answer: corrections, reports of marks, appeals and complaints; due first.")
ANSWER = Message("Answer a request so that nothing changes: the mark stays, the rejection stands, a complaint has an answer.")
ALL = 10_000  # requests: more than anybody reads


def requests() -> None:
    from mkmap.reports.request import kind_words
    from mkmap.reports.store import answering

    now = datetime.now(UTC)
    waiting = answering.waiting(store_shown(now), ALL)
    for request in waiting:
        about = "" if request.report is None else _("report {number}").format(number=request.report)
        late = _("late") if request.is_late(now) else ""
        say(" · ".join(filter(None, [f"{request.id:>5}  {request.due:%Y-%m-%d}", late, kind_words()[request.kind], about])))
        say("\n".join(f"       {line}" for line in (request.what and _(request.what), request.text) if line))
    print(ngettext("{n} request.", "{n} requests.", len(waiting)).format(n=number(len(waiting))))


def answer(which: Number, note: Annotated[str, typer.Option(help=Message("what whoever asked can read"))] = "") -> None:
    """What changes something is decided about the report, which answers with it: `reject`, `undo`."""
    from mkmap.operate.rights import has_others
    from mkmap.reports.request import outcome_words
    from mkmap.reports.store import answering

    now = datetime.now(UTC)
    others = has_others(settings(), COMMAND_LINE)
    request = answering.answer(store_shown(now), which, who=COMMAND_LINE, at=now, note=note, others=others)
    if request.outcome:
        print(outcome_words()[request.outcome])


def add_to(app: typer.Typer) -> None:
    app.command(help=LIST)(requests)
    app.command(help=ANSWER)(answer)
