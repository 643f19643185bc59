"""Say what the police's figures cannot tell: the same on the screen, in the hall and on paper."""

from dataclasses import dataclass

from mkmap.view.sentences import police_name
from mkmap.view.snapshot import Snapshot
from mkmap.words import _


@dataclass(frozen=True)
class Caution:
    """`head`: what cannot be told, in a word or two; `text`: why not."""

    head: str
    text: str


def cautions(snapshot: Snapshot) -> list[Caution]:
    return [
        Caution(
            _("Where exactly."),
            _("A circle stands at one of the police's map points: a place in the middle of at least eight addresses, or of none. "
              "It is moved from the true place, by about 100 metres on average in a pilot, sometimes over a ward's border. "
              "There is no ranking of streets here for that reason."),
        ),
        Caution(_("Homes or businesses."), _("Burglary of homes and of other buildings is one crime type.")),
        Caution(_("When exactly."), _("There is the month, and no day or hour.")),
        Caution(
            _("Everything."),
            _("What nobody reported is not recorded. What the police could not place is counted for the whole force, and is on no map. "
              "How much of it there is changes over the years: better placing can look like a rise."),
        ),
        Caution(_("Missing is not zero."), _("A month that is not stored is shown as missing, and is in no sum. One of which only a part was published or loaded "
              "is shown as not whole, and is in no sum either.")),
        Caution(
            _("Other forces."),
            _("The counts are those of {police} alone; what the transport police or a neighbouring force recorded here is left out, "
              "because not every source has it.").format(police=police_name(snapshot)),
        ),
    ]  # fmt: skip
