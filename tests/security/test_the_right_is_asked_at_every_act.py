"""The right to change what is stored is asked when the page is drawn, and again when a button is pressed."""

from pathlib import Path

import pytest
from made_stores import town as make_town
from page_visits import said, visited

from mkmap.operate.background import Upkeep
from mkmap.settings import settings
from mkmap.ui.about import operator


@pytest.fixture(autouse=True)
def town(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MKMAP_HOME", str(home))
    settings.cache_clear()
    yield make_town(home)
    settings.cache_clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list:
    """The pieces of work that reached the background."""
    upkeep, found = Upkeep(settings()), []
    monkeypatch.setattr(upkeep, "ask", found.append)
    monkeypatch.setattr(operator, "UPKEEP", upkeep)
    return found


@pytest.fixture
def right(monkeypatch: pytest.MonkeyPatch):
    """Give the right for so many questions, then take it away."""

    def give(questions: int) -> None:
        answers = iter([True] * questions)
        monkeypatch.setattr(operator, "is_operator", lambda: next(answers, False))

    return give


def button(at, key: str):
    return next((one for one in at.button if one.key == key), None)


def test_without_the_right_the_page_says_nothing_of_the_acts(asked):
    at = visited(page="about")
    assert not at.button
    assert "For the operator" not in said(at)


def test_an_act_is_refused_when_the_right_is_gone_between_drawing_and_pressing(asked, right):
    right(2)  # for the page as it is drawn, and as it runs after the press: not for the act
    at = visited(page="about")
    button(at, "get_latest").click().run()
    assert [error.value for error in at.error] == ["Only the operator can do this. Nothing was changed."]
    assert not asked


def test_an_act_is_refused_when_the_whole_page_has_lost_the_right(asked, right):
    right(1)
    at = visited(page="about")
    button(at, "get_latest").click().run()
    assert not at.button
    assert not asked


def test_with_the_right_the_act_is_done(asked, right):
    right(9)
    at = visited(page="about")
    button(at, "get_latest").click().run()
    assert not at.exception
    assert len(asked) == 1


def test_without_a_way_out_the_button_cannot_be_pressed(asked, right, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MKMAP_OFFLINE", "1")
    settings.cache_clear()
    right(9)
    at = visited(page="about")
    assert button(at, "get_latest").disabled
    assert "MKMAP_OFFLINE is set: no request leaves this machine." in said(at)


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/passwd", "a/b/2025-01-thames-valley-street.csv"])
def test_an_uploaded_files_name_leads_nowhere(name: str):
    class Uploaded:
        def __init__(self, name: str):
            self.name = name

        def getvalue(self) -> bytes:
            return b"content"

    seen: list[Path] = []

    def act(paths: list[str], _say) -> str:
        seen.extend(Path(path).resolve() for path in paths)
        assert all(path.read_bytes() == b"content" for path in seen)
        return "done"

    work = operator._with_files([Uploaded(name)], act)
    assert work(lambda *_step: None) == "done"
    assert all("tmp" in path.parent.name for path in seen)
    assert not any(path.exists() for path in seen)
