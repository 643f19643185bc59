"""Every chart is Vega-Lite by its schema: the app leaves that to this test, because it takes as long as making the chart."""

import importlib
import inspect
from collections.abc import Callable

import altair as alt
import pytest

from mkmap.drawing.figure import Spec
from mkmap.drawing.palette import DARK, LIGHT, Ground
from mkmap.settings import PROJECT

MADE = [file for file in sorted((PROJECT / "mkmap").rglob("*.py")) if "\n@made_once\n" in file.read_text()]


def charts() -> list[Callable[..., Spec]]:
    modules = [importlib.import_module(".".join(file.relative_to(PROJECT).with_suffix("").parts)) for file in MADE]
    return [value for module in modules for value in vars(module).values() if is_chart_of(module.__name__, value)]


def is_chart_of(module: str, value: object) -> bool:
    return inspect.isfunction(value) and hasattr(value, "__wrapped__") and value.__module__ == module


def name(chart: Callable[..., Spec]) -> str:
    return f"{chart.__module__}.{chart.__qualname__}"


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("chart", charts(), ids=name)
def test_a_chart_is_what_the_schema_asks_for(chart: Callable[..., Spec], ground: Ground):
    asked = inspect.signature(chart).parameters.values()
    alt.Root.validate(chart(*(ground if parameter.annotation is Ground else "title" for parameter in asked)))


def test_each_chart_is_looked_at():
    assert len(charts()) == sum(file.read_text().count("\n@made_once\n") for file in MADE) > 10


def test_a_chart_that_is_none_is_noticed():
    with pytest.raises(Exception, match="bars"):
        alt.Root.validate({"mark": "bars", "data": {"name": "rows"}})
