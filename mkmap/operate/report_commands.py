"""The commands of `python -m mkmap reports …`, and of the reports' backups."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mkmap.errors import Code, Refused
from mkmap.operate import deciding_commands
from mkmap.operate.reports_shown import say, shown, store_shown
from mkmap.reports.report import Report, State
from mkmap.settings import settings
from mkmap.words import Message, _, ngettext, number

if TYPE_CHECKING:  # rooms are imported when their command runs
    from mkmap.database.connection import Store

BACKUP = Message("Write residents' reports into one file. It is confidential.")
RESTORE = Message(
    "Bring back the reports of a backup that are not here; what is newer here stays, what was erased stays erased."
)

app = typer.Typer(no_args_is_help=True, help=Message("Residents' reports: look at them, decide about them, let them go."))
app.add_typer(deciding_commands.app)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help=Message("the report's number, as “list” shows it"))]


@app.command("list", help=Message("List the reports, oldest first."))
def list_(
    state: Annotated[State | None, typer.Option(help=Message("only those in this state"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=Message("for machines"))] = False,
) -> None:
    from mkmap.reports.report import kind_word
    from mkmap.reports.store import deciding

    reports = deciding.reports_in(store_shown(datetime.now(UTC), for_machines=as_json), *([state] if state else []))
    if as_json:
        print(json.dumps([_for_machines(report) for report in reports], indent=1))
        return
    for report in reports:
        flags = " · " + ngettext("{n} flag", "{n} flags", len(report.flags)).format(n=len(report.flags)) if report.flags else ""
        say(f"{report.id:>5}  {report.state.value:<9}  {report.month}  {kind_word(report.kind)} · {report.place.street}{flags}")
    print(ngettext("{n} report.", "{n} reports.", len(reports)).format(n=number(len(reports))))


@app.command(help=Message("Show a report with its text, its flags, and what was decided about it."))
def show(which: Number) -> None:
    from mkmap.reports.report import decision_words, flag_words, public_line, response_words, state_words
    from mkmap.reports.store import deciding

    store = store_shown(datetime.now(UTC))
    report = deciding.get(store, which)
    say(f"{report.id}: {public_line(report.kind, report.month, report.place.street)}")
    say(f"{state_words()[report.state]} · {_('received {at} (UTC)').format(at=f'{report.received_at:%Y-%m-%d %H:%M}')}")
    told = _("police told") if report.told_police else _("police not told")
    say(f"{told}: {response_words()[report.response]}")
    for flag in report.flags:
        say(f"! {flag_words()[flag]}")
    if report.text:
        say(report.text)
    for wish in deciding.corrections_of(store, report.id):
        say(f"{_('Correction asked for')}: {_(wish.what)} {wish.text}".strip())
    if report.duplicate_of:
        say(_("a duplicate of {number}").format(number=report.duplicate_of))
    for decision in deciding.decided(store, report.id):
        say(_("{at} {who}: {act}, {before} → {after} {reason}").format(**decision_words(decision)).strip())


@app.command(help=Message("Delete all that is stored about a report, for good; no backup brings it back."))
def erase(
    which: Annotated[int | None, typer.Argument(metavar="[NUMBER]", help=Message("the report's number"))] = None,
    receipt: Annotated[str | None, typer.Option(help=Message("or its receipt"))] = None,
) -> None:
    from mkmap.reports.form import receipt_digits
    from mkmap.reports.store import deciding

    now = datetime.now(UTC)
    if which is not None and receipt is None:
        deciding.erase(store_shown(now), which, at=now)
    elif receipt is None or which is not None:
        raise typer.BadParameter(_("give a number or a receipt"))
    elif (digits := receipt_digits(receipt)) is None:
        raise Refused(Code.RECEIPT_MALFORMED)
    else:
        _erase_of(store_shown(now), digits, now)
    print(_("Everything about this report is erased."))


def _erase_of(store: "Store", digits: str, at: datetime) -> None:
    """A report, or what somebody asked of the site."""
    from mkmap.reports.store import requests, sending

    room = sending if sending.find(store, digits) else requests
    room.erase(store, digits, at=at)


@app.command(help=Message("Let go what has been kept for its time; the running app does it every hour."))
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help=Message("only say what would go"))] = False,
    confirm_date: Annotated[
        bool, typer.Option("--confirm-date", help=Message("the date of this machine is right, however long nothing was let go"))
    ] = False,
) -> None:
    from mkmap.operate.leaps import doubt
    from mkmap.operate.updating import ward_finder
    from mkmap.reports.store import retention

    now = datetime.now(UTC)
    dataset, store = shown(now)
    if confirm_date and not dry_run:
        retention.confirm_date(store, now)
    refusal = None if dataset.is_demonstration else doubt(store, now)
    if refusal and not dry_run:
        raise refusal
    purged = retention.purge(store, ward_finder(dataset.places), at=now, dry_run=dry_run)
    counts = _("{rejected} rejected, {withdrawn} withdrawn and {published} published; of others only the text: {texts}.")
    what = counts.format(**{name: number(count) for name, count in asdict(purged).items()})
    print(
        (_("Reports that would go: {what} Nothing was changed.") if dry_run else _("Reports that went: {what}")).format(
            what=what
        )
    )
    if refusal:
        print(refusal)


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
    from mkmap.reports.store import backup

    backup.read(file)  # where it is none, nothing is made
    with _whatever_is_there() as store:
        restored = backup.restore(store, file, at=datetime.now(UTC))
    print(
        _("Reports that came back: {added}. Here already, and left as they are: {known}. Erased before, and not brought back: {erased}.").format(
            added=number(restored.added), known=number(restored.known), erased=number(restored.erased)
        )
    )  # fmt: skip
    if restored.over:
        over = ngettext(
            "{n} was not brought back, because its time was over.",
            "{n} were not brought back, because their time was over.",
            restored.over,
        )
        print(over.format(n=number(restored.over)))
    if restored.unsure_since:
        print(
            _(
                "The backup is of {at} (UTC). What was erased or withdrawn after that, and nothing here knows of it, has come back: "
                "where you know of such reports, erase them again."
            ).format(at=f"{restored.unsure_since:%Y-%m-%d %H:%M}")
        )


@app.command(
    help=Message(
        "Begin with the reports' database that is there, or with an empty one, where the one that was kept here is lost for good."
    )
)
def begin() -> None:
    from mkmap.reports.store import backup

    with _whatever_is_there() as store:
        left = backup.begin(store, at=datetime.now(UTC))
    print(
        ngettext(
            "The reports' database is accepted: it holds {n} report.",
            "The reports' database is accepted: it holds {n} reports.",
            left,
        ).format(n=number(left))
    )


@contextmanager
def _whatever_is_there() -> "Iterator[Store]":
    """The operator says that this is the database: it need not be the one that is known."""
    from mkmap.database.connection import unexpected

    store = unexpected(settings().home, settings().database_url)
    try:
        yield store
    finally:
        store.engine.dispose()
