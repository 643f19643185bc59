"""Read a briefing's PDF as a person and as a screen reader do."""

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from pypdfium2 import PdfDocument


@dataclass(frozen=True)
class Sheets:
    """`pages`: the words of each page; line ends are spaces, as Typst breaks lines where it likes."""

    reader: PdfReader
    pages: list[str]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def root(self) -> DictionaryObject:
        return self.reader.trailer["/Root"]

    @property
    def metadata(self) -> str:
        """The XMP packet."""
        return self.root["/Metadata"].get_data().decode()

    def tags(self) -> Iterator[DictionaryObject]:
        """The elements that a screen reader walks through, in order."""
        yield from _elements(self.root["/StructTreeRoot"])

    def fonts(self) -> Iterator[DictionaryObject]:
        """The descriptors of all fonts, those of pictures too."""
        for page in self.reader.pages:
            yield from _fonts(page["/Resources"])


def sheets(content: bytes) -> Sheets:
    """By pypdf, but for the text: that takes pypdf longer than it took to make the sheets."""
    return Sheets(PdfReader(io.BytesIO(content)), [spaced(text) for text in _texts(content)])


def _texts(content: bytes) -> Iterator[str]:
    with closing(PdfDocument(content)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                yield text.get_text_range()


def _elements(node: DictionaryObject) -> Iterator[DictionaryObject]:
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _elements(found)


def _fonts(resources: DictionaryObject) -> Iterator[DictionaryObject]:
    for font in resources.get("/Font", {}).values():
        (descendant,) = font.get_object()["/DescendantFonts"]
        yield descendant.get_object()["/FontDescriptor"].get_object()
    for form in resources.get("/XObject", {}).values():
        if "/Resources" in (found := form.get_object()):
            yield from _fonts(found["/Resources"])


def spaced(text: str) -> str:
    """A sentence as `Sheets.pages` has it."""
    return " ".join(text.split())
