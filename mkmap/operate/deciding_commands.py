"""The commands of `python -m mkmap reports …` that decide: about a report, or a flood as one; and who decided what."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from mkmap.errors import Code, Refused
from mkmap.operate.reports_shown import say, store_shown
from mkmap.reports.report import COMMAND_LINE
from mkmap.words import Message, _, ngettext, number

app = typer.Typer()

Number = Annotated[int, typer.Argument(metavar="NUMBER", help=Message("the report's number, as “list” shows it"))]
NumberOrFlood = Annotated[
    int | None, typer.Argument(metavar="[NUMBER]", help=Message("the report's number, as “list” shows it"))
]
Flood = Annotated[
    str | None, typer.Option(metavar="NAME", help=Message("or all that wait of this flood, as “floods” shows it"))
]


@app.command(help=Message("Publish a report: its point, month and type appear on the map. Or all of a flood."))
def publish(which: NumberOrFlood = None, flood: Flood = None) -> None:
    _decide_one_or_flood(which, flood, "publish")


@app.command(help=Message("Reject a report, or take a published one back. Or reject all of a flood."))
def reject(
    reason: Annotated[str, typer.Option(help=Message("why, for whoever looks at it later"))],
    which: NumberOrFlood = None,
    flood: Flood = None,
) -> None:
    _decide_one_or_flood(which, flood, "reject", reason=reason)


@app.command(help=Message("List the floods that are set aside: many reports from one network."))
def floods() -> None:
    from mkmap.reports.store import floods

    heaps = floods.heaps(store_shown(datetime.now(UTC)))
    for heap in heaps:
        print(f"{heap.name}  {heap.reports:>6}  {heap.first:%Y-%m-%d %H:%M} – {heap.last:%Y-%m-%d %H:%M}")
    print(ngettext("{n} flood.", "{n} floods.", len(heaps)).format(n=number(len(heaps))))


@app.command(help=Message("Print who decided what as CSV, without what residents wrote."))
def decisions() -> None:
    from mkmap.reports.store.audit import entries
    from mkmap.view.decisions import decisions_csv

    say(decisions_csv(entries(store_shown(datetime.now(UTC), for_machines=True))).rstrip("\n"))


@app.command(help=Message("Mark a report as a duplicate of another one."))
def duplicate(which: Number, of: Annotated[int, typer.Option(help=Message("the number of the report that stays"))]) -> None:
    _decide(which, "duplicate", duplicate_of=of)


@app.command(help=Message("Take a decision back: the report waits again."))
def undo(which: Number) -> None:
    _decide(which, "undo")


def _decide_one_or_flood(which: int | None, flood: str | None, act: str, *, reason: str = "") -> None:
    if (which is None) == (flood is None):
        raise typer.BadParameter(_("give a number or a flood"))
    if which is not None:
        _decide(which, act, reason=reason)
    elif flood is not None:
        _decide_flood(flood, act, reason)


def _decide_flood(name: str, act: str, reason: str) -> None:
    from mkmap.reports.store import deciding, floods, many, queue
    from mkmap.reports.store.wanted import Wanted

    now = datetime.now(UTC)
    store = store_shown(now)
    heap = next((heap for heap in floods.heaps(store) if heap.name == name), None)
    if heap is None:
        raise Refused(Code.NO_SUCH_FLOOD, name=name)
    done = many.decide_all(
        store,
        Wanted(heap=name),
        deciding.Act(act),
        up_to=queue.newest(store),
        total=heap.reports,
        who=COMMAND_LINE,
        at=now,
        reason=reason,
    )
    print(
        ngettext(
            "{n} report of the flood was decided about.", "{n} reports of the flood were decided about.", done.decided
        ).format(n=number(done.decided))
    )


def _decide(which: int, act: str, *, reason: str = "", duplicate_of: int | None = None) -> None:
    from mkmap.reports.report import state_words
    from mkmap.reports.store import deciding

    now = datetime.now(UTC)
    store = store_shown(now)
    report = deciding.decide(
        store,
        deciding.get(store, which),
        deciding.Act(act),
        who=COMMAND_LINE,
        at=now,
        reason=reason,
        duplicate_of=duplicate_of,
    )
    print(_("Report {number} is {state} now.").format(number=which, state=state_words()[report.state]))
