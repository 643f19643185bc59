"""What could lead somebody to a person or a home is masked; what tells what happened is left."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkmap.reports.masking import masked

HOUSE, POSTCODE, PHONE, EMAIL, PLATE = "house_number", "postcode", "phone", "email", "plate"

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


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in MASKED.items() for text in texts])
def test_it_is_masked_wherever_it_stands(kind, text):
    for sentence in (text, f"They came. {text}", f"I live at {text}.", f"({text})", f"{text}\nand left"):
        found = masked(sentence)
        assert kind in found.kinds, found
        hidden = [word for word in text.split() if any(sign.isdigit() for sign in word)] or [text]
        assert not any(word in found.text for word in hidden), found.text


@pytest.mark.parametrize("text", LEFT)
def test_what_tells_what_happened_is_left(text):
    for sentence in (text, f"They came, {text}.", f"{text} they left"):
        assert masked(sentence) == masked.__globals__["Masked"](sentence)


def test_several_are_named_once_each_and_the_rest_is_left():
    found = masked("From 12 High Street, MK9 2AA, 07700 900123 or 07700 900124, joe@example.org: AB12 CDE was there at 3am.")
    assert found.kinds == (EMAIL, HOUSE, PHONE, PLATE, POSTCODE)
    assert found.text == (
        "From [house number] High Street, [postcode], [phone number] or [phone number], [e-mail]: [number plate] was there at 3am."
    )


@pytest.mark.parametrize("text", ["a\x00b", "a\u200bb", "a\u202eb", "a\ufeffb", "a\x1b[31mb"])
def test_signs_that_hide_or_turn_others_are_dropped(text):
    assert masked(text).text in ("ab", "a[31mb")


def test_lines_stay_lines():
    assert masked("one\r\ntwo\nthree\tfour").text == "one\ntwo\nthree four"


@given(st.text(max_size=500))
def test_masking_twice_is_masking_once(text):
    once = masked(text)
    assert masked(once.text).text == once.text
    assert len(once.text) <= 20 * len(text) + 20


@pytest.mark.parametrize(
    "text",
    ["1 " * 250, "a" * 500, "1" * 500, "a@" * 250, "a at " * 125, "12 " + "a " * 248, "+44(" * 125, "AB12" * 125, "- " * 250],
)
def test_no_text_takes_long(text):
    begun = time.process_time()
    masked(text)
    assert time.process_time() - begun < 2, "that is no linear time"
