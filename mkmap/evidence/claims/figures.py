"""Make the figures of claims: a level beside the claimed number, wards and months by their count, districts on a funnel."""

import math

import numpy as np
import pandas as pd

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence import charts
from mkmap.evidence.claims import charts as claim_charts
from mkmap.evidence.claims import level_words
from mkmap.evidence.claims.levels import WardMonths, Weekly
from mkmap.evidence.districts.districts import Districts
from mkmap.evidence.funnel import LIMITS
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.series import SHOWN
from mkmap.evidence.shares import Share
from mkmap.filters import Filters
from mkmap.month import Month, ranges
from mkmap.words import _, listed, ngettext, number

NOTHING = "–"  # where a number is missing: never a zero
BARS = 30  # of the picture of ward-months
STEPS = 40  # of a limit's curve
BESIDE = 0.06  # of the widths of all districts: so far the limits reach beyond the smallest and the largest


def level(found: Weekly, name: str, ground: Ground) -> Figure | None:
    """The weekly rate with its interval beside the claimed number; None where there is none."""
    if found.interval is None:
        return None
    low, high, rate = found.interval.low, found.interval.high, found.rate
    said = _("{name}: {rate} a week (95 % interval {low} to {high}), claimed: {claimed}. {answer}.").format(
        name=name, rate=f"{rate:.1f}", low=f"{low:.1f}", high=f"{high:.1f}", claimed=number(found.claimed),
        answer=level_words.weekly_answer(found).capitalize(),
    )  # fmt: skip
    rows = pd.DataFrame(
        {"name": [name], "rate": [rate], "low": [low], "high": [high], "said": [said], **_claimed(found.claimed, 1)}
    )
    table = pd.DataFrame(
        {
            _("Recorded"): [number(found.crimes)], _("Weeks"): [f"{found.weeks:.1f}"], _("A week"): [f"{rate:.1f}"],
            _("From"): [f"{low:.1f}"], _("To"): [f"{high:.1f}"], _("Claimed"): [number(found.claimed)],
            _("Verdict"): [level_words.weekly_answer(found)],
        }
    )  # fmt: skip
    return Figure(claim_charts.level(ground), rows, table, said)


def _claimed(claimed: int, rows: int) -> dict[str, list]:
    return {"claimed": [claimed] * rows, "claimed_word": [_("claimed: {n}").format(n=number(claimed))] * rows}


def weekly(found: Weekly, filters: Filters, ground: Ground) -> Figure:
    """The weekly rate month by month, at most three years up to the last that is stored or chosen; a missing month is a gap."""
    months = _shown(found, filters)
    known = found.months.set_index("month").reindex([str(month) for month in months])
    of = [claim_charts.chosen_words()[filters.first <= month <= filters.last] for month in months]
    said = [
        f"{month.name}: {_('missing, not zero') if pd.isna(rate) else _('{rate} a week').format(rate=f'{rate:.1f}')}"
        for month, rate in zip(months, known["rate"], strict=True)
    ]
    rows = pd.DataFrame(
        {"month": [str(month) for month in months], "rate": known["rate"].to_numpy(), "of_word": of, "said": said}
        | _claimed(found.claimed, len(months))
    )
    table = pd.DataFrame(
        {
            _("Month"): [month.name for month in months],
            _("Recorded"): [NOTHING if pd.isna(count) else number(int(count)) for count in known["crimes"]],
            _("A week"): [NOTHING if pd.isna(rate) else f"{rate:.1f}" for rate in known["rate"]],
            _("What it is here"): of,
        }
    )
    return Figure(claim_charts.weekly(ground), rows, table, _weekly_alt(found, months))


def _shown(found: Weekly, filters: Filters) -> list[Month]:
    stored = [Month.parse(text) for text in found.months["month"]]
    last = max([filters.last, *stored[-1:]])
    first = min([filters.first, *stored[:1]])
    return list(min(max(first, last + (1 - SHOWN)), filters.first).to(last))


def _weekly_alt(found: Weekly, months: list[Month]) -> str:
    stored = set(found.months["month"])
    missing = [month for month in months if str(month) not in stored]
    shown = found.months[found.months["month"].isin([str(month) for month in months])]
    over = int((shown["rate"] > found.claimed).sum())
    said = ngettext(
        "Bars of the weekly number in {n} stored month, with a line at {claimed}: {over} of them reaches over it.",
        "Bars of the weekly number in {n} stored months, with a line at {claimed}: {over} of them reach over it.",
        over,
    ).format(n=number(len(shown)), claimed=number(found.claimed), over=number(over))
    return f"{said} {_('Missing: {months}.').format(months=listed(ranges(missing)))}" if missing else said


def ward_months(found: WardMonths, ground: Ground) -> Figure | None:
    """Stored ward-months by their count, with a line at the claimed number; None where nothing is stored."""
    if found.stored.empty:
        return None
    width, edges = _edges(found)
    chosen = np.histogram(found.chosen["crimes"], edges)[0]
    other = np.histogram(found.stored["crimes"], edges)[0] - chosen
    words, bins = claim_charts.chosen_words(), [_bin(int(edge), width) for edge in edges[:-1]]
    parts = [_bars(edges, counts, bins, words[is_chosen]) for is_chosen, counts in ((True, chosen), (False, other))]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(**_claimed(found.claimed, len(rows)))
    table = pd.DataFrame(
        {_("Recorded in the month"): bins, words[True].capitalize(): map(number, chosen), words[False].capitalize(): map(number, other)}
    )  # fmt: skip
    return Figure(claim_charts.ward_months(ground), rows, table, _ward_month_alt(found))


def _edges(found: WardMonths) -> tuple[int, np.ndarray]:
    """Steps of whole crimes, one of which begins at the claimed number."""
    highest = max(int(found.stored["crimes"].max()), found.claimed) + 1
    width = max(1, math.ceil(highest / BARS))
    first = found.claimed - width * math.ceil(found.claimed / width)
    return width, np.arange(first, highest + width, width)


def _bin(start: int, width: int) -> str:
    first, last = max(start, 0), start + width - 1
    return number(last) if first >= last else _("{first} to {last}").format(first=number(first), last=number(last))


def _bars(edges: np.ndarray, counts: np.ndarray, bins: list[str], word: str) -> pd.DataFrame:
    said = [
        ngettext("{bin} recorded: {n} ward-month, {of}", "{bin} recorded: {n} ward-months, {of}", int(count)).format(
            bin=of_bin, n=number(int(count)), of=word
        )
        for of_bin, count in zip(bins, counts, strict=True)
    ]
    return pd.DataFrame(
        {"start": np.maximum(edges[:-1], 0), "end": edges[1:], "ward_months": counts, "of_word": word, "said": said}
    )


def _ward_month_alt(found: WardMonths) -> str:
    return _(
        "How many of {cells} stored ward-months have how many, with a line at {claimed}: {reached} reach it, {chosen} of them in the chosen months."
    ).format(
        cells=number(len(found.stored)), claimed=number(found.claimed), reached=number(found.ever_reached), chosen=number(len(found.reached))
    )  # fmt: skip


def reached(found: WardMonths) -> pd.DataFrame:
    """The wards and months that reached it, for a table."""
    rows = found.reached
    return pd.DataFrame(
        {
            _("Ward"): rows["ward"].to_numpy(),
            _("Month"): [Month.parse(text).name for text in rows["month"]],
            _("Recorded"): [number(int(count)) for count in rows["crimes"]],
        }
    )


def districts(found: Districts, ground: Ground) -> Figure | None:
    """The districts by their crimes and the share with a suspect charged, between the limits; None where they cannot be ranked."""
    if not found.can_rank:
        return None
    rows = pd.concat([_districts(found), _limits(found)], ignore_index=True)
    spec = charts.funnel(ground, _("Crimes of the chosen months"), _("With a suspect charged, of 100 crimes"))
    return Figure(spec, rows, _district_table(found), _district_alt(found))


def _districts(found: Districts) -> pd.DataFrame:
    rows, stands_out = found.rows, pd.Series(found.funnel.stands_out)
    is_own = rows["name"] == found.own
    return pd.DataFrame(
        {
            "kind": "area",
            "size": rows["crimes"],
            "rate": 100 * rows["share"],
            "label": rows["name"].where(stands_out | is_own, ""),
            "is_right": rows["crimes"] > (rows["crimes"].min() + rows["crimes"].max()) / 2,
            "is_chosen": is_own,
            "stands_word": stands_out.map(charts.stands_words()),
            "said": [
                _("{district}: {charged} of {crimes} ({share})").format(
                    district=row.name, charged=number(row.charged), crimes=number(row.crimes), share=_percent(row)
                )
                for row in rows.itertuples(index=False)
            ],
        }
    )


def _limits(found: Districts) -> pd.DataFrame:
    sizes = found.rows["crimes"].to_numpy(float)
    beyond = BESIDE * np.ptp(sizes)
    steps = np.linspace(max(sizes.min() - beyond, 1), sizes.max() + beyond, STEPS)
    curves = [(level, *(100 * end for end in found.funnel.limits(steps, level))) for level in LIMITS]
    return pd.concat(
        pd.DataFrame(
            {
                "kind": "limit",
                "size": steps,
                "low": low,
                "high": high,
                "target": 100 * found.funnel.target,
                "level_word": _("{percent} % limits").format(percent=number(100 * level)),
            }
        )
        for level, low, high in curves
    )


def _district_table(found: Districts) -> pd.DataFrame:
    rows = found.rows
    table = {
        _("Place"): [number(found.place(name)) for name in rows["name"]],
        _("District"): rows["name"],
        _("Crimes"): rows["crimes"].map(number),
        _("Suspect charged"): rows["charged"].map(number),
        _("Of 100"): [f"{100 * share:.1f}" for share in rows["share"]],
        _("Still open"): rows["open"].map(number),
    }
    if found.own is not None:
        table[_("Told from {own}?").format(own=found.own)] = [
            NOTHING if name == found.own else _("yes") if found.apart.loc[found.own, name] else _("no") for name in rows["name"]
        ]
    return pd.DataFrame(table)


def _district_alt(found: Districts) -> str:
    names = found.rows["name"]
    outside = names[found.funnel.outside(LIMITS[0])].tolist()
    said = _("Funnel of {n} districts by crimes and share with a suspect charged, around {share} of all together.").format(
        n=number(len(names)),
        share=outcome_words.percent(Share(int(found.rows["charged"].sum()), int(found.rows["crimes"].sum()))),
    )
    outer = (
        _("Outside the 95 % limits: {districts}.").format(districts=listed(outside))
        if outside
        else _("All lie inside the limits.")
    )
    return f"{said} {outer}"


def _percent(row: object) -> str:
    return outcome_words.percent(Share(int(row.charged), int(row.crimes)))
