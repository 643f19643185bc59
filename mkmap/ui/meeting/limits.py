"""Say what the police's figures cannot tell, as short as a hall reads it, and which slides are left out for that."""

from mkmap.ui.meeting.lettering import lines, title
from mkmap.view import sentences
from mkmap.view.deck import Deck
from mkmap.view.view import View
from mkmap.words import _, number


def draw(view: View, deck: Deck) -> None:
    title(sentences.of_demonstration(view.snapshot, _("What police.uk cannot tell")))
    lines([*_limits(view), *filter(None, [deck.left_out_sentence])])


def _limits(view: View) -> list[str]:
    unplaced = view.selection.unplaced
    without_a_place = _("Which crimes had no place: {unplaced} in {force} are on no map.")
    return [
        _("Where exactly: a point on the map is about 100 metres from the true place."),
        _("Homes or businesses: burglary of both is one crime type."),
        _("The day or the hour: there is only the month."),
        _("What nobody reported to the police."),
        *([without_a_place.format(unplaced=number(unplaced), force=sentences.force_name(view.snapshot))] if unplaced else []),
        _("What happened in a month that is missing or not whole: missing is not zero."),
    ]
