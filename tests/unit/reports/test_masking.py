"""What could lead somebody to a person or a home is masked, however it is written; what tells what happened is left as it is."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkmap.reports.form import text_warnings
from mkmap.reports.masking import masked

HOUSE, POSTCODE, PHONE, EMAIL, PLATE = "house_number", "postcode", "phone", "email", "plate"
WORDS = {
    HOUSE: "[house number]", POSTCODE: "[postcode]", PHONE: "[phone number]", EMAIL: "[e-mail]", PLATE: "[number plate]",
}  # fmt: skip
LISTS = ("first", "second", "third", "fourth")
TEXTS = Path(__file__).parents[2] / "texts_to_mask"
ENTRY = re.compile(rf"^(left|{'|'.join(WORDS)}): (.*?)(?=\n(?:left|{'|'.join(WORDS)}): |\Z)", re.S | re.M)
TO_HIDE = re.compile("⟦(.*?)⟧", re.S)

MASKED = {
    HOUSE: [
        "12 High Street", "12, High Street", "12a High Street", "12 a High St", "12-14 Elm Rd", "12/14 Elm Road", "no. 12", "no 12",
        "number 12", "No.12", "nr 7", "#12", "house 7", "house number 7", "flat 3b", "Flat 3", "apartment 21", "unit 4", "plot 9",
        "door 5", "at 12a", "in 14b", "3 Old Church Lane", "107 St. Mary's Avenue", "8 The Green", "8, The Green", "22 Mill Close",
        "5 wishes way", "1 Oak Dr", "99 Queens Crescent", "ＮＯ．１２",
    ],
    POSTCODE: ["MK9 2AA", "mk9 2aa", "MK92AA", "mk10  9ab", "SW1A 1AA", "m1 1ae", "EC1A 1BB", "GIR 0AA", "ｍｋ９ ２ａａ", "Mk9 2 aa"],
    PHONE: [
        "07700 900123", "07700900123", "07700-900-123", "07700.900.123", "+44 7700 900123", "+44 (0)7700 900 123", "0044 7700 900123",
        "01908 123456", "(01908) 123456", "01908 12 34 56", "020 7946 0958", "+33 1 23 45 67 89", "０７７００９００１２３",
    ],
    EMAIL: [
        "joe@example.org", "Joe.Bloggs+x@mail.example.co.uk", "joe @ example.org", "joe at gmail dot com", "joe[at]gmail.com",
        "joe (at) gmail (dot) com", "JOE@EXAMPLE.ORG",
    ],
    PLATE: ["AB12 CDE", "ab12cde", "AB 12 CDE", "A123 BCD", "ABC 123D", "KX67 ABC"],
}  # fmt: skip

LEFT = [
    "3 men came", "at 3am", "at 3 am", "at 10:30", "10.30 pm", "2 days later", "£500", "£1,200 in cash", "in 2024", "on 12 October",
    "on the 12th", "Section 8", "101", "999", "they took 2 bikes", "a 4x4", "5 times", "the 3rd time this year", "20 minutes",
    "1 of 3", "half past 7", "24 hours", "it was 15 degrees", "about 6 ft tall", "a 50 inch television", "an iPhone 12", "number of men",
    "no one came", "no reply", "flat tyre", "the house next door", "they broke the door", "at night", "in the park", "near the school",
    "9/10", "2-3 minutes", "100%", "the M1", "the A5", "bus 99", "BMW", "aged 40 to 50", "twice in 2 weeks", "size 10 boots",
]  # fmt: skip


def listed(name: str) -> list[tuple[str, str]]:
    """Kinds and texts of a list; what must vanish of a text stands in ⟦⟧."""
    return [(entry[1], entry[2].rstrip("\n")) for entry in ENTRY.finditer((TEXTS / f"{name}.txt").read_text("utf-8"))]


def test_half_of_the_texts_must_be_masked_and_half_must_not():
    kinds = [kind for name in LISTS for kind, _text in listed(name)]
    assert len(kinds) > 800
    assert 0.4 < kinds.count("left") / len(kinds) < 0.6
    assert all(kinds.count(kind) > 50 for kind in WORDS)


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("name", LISTS)
def test_what_is_on_a_list_is_masked_and_the_rest_of_its_text_is_left(name, kind):
    for text in [text for of, text in listed(name) if of == kind]:
        assert masked(TO_HIDE.sub(r"\1", text)).text == TO_HIDE.sub(WORDS[kind], text)


@pytest.mark.parametrize("name", LISTS)
def test_what_must_not_be_masked_stays_as_it_was_written(name):
    for text in [text for of, text in listed(name) if of == "left"]:
        assert (masked(text).text, masked(text).kinds) == (text, ())


@pytest.mark.parametrize("kind", MASKED)
def test_it_is_masked_wherever_it_stands(kind):
    for text in MASKED[kind]:
        for sentence in (text, f"They came. {text}", f"I live at {text}.", f"({text})", f"{text}\nand left"):
            kept = masked(sentence)
            assert kind in kept.kinds, kept
            hidden = [word for word in text.split() if any(sign.isdigit() for sign in word)] or [text]
            assert not any(word in kept.text for word in hidden), kept.text


def test_what_tells_what_happened_is_left():
    for text in LEFT:
        for sentence in (text, f"They came, {text}.", f"{text} they left"):
            assert (masked(sentence).text, masked(sentence).kinds) == (sentence, ())


HIDING = {
    "zero-width space": lambda text: "\u200b".join(text),
    "word joiner": lambda text: "\u2060".join(text),
    "soft hyphen": lambda text: "\u00ad".join(text),
    "joiner": lambda text: "\u200d".join(text),
    "a line under each sign": lambda text: "".join(f"{sign}\u0332" for sign in text),
    "wide letters": lambda text: text.translate({code: code + 0xFEE0 for code in range(0x30, 0x7B)}),
    "Cyrillic letters": lambda text: text.translate(str.maketrans("aceopxABCEHKMOPTX", "асеорхАВСЕНКМОРТХ")),
}


@pytest.mark.parametrize("how", HIDING)
def test_no_sign_that_nobody_sees_and_no_look_alike_hides_it(how):
    for kind, text in [each for name in LISTS for each in listed(name) if each[0] != "left" and each[1].isascii()][::2]:
        hidden = masked(HIDING[how](TO_HIDE.sub(r"\1", text)))
        assert kind in hidden.kinds, (text, hidden)


@pytest.mark.parametrize("text", ["a\x00b", "a\u200bb", "a\u202eb", "a\ufeffb", "a\x1b[31mb", "1\u200d2", "a\u200cb"])
def test_signs_that_hide_or_turn_others_are_dropped(text):
    assert masked(text).text in ("ab", "a[31mb", "12")


@pytest.mark.parametrize("text", ["হ্যাঁ, র‍্যাব", "क्‍षमा", "می‌روم", "👨‍👩‍👧 👩🏽‍🚒 ❤️‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_joiners_that_a_script_needs_stay_also_beside_what_is_masked(text):
    assert masked(f"{text} 07700 900123 {text}").text == f"{text} [phone number] {text}"


def test_several_are_named_once_each_and_the_rest_is_left():
    kept = masked("From 12 High Street, MK9 2AA, 07700 900123 or 07700 900124, joe@example.org: AB12 CDE was there at 3am.")
    assert kept.kinds == (EMAIL, HOUSE, PHONE, PLATE, POSTCODE)
    assert kept.text == (
        "From [house number] High Street, [postcode], [phone number] or [phone number], [e-mail]: [number plate] was there at 3am."
    )


def test_lines_stay_lines():
    assert masked("one\r\ntwo\nthree\tfour").text == "one\ntwo\nthree four"


WARNED = {
    "My name is John Smith": "“John Smith” looks like a name.",
    "Mrs Patel saw it": "“Patel” looks like a name.",
    "a man called kevin did it": "“kevin” looks like a name.",
    "It was Ahmed's brother": "“Ahmed” looks like a name.",
    "Thanks, Zbigniew": "“Zbigniew” looks like a name.",
    "Јоhn Smіth": "“Јоhn Smіth” looks like a name.",
    "dob 12/03/80": "“12/03/80” looks like a date of birth.",
    "born on the 3rd of March 1980": "“3rd of March 1980” looks like a date of birth.",
    "12.3.1980": "“12.3.1980” looks like a date of birth.",
    "card 4111 1111 1111 1111, 12/27": "“4111 1111 1111 1111” looks like the number of a payment card.",
    "378282246310005": "“378282246310005” looks like the number of a payment card.",
    "my NI is AB 12 34 56 C": "“AB 12 34 56 C” looks like a National Insurance number.",
    "ab１２３４５６c": "“ab１２３４５６c” looks like a National Insurance number.",
}
NOT_WARNED = [
    "Victoria Road was dark", "Grace Avenue and St Mary's Church", "Milton Keynes", "It was Friday", "On 12 March 2025", "May was warm",
    "the alarm called 999", "4111 1111 1111 1112 is no card", "Thames Valley Police came", "my receipt is 1234 5678 9012 3456",
    "In Bletchley", "The White Horse Inn", "Thanks, it helped", "12/03/2025",
]  # fmt: skip


@pytest.mark.parametrize("text", WARNED)
def test_what_looks_like_a_name_or_the_like_is_warned_about_and_stays(text):
    kept = masked(text)
    assert (kept.text, kept.kinds, text_warnings(kept)) == (text, (), [WARNED[text]])


def test_places_days_and_other_numbers_are_not_warned_about():
    assert {text: masked(text).warned for text in NOT_WARNED if masked(text).warned} == {}


PARTS = [
    "no",
    "14",
    "a",
    "at",
    "Oak",
    "Road",
    "07",
    "700",
    "@",
    ".",
    "mk9",
    "2",
    "ab",
    "is",
    "and",
    "\n",
    "(",
    "[phone number]",
]


@given(st.text(max_size=500) | st.lists(st.sampled_from(PARTS), max_size=60).map(" ".join))
def test_masking_twice_is_masking_once(text):
    once = masked(text)
    assert masked(once.text).text == once.text
    assert len(once.text) <= 20 * len(text) + 20


HEAVY = [
    "1 ", "a", "1", "a@", "a at ", "12 a ", "+44(", "AB12", "- ", "a.", "A1 ", "one ", "hundred and ", "a dot ", "a (at) ", "MK9 and the ",
    "reg is ", "ring me on ", "no ", "12 Oak ", "alpha ", '"', "1.", "A B ", "0\u0336", "\u200d", "9 Oak Road ", "post code is ",
]  # fmt: skip


@pytest.mark.parametrize("part", HEAVY)
def test_no_text_of_5000_signs_takes_long(part):
    """Seconds of the processor: what grows with the square of the length or worse would take minutes."""
    begun = time.process_time()
    masked((part * 5_000)[:5_000])
    assert time.process_time() - begun < 10
