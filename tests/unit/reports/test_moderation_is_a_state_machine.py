"""Whatever senders and moderators do in whatever order, the store is in the state that a few lines of rules say."""

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sent_reports import NOW, submission

from mkmap.database import connection
from mkmap.errors import AlreadyDecided, Refused
from mkmap.reports.report import Report, State
from mkmap.reports.store import deciding, sending, showing
from mkmap.reports.store.deciding import Act

ALLOWED = {  # the rules, said again in another way than the code has them
    Act.PUBLISH: {"pending": "published"},
    Act.REJECT: {"pending": "rejected", "published": "rejected"},
    Act.DUPLICATE: {"pending": "rejected", "published": "rejected"},
    Act.UNDO: {"published": "pending", "rejected": "pending"},
    Act.KEEP: {"published": "published"},
    Act.SECOND: {"pending": "pending"},
    Act.ALONE: {"pending": "pending"},
}


@dataclass
class Known:
    """What the test believes of one report."""

    id: str
    receipt: str
    number: int
    state: str = "pending"
    acts: list[str] = field(default_factory=list)
    seen: list[Report] = field(default_factory=list)  # as moderators have seen it
    second_by: str = ""  # who wants somebody else to look

    def allows(self, act: Act, who: str) -> bool:
        """Of two moderators the one who wants a second look cannot publish, and alone can do without it."""
        is_own = self.second_by == who
        return {Act.PUBLISH: not is_own, Act.SECOND: not self.second_by, Act.ALONE: is_own}.get(act, True)


class Moderation(RuleBasedStateMachine):
    reports = Bundle("reports")  # submission ids

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.store = connection.connected(Path(self.folder.name))
        self.known: dict[str, Known] = {}
        self.erased: set[str] = set()
        self.now = NOW

    def teardown(self):
        self.folder.cleanup()

    def _later(self):
        self.now += timedelta(minutes=1)
        return self.now

    @rule(target=reports)
    def submit(self):
        one = submission()
        receipt = sending.submit(self.store, one, at=self._later())
        found = sending.find(self.store, receipt)
        self.known[one.id] = Known(one.id, receipt, found.id, seen=[found])
        return one.id

    @rule(identity=reports)
    def press_again(self, identity):
        if identity in self.erased:
            with pytest.raises(Refused):
                sending.submit(self.store, submission(identity), at=self._later())
        else:
            assert sending.submit(self.store, submission(identity), at=self._later()) == self.known[identity].receipt

    @rule(identity=reports, act=st.sampled_from(Act), who=st.sampled_from(["Ann", "Bea"]), stale=st.booleans(), other=reports)
    def decide(self, identity, act, who, stale, other):
        if identity in self.erased:
            return
        known = self.known[identity]
        seen = known.seen[0] if stale else deciding.get(self.store, known.number)
        original = self.known[other].number if other in self.known else 10**6
        possible = known.state in ALLOWED[act] and known.allows(act, who)
        if act is Act.DUPLICATE:
            there = self.known.get(other)
            possible &= there is not None and other != identity and there.state in ("pending", "published")
        if seen.version != len(known.acts) + 1:
            with pytest.raises(AlreadyDecided):
                self._decide(seen, act, who, original)
        elif not possible:
            with pytest.raises(Refused):
                self._decide(seen, act, who, original)
        else:
            after = self._decide(seen, act, who, original)
            known.second_by = {Act.SECOND: who, Act.ALONE: ""}.get(act, known.second_by)
            known.state = ALLOWED[act][known.state]
            known.acts.append(act.value)
            known.seen.append(after)
            assert after.state == known.state

    def _decide(self, seen, act, who, original):
        return deciding.decide(
            self.store,
            seen,
            act,
            who=who,
            at=self._later(),
            reason="because",
            duplicate_of=original if act is Act.DUPLICATE else None,
        )

    @rule(identity=reports)
    def withdraw(self, identity):
        if identity in self.erased:
            return
        known = self.known[identity]
        sending.withdraw(self.store, known.receipt, at=self._later())
        if known.state != "withdrawn":
            known.acts.append("withdraw")
        known.state = "withdrawn"

    @rule(identity=reports)
    def erase(self, identity):
        if identity in self.erased:
            return
        sending.erase(self.store, self.known.pop(identity).receipt, at=self._later())
        self.erased.add(identity)

    @invariant()
    def the_store_agrees(self):
        stored = {report.id: report for report in deciding.reports_in(self.store)}
        assert {known.number: known.state for known in self.known.values()} == {n: one.state.value for n, one in stored.items()}
        assert {one.mark for one in showing.published(self.store)} == {
            one.mark for one in stored.values() if one.state == "published"
        }
        counts = showing.counts(self.store)
        assert sum(counts.values()) == len(self.known)
        for known in self.known.values():
            assert [one.act for one in deciding.decided(self.store, known.number)] == known.acts
            if known.state == State.WITHDRAWN:
                assert stored[known.number].text == ""


def machine(examples: int, steps: int) -> None:
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Moderation, settings=how)


def test_a_few_histories():
    machine(12, 20)


@pytest.mark.slow
def test_many_histories():
    machine(300, 50)
