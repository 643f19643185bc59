"""Find e-mail addresses, in any script, and with `at` and `dot` in words or brackets."""

import re
from collections.abc import Iterator

from mkmap.reports.identifying.skeleton import Span

_AT_WORDS = "at|arroba|arobase|malpa|klammeraffe|chiocciola|snabel-a|et"
_DOT_WORDS = "dot|punkt|point|punto|kropka|full ?stop|period"
_ENDINGS = (  # of addresses, where the dot before them could be the end of a sentence
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|eu|uk|co|ac|ie|de|fr|es|pl|pt|nl|lt|lv|ro|bg|hu|cz|sk|gr|tr|ru|ua|cn|jp|au|nz|ca|us|"
    "za|ng|gh|ke|pk|bd|lk|np|io|dev|app|online|site|xyz|email|me"
)
_HOUSES = (  # whose name is an address without its ending
    "gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|protonmail|proton|aol|gmx|btinternet|ntlworld|virginmedia|talktalk|tiscali|"
    "fastmail|mailinator|rocketmail|btopenworld|blueyonder|live|msn|sky|mail"
)
_S = r"[ \n]{0,3}"
_SAID_IN_NAME = r"(?:\w{1,30} (?:dot|underscore|dash|hyphen|minus|plus) ){0,4}"
_NAME = rf"(?:\"[^\"\n]{{1,64}}\"|{_SAID_IN_NAME}(?<![\w.+%'&~!#$-])[\w.+%'&~!#$-]{{1,64}})"
_LABEL = r"[\w-]{1,63}"
_SAID_DOT = rf"(?:{_S}[(\[{{<]{_S}(?:{_DOT_WORDS}|\.){_S}[)\]}}>]{_S}|[ ._*'\"-]{{1,3}}(?:{_DOT_WORDS})[ ._*'\"-]{{1,3}})"
_DOT = rf"(?:\.{{1,2}}(?=\w)|{_SAID_DOT}|{_S}[.,]{_S}(?=(?:{_ENDINGS})\b)|{_S}(?=(?:com|org|net|co\W{{0,2}}uk)\b))"
_SIGN = rf"{_S}(?:@{{1,3}}|%40|&#64;|&#x40;|&commat;){_S}"
_BRACKETED = (
    rf"(?:{_S}[(\[{{<|]{_S}(?:{_AT_WORDS}|a|@){_S}[)\]}}>|]{_S}|[_*/]a[_*/]"
    rf"|[ \n]?[._*/'\"-]{{1,2}}(?:{_AT_WORDS})[._*/'\"-]{{1,2}}[ \n]?)"
)
_NOT_NAMES = (  # before `at`, where no address follows
    r"(?<!\blook)(?<!\blooked)(?<!\blooking)(?<!\bbought)(?<!\bsaw)(?<!\bsold)(?<!\bseen)(?<!\bwork)(?<!\bworks)(?<!\bworked)"
    r"(?<!\bworking)(?<!\bshop)(?<!\border)(?<!\bordered)(?<!\badvertised)(?<!\bwas)(?<!\bis)(?<!\bare)(?<!\breported)(?<!\bonline)"
)
_PATTERNS = [
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"{_NAME}(?:{_SIGN}|{_BRACKETED}){_LABEL}(?:{_DOT}{_LABEL}){{1,5}}", re.I),
        (rf"{_NAME}(?:{_SIGN}|{_BRACKETED})(?:{_HOUSES})\b", re.I),
        (rf"{_NAME}@\[?\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]?", re.I),
        (rf"{_NAME}{_NOT_NAMES} {{1,3}}(?:{_AT_WORDS}) {{1,3}}{_LABEL}(?:{_SAID_DOT}{_LABEL}){{1,5}}", re.I),
        (rf"{_NAME}{_NOT_NAMES} (?:{_AT_WORDS}) {_LABEL}(?:[.-]{_LABEL}){{0,3}} ?[.,] ?(?:{_ENDINGS})\b(?:\.uk)?", re.I),
        (rf"{_NAME}{_NOT_NAMES} (?:{_AT_WORDS}) (?:{_HOUSES})\b(?:[ .,]{{1,3}}(?:com|net|org|co)\b(?:[ .]uk\b)?)?(?! at\b)", re.I),
        (r"\b(?:[a-z0-9]+|[\w.]+[\d._])\w{0,40}AT[a-z0-9-]{1,40}(?:DOT[a-z]{2,12}){1,3}\b", 0),
        (rf"\b[\w.]{{1,64}}at(?:{_HOUSES})(?:dot|\.)(?:com|co|net|org)(?:(?:dot|\.)uk)?\b", re.I),
        (r"(?<!\S)(?:[^\s@] ){2,40}@(?: [^\s@]){3,40}(?!\S)", 0),
    )
]  # fmt: skip


def mails(signs: str) -> Iterator[Span]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(signs):
            yield match.span()
