"""police.uk's fourteen crime types, and how people name and count them.

Names and slugs: https://data.police.uk/api/crime-categories. Burglary is one type: homes and other buildings together.
"""

from mkmap.words import Message, _, listed, ngettext, number

BURGLARY = "Burglary"

SLUGS = {
    "Anti-social behaviour": "anti-social-behaviour",
    "Bicycle theft": "bicycle-theft",
    "Burglary": "burglary",
    "Criminal damage and arson": "criminal-damage-arson",
    "Drugs": "drugs",
    "Other crime": "other-crime",
    "Other theft": "other-theft",
    "Possession of weapons": "possession-of-weapons",
    "Public order": "public-order",
    "Robbery": "robbery",
    "Shoplifting": "shoplifting",
    "Theft from the person": "theft-from-the-person",
    "Vehicle crime": "vehicle-crime",
    "Violence and sexual offences": "violent-crime",
}
CRIME_TYPES = tuple(SLUGS)

_NAMES = {  # as it stands alone; as it stands within a sentence
    "Anti-social behaviour": (Message("Anti-social behaviour"), Message("anti-social behaviour")),
    "Bicycle theft": (Message("Bicycle theft"), Message("bicycle theft")),
    "Burglary": (Message("Burglary"), Message("burglary")),
    "Criminal damage and arson": (Message("Criminal damage and arson"), Message("criminal damage and arson")),
    "Drugs": (Message("Drugs"), Message("drugs")),
    "Other crime": (Message("Other crime"), Message("other crime")),
    "Other theft": (Message("Other theft"), Message("other theft")),
    "Possession of weapons": (Message("Possession of weapons"), Message("possession of weapons")),
    "Public order": (Message("Public order"), Message("public order")),
    "Robbery": (Message("Robbery"), Message("robbery")),
    "Shoplifting": (Message("Shoplifting"), Message("shoplifting")),
    "Theft from the person": (Message("Theft from the person"), Message("theft from the person")),
    "Vehicle crime": (Message("Vehicle crime"), Message("vehicle crime")),
    "Violence and sexual offences": (Message("Violence and sexual offences"), Message("violence and sexual offences")),
}


def named(crime_type: str) -> str:
    """A type as it stands alone, or begins a sentence: `Vehicle crime`; one that police.uk does not list, as it is recorded."""
    return _(_NAMES[crime_type][0]) if crime_type in _NAMES else crime_type


def within(crime_type: str) -> str:
    """A type within a sentence: `vehicle crime`."""
    return _(_NAMES[crime_type][1]) if crime_type in _NAMES else crime_type


def all_named(types: tuple[str, ...]) -> str:
    """Types at the beginning of a sentence: `Burglary and drugs`; of no choice `Crimes of all types`."""
    return listed([named(types[0]), *map(within, types[1:])]) if types else _("Crimes of all types")


def all_within(types: tuple[str, ...]) -> str:
    """Types within a sentence: `burglary and drugs`; of no choice `crime of all types`."""
    return listed([*map(within, types)]) if types else _("crime of all types")


def counted(crimes: int, types: tuple[str, ...] = ()) -> str:
    """A count in words: `106 burglaries`, `1 robbery`, `2,402 crimes of all types`, `9 crimes (burglary and drugs)`."""
    shown = number(crimes)
    if not types:
        return ngettext("{n} crime of any type", "{n} crimes of all types", crimes).format(n=shown)
    if len(types) > 1:
        return ngettext("{n} crime ({types})", "{n} crimes ({types})", crimes).format(n=shown, types=all_within(types))
    return _one_type(types[0], crimes).format(n=shown, type=types[0])


def _one_type(name: str, crimes: int) -> str:
    match name:
        case "Anti-social behaviour":
            return ngettext("{n} incident of anti-social behaviour", "{n} incidents of anti-social behaviour", crimes)
        case "Bicycle theft":
            return ngettext("{n} bicycle theft", "{n} bicycle thefts", crimes)
        case "Burglary":
            return ngettext("{n} burglary", "{n} burglaries", crimes)
        case "Robbery":
            return ngettext("{n} robbery", "{n} robberies", crimes)
        case "Other crime":
            return ngettext("{n} other crime", "{n} other crimes", crimes)
        case "Vehicle crime":
            return ngettext("{n} vehicle crime", "{n} vehicle crimes", crimes)
        case "Other theft":
            return ngettext("{n} other theft", "{n} other thefts", crimes)
        case "Violence and sexual offences":
            return ngettext("{n} violent or sexual offence", "{n} violent or sexual offences", crimes)
        case "Drugs":
            return ngettext("{n} drugs offence", "{n} drugs offences", crimes)
        case "Public order":
            return ngettext("{n} public order offence", "{n} public order offences", crimes)
        case "Possession of weapons":
            return ngettext("{n} possession of weapons offence", "{n} possession of weapons offences", crimes)
        case "Theft from the person":
            return ngettext("{n} theft from the person", "{n} thefts from the person", crimes)
        case "Shoplifting":
            return ngettext("{n} case of shoplifting", "{n} cases of shoplifting", crimes)
        case "Criminal damage and arson":
            return ngettext("{n} case of criminal damage or arson", "{n} cases of criminal damage or arson", crimes)
        case _:
            return ngettext("{n} crime recorded as “{type}”", "{n} crimes recorded as “{type}”", crimes)
