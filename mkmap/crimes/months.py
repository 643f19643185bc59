"""Change the stored months: put files in, judge the months by each other, and keep a whole month where a worse one came."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkmap.crimes.stored import Stored, StoredMonth, StoredOutcomes, Vouched, as_json, from_json
from mkmap.crimes.wholeness.judging import beside_the_stored, judged
from mkmap.errors import Code, Refused
from mkmap.lake.manifest import FolderChange
from mkmap.month import Month

if TYPE_CHECKING:
    from mkmap.crimes.wholeness.profile import MonthProfile


class Months:
    """The months of one change; `refused` and `rejudged` are known when it has ended.

    `area` is the map's; `is_of_area` says of a stored month whether it can be shown from it.
    """

    def __init__(self, change: FolderChange, area: str, is_of_area: Callable[[StoredMonth], bool]):
        self._change, self._area, self._is_of_area = change, area, is_of_area
        self.folder, self.temporary = change.folder, change.temporary
        self._forces: set[str] = set()  # that have changed
        self._new: set[str] = set()  # keys of what was put
        self._before: dict[str, StoredMonth] = {}  # by their key: in whose place others were put
        self.refused: list[StoredMonth] = []  # not whole, and a whole one was there: that one is kept
        self.rejudged: list[StoredMonth] = []  # stored before, and whole or not whole only beside what came now

    def belong_to(self, force: str) -> None:
        """Write down whose store this is, unless it is known."""
        self._change.manifest.setdefault("force", force)

    def known(self, described: Stored) -> Stored | None:
        """What is stored in the place that `described` would take."""
        if known := self._read(described, described.key):
            return known
        old = self._read(described, _key_without_area(described))
        return replace(old, area=described.area) if isinstance(old, StoredMonth) and self._is_of_area(old) else None

    def _read(self, described: Stored, key: str) -> Stored | None:
        entry = self._change.manifest.get(described.SECTION, {}).get(key)
        return from_json(type(described), entry) if entry else None

    def put(
        self, file: Path, described: Stored, profile: "MonthProfile | None" = None, vouched: Vouched | None = None
    ) -> Stored:
        """Replace a month by a finished Parquet file, which the store takes over; `vouched`: by will, whatever stands there.

        The same rows of the archive again change nothing but the release, if they are of a newer one.
        """
        name, old = self._change.put(file, described.key.replace("/", "-")), self.known(described)
        self._forces.add(described.force)
        self._new.add(described.key)
        if profile:
            self._change.manifest["profiles"][name] = profile.as_json()
        if old and old.file == name and described.scope == "force":
            if described.release is None or (old.release and old.release >= described.release):
                return old
            described = replace(old, release=described.release)
        elif old:
            self._set_aside(old, name, vouched)
            if vouched and old.file != name:
                self._note_replaced(old, described, vouched)
        described = replace(described, file=name)
        self._write(described)
        return described

    def _set_aside(self, old: StoredMonth | StoredOutcomes, name: str, vouched: Vouched | None) -> None:
        """A month is dropped only when the one in its place, whose file is `name`, has been judged, or is there by will."""
        self._forget_unsaid(old)
        if not vouched and isinstance(old, StoredMonth) and self._before.setdefault(old.key, old) is old:
            return
        if old.file != name:
            self._drop(old.file)

    def _forget_unsaid(self, old: StoredMonth | StoredOutcomes) -> None:
        """Where it stands without the area that it is of, it stands there no longer."""
        key, entries = _key_without_area(old), self._change.manifest.get(old.SECTION, {})
        if key in entries and entries[key]["file"] == old.file:
            del entries[key]

    def _note_replaced(self, old: StoredMonth | StoredOutcomes, new: StoredMonth | StoredOutcomes, vouched: Vouched) -> None:
        """Keep that a month was replaced by will, and what stood there."""
        what = {
            "month": str(old.month),
            "force": old.force,
            "kind": "outcomes" if isinstance(old, StoredOutcomes) else "crimes",
        }
        noted = what | {"rows_before": old.rows, "rows": new.rows} | vouched.as_json()
        self._change.manifest.setdefault("replaced", []).append(noted)

    def judge(self) -> None:
        """Judge the months of each force that has changed by each other; a month that is not whole takes no whole one's place."""
        for force in sorted(self._forces):
            was_whole = {month.key: month.is_whole for month in self._of(force)}
            self._judge(force)
            if worse := [judged for month in self._of(force) for judged in self._worse(month)]:
                self._put_back(worse)
                self._judge(force)
            others = (month for month in self._of(force) if month.key not in self._new)
            self.rejudged += [month for month in others if month.is_whole != was_whole[month.key]]
        for old in self._before.values():
            if not any(month.file == old.file for month in self._of(old.force)):
                self._drop(old.file)

    def judge_force(self, force: str) -> None:
        """Have the months of a force judged, though none of them is new."""
        self._forces.add(force)

    def confirm(self, month: Month, force: str, vouched: Vouched) -> None:
        """Keep that somebody says that a month is whole.

        Raises Refused where it is not stored, or is whole already.
        """
        self._forces.add(force)
        self._judge(force)
        stored = [known for known in self._of(force) if known.month == month and self._is_of_area(known)]
        if not stored:
            raise Refused(Code.NOTHING_TO_CONFIRM, month=month)
        partial = [known for known in stored if not known.is_whole]
        if not partial:
            raise Refused(Code.MONTH_IS_WHOLE, month=month)
        for known in partial:
            self._write(replace(known, confirmed=vouched))

    def _of(self, force: str) -> list[StoredMonth]:
        entries = self._change.manifest[StoredMonth.SECTION].values()
        return [from_json(StoredMonth, entry) for entry in entries if entry["force"] == force]

    def _judge(self, force: str) -> None:
        months = self._of(force)
        judgements = judged(map(self._with_area, months), self.folder, self._change.manifest["profiles"])
        for month in months:
            before = self._before.get(month.key)
            confirmed = before.confirmed if before and before.file == month.file else month.confirmed
            self._write(replace(month, judged=judgements[self._with_area(month).key], confirmed=confirmed))

    def _with_area(self, month: StoredMonth) -> StoredMonth:
        """Of a month that an older store has without its area: with the map's, if it lies there, so that it is judged beside these."""
        is_unsaid = self._area and month.scope == "area" and not month.area
        return replace(month, area=self._area) if is_unsaid and self._is_of_area(month) else month

    def _worse(self, month: StoredMonth) -> Iterator[StoredMonth]:
        """A month with what it lacks, where the one in whose place it came was whole: by the other months, or by that one."""
        before = self._before.get(month.key)
        if before is None or before.file == month.file or not self._was_whole(before):
            return
        if not month.is_whole:
            yield month
        elif (lost := beside_the_stored(month, before, self.folder, self._change.manifest["profiles"])).reasons:
            yield replace(month, judged=lost)

    def _was_whole(self, before: StoredMonth) -> bool:
        """As it was judged; of a store that was not, among the months beside it."""
        if before.confirmed or before.judged:
            return before.is_whole
        others = [month for month in self._of(before.force) if month.key != before.key]
        judgements = judged(map(self._with_area, [before, *others]), self.folder, self._change.manifest["profiles"])
        return replace(before, judged=judgements[self._with_area(before).key]).is_whole

    def _put_back(self, worse: list[StoredMonth]) -> None:
        for month in worse:
            self._write(self._before.pop(month.key))
            self._drop(month.file)
            self.refused.append(month)

    def _write(self, stored: StoredMonth | StoredOutcomes) -> None:
        self._change.manifest.setdefault(stored.SECTION, {})[stored.key] = as_json(stored)

    def _drop(self, name: str) -> None:
        self._change.drop(name)
        self._change.manifest["profiles"].pop(name, None)


def _key_without_area(described: StoredMonth | StoredOutcomes) -> str:
    """Where a store that does not say its areas has a month."""
    return replace(described, area="").key if isinstance(described, StoredMonth) else described.key
