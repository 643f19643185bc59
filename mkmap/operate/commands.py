"""The commands of `python -m mkmap`. Each is one call of a room; rooms are imported when their command runs."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mkmap.errors import Code, MkmapError, Refused
from mkmap.month import Month
from mkmap.operate import report_commands, request_commands, ward_commands
from mkmap.operate.command_helps import spoken
from mkmap.operate.progress import Progress
from mkmap.operate.ward_commands import may_ask, say_outside
from mkmap.settings import Settings, settings
from mkmap.words import Message, _, ngettext, number

if TYPE_CHECKING:
    from mkmap.crimes.stored import Vouched

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=Message("A crime map that a town can argue over honestly."),
)
app.add_typer(ward_commands.app, name="wards")
app.command(help=ward_commands.HOUSEHOLDS)(ward_commands.households)
app.add_typer(report_commands.app, name="reports")
request_commands.add_to(report_commands.app)
app.command(help=report_commands.BACKUP)(report_commands.backup)
app.command(help=report_commands.RESTORE)(report_commands.restore)

SWITCH = 0.0002  # seconds: two workers that wait this long for Python's lock, not 5 ms, import a tenth faster


def main() -> None:
    """Run a command; an error that a person meets is one line on stderr and exit code 1."""
    try:
        spoken(app)()
    except MkmapError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print(_("Stopped. What had been committed is kept; nothing else was changed."), file=sys.stderr)
        sys.exit(1)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise typer.BadParameter(_("“{text}” is not a month like 2025-01").format(text=text)) from None


From = Annotated[Month | None, typer.Option("--from", parser=_month, metavar="YYYY-MM", help=Message("first month"))]
To = Annotated[Month | None, typer.Option("--to", parser=_month, metavar="YYYY-MM", help=Message("last month"))]


@app.command(
    "import",
    help=Message(
        "Store whole force months, and outcomes, from data.police.uk's archive; of an address only the members of MKMAP_FORCE are read."
    ),
)
def import_(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH_OR_URL…", help=Message("zip, folder or CSV of data.police.uk's archive, or a zip's address")
        ),
    ] = None,
    confirm: Annotated[
        list[Month] | None,
        typer.Option(
            parser=_month,
            metavar="YYYY-MM",
            help=Message("count this stored month although it looks as if it were not whole; repeatable, with --who and --why"),
        ),
    ] = None,
    replacing: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=Message(
                "store a month also in the place of one that is whole, has far more rows, or is of a newer release; with --who and --why"
            ),
        ),
    ] = False,
    who: Annotated[str, typer.Option(metavar="TEXT", help=Message("who answers for it; kept and shown"))] = "",
    why: Annotated[str, typer.Option(metavar="TEXT", help=Message("how that is known; kept and shown, too"))] = "",
) -> None:
    if not inputs and (replacing or not confirm):
        raise typer.BadParameter(_("name a zip, a folder, a CSV or an address"))
    if (confirm or replacing) and not (who.strip() and why.strip()):
        raise typer.BadParameter(_("--confirm and --replace need --who and --why: both are kept"))
    from mkmap.crimes.stored import Vouched

    vouched = Vouched(who.strip(), datetime.now(UTC), why.strip())
    if inputs:
        _import(inputs, vouched if replacing else None)
    if confirm:
        _confirm(confirm, vouched)


def _import(inputs: list[str], vouched: "Vouched | None") -> None:
    from mkmap.crimes.archive import opened
    from mkmap.crimes.archive_names import in_words
    from mkmap.crimes.ingest import ingest_archive
    from mkmap.crimes.store import Crimes
    from mkmap.operate import import_words
    from mkmap.places.store import Places

    sys.setswitchinterval(SWITCH)
    chosen, now = settings(), datetime.now(UTC)
    may_ask(chosen, *inputs)
    crimes = Crimes(chosen.home, chosen.area)
    crimes.check_force(chosen.force)
    before = {month.key: month.rows for month in crimes.months()}
    with Progress(logged=True) as progress, opened(inputs, force=chosen.force) as members:
        passed_over = in_words(members.passed_over)
        try:
            done = ingest_archive(
                crimes, Places(chosen.home), members, at=now, progress=progress, force=chosen.force, vouched=vouched
            )
        except MkmapError:
            for line in passed_over:
                print(line)
            raise
    lines = [*import_words.of(done, before, chosen, passed_over, vouched)]
    if done.refused and not (done.months or done.outcomes):
        raise Refused(Code.NOTHING_STORED, why=" ".join(lines))
    print(*lines, sep="\n")
    _hint_at_wards(chosen)
    if done.months:
        say_outside(chosen)


def _confirm(months: list[Month], vouched: "Vouched") -> None:
    from mkmap.crimes.store import Crimes

    chosen = settings()
    crimes = Crimes(chosen.home, chosen.area)
    crimes.check_force(chosen.force)
    with crimes.changing() as changing:
        for month in dict.fromkeys(months):
            changing.confirm(month, chosen.force, vouched)
    for month in dict.fromkeys(months):
        print(_("{month} is confirmed as whole, and counted.").format(month=month.name))


@app.command(
    help=Message(
        "Get the months of the area, and a mile around it, from data.police.uk's API, and what its police say they do."
    )
)
def fetch(first: From = None, last: To = None) -> None:
    from mkmap.operate.updating import fetch_months, fetch_plans

    if first and last and first > last:
        raise typer.BadParameter(_("--from is later than --to"))
    chosen, now = settings(), datetime.now(UTC)
    with Progress(logged=True) as progress:
        outcomes = fetch_months(chosen, first=first, last=last, at=now, progress=progress)
        outcomes += fetch_plans(chosen, now, progress)
    for outcome in outcomes:
        if not outcome.failed:
            print(outcome.text)
    failed = [outcome.text for outcome in outcomes if outcome.failed]
    if failed and not any(outcome.stored for outcome in outcomes):
        raise Refused(Code.NOT_ALL_FETCHED, failures=" ".join(failed))
    if failed:
        told = [*failed, _("Not all could be fetched. What was stored is kept; the next fetch asks for the rest.")]
        print(*(" ".join(text.split()) for text in told), file=sys.stderr)


@app.command(help=Message("Load the ground of the map: streets, rail, water, woods, parks and names."))
def ground(
    source: Annotated[
        str,
        typer.Argument(
            metavar="PATH_OR_URL",
            help=Message(
                "OS Open Zoomstack, OpenMap Local or Open Roads (GeoPackage, MBTiles, Shapefiles), an OpenStreetMap extract "
                "(.osm.pbf), Protomaps or OpenMapTiles (PMTiles, MBTiles), or any GeoPackage with --take"
            ),
        ),
    ],
    taken: Annotated[
        list[str] | None,
        typer.Option(
            "--take",
            metavar="KIND=LAYER",
            help=Message(
                "what a layer of another file is, and with KIND=LAYER:COLUMN where its names are; repeatable. Kinds: main, through, "
                "local, path, rail, stream (lines); built, green, wood, water (areas); town, suburb, village, station, park, lake (points)"
            ),
        ),
    ] = None,
    attribution: Annotated[
        str, typer.Option(metavar="TEXT", help=Message("who is named on the map for these data; needed with --take"))
    ] = "",
) -> None:
    from mkmap.places import download
    from mkmap.places.ground.load import load_ground

    chosen = settings()
    may_ask(chosen, source)
    with Progress() as progress, download.session() as session:
        loaded = load_ground(
            chosen.home, source, taken=taken or [], attribution=attribution, session=session, progress=progress
        )
    print(
        _("Ground stored: {lines} lines, {areas} areas, {names} names, {size} kB. The map names {attribution}.").format(
            lines=number(loaded.lines),
            areas=number(loaded.areas),
            names=number(loaded.names),
            size=number(loaded.size // 1000),
            attribution=loaded.attribution,
        )
    )
    if loaded.unread:
        print(
            ngettext(
                "{n} thing could not be read and is left out.", "{n} things could not be read and are left out.", loaded.unread
            ).format(n=number(loaded.unread))
        )


@app.command(help=Message("Say what is stored, month by month, and what is missing."))
def status(as_json: Annotated[bool, typer.Option("--json", help=Message("for machines"))] = False) -> None:
    from mkmap.operate import status as facts
    from mkmap.operate.status_words import in_words

    now = datetime.now(UTC)
    stored = facts.status(settings(), _local(now))
    print(json.dumps(stored, indent=1) if as_json else in_words(stored, now))


@app.command(
    help=Message(
        "Print a link that opens the operator's session in one browser: there data can be loaded, as with these commands."
    )
)
def operate(
    end: Annotated[bool, typer.Option("--end", help=Message("end every operator's session and every link instead"))] = False,
    forget: Annotated[
        str, typer.Option(metavar="ADDRESS", help=Message("let another account moderate under this address instead"))
    ] = "",
) -> None:
    from mkmap.database import moderators, operators
    from mkmap.operate import operator_link, rights

    if end and forget:
        raise typer.BadParameter(_("--end and --forget are two acts: run the command twice"))
    if end:
        operators.end_all(rights.store(settings()))
        print(_("Every operator's session is over, and no link that was printed opens one."))
    elif forget:
        if not moderators.forget(rights.store(settings()), forget):
            raise Refused(Code.MODERATOR_NOT_KNOWN, address=forget)
        print(_("Whoever signs in next with {address} moderates under it, if it is on the list.").format(address=forget))
    else:
        print(*operator_link.lines(settings(), datetime.now(UTC)), sep="\n")


@app.command(help=Message("Make the demonstration anew, up to the current month."))
def demo() -> None:
    from mkmap.dataset.dataset import demonstration_anew

    dataset = demonstration_anew(settings().home, _local(datetime.now(UTC)))
    months = sorted(dataset.crimes.of_force(dataset.force))
    print(
        _(
            "Demonstration data from {first} to {last} stored: invented, not evidence. It is shown until a ward set and a month are loaded."
        ).format(first=months[0].name, last=months[-1].name)
    )


@app.command(
    help=Message("Write two A4 sheets about a ward, as PDF: of the latest year without a gap, unless months are named.")
)
def briefing(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="PATH", help=Message("the PDF; with --all a folder"))],
    ward: Annotated[str | None, typer.Option(metavar="NAME_OR_CODE", help=Message("the ward"))] = None,
    of_all: Annotated[bool, typer.Option("--all", help=Message("every ward, a file each"))] = False,
    first: From = None,
    last: To = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help=Message("crime type, or all; repeatable"))
    ] = None,
) -> None:
    from mkmap.briefing import files
    from mkmap.briefing.ward import chosen, ward_code
    from mkmap.view.snapshot import Snapshot

    if (ward is None) != of_all:
        raise typer.BadParameter(_("name one ward with --ward, or ask for --all"))
    if first and last and first > last:
        raise typer.BadParameter(_("--from is later than --to"))
    snapshot = Snapshot.now(settings(), _local(datetime.now(UTC)))
    filters = chosen(snapshot, first, last, types or [])
    if ward is None:
        with Progress() as progress:
            written = files.write_all(snapshot, filters, output, progress)
    else:
        written = [files.write(snapshot, filters, ward_code(snapshot.ward_names(filters.last), ward), output)]
    print(
        ngettext("{n} briefing written: {path}", "{n} briefings written: {path}", len(written)).format(
            n=len(written), path=output
        )
    )
    if snapshot.dataset.is_demonstration:
        print(_("They are of the demonstration: invented, not evidence."))


@app.command(
    help=Message("Check that every stored file is whole and the one that was stored, and the database of the reports too.")
)
def verify() -> None:
    from mkmap.operate.health import damage, damaged_reports

    files, reports = damage(settings()), damaged_reports(settings())
    problems = [_("{problems} Import or load these again.").format(problems=" ".join(files))] if files else []
    problems += [reports] if reports else []
    if problems:
        raise Refused(Code.SOMETHING_DAMAGED, problems=" ".join(problems))
    print(_("Every stored file is whole."))


def _local(now: datetime) -> date:
    """The day that it is where this runs."""
    return now.astimezone().date()


def _hint_at_wards(chosen: Settings) -> None:
    from mkmap.places.store import Places

    if not Places(chosen.home).ward_sets():
        print(
            _(
                "No ward set is loaded yet, so the app still shows the demonstration: python -m mkmap wards PATH_OR_URL --from YYYY-MM-DD"
            )
        )
