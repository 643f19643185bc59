"""Check a month of crimes, or of outcomes, whole, and commit it whole or not at all."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, groupby
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pyarrow as pa

from mkmap.crimes.archive import Member
from mkmap.crimes.layouts import FILE_KINDS, OUTCOMES, STREET
from mkmap.crimes.months import Months
from mkmap.crimes.newer import newest
from mkmap.crimes.parse import Parser
from mkmap.crimes.putting import WithPoints, put
from mkmap.crimes.spoilt import check_force, check_repeats
from mkmap.crimes.store import Crimes
from mkmap.crimes.stored import Scope, StoredMonth, StoredOutcomes, Vouched
from mkmap.error_sentences import LEFT_OUT
from mkmap.errors import BadInput, Code, Refused
from mkmap.month import Month
from mkmap.places.store import Places
from mkmap.police.fetching import Progress
from mkmap.words import _, listed, ngettext, number

if TYPE_CHECKING:
    import pandas as pd

WORKERS = 2  # each with a parser of its own
BATCH = 12  # files that a parser reads at once


@dataclass(frozen=True)
class Imported:
    """What an import has stored, as it was judged; and what was judged besides.

    `refused`: not whole, and a whole one was stored, which is kept. `rejudged`: months that were stored before, and are whole or
    not whole only now that others stand beside them.
    """

    months: list[StoredMonth]
    outcomes: list[StoredOutcomes]
    refused: list[StoredMonth]
    rejudged: list[StoredMonth]
    remarks: tuple[str, ...] = ()  # sentences about what was left out, and about two files for one month

    @property
    def outcomes_in_words(self) -> str:
        """A sentence about the outcomes files; empty where there was none."""
        files, rows = len(self.outcomes), sum(month.rows for month in self.outcomes)
        sentence = ngettext(
            "{n} outcomes file stored: {rows} rows, of which {rejected} were rejected.",
            "{n} outcomes files stored: {rows} rows, of which {rejected} were rejected.",
            files,
        ).format(n=number(files), rows=number(rows), rejected=number(sum(month.rejected for month in self.outcomes)))
        return sentence if files else ""


def ingest_archive(
    crimes: Crimes,
    places: Places,
    members: Iterable[Member],
    *,
    at: datetime,
    progress: Progress,
    force: str = "",
    vouched: Vouched | None = None,
) -> Imported:
    """Store every street file of an archive as a whole force month, and every outcomes file beside them, all or none.

    A file of another force than `force` that cannot be used is left out; without `force`, none may be. Of several files for one
    month the newest release is stored, and none in the place of a newer one, unless somebody has `vouched` for it.

    Raises BadInput with the file and, where it is known, the row; Refused where nothing is left to store.
    """
    wanted = list(members)
    stored: list[WithPoints] = []
    with crimes.changing() as months, ExitStack() as stack:
        parsers: SimpleQueue[Parser] = SimpleQueue()
        for _worker in range(WORKERS):
            parsers.put(stack.enter_context(Parser(months.folder)))
        work = _Work(months, parsers, at, force, vouched)
        pool = stack.enter_context(ThreadPoolExecutor(WORKERS))
        done = 0
        for of_kind in _batches(wanted):
            for batch, files in zip(of_kind, pool.map(work.store, of_kind), strict=True):
                stored += files
                done += len(batch)
                progress(done, len(wanted), f"{batch[-1].month} {batch[-1].force}")
        if not stored:
            raise work.nothing_stored(wanted[0].source)
        _add_points(places, stored)
        if force:
            months.belong_to(force)
    return replace(_imported(stored, months), remarks=work.remarks())


class _Work:
    """One import: what its workers share."""

    def __init__(self, months: Months, parsers: SimpleQueue[Parser], at: datetime, force: str, vouched: Vouched | None):
        self._months, self._parsers, self._at, self._force, self._vouched = months, parsers, at, force, vouched
        self._refusals: list[BadInput] = []  # of files that were left out
        self._rivals: list[str] = []  # sentences
        self._older: set[tuple[Month, str]] = set()  # months of forces whose street file is an older release

    def store(self, batch: list[Member]) -> list[WithPoints]:
        """Store files of one kind, the rivals for one month beside each other; of these the newest."""
        stored = []
        for _key, rivals in groupby(self._read(batch), lambda read: _key_of(read[0])):
            member, rows = self._newest(list(rivals))
            stored += self._kept(member, rows)
        return stored

    def remarks(self) -> tuple[str, ...]:
        """What a person should know about what was not stored, beside all that was."""
        for refusal in self._refusals:
            refusal.values |= LEFT_OUT
        return (*self._rivals, *map(str, self._refusals))

    def nothing_stored(self, source: str) -> Refused:
        """Why nothing was stored at all."""
        match self._refusals:
            case []:
                return BadInput(Code.NO_OUTCOMES, source=source)
            case [alone]:
                return alone
        return Refused(Code.NOTHING_STORED, why=" ".join([*self._rivals, *map(str, self._refusals)]))

    def _read(self, batch: list[Member]) -> list[tuple[Member, pa.Table]]:
        """Several files at once; where one of them is no good, one by one."""
        parser = self._parsers.get()
        try:
            return list(zip(batch, parser.csvs(batch), strict=True))
        except BadInput as error:
            if len(batch) == 1:
                self._leave_out(batch[0], error)
                return []
        finally:
            self._parsers.put(parser)
        return [read for member in batch for read in self._read([member])]

    def _newest(self, rivals: list[tuple[Member, pa.Table]]) -> tuple[Member, pa.Table]:
        if len(rivals) == 1:
            return rivals[0]
        chosen, is_sure = newest([(rows, member.release) for member, rows in rivals], rivals[0][0].kind)
        member, kept = rivals[chosen]
        if all(rows.equals(kept) for _other, rows in rivals):
            sentence = _("{n} files are for {month} of {force}: {files}. They say the same.")
        elif is_sure:
            sentence = _("{n} files are for {month} of {force}: {files}. Stored: {file}, the newest of them.")
        else:
            sentence = _("{n} files are for {month} of {force}: {files}. Nothing in them says which is newer. Stored: {file}.")
        files = listed([other.source for other, _rows in rivals])
        self._rivals.append(
            sentence.format(n=number(len(rivals)), month=member.month.name, force=member.force, files=files, file=member.source)
        )
        return rivals[chosen]

    def _kept(self, member: Member, rows: pa.Table) -> list[WithPoints]:
        try:
            if member.kind is OUTCOMES and (member.month, member.force) in self._older:
                raise BadInput(Code.RELEASE_OLDER, source=member.source, month=member.month)
            if not len(rows):
                raise BadInput(member.kind.is_empty, source=member.source)
            check_force(rows, member.force, member.source)
            check_repeats(rows, member.source)
            if member.kind.may_be_empty and rows["rejected"].null_count == 0:
                return []
            return [put(self._months, member.kind, rows, _described(member, self._at), member.source, self._vouched)]
        except BadInput as error:
            self._leave_out(member, error)
            return []

    def _leave_out(self, member: Member, error: BadInput) -> None:
        """Go on without a file, unless it is ours and no good."""
        if error.code is Code.RELEASE_OLDER:
            self._older.add((member.month, member.force))
        elif error.code is not Code.NO_OUTCOMES and not self._may_lack(member, error):
            raise error
        self._refusals.append(error)

    def _may_lack(self, member: Member, error: BadInput) -> bool:
        """Of ours only a file without a crime: it says that the police published nothing, and its month stays missing."""
        return bool(self._force) and (member.force != self._force or error.code is Code.NO_CRIMES)


def _imported(stored: list[WithPoints], months: Months) -> Imported:
    """Once the change has ended: what was put in is judged then."""
    refused = {month.key for month in months.refused}
    put = [month for month, _points in stored if isinstance(month, StoredMonth) and month.key not in refused]
    return Imported(
        [months.known(month) or month for month in put],
        [month for month, _points in stored if isinstance(month, StoredOutcomes)],
        months.refused,
        months.rejudged,
    )


def _batches(wanted: list[Member]) -> Iterator[list[list[Member]]]:
    """For each kind, the files that are read at once: those for one month are never in two batches."""
    for kind in FILE_KINDS:
        of_kind: dict[tuple[Month, str], list[Member]] = {}
        for member in wanted:
            if member.kind is kind:
                of_kind.setdefault(_key_of(member), []).append(member)
        months = list(of_kind.values())
        size = _size(len(months))
        yield [list(chain(*months[first : first + size])) for first in range(0, len(months), size)]


def _size(months: int) -> int:
    """How many are read at once, so that the workers end together."""
    rounds = -(-months // (BATCH * WORKERS)) or 1
    return -(-months // (rounds * WORKERS)) or 1


def _key_of(member: Member) -> tuple[Month, str]:
    return member.month, member.force


def _described(member: Member, at: datetime) -> StoredMonth | StoredOutcomes:
    return replace(member.kind.stored.described(member.month, member.force, member.origin, at), release=member.release)


def ingest_frame(
    crimes: Crimes,
    places: Places,
    frame: "pd.DataFrame",
    *,
    month: Month,
    force: str,
    scope: Scope,
    source: str,
    at: datetime,
    release: Month | None = None,
    area: str = "",
) -> StoredMonth:
    """Store one month given as a frame with the archive's columns, all text, None where empty; it comes back judged.

    One that is not whole takes no whole one's place.

    Raises BadInput when the month cannot be used; the stored one is kept then.
    """
    with crimes.changing() as months, Parser(months.folder) as parser:
        described = replace(StoredMonth.described(month, force, source, at, scope), release=release, area=area)
        rows = parser.frame(frame)
        if area:
            check_repeats(rows, source)
            months.belong_to(force)
        stored = put(months, STREET, rows, described)
        _add_points(places, [stored])
    done = _imported([stored], months)
    return (done.months or done.refused)[0]


def ingest_months(
    crimes: Crimes,
    places: Places,
    frame: "pd.DataFrame",
    *,
    force: str,
    source: str,
    at: datetime,
    outcomes: "pd.DataFrame | None" = None,
) -> list[StoredMonth]:
    """Store every month of a frame as `ingest_frame` stores one, and every month of a frame of outcomes; all or none."""
    frames = {STREET: frame} | ({OUTCOMES: outcomes} if outcomes is not None else {})
    with crimes.changing() as months, Parser(months.folder) as parser:
        stored = [
            put(months, kind, rows, kind.stored.described(Month.parse(month), force, source, at))
            for kind, of_kind in frames.items()
            for month, rows in parser.frame_by_month(_by_month(of_kind), kind).items()
        ]
        _add_points(places, stored)
    return _imported(stored, months).months


def _by_month(frame: "pd.DataFrame") -> "pd.DataFrame":
    return frame if frame["Month"].is_monotonic_increasing else frame.sort_values("Month", kind="stable")


def _add_points(places: Places, stored: list[WithPoints]) -> None:
    """Make every map point of the new months known before a manifest names the months; the newest month names a street."""
    dated = [(month.month, points) for month, points in stored if points is not None]
    if dated:
        places.add_points(pa.concat_tables([points for _month, points in sorted(dated, key=lambda entry: entry[0])]))
