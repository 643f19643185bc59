"""The commands of `python -m mkmap reports …`, and of the reports' backups."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mkmap.errors import Code, Refused
from mkmap.reports.report import Report, State
from mkmap.settings import settings
from mkmap.words import Message, _, ngettext, number

if TYPE_CHECKING:  # rooms are imported when their command runs
    from mkmap.database.connection import Store
    from mkmap.dataset.dataset import Dataset

BACKUP = Message("Write residents' reports into one file. It is confidential.")
RESTORE = Message(
    "Bring back the reports of a backup that are not here; what is newer here stays, what was erased stays erased."
)

WHO = "command line"  # whose decisions these are

app = typer.Typer(no_args_is_help=True, help=Message("Residents' reports: look at them, decide about them, let them go."))

Number = Annotated[int, typer.Argument(metavar="NUMBER", help=Message("the report's number, as “list” shows it"))]


def _shown(now: datetime, *, for_machines: bool = False) -> "tuple[Dataset, Store]":
    """What the app shows, and its reports; while that is the demonstration, the invented ones, and it is said."""
    from mkmap.dataset.dataset import shown

    today = now.astimezone().date()
    dataset = shown(settings().home, settings().force, today, settings().area)
    store = dataset.reports(settings(), today)
    if dataset.is_demonstration:
        print(_("Demonstration reports: invented, not evidence."), file=sys.stderr if for_machines else sys.stdout)
    return dataset, store


def _store(now: datetime, *, for_machines: bool = False) -> "Store":
    return _shown(now, for_machines=for_machines)[1]


def _say(line: str) -> None:
    """Print a line that others have written parts of: nothing in it may steer the terminal."""
    print("".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in line))


@app.command("list", help=Message("List the reports, oldest first."))
def list_(
    state: Annotated[State | None, typer.Option(help=Message("only those in this state"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=Message("for machines"))] = False,
) -> None:
    from mkmap.reports.report import kind_word
    from mkmap.reports.store import deciding

    reports = deciding.reports_in(_store(datetime.now(UTC), for_machines=as_json), *([state] if state else []))
    if as_json:
        print(json.dumps([_for_machines(report) for report in reports], indent=1))
        return
    for report in reports:
        flags = " · " + ngettext("{n} flag", "{n} flags", len(report.flags)).format(n=len(report.flags)) if report.flags else ""
        _say(
            f"{report.id:>5}  {report.state.value:<9}  {report.month}  {kind_word(report.kind)} · {report.place.street}{flags}"
        )
    print(ngettext("{n} report.", "{n} reports.", len(reports)).format(n=number(len(reports))))


@app.command(help=Message("Show a report with its text, its flags, and what was decided about it."))
def show(which: Number) -> None:
    from mkmap.reports.report import decision_words, flag_words, public_line, response_words, state_words
    from mkmap.reports.store import deciding

    store = _store(datetime.now(UTC))
    report = deciding.get(store, which)
    _say(f"{report.id}: {public_line(report.kind, report.month, report.place.street)}")
    _say(f"{state_words()[report.state]} · {_('received {at} (UTC)').format(at=f'{report.received_at:%Y-%m-%d %H:%M}')}")
    told = _("police told") if report.told_police else _("police not told")
    _say(f"{told}: {response_words()[report.response]}")
    for flag in report.flags:
        _say(f"! {flag_words()[flag]}")
    if report.text:
        _say(report.text)
    for wish in deciding.corrections_of(store, report.id):
        _say(f"{_('Correction asked for')}: {_(wish.what)} {wish.text}".strip())
    if report.duplicate_of:
        _say(_("a duplicate of {number}").format(number=report.duplicate_of))
    for decision in deciding.decided(store, report.id):
        _say(_("{at} {who}: {act}, {before} → {after} {reason}").format(**decision_words(decision)).strip())


@app.command(help=Message("Publish a report: its point, month and type appear on the map."))
def publish(which: Number) -> None:
    _decide(which, "publish")


@app.command(help=Message("Reject a report, or take a published one back."))
def reject(which: Number, reason: Annotated[str, typer.Option(help=Message("why, for whoever looks at it later"))]) -> None:
    _decide(which, "reject", reason=reason)


@app.command(help=Message("Mark a report as a duplicate of another one."))
def duplicate(which: Number, of: Annotated[int, typer.Option(help=Message("the number of the report that stays"))]) -> None:
    _decide(which, "duplicate", duplicate_of=of)


@app.command(help=Message("Take a decision back: the report waits again."))
def undo(which: Number) -> None:
    _decide(which, "undo")


def _decide(which: int, act: str, *, reason: str = "", duplicate_of: int | None = None) -> None:
    from mkmap.reports.report import state_words
    from mkmap.reports.store import deciding

    now = datetime.now(UTC)
    store = _store(now)
    report = deciding.decide(
        store,
        deciding.get(store, which),
        deciding.Act(act),
        who=WHO,
        at=now,
        reason=reason,
        duplicate_of=duplicate_of,
    )
    print(_("Report {number} is {state} now.").format(number=which, state=state_words()[report.state]))


@app.command(help=Message("Delete all that is stored about a report, for good; no backup brings it back."))
def erase(
    which: Annotated[int | None, typer.Argument(metavar="[NUMBER]", help=Message("the report's number"))] = None,
    receipt: Annotated[str | None, typer.Option(help=Message("or its receipt"))] = None,
) -> None:
    from mkmap.reports.form import receipt_digits
    from mkmap.reports.store import deciding, sending

    now = datetime.now(UTC)
    if which is not None and receipt is None:
        deciding.erase(_store(now), which, at=now)
    elif receipt is None or which is not None:
        raise typer.BadParameter(_("give a number or a receipt"))
    elif (digits := receipt_digits(receipt)) is None:
        raise Refused(Code.RECEIPT_MALFORMED)
    else:
        sending.erase(_store(now), digits, at=now)
    print(_("Everything about this report is erased."))


@app.command(help=Message("Let go what has been kept for its time; the running app does it every hour."))
def purge(dry_run: Annotated[bool, typer.Option("--dry-run", help=Message("only say what would go"))] = False) -> None:
    from mkmap.operate.updating import ward_finder
    from mkmap.reports.store import retention

    now = datetime.now(UTC)
    dataset, store = _shown(now)
    purged = retention.purge(store, ward_finder(dataset.places), at=now, dry_run=dry_run)
    counts = _("{rejected} rejected, {withdrawn} withdrawn and {published} published; of others only the text: {texts}.")
    what = counts.format(**{name: number(count) for name, count in asdict(purged).items()})
    print(
        (_("Reports that would go: {what} Nothing was changed.") if dry_run else _("Reports that went: {what}")).format(
            what=what
        )
    )


def _for_machines(report: Report) -> dict[str, object]:
    place = asdict(report.place)
    kept = {name: value for name, value in asdict(report).items() if name not in ("place", "month")}
    times = {name: value and value.isoformat() for name, value in kept.items() if name.endswith("_at")}
    return kept | place | times | {"month": str(report.month)}


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=Message("where to write it; an older one there is replaced"))],
) -> None:
    from mkmap.database.connection import opened
    from mkmap.reports.store import backup

    count = backup.write(opened(settings().home, settings().database_url), file, at=datetime.now(UTC))
    print(
        ngettext("{n} report written to {file}.", "{n} reports written to {file}.", count).format(n=number(count), file=file),
        _(
            "It is confidential: it holds what only moderators may read. Police months are not in it; they can be imported again."
        ),
    )


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help=Message("a file that “backup” has written"))]) -> None:
    from mkmap.database.connection import opened
    from mkmap.reports.store import backup

    restored = backup.restore(opened(settings().home, settings().database_url), file, at=datetime.now(UTC))
    print(
        _("Reports that came back: {added}. Here already, and left as they are: {known}. Erased before, and not brought back: {erased}.").format(
            added=number(restored.added), known=number(restored.known), erased=number(restored.erased)
        )
    )  # fmt: skip
