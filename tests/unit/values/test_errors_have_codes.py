"""Every refusal has a code for machines, and every code one sentence for people, with the values that it is given."""

import ast
import gettext
from collections import defaultdict
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from mkmap import errors, words
from mkmap.error_sentences import KEPT, SENTENCES
from mkmap.errors import BadInput, Busy, Code, MkmapError, Refused
from mkmap.month import Month
from mkmap.police import refusals
from mkmap.settings import PROJECT
from mkmap.words import Message, Plural

ERRORS = {
    name
    for module in (errors, refusals)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, MkmapError)
}
WHERE = {"source", "row", "wait"}  # what an error is given beside the values of its sentence
FILES = [file for file in sorted((PROJECT / "mkmap").rglob("*.py")) if file.stem not in ("error_codes", "error_sentences")]
TREES = {file.relative_to(PROJECT).as_posix(): ast.parse(file.read_text()) for file in FILES}


def made(tree: ast.AST) -> list[ast.Call]:
    """The errors that are made in a file."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in ERRORS]


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def codes_in(node: ast.AST) -> set[Code]:
    """The codes that are named in a piece of a program."""
    named = (part for part in ast.walk(node) if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name))
    return {Code[part.attr] for part in named if part.value.id == "Code"}


def codes_of(call: ast.Call, tree: ast.AST) -> set[Code]:
    """The codes that an error can have: one that is named there, or those of a variable or of a field of that name."""
    (given,) = call.args
    if named := codes_in(given):
        return named
    if isinstance(given, ast.Attribute):  # of a value that another file makes: FileKind(lacks_a_column=Code.…)
        keywords = (node for other in TREES.values() for node in ast.walk(other) if isinstance(node, ast.keyword))
        return {code for keyword in keywords if keyword.arg == given.attr for code in codes_in(keyword.value)}
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {code for function in functions if call in ast.walk(function) for code in codes_in(function)}


def values_given() -> dict[Code, set[frozenset[str]]]:
    """The names of the values that each code is given, at each place where an error is made with it."""
    given: dict[Code, set[frozenset[str]]] = defaultdict(set)
    for tree in TREES.values():
        for call in made(tree):
            names = frozenset(keyword.arg for keyword in call.keywords if keyword.arg not in WHERE)
            for code in codes_of(call, tree):
                given[code].add(names)
    return given


GIVEN = values_given()


def forms(code: Code) -> tuple[str, ...]:
    form = SENTENCES[code]
    return (form.one, form.many) if isinstance(form, Plural) else (form,)


def fields(form: str) -> frozenset[str]:
    return frozenset(
        name for _text, name, _spec, _conversion in Formatter().parse(form) if name is not None and name not in KEPT
    )


@pytest.mark.parametrize("file", [file for file, tree in TREES.items() if made(tree)])
def test_an_error_is_made_with_a_code_and_never_with_a_sentence(file: str):
    for call in made(TREES[file]):
        assert codes_of(call, TREES[file]), f"{file}:{call.lineno} has no code"
        translated = [node for node in ast.walk(call) if isinstance(node, ast.Call) and called(node) in ("_", "ngettext")]
        assert not translated, f"{file}:{call.lineno} translates before anybody reads"


def test_no_error_is_made_under_another_name():
    """Else it would be made unseen by these tests."""
    for file, tree in TREES.items():
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not attributes & ERRORS, file
        renamed = {alias.name for node in ast.walk(tree) if isinstance(node, ast.alias) for alias in [node] if alias.asname}
        assert not renamed & (ERRORS | {"Code"}), file


def test_every_code_has_one_sentence_in_the_order_of_the_codes():
    assert list(SENTENCES) == list(Code)
    text = (PROJECT / "mkmap" / "error_sentences.py").read_text()
    assert [code for code in Code if text.count(f"    Code.{code.name}:") != 1] == []


def test_every_code_has_a_sentence_of_its_own():
    """Two codes with one sentence are one code."""
    assert len({forms(code) for code in Code}) == len(Code)


def test_a_code_is_its_name_in_small_letters_with_hyphens():
    assert [code for code in Code if code != code.name.lower().replace("_", "-")] == []


@pytest.mark.parametrize("code", Code)
def test_a_code_is_raised_somewhere_with_the_values_that_its_sentence_names(code: Code):
    assert code in GIVEN, "nothing is refused with it"
    assert GIVEN[code] == {fields(form) for form in forms(code)}


@pytest.mark.parametrize("code", [code for code in Code if isinstance(SENTENCES[code], Plural)])
def test_a_sentence_in_two_forms_goes_by_one_of_its_values(code: Code):
    assert SENTENCES[code].by in fields(SENTENCES[code].many)


def test_an_amount_a_month_and_a_list_are_written_when_the_sentence_is_said():
    shrank = BadInput(Code.MONTH_SHRANK, source="a.csv", month=Month(2025, 1), rows=1234, known=10_000)
    assert str(shrank) == (
        "a.csv: January 2025 has 1,234 rows, but 10,000 are stored. Nothing was changed. The stored month is kept; if this one is "
        "right, import it with --replace."
    )
    one = BadInput(Code.ROWS_OF_ANOTHER_MONTH, source="a.csv", count=1, month=Month(2025, 1))
    assert str(one) == "a.csv: 1 row is of another month than January 2025. Nothing was changed."
    ambiguous = Refused(Code.WARD_AMBIGUOUS, text="{x}", codes=["E1", "E2", "E3"])
    assert str(ambiguous) == "Several wards are named “{x}”. Name one by its code: E1, E2 and E3. Nothing was written."
    early = Refused(Code.WARD_SET_ENDS_EARLY, end=date(2014, 5, 21), start=date(2014, 5, 22))
    assert str(early) == "A ward set cannot end (2014-05-21) before it starts (2014-05-22). Nothing was changed."


def test_a_row_is_said_where_it_is_known():
    assert str(BadInput(Code.NOT_A_TEXT, source="a.csv")) == "a.csv: this is not a text file. Nothing was imported."
    assert str(BadInput(Code.NOT_A_CODE, source="a.csv", row=1234, text="x'")) == (
        """a.csv, row 1234: "x'" is not a code like the others. Nothing was changed."""
    )


def test_an_error_is_said_in_the_language_of_whoever_reads_it(monkeypatch: pytest.MonkeyPatch):
    class German(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {
                "A report that is {state} cannot be changed so. Nothing was changed.": "Ein Bericht ist {state}.",
                "published": "veröffentlicht",
                "{file} is missing.": "{file} fehlt.",
            }.get(message, message)

    known = words._catalogue
    monkeypatch.setattr(words, "_catalogue", lambda language: German() if language == "de_DE" else known(language))
    error = Refused(Code.ACT_IMPOSSIBLE, state=Message("published"))
    with words.speaking("de_DE"):
        assert str(error) == "Ein Bericht ist veröffentlicht."
        assert str(errors.Damaged(Code.FILE_MISSING, file=Path("a"))) == "a fehlt."
    assert str(error) == "A report that is published cannot be changed so. Nothing was changed."


def test_a_machine_reads_the_code():
    error = Busy(Code.STORE_BUSY, process="7", since="12:00:00")
    assert (error.code, error.args, error.values) == ("store-busy", ("store-busy",), {"process": "7", "since": "12:00:00"})
