"""Read the police's HTML as plain text: paragraphs stay; markup, scripts and invisible characters go.

By lxml, which reads broken HTML as browsers do, in time that grows with its length alone: Beautiful Soup's grows with the
square of its depth, nh3 keeps or drops tags but knows no paragraphs, html2text writes Markdown.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

LONGEST_HTML = 100_000  # characters that are read of one text: a long web page
LONGEST_TEXT = 4_000  # characters that are kept: the longest priority seen has 800; more is a document, and not for a page
LONGEST_LINE = 200  # characters of a name, a title, an address: two lines of a phone
LONGEST_ADDRESS = 300  # characters of a link that a person may still want to read

PARAGRAPH, LINE = "\u2029", "\u2028"  # Unicode's own separators, while white space is being drawn together
BLOCKS = {
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
UNREAD = {"script", "style"}


def plain_text(html: str, limit: int = LONGEST_TEXT) -> str:
    """The text of HTML, or of a text without any: lines end with one line feed, paragraphs with two.

    A link becomes its text, with its address behind it where that is a safe one. At most `limit` characters.
    """
    html = _visible(html[:LONGEST_HTML])
    if "<" not in html:
        html = html.replace("\n", LINE)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    text = "".join(_pieces(etree.fromstring(f"<div>{html}</div>".encode(), parser)))
    return _cut(_drawn_together(_visible(text, keep=(PARAGRAPH, LINE))), limit)


def one_line(html: str, limit: int = LONGEST_LINE) -> str:
    """The same on one line."""
    return shortened(plain_text(html), limit)


def shortened(text: str, limit: int = LONGEST_LINE) -> str:
    """A text that is plain already, on one line."""
    return _cut(" ".join(text.split()), limit)


def safe_address(text: str) -> str:
    """A web address that a link may lead to, http or https; empty for all else.

    No name or password in it, and nothing but ASCII: letters of other scripts can make it look like another site's.
    """
    text = text.strip()
    if len(text) > LONGEST_ADDRESS or not re.fullmatch(r"[!-~]+", text):
        return ""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    return text if usable else ""


def _pieces(root: etree._Element) -> Iterator[str]:
    """The texts of a tree in their order, with a separator at both ends of each block and at each line break."""
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node.tag in BLOCKS:
            yield PARAGRAPH
        if event == "start":
            yield LINE if node.tag == "br" else ""
            yield (node.text or "") if node.tag not in UNREAD else ""
        else:
            yield _address_of(node)
            yield node.tail or ""


def _address_of(node: etree._Element) -> str:
    """What a link leads to, unless it may not be said or is said already."""
    address = safe_address(node.get("href", "")) if node.tag == "a" else ""
    return f" ({address})" if address and address not in "".join(node.itertext()) else ""


def _visible(text: str, keep: tuple[str, ...] = ()) -> str:
    """Without the characters that cannot be seen, or that turn the direction of the text around them."""
    return "".join(sign for sign in text if sign in "\n\t" or sign in keep or _is_visible(sign))


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] != "C" and sign not in (PARAGRAPH, LINE)


def _drawn_together(text: str) -> str:
    paragraphs = (
        "\n".join(filter(None, (" ".join(line.split()) for line in paragraph.split(LINE))))
        for paragraph in text.split(PARAGRAPH)
    )
    return "\n\n".join(filter(None, paragraphs))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
