"""Say what stands on the two sheets, before anybody thinks of paper: texts and figures, in the order in which they are read."""

from dataclasses import dataclass

from mkmap.drawing.figure import Figure

Row = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure in its size on paper: `width` and `height` in pixels, 96 to the inch."""

    figure: Figure
    width: int
    height: int


@dataclass(frozen=True)
class Number:
    """A number to be seen first, and what it counts."""

    value: str
    words: str


@dataclass(frozen=True)
class Item:
    """A line of a list: its first words stand out; `note` is small print."""

    head: str
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it; `table`: its first row is the head; `note`: where it comes from."""

    head: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    picture: Picture | None = None
    table: tuple[Row, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Sheets:
    """The first sheet ends with `place`; `left` to `link` stand on the second, `left` beside `right`,
    `cautions` below the shorter of the two.

    `title`: the document's; `kind`: what kind of paper it is; `warning`: printed across each sheet; `foot`: one line a sheet.
    """

    title: str
    kind: str
    name: str
    subject: str
    warning: str
    numbers: tuple[Number, ...]
    lead: tuple[str, ...]
    trend: Part
    map: Part
    place: Part
    left: tuple[Part, ...]
    right: tuple[Part, ...]
    cautions: Part
    notes: str  # above the lines to write on
    link: Part
    qr: str  # an SVG; empty where no phone could open the link
    qr_alt: str
    foot: tuple[str, str]
