"""The police's HTML becomes text: what a person would read stays, everything else goes."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkmap.plans.text import LONGEST_LINE, LONGEST_TEXT, one_line, plain_text, safe_address, shortened

READ = {
    "": "",
    "   \n ": "",
    "plain": "plain",
    "Leake &amp; Keyworth": "Leake & Keyworth",
    "<p>one</p>\n<p>two\nlines</p>": "one\n\ntwo lines",
    "one<br>two<br/>three": "one\ntwo\nthree",
    "74 Belgrave Gate\n, Leicester": "74 Belgrave Gate\n, Leicester",
    "before<p>in</p>after": "before\n\nin\n\nafter",
    "<ul><li>one<li>two</ul>three": "one\n\ntwo\n\nthree",
    "<b>bo</b>ld": "bold",
    "<p>unclosed <b>bold": "unclosed bold",
    "&lt;b&gt; as it was written": "<b> as it was written",
    "30 < 40 & 50": "30 < 40 & 50",
    "a<!-- a secret -->b": "ab",
    "<script>alert(1)</script>after": "after",
    "<style>p { color: red }</style>after": "after",
    "<svg onload=alert(1)><script>alert(1)</script></svg>after": "after",
    "<img src=x onerror=alert(1)>after": "after",
    "<iframe src='javascript:alert(1)'></iframe>after": "after",
    "<?xml version='1.0' encoding='utf-16'?>after": "after",
    "</div></body>after": "after",
    "<a href='https://police.example/a'>our page</a>.": "our page (https://police.example/a).",
    "<a href='https://police.example/a'>https://police.example/a</a>": "https://police.example/a",
    "<a href='javascript:alert(1)'>click</a>": "click",
    "<a href=' https://evil.example/\x01'>click</a>": "click (https://evil.example/)",
    "<a name='x'>anchor</a>": "anchor",
    "turned \u202e round \u2066 again": "turned round again",
    "entities &#x202e; &#0; &#7; &#xfffe; too": "entities � too",
    "nul\x00 bell\x07 half\ud800 zero\u200bwidth": "nul bell half zerowidth",
    "line\u2028 and paragraph\u2029 signs": "line and paragraph signs",
}


@pytest.mark.parametrize("html", READ)
def test_html_is_read_as_text(html: str):
    assert plain_text(html) == READ[html]


@given(st.text(alphabet=st.characters() | st.sampled_from("<>&;/='\" pabr\n\u202e\x00"), max_size=300))
def test_whatever_comes_the_text_can_be_shown(html: str):
    text = plain_text(html)
    assert all(sign == "\n" or unicodedata.category(sign)[0] != "C" for sign in text)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert "\n" not in one_line(html)


def test_a_text_that_is_plain_already_is_not_read_as_html_again():
    assert shortened("<b> is\n\na tag") == "<b> is a tag"


@pytest.mark.parametrize("html", ["x" * 50_000, "<p>" + "word " * 20_000, "é😀" * 10_000])
def test_texts_have_a_length(html: str):
    assert len(plain_text(html)) <= LONGEST_TEXT
    assert plain_text(html).endswith("…")
    assert len(one_line(html)) <= LONGEST_LINE


@pytest.mark.parametrize(
    "html",
    ["<div>" * 2_000_000, "<a href=https://e.example>" * 200_000, "<b>" * 200_000, "<table>" * 200_000, "<p>x" * 200_000],
)
def test_deep_and_long_html_takes_no_time(html: str):
    started = time.process_time()  # of this process alone: others may be busy
    plain_text(html)
    assert time.process_time() - started < 3


SAFE = ["https://police.example", "http://police.example/a?b=c#d", "HTTPS://police.example:8443/"]
UNSAFE = [
    "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "/path", "www.x.example",
    "https://", "https:///x", "https://[", "https://user:word@evil.example", "https://police.example@evil.example", "ftp://x.example",
    "https://pоlice.example", "https://x.example/a b", "https://x.example/\u202e", "https://x.example/" + "a" * 400,
    "java\nscript:alert(1)", "https://x.example:port@y",
]  # fmt: skip


@pytest.mark.parametrize("address", SAFE)
def test_a_web_address_is_kept(address: str):
    assert safe_address(f" {address} ") == address


@pytest.mark.parametrize("address", UNSAFE)
def test_another_address_is_not(address: str):
    assert safe_address(address) == ""
