"""The operator's acts on the About page: each has its command too, and each checks the right when it is done."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from mkmap.crimes.archive import opened
from mkmap.crimes.archive_names import in_words
from mkmap.crimes.ingest import ingest_archive
from mkmap.crimes.outside import lsoas_of
from mkmap.crimes.store import Crimes
from mkmap.crimes.wholeness import month_words
from mkmap.database.operators import SESSION_LIVES
from mkmap.dataset.dataset import real
from mkmap.errors import Refused
from mkmap.operate import outside_wards
from mkmap.operate.background import UPKEEP, Say, Work
from mkmap.places import download
from mkmap.places.households.load import load_households
from mkmap.places.load import load_wards
from mkmap.places.store import Places
from mkmap.settings import Settings
from mkmap.ui import frame
from mkmap.ui.rights import end_session, has_ended, has_session, is_operator
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _, number


def way_to_acts() -> None:
    """Who has just opened the link sees at once what it is good for."""
    if has_session():
        st.info(_("This browser may change what is stored: [what you can do](#operator) stands at the end of this page."))


def acts(view: View) -> None:
    """Shown to somebody with the right; to others the page says who has it."""
    st.header(_("Who may change what is shown"), anchor=False)
    st.write(
        _(
            "Whoever runs this site can load data here. When the server starts, it prints a link: opened once, it gives that browser the "
            "right for {hours} hours. “python -m mkmap operate” prints a new link. Moderators who have signed in may load data, too. "
            "Nobody has this right because of the address from which they come."
        ).format(hours=int(SESSION_LIVES.total_seconds() // 3600))
    )
    st.page_link(frame.file_of("moderation"), label=_("For moderators: sign in, and see what waits"), icon=":material/rule:")
    if has_ended():
        st.info(_("The operator's session of this browser is over: this page can change nothing any more."))
    if not is_operator():
        return
    settings = view.snapshot.settings
    st.header(_("For the operator"), anchor="operator")
    if UPKEEP.progress.text and not UPKEEP.progress.running:
        st.info(sentences.plain(UPKEEP.progress.text))
    st.caption(_("You see this because you may change what is stored here. Visitors don't."))
    if st.button(_("Get the latest months"), key="get_latest", disabled=settings.offline):
        _do(UPKEEP.get_latest)
    if settings.offline:
        st.caption(_("MKMAP_OFFLINE is set: no request leaves this machine."))
    _import(settings)
    _wards(settings)
    _households(settings)
    if has_session():
        _end()


def _end() -> None:
    st.caption(_("On a computer that others use, end your session before you leave. It ends by itself after some hours."))
    if not st.button(_("End the operator's session"), key="end_session"):
        return
    try:
        end_session()
    except Refused as error:
        st.error(sentences.plain(str(error)))
        return
    st.rerun()


def _import(settings: Settings) -> None:
    with st.form("import", clear_on_submit=True):
        files = st.file_uploader(
            _("Police months: a zip or CSV files from data.police.uk"),
            type=["zip", "csv"],
            accept_multiple_files=True,
            key="police_files",
        )
        st.caption(
            _("Files of more than {limit} MB: “python -m mkmap import PATH”.").format(
                limit=st.get_option("server.maxUploadSize")
            )
        )
        if st.form_submit_button(_("Import")) and files:
            clock = frame.clock()  # the background has no session to ask for it
            _do(_with_files(files, lambda paths, say: _import_files(settings, paths, say, clock.now())))


def _import_files(settings: Settings, paths: list[str], say: Say, at: datetime) -> str:
    crimes = Crimes(settings.home, settings.area)
    crimes.check_force(settings.force)
    with opened(paths, force=settings.force) as members:
        passed_over = in_words(members.passed_over)
        done = ingest_archive(crimes, Places(settings.home), members, at=at, progress=say, force=settings.force)
    months = _("{months} months of crimes stored: {rows} rows.").format(
        months=number(len(done.months)), rows=number(sum(month.rows for month in done.months))
    )
    return " ".join(
        [
            *[months] * bool(done.months),
            *month_words.of_import(done, settings.force),
            *[done.outcomes_in_words] * bool(done.outcomes),
            *_outside(settings),
            *passed_over,
            *done.remarks,
        ]
    )


def _wards(settings: Settings) -> None:
    with st.form("wards", clear_on_submit=True):
        file = st.file_uploader(
            _("Ward boundaries: GeoJSON, GeoPackage or a zipped shapefile"),
            type=["geojson", "json", "gpkg", "zip"],
            key="ward_file",
        )
        start = st.date_input(_("First day in force"), value=settings.wards_from, min_value=date(1974, 4, 1), key="ward_start")
        if st.form_submit_button(_("Load wards")) and file:
            _do(_with_files([file], lambda paths, say: _load_wards(settings, paths[0], start)))


def _load_wards(settings: Settings, path: str, start: date) -> str:
    notes: list[str] = []
    with download.session() as session:
        loaded = load_wards(
            Places(settings.home),
            path,
            start=start,
            area=settings.area,
            area_name=settings.area_name,
            session=session,
            say=notes.append,
        )
    stored = _("{wards} wards stored as “{name}”.").format(wards=loaded.wards, name=loaded.name)
    return " ".join([stored, *notes, *_outside(settings)])


def _outside(settings: Settings) -> list[str]:
    """What is said of crimes of the district that lie in no ward."""
    dataset = real(settings.home, settings.force, settings.area)
    return [line for counted in outside_wards.of_sets(dataset, settings.area_name) for line in outside_wards.in_words(counted)]


def _households(settings: Settings) -> None:
    with st.form("households", clear_on_submit=True):
        file = st.file_uploader(_("Households per ward: a CSV"), type=["csv", "txt"], key="household_file")
        if st.form_submit_button(_("Load households")) and file:
            _do(_with_files([file], lambda paths, say: _load_households(settings, paths[0])))


def _load_households(settings: Settings, path: str) -> str:
    notes: list[str] = []
    lsoas = lsoas_of(Crimes(settings.home, settings.area), settings.force, settings.area_name)
    with download.session() as session:
        sets = load_households(Places(settings.home), path, lsoas=lsoas, session=session, say=notes.append)
    stored = _("Households stored for {count} ward sets.").format(count=number(len(sets)))
    return " ".join([stored, *notes])


def _do(work: Work) -> None:
    """Hand a piece of work to the background, if this session still has the right."""
    if not is_operator():
        st.error(_("Only the operator can do this. Nothing was changed."))
        return
    UPKEEP.ask(work)
    st.rerun()


def _with_files(files: list, act: Callable[[list[str], Say], str]) -> Work:
    """The act on copies of uploaded files, under the names they came with."""
    contents = [(Path(file.name).name, file.getvalue()) for file in files]

    def work(say: Say) -> str:
        with TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name, _content in contents]
            for path, (_name, content) in zip(paths, contents, strict=True):
                path.write_bytes(content)
            try:
                return act([str(path) for path in paths], say)
            except Refused as error:
                return str(error).replace(f"{folder}/", "")

    return work
