"""Two checkouts answer the same only where each answer of the one is that of the other."""

import shutil
from pathlib import Path

import pytest
from same_answers import Collected, House, compare

AT_A, ALSO_AT_A, AT_B = (f"2025-01,Drugs,On or near {where},1.5,52.0,{number}" for number, where in enumerate("AAB"))


def collection(folder: Path, **answers: str) -> Path:
    found = Collected(folder, {str(folder): "FOLDER"})
    for name, text in {"read/map": "Two burglaries.", "sent/map": "[]", "collected.json": "{}", **answers}.items():
        found.keep(name, text)
    return folder


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return collection(tmp_path / "before")


def test_the_same_answers_are_equal(before: Path, tmp_path: Path):
    assert compare(before, collection(tmp_path / "after")) == 0


def test_a_changed_sentence_is_found_and_shown(before: Path, tmp_path: Path, capsys):
    assert compare(before, collection(tmp_path / "after", **{"read/map": "Three burglaries."})) == 1
    assert {"different  read/map", "  -Two burglaries.", "  +Three burglaries."} <= set(capsys.readouterr().out.splitlines())


def test_an_answer_of_one_side_alone_is_different(before: Path, tmp_path: Path):
    more = collection(tmp_path / "after", **{"read/about": ""})
    assert compare(before, more) == compare(more, before) == 1


def test_half_a_collection_is_not_compared(before: Path, tmp_path: Path):
    half = collection(tmp_path / "after")
    (half / "collected.json").unlink()
    with pytest.raises(SystemExit, match="no whole collection"):
        compare(before, half)


def test_what_is_read_is_compared_where_both_were_read(before: Path, tmp_path: Path, capsys):
    unread = collection(tmp_path / "after", **{"sent/map": "[1]"})
    shutil.rmtree(unread / "read")
    assert compare(before, unread) == 1
    assert "left out" in capsys.readouterr().out


def test_what_one_run_alone_is_called_is_no_difference(tmp_path: Path):
    one, other = (collection(tmp_path / name, **{"commands/verify": f"in {tmp_path / name}"}) for name in ("one", "other"))
    assert compare(one, other) == 0


def test_crimes_of_one_point_have_no_order_and_points_have_one(tmp_path: Path):
    orders = {"one": (AT_A, ALSO_AT_A, AT_B), "other": (ALSO_AT_A, AT_A, AT_B), "points": (AT_B, AT_A, ALSO_AT_A)}
    made = {name: collection(tmp_path / name, **{"answers/data/crimes.csv/all": "\n".join(of)}) for name, of in orders.items()}
    assert compare(made["one"], made["other"]) == 0
    assert compare(made["one"], made["points"]) == 1


def test_a_checkout_runs_its_own_modules_at_one_moment(tmp_path: Path):
    own = tmp_path / "mkmap"
    own.mkdir()
    (own / "__main__.py").write_text("from datetime import date; print('its own', date.today())")
    assert House(tmp_path, tmp_path / "data", tmp_path).told() == "its own 2026-11-15\n"
