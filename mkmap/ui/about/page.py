"""The parts of the About page that are for everyone."""

import pandas as pd
import streamlit as st

from mkmap.month import Month
from mkmap.operate import outside_wards
from mkmap.operate.status import status
from mkmap.operate.status_words import noticed
from mkmap.view import sentences
from mkmap.view.cautions import cautions
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, _, ngettext


def what_this_is(view: View) -> None:
    st.title(_("About this map"), anchor=False)
    st.write(
        _(
            "This map shows crimes that the police recorded in {area}, month by month, from [data.police.uk](https://data.police.uk). "
            "Everybody sees the same numbers, with the same gaps, and can take them away."
        ).format(area=sentences.plain(view.snapshot.settings.area_name))
    )


def what_it_cannot_say(view: View) -> None:
    st.header(_("What these numbers cannot say"), anchor=False)
    for caution in cautions(view.snapshot):
        st.markdown(f"- **{sentences.plain(caution.head)}** {sentences.plain(caution.text)}")


def stored(view: View) -> None:
    """Which months are stored, from where, and which are missing."""
    st.header(_("What is stored"), anchor=False)
    state = status(view.snapshot.settings, view.snapshot.today)
    months = pd.DataFrame(state["months"])
    missing = [{"month": month} for month in state["missing"]]
    st.write(sentences.plain(_stored_sentence(view, state)))
    for sentence in noticed(state["months"]):
        st.markdown(f"- {sentences.plain(sentence)}")
    if len(months):
        table = pd.concat([months, pd.DataFrame(missing)]).sort_values("month", ascending=False)
        st.dataframe(_in_words(table), hide_index=True, height=320, placeholder=NO_NUMBER)
    for ward_set in state["ward_sets"]:
        st.caption(
            sentences.plain(
                _("Wards “{name}”: {wards}, in force from {start} to {end}.").format(
                    name=ward_set["name"], wards=ward_set["wards"], start=ward_set["from"], end=ward_set["to"] or _("now")
                )
            )
        )
    for counted in state["outside_wards"]:
        st.caption(sentences.plain(" ".join(outside_wards.in_words(counted))))
    st.caption(sentences.plain(_ground_sentence(view)))
    if failed := state["last_failed_fetch"]:
        st.info(sentences.plain(_("The last fetch failed on {at}. {why}").format(at=failed["at"][:10], why=failed["why"])))


def _stored_sentence(view: View, state: dict) -> str:
    """Of what is stored: while only a part is loaded, that is not what the map shows."""
    parts = [_("The demonstration is shown: invented, not evidence.")] if view.snapshot.dataset.is_demonstration else []
    if not state["months"]:
        return " ".join([*parts, _("No month is stored.")])
    whole = [month for month in state["months"] if month["state"] == "whole"]
    if not whole:
        return " ".join([*parts, _("No month is stored whole.")])
    latest, months = Month.parse(whole[-1]["month"]), len(whole)
    parts.append(
        ngettext(
            "{months} month is stored: {latest}, {age}.", "{months} months are stored; the latest is {latest}, {age}.", months
        ).format(months=months, latest=latest.name, age=sentences.age(latest, view.snapshot.today))
    )
    if missing := sentences.ranges_of_text(state["missing"]):
        parts.append(_("Missing between them: {missing}.").format(missing=missing))
    return " ".join(parts)


def _ground_sentence(view: View) -> str:
    """Whose data lie under the marks, and where there are none, how to get them."""
    ground = view.snapshot.ground
    if view.snapshot.dataset.is_demonstration:
        return _("The ground of the map is invented: no road, lake or park on it is real.")
    if ground.is_there:
        return _("The ground of the map: {attribution}.").format(attribution=ground.attribution)
    return _(
        "The map has no roads, water or parks yet. The operator can load them: “python -m mkmap ground PATH”; the README says "
        "where to get them."
    )


def _state(state: str | float) -> str | None:
    """None of a month that is missing, which stands in the place of its source."""
    return {"whole": _("whole"), "partial": _("not whole")}.get(str(state))


def _in_words(table: pd.DataFrame) -> pd.DataFrame:
    source = table["source"].fillna(_("missing")).map(lambda text: text.replace("\\", "/").rsplit("/", 1)[-1])
    return pd.DataFrame(
        {
            _("Month"): table["month"],
            _("State"): [_state(month) for month in table["state"]],
            _("Crimes in the area"): table["rows"].astype("Int64"),
            _("Burglaries"): table["burglaries"].astype("Int64"),
            _("Not placed (whole force)"): table["no_location"].astype("Int64"),
            _("Rejected rows"): table["rejected"].astype("Int64"),
            _("Covers"): table["scope"].map({"force": _("whole force"), "area": _("the area and a mile around")}),
            _("Source"): source,
        }
    )
