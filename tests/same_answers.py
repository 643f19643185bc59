"""Prove that two checkouts answer the same, whatever their modules are called: what they serve, send, show and print.

    python tests/same_answers.py store STORE                  make a data folder to compare on
    python tests/same_answers.py collect CHECKOUT STORE OUT   write into OUT all that a checkout answers on a copy of STORE
    python tests/same_answers.py compare OUT_A OUT_B          say of each answer whether it is equal; exit 1 where one is not

A store has real months where ../shared/data has them, else made ones; an empty folder is the demonstration. Collected are:

- `commands`: what the command line prints; `sheets`: what stands on every ward's paper.
- `answers`: the bytes of the data routes, feeds, previews and pages' heads, with their headers.
- `sent`: what pages are made of, their tables and charts with all data, hidden parts too; `layers`: what their maps load.
- `read`: what a person reads of a page in Chromium, and what then stands in the address bar.

Only commands, addresses and settings are used, and the Python that runs this script: for a checkout with other requirements,
start it with that checkout's own. The app runs on this machine alone, and at one moment, so that what is collected today can be
compared next month. It takes some minutes, most of them in Chromium: `--without-browser` leaves out what is read there.
"""

import argparse
import difflib
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import pyarrow as pa
from google.protobuf.message import Message
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent / "browser"))

from browser.conftest import FLAGS, chromium
from browser_actions import idle
from made_comparison import MOMENT, House, make
from servers.app import PROJECT, Served
from servers.visitor import PATIENCE, visiting
from sheets_read import sheets

FILTERED = ("map", "trends", "claims", "wards")  # pages that are asked with all filters, the others with a few
PAGES = (*FILTERED, "meeting", "about", "report", "moderation")
SLIDES = ("cover", "number", "months", "map", "change", "wards", "residents", "limits", "police", "report")
FEW = ("default", "one ward", "a gap", "all types", "unknown")
ROUTES = ("data/crimes.csv", "data/crimes.geojson", "data/wards.geojson", "data/reports.geojson", "share/preview.png")
UNKNOWN = ("data/nothing.csv", "feeds/nothing", "feeds/wards/E99999999.atom", "briefing/E99999999.pdf", "nothing")
NO_SUCH = (("slide", "x"), ("who", "x"))  # what only some pages ask for
COMMANDS = (
    "--help", "import --help", "wards --help", "reports --help", "status", "status --json", "verify", "reports list",
    "reports list --json", "reports list --state published", "reports show 1", "reports show 99", "reports purge --dry-run",
)  # fmt: skip
OPERATED = {  # as a site runs: with an address, so that links and codes do not name the port of this run
    "MKMAP_OPERATOR": "Example Residents",
    "MKMAP_CONTACT": "contact@example.org",
    "MKMAP_PUBLIC_URL": "https://map.example.org",
    "MKMAP_LOCAL_MODERATION": "1",
}
VERSIONS = ("streamlit", "playwright", "time-machine")  # of what else speaks in an answer; the last is the app's clock
LINK = re.compile(r"/operate\?token=\S+")  # the operator's, in the log of a checkout that prints one
NO_MAPS = "--disable-3d-apis"  # a map's drawing is no text, and takes longer than all else; what it loads is in `layers`
QUIET = 500  # milliseconds in which a page's text stays as it is
DIFFERENT_LINES, LOOKED_AT = 60, 2000  # printed, and looked at from the first on: what differs everywhere is seen there
LONGEST_LINE = 400  # characters: JSON in one line is broken for people

VARYING_HEADERS = {
    "date",  # when it was asked
    "set-cookie",  # Streamlit's token against forged requests
    "content-length",  # of the compressed content, in which the texts below vary
}
VARYING_FIELDS = {"id", "form_id", "page_script_hash"}  # Streamlit makes them of the folder in which the checkout lies
VARYING_TEXTS = {  # by the answers that have them
    # each form that is begun has its own number, so that it counts once
    "sent/": (r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", "NUMBER"),
    # of the store's files, of which each collection has a new copy
    "answers/heads/": (r"(?<=[?;&]v=)[^\"&\s]+", "VERSION"),
}
READ = "read/"
ROWS = "answers/data/crimes.csv/"  # crimes of one month, type and point are stored in no order, and DuckDB gives them in any
ONE_POINT = 5  # the columns that say so


@dataclass
class Collected:
    """The folder of what was answered, a file an answer; `own`: what this run alone is called, and what stands for it."""

    out: Path
    own: dict[str, str] = field(default_factory=dict)

    def keep(self, name: str, text: str) -> None:
        for own, said in self.own.items():
            text = text.replace(own, said)
        for answers, (varying, said) in VARYING_TEXTS.items():
            text = re.sub(varying, said, text) if name.startswith(answers) else text
        text = _ordered(text) if name.startswith(ROWS) else text
        file = self.out / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            raise SystemExit(f"{name} was answered twice")
        file.write_bytes(text.encode())

    def files(self) -> set[str]:
        return {file.relative_to(self.out).as_posix() for file in self.out.rglob("*") if file.is_file()}


def _ordered(rows: str) -> str:
    """The lines of a CSV, those of one point in one order; the order of the points is the answer's own."""
    groups = groupby(rows.split("\n"), key=lambda line: line.split(",")[:ONE_POINT])
    return "\n".join(line for _point, lines in groups for line in sorted(lines))


@dataclass(frozen=True)
class Question:
    """A page at an address, and what its answers are called."""

    name: str
    page: str
    query: str = ""

    @property
    def path(self) -> str:
        return "/" + ("" if self.page == "map" else self.page) + (f"?{self.query}" if self.query else "")


def collect(checkout: Path, store: Path, out: Path, *, browser: bool = True) -> int:
    """Write down what a checkout answers, also in a browser; how many answers."""
    if out.exists():
        raise SystemExit(f"{out} is there already")
    made_with = _made_with(store)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        house = House(checkout.resolve(), Path(shutil.copytree(store, folder / "data")), folder)
        found = Collected(out, {temporary: "FOLDER", str(house.checkout): "CHECKOUT"})
        _print(house, found)
        with house.served(OPERATED) as app:
            found.own[app.address] = "ADDRESS"
            questions = _serve(app, house, found)
            if browser:
                _read(app, questions, found)
        with house.served() as app:
            found.own[app.address] = "ADDRESS"
            _send(app, [Question(f"without settings/{page}", page) for page in PAGES], found)
    found.keep("collected.json", json.dumps(made_with, indent=1))  # last: without it, something is missing
    return len(found.files()) - 1


def _made_with(store: Path) -> dict[str, str]:
    """What two collections must have in common, or everything may differ."""
    files = sorted(file for file in store.rglob("*") if file.is_file())
    content = hashlib.sha256(b"".join(f"{file.relative_to(store)}".encode() + file.read_bytes() for file in files))
    return {"moment": MOMENT, "store": content.hexdigest(), **{name: version(name) for name in VERSIONS}}


def _print(house: House, found: Collected) -> None:
    for command in COMMANDS:
        done = house.run(*command.split())
        found.keep(f"commands/{command}.txt", f"{done.stdout}\n{done.stderr}\nexit code {done.returncode}\n")
    folder = house.folder / "sheets"
    found.keep("commands/briefing --all.txt", house.told("briefing", "--all", "-o", folder))
    for file in sorted(folder.iterdir()):
        found.keep(f"sheets/every ward/{file.name}.txt", _on_paper(file.read_bytes()))


def _serve(app: Served, house: House, found: Collected) -> list[Question]:
    filters = _filters(app, json.loads(house.told("status", "--json")))
    questions = list(_questions(filters)) + _claims(app) + _corrections(house)
    _answer(app, filters, found)
    for one in questions:
        found.keep(f"answers/heads/{one.name}.html", _answered(app, one.path))
    _send(app, questions, found)
    _send(app, [Question(f"as the operator/{page}", page) for page in PAGES], found, _operators(app))
    return questions


def _operators(app: Served) -> dict[str, str]:
    """The cookie of an operator's session, as headers; none where the app prints no link."""
    answers = [app.get(link, allow_redirects=False) for link in LINK.findall(app.log)]
    return {"Cookie": "; ".join(answer.headers["set-cookie"].partition(";")[0] for answer in answers)} if answers else {}


def _filters(app: Served, status: dict) -> dict[str, str]:
    """Questions that a store can be asked, as queries, by name."""
    stored = [month["month"] for month in status["months"]]
    several = [("type", kind) for kind in ("Burglary", "Drugs", "Vehicle crime")]
    asked = {
        "default": [],
        "all types": [("type", "all")],
        "several types": [("from", stored[-3]), ("to", stored[-1]), *several],
        "every month": [("from", stored[0]), ("to", stored[-1]), ("type", "all")],
        "last twelve": [("from", stored[-12:][0]), ("to", stored[-1])],
        "newer than stored": [("from", stored[-1]), ("to", MOMENT[:7]), ("type", "all")],
        "the wrong way round": [("from", stored[-1]), ("to", stored[-2])],
        "unknown": [("from", "2025-13"), ("to", "soon"), ("ward", "Nowhere <b>"), ("type", "Piracy"), *NO_SUCH],
    }
    if missing := status["missing"]:
        around = max(month for month in stored if month < missing[0]), min(month for month in stored if month > missing[0])
        asked["a gap"] = [("from", around[0]), ("to", around[1])]
        asked["nothing stored"] = [("from", missing[0]), ("to", missing[0])]
    asked |= _of_wards(app, stored[-3], stored[-1], "")
    if len(status["ward_sets"]) > 1:
        last = max(month for month in stored if month <= status["ward_sets"][0]["to"])
        asked |= _of_wards(app, stored[0], last, "old ")
        asked["a change of wards"] = [("from", stored[0]), ("to", stored[stored.index(last) + 1]), asked["one old ward"][-1]]
    return {name: urlencode(pairs) for name, pairs in asked.items()}


def _of_wards(app: Served, first: str, last: str, which: str) -> dict[str, list[tuple[str, str]]]:
    months = [("from", first), ("to", last)]
    wards = _wards(app, last)
    return {
        f"one {which}ward": [*months, ("type", "all"), ("ward", wards[0][1])],
        f"two {which}wards": [*months, ("ward", wards[1][1]), ("ward", wards[2][0])],
    }


def _wards(app: Served, month: str = "") -> list[tuple[str, str]]:
    """Code and name of the wards of a month, else of the latest."""
    found = app.get("/data/wards.geojson", params={"from": month, "to": month}).json()["features"]
    return sorted((one["properties"]["code"], one["properties"]["name"]) for one in found)


def _questions(filters: dict[str, str]) -> Iterator[Question]:
    for name, query in filters.items():
        for page in PAGES:
            if page in FILTERED or name in FEW:
                yield Question(f"{page}/{name}", page, query)
        for slide in SLIDES if name in FEW else ():
            yield Question(f"meeting/{slide}/{name}", "meeting", f"{query}&slide={slide}".strip("&"))


def _claims(app: Served) -> list[Question]:
    """The claims that are ready to open: the links of their page that ask something."""
    links = [one for one in _elements(app, Question("", "claims")) if type(one).__name__ == "PageLink" and one.query_string]
    return [Question(f"claims/ready {at}", one.page, one.query_string) for at, one in enumerate(links, 1)]


def _corrections(house: House) -> list[Question]:
    (mark, *_more) = [one["mark"] for one in json.loads(house.told("reports", "list", "--state", "published", "--json"))]
    return [Question("report/correction", "report", f"correct={mark}")]


def _answer(app: Served, filters: dict[str, str], found: Collected) -> None:
    for path in UNKNOWN:
        found.keep(f"answers/unknown/{path}.txt", _answered(app, f"/{path}"))
    found.keep("answers/healthz.txt", _answered(app, "/healthz"))
    wards = _wards(app)
    for code in {wards[0][0], wards[-1][0]}:
        found.keep(f"answers/feeds/{code}.atom.txt", _answered(app, f"/feeds/wards/{code}.atom"))
    for name, query in filters.items():
        for path in ROUTES:
            found.keep(f"answers/{path}/{name}.txt", _answered(app, f"/{path}?{query}"))
        found.keep(f"sheets/{name}.txt", _answered(app, f"/briefing/{wards[0][0]}.pdf?{query}"))


def _answered(app: Served, address: str) -> str:
    """The status, the headers and the content of an answer; of a picture its hash, of a PDF its words.

    An answer that failed proves nothing: it ends the collection.
    """
    got = app.get(address, allow_redirects=False)
    if got.status_code >= 500:
        raise SystemExit(f"{address} failed: {got.status_code} {got.text}")
    headers = sorted(f"{name.lower()}: {value}" for name, value in got.headers.items() if name.lower() not in VARYING_HEADERS)
    kind = got.headers.get("content-type", "")
    return "\n".join([str(got.status_code), *headers, "", _content(kind, got.content)])


def _content(kind: str, content: bytes) -> str:
    if kind.startswith("application/pdf"):
        return _on_paper(content)
    if kind.startswith("image/"):
        return f"sha256 {hashlib.sha256(content).hexdigest()}"
    return content.decode()


def _on_paper(pdf: bytes) -> str:
    return "\n\n".join(re.sub(r"(?<=[.:]) ", "\n", page) for page in sheets(pdf).pages)


def _send(app: Served, questions: list[Question], found: Collected, headers: dict[str, str] | None = None) -> None:
    for one in questions:
        elements = [{type(element).__name__: _plain(element)} for element in _elements(app, one, headers)]
        decks = [element["DeckGlJsonChart"]["json"] for element in elements if "DeckGlJsonChart" in element]
        for number, deck in enumerate(decks, 1):
            _load(app, deck, f"layers/{one.name}/map {number}", found)
        found.keep(f"sent/{one.name}.json", json.dumps(elements, indent=1, ensure_ascii=False))


def _elements(app: Served, question: Question, headers: dict[str, str] | None = None) -> list[Message]:
    """What stands on a page at the end of its run, from above: a later element takes the place of an earlier one."""
    with visiting(app.port, headers=headers) as visitor:
        seen = visitor.run(question.query, page="" if question.page == "map" else question.page)
    deltas = {tuple(one.metadata.delta_path): one.delta for one in seen.messages if one.WhichOneof("type") == "delta"}
    elements = [deltas[path].new_element for path in sorted(deltas) if deltas[path].HasField("new_element")]
    found = [getattr(element, kind) for element in elements if (kind := element.WhichOneof("type"))]
    if not found or any(type(one).__name__ == "Exception" for one in found):
        raise SystemExit(f"{question.path} failed: {found}")
    return found


def _load(app: Served, deck: dict, name: str, found: Collected) -> None:
    """Keep what a map's layers load, and leave out where from: the address names the version of the store's files."""
    for layer in deck["layers"]:
        if isinstance(layer.get("data"), str):
            found.keep(f"{name}/{layer['id']}.json", _answered(app, layer.pop("data")))


def _plain(message: Message) -> dict:
    """A message as JSON has it, without what varies; its tables as CSV."""
    kept = [(described, value) for described, value in message.ListFields() if described.name not in VARYING_FIELDS]
    return {described.name: _several(value) if described.is_repeated else _one(value) for described, value in kept}


def _several(values: object) -> object:
    return {str(key): _one(values[key]) for key in values} if hasattr(values, "keys") else [_one(value) for value in values]


def _one(value: object) -> object:
    match value:
        case Message():
            return _plain(value)
        case bytes():
            return pa.ipc.open_stream(value).read_pandas().to_csv().splitlines() if value else []
        case str() if value.startswith(("{", "[")):
            return json.loads(value)
        case _:
            return value


def _read(app: Served, questions: list[Question], found: Collected) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(playwright), args=[*FLAGS, NO_MAPS])
        page = browser.new_page(locale="en-GB", timezone_id="Europe/London")
        page.set_default_timeout(PATIENCE * 1000)
        for one in questions:
            page.goto(app.address + one.path)
            found.keep(f"{READ}{one.name}.txt", f"{_text(page)}\n")
        browser.close()


_STAYS = """quiet => {
    const text = document.body.innerText, now = performance.now();
    if (text !== window.textSeen || document.querySelector('[data-testid="stSkeleton"]')) { window.seenSince = now; }
    window.textSeen = text;
    return now - window.seenSince >= quiet;
}"""
_SEEN = """[document.body.innerText, 'In its fields:',
    ...[...document.querySelectorAll('input, textarea')].filter(one => one.checkVisibility())
        .map(one => `${one.ariaLabel ?? ''}: ${one.value}`)
].join('\\n')"""
_OPEN = "document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())"


def _text(page: Page) -> str:
    """The title, the address and the text of a page when its run has ended, what can be unfolded included."""
    idle(page)
    page.evaluate(_OPEN)
    page.wait_for_function(_STAYS, arg=QUIET, polling=100)
    return "\n".join([page.title(), page.evaluate("location.pathname + location.search"), "", page.evaluate(_SEEN)])


def compare(before: Path, after: Path) -> int:
    """Say of each answer of two collections whether it is equal, and what differs; how many are not."""
    sides = [_whole(folder) for folder in (before, after)]
    names = sorted(sides[0].files() | sides[1].files())
    if not all((side.out / READ).is_dir() for side in sides):
        print("left out: what is read in a browser, which was not collected on both sides")
        names = [name for name in names if not name.startswith(READ)]
    different = [name for name in names if not _same(name, sides)]
    print(f"{len(names)} answers compared: {len(names) - len(different)} equal, {len(different)} different")
    for name in different:
        print(f"different: {name}")
    return len(different)


def _whole(folder: Path) -> Collected:
    if not (folder / "collected.json").is_file():
        raise SystemExit(f"{folder} is no whole collection")
    return Collected(folder)


def _same(name: str, sides: list[Collected]) -> bool:
    texts = [file.read_bytes().decode() if (file := side.out / name).exists() else None for side in sides]
    if texts[0] == texts[1]:
        print(f"equal      {name}")
        return True
    print(f"different  {name}")
    lines = difflib.unified_diff(
        *_from_the_first_difference(*map(_lines, texts)), *(str(one.out) for one in sides), lineterm="", n=1
    )
    for number, line in enumerate(lines):
        if number == DIFFERENT_LINES:
            print("  …")
            break
        print(f"  {line}")
    return False


def _from_the_first_difference(before: list[str], after: list[str]) -> Iterator[list[str]]:
    pairs = enumerate(zip(before, after, strict=False))
    first = max(0, next((at for at, (one, other) in pairs if one != other), min(len(before), len(after))) - 1)
    return (lines[first : first + LOOKED_AT] for lines in (before, after))


def _lines(text: str | None) -> list[str]:
    """The lines of an answer, of which one is missing if there is none; JSON in one line is broken into its parts."""
    lines = ["(no such answer)"] if text is None else text.split("\n")
    parts = (line if len(line) < LONGEST_LINE else re.sub(r"(?<=[}\]>]),? ?", "\n", line) for line in lines)
    return [one for part in parts for one in part.split("\n")]


def main() -> int:
    asked = _arguments()
    match asked.command:
        case "store":
            with TemporaryDirectory() as folder:
                make(House(asked.by.resolve(), asked.store.resolve(), Path(folder)))
        case "collect":
            print(f"{collect(asked.checkout, asked.store, asked.out, browser=asked.browser)} answers collected in {asked.out}")
        case "compare":
            return 1 if compare(asked.before, asked.after) else 0
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    store, collected, compared = (commands.add_parser(name) for name in ("store", "collect", "compare"))
    store.add_argument("store", type=Path, help="a folder that is not there yet")
    store.add_argument("--by", type=Path, default=PROJECT, metavar="CHECKOUT", help="whose commands make it; else this one's")
    collected.add_argument("checkout", type=Path)
    collected.add_argument("store", type=Path, help="a data folder; only a copy of it is used")
    collected.add_argument("out", type=Path, help="a folder that is not there yet")
    collected.add_argument("--without-browser", dest="browser", action="store_false", help="a third of the time")
    compared.add_argument("before", type=Path, metavar="OUT_A")
    compared.add_argument("after", type=Path, metavar="OUT_B")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
