"""Cut real months of police.uk in many ways, and measure how many cuts are noticed: `python -m tests.judged_cuts`."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mkmap.crimes.archive import opened
from mkmap.crimes.layouts import STREET
from mkmap.crimes.parse import Parser
from mkmap.crimes.wholeness.judge import Judged, Wholeness, judge_all
from mkmap.crimes.wholeness.profile import MonthProfile, profile_of

DATA = Path(__file__).parent.parent.parent / "shared/data/police-uk"
ARCHIVES = ("england-and-wales-2025-q1.zip", "thames-valley.zip")
LEAST = 20  # rows of a type or a district that is cut out
AT_ONCE = 12  # files that are read together

Cut = tuple[str, str, pa.Table]  # its kind, what was cut out, what is left


def files(archive: Path) -> Iterator[tuple[MonthProfile, pa.Table]]:
    """Each street file of an archive as it is imported."""
    with TemporaryDirectory() as folder, opened([str(archive)], force="") as members, Parser(Path(folder)) as parser:
        street = [member for member in members if member.kind is STREET]
        for first in range(0, len(street), AT_ONCE):
            batch = street[first : first + AT_ONCE]
            for member, rows in zip(batch, parser.csvs(batch), strict=True):
                yield profile_of(rows, member.month, member.force), rows


def cuts(rows: pa.Table, seed: int) -> Iterator[Cut]:
    """Each way in which a month can have lost a part of itself."""
    for kind, column in (("a district", "district"), ("a type", "crime_type")):
        for entry in rows[column].value_counts().to_pylist():
            if entry["values"] and entry["counts"] >= LEAST:
                yield kind, entry["values"], rows.filter(pc.fill_null(pc.not_equal(rows[column], entry["values"]), True))
    yield "the last fifth", "", rows.slice(0, len(rows) * 4 // 5)
    chance = np.random.default_rng(seed).random(len(rows))
    for kind, share in (("a fifth at random", 0.2), ("a quarter at random", 0.25), ("35 % at random", 0.35)):
        yield kind, "", rows.filter(pa.array(chance >= share))


def measured(archive: Path, seed: int) -> tuple[dict[str, Counter[str]], list[str]]:
    """By kind of cut how many were judged how, and in words what was judged otherwise than one would wish."""
    tables = list(files(archive))
    by_force = defaultdict(list)
    for profile, _rows in tables:
        by_force[profile.force].append(profile)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    lines = []
    for number, (profile, rows) in enumerate(tables):
        others = [other for other in by_force[profile.force] if other is not profile]
        for kind, what, left in [("whole", "", rows), *cuts(rows, seed + number)]:
            judged = judge_all([profile_of(left, profile.month, profile.force), *others])[profile.month]
            counts[kind][judged.state] += 1
            if (kind == "whole") != (judged.state == Wholeness.WHOLE):
                lines.append(
                    f"{archive.stem} {profile.month} {profile.force}: {kind} {what} ({profile.rows - len(left)}): {_told(judged)}"
                )
    return counts, lines


def _told(judged: Judged) -> str:
    return " ".join([judged.state, *(f"{reason.sign} {dict(reason.values)}" for reason in judged.reasons)])


if __name__ == "__main__":
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    for archive in ARCHIVES:
        counts, lines = measured(DATA / archive, seed)
        print(f"{archive}, seed {seed}", *lines, sep="\n  ")
        for kind, judged in counts.items():
            total = sum(judged.values())
            print(
                f"{kind}: of {total}", *(f"{state} {count} ({count / total:.1%})" for state, count in judged.items()), sep=", "
            )
