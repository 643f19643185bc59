"""police.uk's fourteen crime types, and how people count them.

Names and slugs: https://data.police.uk/api/crime-categories. Burglary is one type: homes and other buildings together.
"""

from mkmap.words import listed, ngettext, number

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


def counted(crimes: int, types: tuple[str, ...] = ()) -> str:
    """A count in words: `106 burglaries`, `1 robbery`, `2,402 crimes of all types`, `9 crimes (burglary and drugs)`."""
    shown = number(crimes)
    if not types:
        return ngettext("{n} crime of any type", "{n} crimes of all types", crimes).format(n=shown)
    if len(types) > 1:
        names = listed([name.lower() for name in types])
        return ngettext("{n} crime ({types})", "{n} crimes ({types})", crimes).format(n=shown, types=names)
    return _one_type(types[0], crimes).format(n=shown, type=types[0].lower())


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
        case "Other crime" | "Vehicle crime":
            return ngettext("{n} {type}", "{n} {type}s", crimes)
        case "Other theft":
            return ngettext("{n} other theft", "{n} other thefts", crimes)
        case "Violence and sexual offences":
            return ngettext("{n} violent or sexual offence", "{n} violent or sexual offences", crimes)
        case "Drugs" | "Public order" | "Possession of weapons":
            return ngettext("{n} {type} offence", "{n} {type} offences", crimes)
        case "Theft from the person":
            return ngettext("{n} theft from the person", "{n} thefts from the person", crimes)
        case "Shoplifting":
            return ngettext("{n} case of shoplifting", "{n} cases of shoplifting", crimes)
        case "Criminal damage and arson":
            return ngettext("{n} case of criminal damage or arson", "{n} cases of criminal damage or arson", crimes)
        case _:
            return ngettext("{n} crime recorded as “{type}”", "{n} crimes recorded as “{type}”", crimes)
