"""Tell a house number by what is said round it: `no 9`, `flat 3b`, `we are at 14`, `14's car`, `our house (14)`."""

import re

from mkmap.reports.identifying.given_names import GIVEN_NAMES
from mkmap.reports.identifying.numbers import HouseNumber, counts_something, counts_things
from mkmap.reports.identifying.sentence import Sentence, is_barrier
from mkmap.reports.identifying.streets import stands_before_one
from mkmap.reports.identifying.vocabulary import BE, COUNTED, DETERMINERS, FUNCTION, LIVE, PEOPLE, UNITS, listed

_CALLED = listed("no nos number numbers num nums nr nbr nmbr numb houseno flatno")
_DWELLINGS = listed(
    "flat flats flt apartment apartments apt appt unit units plot door house houses hse studio maisonette bungalow caravan chalet villa suite "
    "cottage room home property address block lodge"
)
_LOOSE = listed("house home door property address block room unit villa cottage lodge houses caravan")  # also before a count
_TO_NUMBER = re.compile(r"(?:[ ]{0,2}[.:#(=_/\"'-]{0,2}[ ]{0,2})")
_NUMBERED = listed(  # what has a number that is no house's
    "bus phone telephone tel mobile crime reference ref case incident log contact registration reg plate serial shirt squad collar badge shoulder "
    "route train platform account order priority suspect problem issue reason public enemy cad urn lottery model page house-party"
)
_NUMBERS_TOO = listed(
    "bus buses route priority suspect reason issue problem rule fan choice concern thing complaint train service"
)
_NO_PEOPLE = listed("it this that there which theft burglary robbery incident event crash attack alarm noise")
_TIMES = listed("morning afternoon evening night am pm past to o'clock oclock sharp ish exactly")
_MOVING = listed(
    "left leaving leave locked reached entered came got went called woke rang arrived returned home started finished"
)
_GROWING = listed(
    "driving drove going doing speeding travelling riding up aged age died retired retire school drinking smoking married pregnant born "
    "clocked limit capped priced valued sold fixed set stands stood temperature start starting look looking"
)
_HEARD = listed(
    "noise music shouting screaming party smoke smell alarm coming came heard light lights cctv footage person neighbour"
)
_SIDES = listed(
    "front side back rear outside opposite left right garden door window owner owners tenant tenants resident residents drive driveway gate wall "
    "roof occupant occupants occupier occupiers neighbour neighbours end letterbox porch step steps doorstep hedge fence corner"
)
_BESIDE = listed("opposite outside beside behind near facing")
_BESIDE_TO = listed("next adjacent belongs belonging close round over delivered door attached addressed moved opposite")
_BESIDE_FROM = listed("door doors houses across over opposite road street")
_THINGS_OUTSIDE = listed("bins lamppost bench tree parked path alley alleyway footpath car van shop shops hedge kerb")
_INTO = listed("into entered visited inside occupy occupies occupied rent renting own owns")
_WAS = listed("was is has got had")
_DONE = listed(
    "burgled broken robbed targeted empty away vacant ours mine where the our my next done hit raided vandalised attacked on got had been cctv a "
    "for sold also two too entered damaged egged unoccupied rented"
)


def is_called_a_number(words: Sentence, number: HouseNumber) -> bool:
    """`no 9`, `number nine`, `#12`; not `the number 9 bus`, `no 10 year old`, `suspect number one`."""
    word, before, cue = words[number.first], words[number.first - 1], words[number.first - 2]
    if word.gap.rstrip(" ").endswith("#") and cue.low not in _NUMBERED and before.low not in _NUMBERED:
        return True
    if before.low not in _CALLED or is_barrier(word.gap) or not _TO_NUMBER.fullmatch(word.gap):
        return False
    if (
        cue.low in _NUMBERED
        or words[number.last + 1].low in _NUMBERS_TOO
        or re.search(r"[a-z]\. $", before.low + word.gap)
        and cue.text == ""
        and counts_something(words, number.last + 1)
    ):
        return False
    if counts_something(words, number.last + 1) and not _is_label(words, number):
        return False
    if number.value == 1 and not number.letter:
        return _is_address_one(words, number)
    return True


def _is_label(words: Sentence, number: HouseNumber) -> bool:
    """After `number` or `no.` a single thing belongs to the house: `no. 9 was`, `number 9 came out`."""
    after = words[number.last + 1]
    verbs = ("were", "are", "came", "ran", "drove", "tried", "have", "took", "walked", "run")
    return (after.low in verbs and words[number.first - 1].low != "no") or (
        after.low.endswith("s") is False
        and words[number.first - 1].low == "number"
        and after.low not in UNITS
        and after.low != "of"
    )


def _is_address_one(words: Sentence, number: HouseNumber) -> bool:
    """`number one` is often the first of something, and `no one` nobody."""
    if stands_before_one(words, number):
        return words[number.first - 1].low != "no" or not number.spelt
    if words[number.first - 1].low == "no":
        after = words[number.last + 1]
        return not number.spelt and (not after.text or bool(re.search(r"[,;.!?\n)]", after.gap)))
    return words[number.first - 2].low in (
        "at",
        "in",
        "opposite",
        "outside",
        "from",
        "near",
        "of",
        "house",
        "flat",
        "door",
        "live",
        "to",
        "is",
    )


def is_called_a_dwelling(words: Sentence, number: HouseNumber) -> bool:
    """`flat 3b`, `house 9`, `door 5`; not `into my house 3 times`, `in the flat 2 weeks`."""
    word, before, cue = words[number.first], words[number.first - 1], words[number.first - 2]
    if before.low not in _DWELLINGS or is_barrier(word.gap) or not _TO_NUMBER.fullmatch(word.gap):
        return False
    if re.search(r"\. ", word.gap):
        return False
    if number.letter or word.is_glued:
        return True
    if words.lows(number.last + 1, number.last + 3) == ["of", "the"] and cue.low not in DETERMINERS:
        return True
    if counts_something(words, number.last + 1):
        return before.low not in _LOOSE and cue.low not in DETERMINERS and words[number.last + 1].low not in UNITS
    return not (
        before.low in _LOOSE
        and cue.low in DETERMINERS | {"at", "front", "back"}
        and not _ends(words, number.last + 1)
        and not _goes_on(words, number.last + 1)
    )


def _ends(words: Sentence, place: int) -> bool:
    return not words[place].text or bool(re.search(r"[,;:.!?\n()]", words[place].gap))


def _goes_on(words: Sentence, place: int) -> bool:
    """A word that joins sentences or is a verb follows: the number counts nothing."""
    return words[place].low in FUNCTION


def _alone(words: Sentence, number: HouseNumber) -> bool:
    place = number.last + 1
    return (_ends(words, place) or _goes_on(words, place)) and not counts_something(words, place)


def is_said_to_be_one(words: Sentence, number: HouseNumber) -> bool:
    """`our house number is 14`, `the number on the door reads 22`, `address: 14`."""
    before = words[number.first - 1]
    near = words.lows(max(number.first - 9, 0), number.first)
    if any(re.search(r"[.!?;\n]", words[place].gap) for place in range(max(number.first - 5, 1), number.first)):
        return False
    if before.low in ("address", "door", "house") and re.search(r"[:=]", words[number.first].gap):
        return True
    if before.low not in ("is", "was", "reads", "says", "number's", "no's", "address's") or counts_something(
        words, number.last + 1
    ):
        return False
    if (
        near[-3:-2]
        and near[-3] in ("my", "our", "his", "her", "their", "the")
        and near[-2] in ("house", "flat", "home", "bungalow")
    ):
        return _alone(words, number)
    if (
        not {"number", "no", "number's", "num", "address", "door"} & set(near)
        or set(near) & _NUMBERED
        or {"of", "age"} & set(near[-6:])
        and not {"house", "door", "home", "flat"} & set(near)
    ):
        return False
    return bool({"house", "door", "home", "flat", "address", "gate", "my", "our", "his", "her", "their"} & set(near))


def is_where_somebody_is(words: Sentence, number: HouseNumber) -> bool:
    """`we are at 14`, `people in 22`, `opposite 9`, `next door to 7`, `front of 31`; not `came at 3`, `in 5 minutes`."""
    before = words[number.first - 1]
    if is_barrier(words[number.first].gap) or not re.fullmatch(r"[ \n]{0,3}['\"(]?", words[number.first].gap):
        return False
    if before.low in ("at", "@"):
        return _is_at(words, number)
    if not _alone(words, number) or _is_range_of_time(words, number):
        return False
    cue = words[number.first - 2].low
    match before.low:
        case "in":
            return (cue in PEOPLE | LIVE and cue not in ("men", "police")) or (cue == "next" and number.value > 12)
        case "from":
            return cue in PEOPLE - {"house", "home", "flat"} | _HEARD | _BESIDE_FROM
        case "of":
            return cue in _SIDES
        case "to":
            return cue in _BESIDE_TO and not (cue in ("close", "over", "up") and number.value % 10 == 0)
        case "on" | "for":
            return cue in ("knocked", "knocking", "parcel", "letter", "post", "door") and number.value > 1
        case "by":
            rises = cue in ("up", "down", "rose", "fell", "gone", "went", "increased")
            return (cue in _SIDES | PEOPLE | _THINGS_OUTSIDE or number.value > 24) and not rises
        case "between":
            return words[number.last + 1].low == "and" and not words[number.last + 2].is_number and number.value > 1
        case "and":
            return _is_after_between(words, number)
    if before.low in LIVE:
        return before.low not in ("stay", "stayed", "based")
    if before.low in _INTO:
        return number.value > 10
    return before.low in _BESIDE and cue not in ("anywhere", "nowhere", "of")


def _is_at(words: Sentence, number: HouseNumber) -> bool:
    after = words[number.last + 1]
    if number.letter and number.value:
        return True
    if counts_things(words, number.last + 1) or _is_clock(words, number):
        return False
    if _somebody_is(words, number.first - 2, small=number.value <= 12):
        return not (
            after.low in ("last", "yesterday", "tonight", "today")
            and number.value <= 12
            and words[number.first - 2].low not in LIVE | BE
        )
    earlier = set(words.lows(max(number.first - 5, 0), number.first - 1))
    if earlier & (_GROWING | _NO_PEOPLE) and number.value < 100:
        return bool(earlier & {"burglary", "robbery", "theft", "attack", "incident"}) and number.value > 24
    begins = number.first == 1 or re.search(r"[.!?\n,]", words[number.first - 1].gap)
    if begins and after.low in ("i", "he", "she", "they", "we", "you") and not re.search(r",", after.gap):
        return number.value > 24 and after.low in ("they", "we")
    return number.value > 12 and _alone(words, number)


def _is_clock(words: Sentence, number: HouseNumber) -> bool:
    """`at 3 in the morning`, `at 10 past`, `at 9 30`, `at 2 or 3`."""
    after = words[number.last + 1]
    if after.gap.strip(" ") == "" and after.low in _TIMES:
        return True
    if after.is_number and after.gap in (" ", "") and len(after.text) == 2:
        return True
    if re.match(r" ?(?:%|mph|°)", words.gap_after(number.last)):
        return True
    ahead = words.lows(number.last + 1, number.last + 5)
    return (
        after.gap == " "
        and number.value <= 12
        and ahead[:1] in (["in"], ["at"], ["or"], ["every"], ["each"], ["on"])
        and bool(_TIMES & set(ahead) or ahead[0] in ("or", "every", "each"))
    )


def _somebody_is(words: Sentence, place: int, *, small: bool) -> bool:
    """What stands before `at` is somebody, or says that somebody is or lives there. `small`: it could be an hour."""
    cue, subject = words[place].low, words[place - 1].low
    if re.search(r"[.!?;\n]", words[place + 1].gap):
        return False
    if cue in ("up", "over", "down", "here", "round", "still", "both", "all", "just", "currently", "now", "also", "not"):
        return _somebody_is(words, place - 1, small=small) if place > 0 and words[place - 1].low not in _MOVING else False
    if cue in LIVE:
        return True
    if cue.endswith(("'m", "'re")) or (
        cue in BE and cue not in ("b", "be") and subject not in _NO_PEOPLE and words[place - 2].low not in _NO_PEOPLE
    ):
        return not cue.endswith("ed")
    if cue.endswith("'s") and cue[:-2] in PEOPLE | {"he", "she", "who"}:
        return True
    if words[place].is_capital and (cue in GIVEN_NAMES or subject in ("mr", "mrs", "ms", "miss", "dr")):
        return True
    if cue in PEOPLE:
        return not (small and set(words.lows(max(place - 4, 0), place)) & _MOVING) and not (
            small and cue in ("home", "party", "door", "them", "lot")
        )
    return False


def _is_after_between(words: Sentence, number: HouseNumber) -> bool:
    """`between the shop and 14`."""
    earlier = words.lows(max(number.first - 5, 0), number.first - 1)
    return "between" in earlier and not any(word.isdigit() for word in earlier) and number.value > 1


def _is_range_of_time(words: Sentence, number: HouseNumber) -> bool:
    """`from 9 to 5`, `from 3 until 4`."""
    return words[number.first - 1].low == "from" and words[number.last + 1].low in (
        "to",
        "till",
        "until",
        "pm",
        "am",
        "onwards",
        "on",
    )


def has_a_letter(words: Sentence, number: HouseNumber) -> bool:
    """`12a was broken into`, `in 14b`; not `the 14a bus`, `vitamin 12b`, `3D`."""
    before, after = words[number.first - 1], words[number.last + 1]
    if not number.letter or not words[number.last].is_glued or after.low in _NUMBERS_TOO | {"stop", "stops"}:
        return False
    if number.letter not in "abcdefgh" or before.low in _NUMBERED | COUNTED | {"the", "vitamin", "a", "an", "blood"} - {"at"}:
        return before.low == "the" and after.low in _WAS
    leads = (
        "at",
        "in",
        "to",
        "from",
        "of",
        "outside",
        "opposite",
        "near",
        "and",
        "or",
        "by",
        "behind",
        "live",
        "beside",
        "is",
        "are",
        "re",
        "we're",
        "i'm",
        "into",
    )
    clause = not before.text or bool(re.search(r"[,;:.!?\n(]", words[number.first].gap))
    return before.low in leads or clause


def owns_something(words: Sentence, number: HouseNumber) -> bool:
    """`14's car`; not `the 60's`."""
    owns = bool(re.match(r"'s?\b", words.gap_after(number.last) + words[number.last + 1].text)) and words[
        number.last + 1
    ].low in ("s", "")
    before = words[number.first - 1].low
    return owns and not (before in ("the", "his", "her", "their", "in", "mid", "late", "early") and number.value % 10 == 0)


def explains_whose(words: Sentence, number: HouseNumber) -> bool:
    """`our house (14)`, `the neighbours, 22,`, `my house, 14, was hit`, `14 (our house)`."""
    before, gap, behind = words[number.first - 1].low, words[number.first].gap, words.gap_after(number.last)
    ours = before in (
        "house",
        "home",
        "flat",
        "neighbour",
        "neighbours",
        "ours",
        "mine",
        "place",
        "neighbor",
        "bungalow",
        "address",
        "door",
    )
    if ours and re.fullmatch(r" ?\(", gap) and behind.startswith(")"):
        return True
    if ours and gap in (", ", " - ", ": ") and re.match(r"[,.)\n]| -", behind) and not counts_something(words, number.last + 1):
        return True
    if (
        behind.startswith(", ")
        and {"house", "flat", "bungalow"} & set(words.lows(number.last + 1, number.last + 4))
        and not gap.strip("\n.!? ")
    ):
        return not counts_something(words, number.last + 1)
    ahead = words.lows(number.last + 1, number.last + 3)
    return behind.startswith((" (", ", ")) and ahead in (
        ["our", "house"],
        ["my", "house"],
        ["our", "home"],
        ["my", "home"],
        ["next", "door"],
        ["our", "neighbour"],
        ["our", "neighbours"],
    )


def was_done_something(words: Sentence, number: HouseNumber) -> bool:
    """`14 was burgled`, `and 22 has CCTV`; not `1 was wearing`, `14 were arrested`."""
    before, verb, after = words[number.first - 1], words[number.last + 1], words[number.last + 2]
    begins = (
        not before.text
        or bool(re.search(r"[,;:.!?\n(]", words[number.first].gap))
        or before.low in ("and", "that", "because", "when", "but", "so", "then", "think", "while")
    )
    if not begins or verb.low not in _WAS or verb.gap != " " or number.value < 2 or number.spelt and number.value < 5:
        return False
    return (
        after.low in _DONE
        and (verb.low in ("was", "is", "has") or number.value > 9)
        and not (after.low == "a" and words[number.last + 3].low in ("lot", "knife", "gun", "crowd"))
    )
