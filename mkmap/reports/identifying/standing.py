"""Tell a house number by who or what is there: `we are at 14`, `people in 22`, `opposite 9`, `the garden of 31`."""

import re

from mkmap.reports.identifying.around import Around
from mkmap.reports.identifying.given_names import GIVEN_NAMES
from mkmap.reports.identifying.vocabulary import BE, LIVE, PEOPLE, listed

_NO_PEOPLE = listed(
    "first second third last other time it this that there which theft burglary robbery incident event crash attack alarm noise"
)
_CRIMES = listed("burglary robbery theft attack incident")
_TIMES = listed("morning afternoon evening night am pm past to o'clock oclock sharp ish exactly")
_DAYS = listed("last yesterday tonight today")
_MOVING = listed(
    "left leaving leave locked reached entered came got went called woke rang arrived returned home started finished"
)
_GROWING = listed(  # what has a speed, an age or a price
    "driving drove going doing speeding travelling riding up aged age died retired retire school drinking smoking married pregnant born "
    "clocked limit capped priced valued sold fixed set stands stood temperature start starting"
)
_HEARD = listed(
    "noise music shouting screaming party smoke smell alarm coming came heard light lights cctv footage person neighbour"
)
_SIDES = listed(
    "front side back rear outside opposite left right garden door window owner owners tenant tenants resident residents drive driveway gate "
    "wall roof occupant occupants occupier occupiers neighbour neighbours end letterbox porch step steps doorstep hedge fence corner"
)
_BESIDE = listed("opposite outside beside behind near facing")
_BESIDE_TO = listed("next adjacent belongs belonging close round over delivered door attached addressed moved opposite")
_BESIDE_FROM = listed("door doors houses across over opposite road street")
_THINGS_OUTSIDE = listed("bins lamppost bench tree parked path alley alleyway footpath car van shop shops hedge kerb")
_INTO = listed("into entered visited inside occupy occupies occupied rent renting own owns")
_RISES = listed("up down rose fell gone went increased")
_BROUGHT = listed("knocked knocking parcel letter post door")
_STILL = listed("up over down here round still both all just currently now also not")
_NOT_ALWAYS = listed("home party door them lot")  # `home at 9` is a time
_TITLES = listed("mr mrs ms miss dr")


def is_where_somebody_is(here: Around) -> bool:
    """Not `came at 3`, `in 5 minutes`, `from 9 to 5`."""
    if here.is_behind_mask or not re.fullmatch(r"[ \n]{0,3}['\"(]?", here.gap):
        return False
    if here.before.low == "at":
        return _is_at(here)
    if not here.is_alone or here.after.low in ("to", "till", "until", "pm", "am", "onwards"):
        return False
    if here.before.low in LIVE:
        return here.before.low not in ("stay", "stayed", "based")
    if here.before.low in _INTO:
        return not here.number.value < 11
    if here.before.low in _BESIDE:
        return here.cue.low not in ("anywhere", "nowhere", "of")
    return _is_beside(here, here.cue.low)


def _is_beside(here: Around, cue: str) -> bool:
    """By the word before the preposition."""
    match here.before.low:
        case "in":
            return cue in PEOPLE | LIVE or cue.endswith(("'m", "'re")) or (cue == "next" and not here.could_be_an_hour)
        case "from":
            return cue in PEOPLE - {"house", "home", "flat"} | _HEARD | _BESIDE_FROM
        case "of":
            return cue in _SIDES
        case "to":
            return cue in _BESIDE_TO and not (cue in ("close", "over") and here.number.value % 10 == 0)
        case "on" | "for":
            return cue in _BROUGHT and here.number.value > 1
        case "by":
            beside = cue in _SIDES | _THINGS_OUTSIDE or (cue in PEOPLE and not here.could_be_an_hour)
            return (beside or here.number.value > 24) and cue not in _RISES
        case "between":
            return here.after.low == "and" and not here.then.is_number and here.number.value > 1
        case "and":
            return _is_after_between(here)
    return False


def _is_after_between(here: Around) -> bool:
    """`between the shop and 14`."""
    earlier = here.earlier(5)
    return "between" in earlier and not any(word.isdigit() for word in earlier) and here.number.value > 1


def _is_at(here: Around) -> bool:
    if here.number.letter:
        return True
    if here.counts_things or _is_clock(here):
        return False
    if _somebody_is(here, here.number.first - 2):
        seen_then = here.after.low in _DAYS and here.could_be_an_hour
        return not seen_then or here.cue.low in LIVE | BE
    if _tells_of_time(here):
        return False
    return not here.could_be_an_hour and here.is_alone


def _tells_of_time(here: Around) -> bool:
    """`doing 50 at`, `left school at 16`, `At 16 I was robbed`."""
    earlier = set(here.earlier(5)[:-1])
    if earlier & (_GROWING | _NO_PEOPLE) and here.number.value < 100:
        return not (earlier & _CRIMES and here.number.value > 24)
    begins = not here.cue.text or re.search(r"[.!?\n,]", here.before.gap)
    if begins and here.after.low in ("i", "he", "she", "they", "we", "you") and "," not in here.after.gap:
        return not (here.number.value > 24 and here.after.low in ("they", "we"))
    return False


def _is_clock(here: Around) -> bool:
    """`at 3 in the morning`, `at 10 past`, `at 9 30`, `at 2 or 3`."""
    after = here.after
    if (not after.gap.strip(" ") and after.low in _TIMES) or re.match(r" ?(?:%|mph|°)", here.behind):
        return True
    if after.is_number and after.gap in (" ", "") and len(after.text) == 2:
        return True
    if after.gap != " " or not here.could_be_an_hour:
        return False
    ahead = here.ahead(4)
    return ahead[0] in ("or", "every", "each") or (ahead[0] in ("in", "at", "on") and bool(_TIMES & set(ahead)))


def _somebody_is(here: Around, place: int) -> bool:
    """What stands there, before `at`, is somebody, or says that somebody is or lives there."""
    word, subject = here.words[place], here.words[place - 1].low
    cue = word.low
    if not cue or re.search(r"[.!?;\n]", here.words[place + 1].gap):
        return False
    if cue in _STILL:
        return subject not in _MOVING and _somebody_is(here, place - 1)
    if cue in LIVE or cue.endswith(("'m", "'re")):
        return True
    if cue in BE:
        return cue not in ("b", "be") and not {subject, here.words[place - 2].low} & _NO_PEOPLE
    if _is_named(cue) or (word.is_capital and (cue in GIVEN_NAMES or subject in _TITLES)):
        return True
    return cue in PEOPLE and not (here.could_be_an_hour and _tells_of_moving(here, place))


def _is_named(cue: str) -> bool:
    """`my nan's at 9`, `who's at 14`."""
    return cue.endswith("'s") and cue[:-2] in PEOPLE | {"he", "she", "who"}


def _tells_of_moving(here: Around, place: int) -> bool:
    """`left the house at 9`, `home at 9`."""
    return bool(set(here.words.lows(max(place - 4, 0), place)) & _MOVING) or here.words[place].low in _NOT_ALWAYS
