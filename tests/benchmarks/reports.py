"""Send reports, beside a page with the same widgets and a durable commit; and change the filters with many reports on the map."""

import sqlite3
import tempfile
import time
import uuid
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import changes, folders, servers
from tests.benchmarks.measured import Measured, alternating, ratio
from tests.benchmarks.visitor import Visitor
from tests.servers.visitor import Visitor as Resident
from tests.servers.visitor import visiting

PAIRS = 20
AT_MOST = 2.0
FORM = ("report_type", "report_month", "report_street", "report_told_police", "report_response", "report_text")


def measure() -> list[Measured]:
    name = f"change with {folders.REPORTS:,} published reports"
    return [_acknowledged(), *changes.change(folders.with_reports(), name, changes.address(changes.YEAR))]


def _acknowledged() -> Measured:
    """From the press to the end of the run that shows the receipt; the folder is a copy, and its reports are thrown away."""
    with ExitStack() as stack:
        home = folders.copied(folders.some_months(), Path(stack.enter_context(tempfile.TemporaryDirectory())))
        port = stack.enter_context(servers.mkmap(home)).port
        form = _Form(stack.enter_context(visiting(port)))
        with Visitor(port, page="report") as visitor:
            file = visitor.record(home / "recorded")
        theirs = stack.enter_context(Visitor(stack.enter_context(servers.beside("filters.py", file)).port))
        commits = stack.enter_context(_Commits(home))
        label, _kind, options = form.selectboxes[0]
        kinds = iter(options * PAIRS)
        form.send()
        theirs.choose(**{label: next(kinds)})
        pairs = alternating(form.send, lambda: theirs.choose(**{label: next(kinds)}) + commits.one(), PAIRS)
    return ratio("a report is acknowledged", pairs, AT_MOST)


class _Form:
    """The report form of one visit, filled in."""

    def __init__(self, resident: Resident):
        self._resident = resident
        self._values: dict[str, object] = {}
        seen = resident.run(page="report")
        found = {one.id.rpartition("-")[2]: one for one in seen.elements if getattr(one, "id", "")}
        self.selectboxes = [(found[key].label, "selectbox", list(found[key].options)) for key in FORM[:3]]
        for key, (_label, _kind, options) in zip(FORM, self.selectboxes, strict=False):
            self._values[found[key].id] = options[0]
        told = found["report_told_police"]
        self._values[told.id] = told.options[0]
        asked = {one.id.rpartition("-")[2]: one for one in self._run().elements if getattr(one, "id", "")}
        self._values[asked["report_response"].id] = asked["report_response"].options[0]
        self._values[asked["report_text"].id] = "They came at night."
        self._draft, self._submit = asked["report_draft"].id, asked["report_submit"].id

    def _run(self, **_more: object):
        return self._resident.run(page="report", widgets=self._values)

    def send(self) -> float:
        """Another report; seconds until its receipt was there and the run was over."""
        widgets = self._values | {self._draft: uuid.uuid4().hex, self._submit: True}
        start = time.perf_counter()
        seen = self._resident.run(page="report", widgets=widgets)
        took = time.perf_counter() - start
        if not seen.has("this is its receipt"):
            raise SystemExit("a report was not acknowledged")
        return took


class _Commits:
    """One row after the other, each on the disk before the next."""

    def __init__(self, folder: Path):
        self._database = sqlite3.connect(folder / "commits.sqlite", isolation_level=None)
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE rows (text TEXT)")

    def __enter__(self) -> "_Commits":
        return self

    def __exit__(self, *_error: object) -> None:
        self._database.close()

    def one(self) -> float:
        start = time.perf_counter()
        self._database.execute("BEGIN IMMEDIATE")
        self._database.execute("INSERT INTO rows VALUES (?)", [uuid.uuid4().hex * 10])
        self._database.execute("COMMIT")
        return time.perf_counter() - start
