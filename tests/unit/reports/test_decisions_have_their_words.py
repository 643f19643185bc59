"""Whatever is written down of a decision can be said: each act, each state before and after."""

from itertools import product

import pytest
from sent_reports import NOW

from mkmap.reports.report import ACTS, Decision, State, decision_words
from mkmap.reports.store.deciding import Act


def test_every_act_has_its_word():
    assert set(ACTS) == {*Act, "withdraw"}, "withdrawing is the sender's"


@pytest.mark.parametrize(("act", "state"), [*product(ACTS, State)])
def test_every_decision_is_said_with_who_and_when(act: str, state: State):
    words = decision_words(Decision(1, NOW, "Ada", act, state, state, "why"))
    assert words["who"] == "Ada"
    assert words["reason"] == "why"
    assert all(words[part] for part in ("at", "act", "before", "after"))
