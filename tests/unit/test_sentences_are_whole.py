"""What is translated is a whole sentence: the code glues nothing to it, leaves its case, and writes no number as English does."""

import ast
import re
from collections.abc import Callable, Iterator

from servers.app import PROJECT

SPEAKERS = {"_", "ngettext"}
VALUE = "\0"  # stands where an f-string puts a value
UNREAD = re.compile(r"(?:\s|<[^>]*>|[*#\[\0]|- |\]\(.*?\)|[·|→:] )*")  # markup, and what stands between the parts of a list
SPEAKING = re.compile(r"^from mkmap\.(?:words|crime_types) import", re.MULTILINE)
RECASING = {"capitalize", "casefold", "lower", "swapcase", "title", "upper"}
DATA = {  # in files that speak, what changes its case is no message: what somebody typed, names of forces, of headers, of files, a word of Vega's
    "text.casefold()", "text.strip().casefold()", "text.upper()",
    "path.suffix.lower()", "pair[0].lower()", "name.replace('_', '-').title()", "str(is_right).lower()",
}  # fmt: skip
ENGLISH_NUMBER = re.compile(r",|[,+]*\.[1-9]\d*[f%]")  # a format that people would read; `.0f` is of CSS
ENGLISH_NAME = re.compile(r"%[aAbB]")  # of a month or a day: Babel knows them in every language
DEGREES = {"{latitude:.5f}", "{longitude:.5f}", "{degrees:.6f}"}  # that machines read
FILES = [*sorted((PROJECT / "mkmap").rglob("*.py")), *sorted((PROJECT / "pages").glob("*.py"))]
Fault = Callable[[ast.AST], Iterator[str]]


def everywhere(fault: Fault, only: re.Pattern[str] = re.compile("")) -> list[str]:
    """What is wrong, and where, in the files in which something stands."""
    sources = ((file.relative_to(PROJECT), file.read_text()) for file in FILES)
    trees = ((file, ast.parse(source)) for file, source in sources if only.search(source))
    return [f"{file}:{node.lineno}: {what}" for file, tree in trees for node in ast.walk(tree) for what in fault(node)]


def glued(node: ast.AST) -> Iterator[str]:
    """A text in which a message stands beside other words."""
    if isinstance(node, ast.JoinedStr | ast.BinOp) and _speaks(node) and not UNREAD.fullmatch(_words(node)):
        yield ast.unparse(node)


def _words(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(map(_words, parts))
        case ast.BinOp(op=ast.Add() | ast.Mod(), left=left, right=right):
            return _words(left) + _words(right)
    return VALUE


def _speaks(node: ast.AST) -> bool:
    calls = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
    return any(isinstance(call, ast.Name) and call.id in SPEAKERS for call in calls)


def recased(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(attr=name), args=[]) if name in RECASING and ast.unparse(node) not in DATA:
            yield ast.unparse(node)


def written_in_english(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=spec)])):
            how, written = spec, f"{{{ast.unparse(node.value)}:{spec}}}"
        case ast.Constant(value=str() as written):
            how = written.removeprefix("{:").removesuffix("}") if written.startswith("{:") else ""
        case _:
            return
    if (ENGLISH_NUMBER.fullmatch(how) or ENGLISH_NAME.search(written)) and written not in DEGREES:
        yield written


def test_no_sentence_is_glued_from_parts():
    assert everywhere(glued) == []


def test_the_case_of_what_was_translated_is_left():
    """Every language has its own rules where a capital stands."""
    assert everywhere(recased, SPEAKING) == []


def test_people_read_numbers_and_months_as_their_language_writes_them():
    assert everywhere(written_in_english) == []


def faults(code: str) -> list[str]:
    return [
        fault.__name__
        for fault in (glued, recased, written_in_english)
        for node in ast.walk(ast.parse(code))
        if any(fault(node))
    ]


def test_each_fault_is_seen():
    for code in ("f'{_(\"in\")} {ward}, {month}'", "_('The') + ' end'", "f'In {place}: ' + _('nothing')"):
        assert faults(code) == ["glued"]
    assert faults("counted(3).capitalize()") == ["recased"]
    for code in ("f'{rate:.2f}'", "map('{:.1f}'.format, rates)", "f'{day:%d %B}'"):
        assert {*faults(code)} == {"written_in_english"}
    assert faults('f\'<p>{_("Whole.")} {_("And whole.")}</p>\'') == []
