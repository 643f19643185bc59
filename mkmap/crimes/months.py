"""Change the stored months: put files in, judge the months by each other, and keep a whole month where a worse one came."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkmap.crimes.stored import Confirmed, Replacement, Stored, StoredMonth, StoredOutcomes, as_json, from_json
from mkmap.crimes.wholeness.judging import judged
from mkmap.errors import Code, Refused
from mkmap.lake.manifest import FolderChange
from mkmap.month import Month

if TYPE_CHECKING:
    from mkmap.crimes.wholeness.profile import MonthProfile


class Months:
    """The months of one change; `refused` and `rejudged` are known when it has ended."""

    def __init__(self, change: FolderChange, is_of_area: Callable[[StoredMonth], bool]):
        self._change, self._is_of_area = change, is_of_area
        self.folder, self.temporary = change.folder, change.temporary
        self._forces: set[str] = set()  # that have changed
        self._new: set[str] = set()  # keys of what was put
        self._before: dict[str, StoredMonth] = {}  # by their key: in whose place others were put
        self.refused: list[StoredMonth] = []  # not whole, and a whole one was there: that one is kept
        self.rejudged: list[StoredMonth] = []  # stored before, and whole or not whole only beside what came now

    def known(self, described: Stored) -> Stored | None:
        """What is stored in the place that `described` would take."""
        entries = self._change.manifest.get(described.SECTION, {})
        entry = entries.get(described.key) or entries.get(self._old_key(described))
        return from_json(type(described), entry) if entry else None

    def _old_key(self, described: StoredMonth | StoredOutcomes) -> str:
        """Where an older store, which does not say its areas, has the same month of the same area; empty where it has it not."""
        if not isinstance(described, StoredMonth) or not described.area:
            return ""
        nowhere = replace(described, area="")
        entry = self._change.manifest.get(described.SECTION, {}).get(nowhere.key)
        return nowhere.key if entry and self._is_of_area(from_json(StoredMonth, entry)) else ""

    def belong_to(self, force: str) -> None:
        """Write down whose store this is, unless it is known."""
        self._change.manifest.setdefault("force", force)

    def put(
        self,
        file: Path,
        described: Stored,
        profile: "MonthProfile | None" = None,
        replacement: Replacement | None = None,
    ) -> Stored:
        """Replace a month by a finished Parquet file, which the store takes over; by a `replacement` also a better one.

        The same rows of the archive again change nothing: a release is no newer for being imported twice.
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
        if old and replacement and old.file != name:
            self._note_replaced(old, described, replacement)
            self._drop(old.file)
        elif old:
            self._set_aside(old, name)
        described = replace(described, file=name)
        self._change.manifest.setdefault(described.SECTION, {}).pop(self._old_key(described), None)
        self._write(described)
        return described

    def _note_replaced(
        self, known: StoredMonth | StoredOutcomes, described: StoredMonth | StoredOutcomes, replacement: Replacement
    ) -> None:
        """Keep that a month was replaced by will, and what stood there."""
        self._change.manifest.setdefault("replaced", []).append(
            {
                "month": str(known.month),
                "force": known.force,
                "kind": "outcomes" if isinstance(known, StoredOutcomes) else "crimes",
                "who": replacement.who,
                "why": replacement.why,
                "at": replacement.at.isoformat(timespec="seconds"),
                "rows_before": known.rows,
                "rows": described.rows,
            }
        )

    def _set_aside(self, old: StoredMonth | StoredOutcomes, name: str) -> None:
        """A month is dropped only when the one in its place, whose file is `name`, has been judged."""
        if isinstance(old, StoredMonth) and self._before.setdefault(old.key, old) is old:
            return
        if old.file != name:
            self._drop(old.file)

    def judge(self) -> None:
        """Judge the months of each force that has changed by each other; a month that is not whole takes no whole one's place."""
        for force in sorted(self._forces):
            was_whole = {month.key: month.is_whole for month in self._of(force)}
            self._judge(force)
            if worse := [month for month in self._of(force) if self._is_worse(month)]:
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

    def confirm(self, month: Month, force: str, confirmed: Confirmed) -> None:
        """Keep that somebody says that a month is whole.

        Raises Refused where it is not stored, or is whole already.
        """
        self._forces.add(force)
        self._judge(force)
        stored = [known for known in self._of(force) if known.month == month]
        if not stored:
            raise Refused(Code.NOTHING_TO_CONFIRM, month=month)
        partial = [known for known in stored if not known.is_whole]
        if not partial:
            raise Refused(Code.MONTH_IS_WHOLE, month=month)
        for known in partial:
            self._write(replace(known, confirmed=confirmed))

    def _of(self, force: str) -> list[StoredMonth]:
        entries = self._change.manifest[StoredMonth.SECTION].values()
        return [from_json(StoredMonth, entry) for entry in entries if entry["force"] == force]

    def _judge(self, force: str) -> None:
        months = self._of(force)
        judgements = judged(months, self.folder, self._change.manifest["profiles"])
        for month in months:
            before = self._before.get(month.key)
            confirmed = before.confirmed if before and before.file == month.file else month.confirmed
            self._write(replace(month, judged=judgements[month.key], confirmed=confirmed))

    def _is_worse(self, month: StoredMonth) -> bool:
        before = self._before.get(month.key)
        return before is not None and before.file != month.file and not month.is_whole and self._was_whole(before)

    def _was_whole(self, before: StoredMonth) -> bool:
        """As it was judged; of a store that was not, among the months beside it."""
        if before.confirmed or before.judged:
            return before.is_whole
        others = [month for month in self._of(before.force) if month.key != before.key]
        judgements = judged([before, *others], self.folder, self._change.manifest["profiles"])
        return replace(before, judged=judgements[before.key]).is_whole

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
