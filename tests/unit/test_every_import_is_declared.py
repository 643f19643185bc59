"""What the code imports stands in the requirements: what comes along with something else can go with it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from mkmap.settings import PROJECT

OURS = {"mkmap"}


def declared(file: Path) -> set[str]:
    """Names of distributions that a requirements file asks for, and those of the files that it names."""
    names: set[str] = set()
    for line in file.read_text().splitlines():
        if line.startswith("-r "):
            names |= declared(file.parent / line[3:])
        elif line and not line.startswith(("-", "#")):
            names.add(normal(re.split(r"[\[<>=!~; ]", line)[0]))
    return names


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(files: list[Path]) -> set[str]:
    """The top-level modules that files import anywhere in them."""
    modules: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    return modules - set(sys.stdlib_module_names) - OURS


def undeclared(modules: set[str], requirements: set[str]) -> set[str]:
    of_module = packages_distributions()
    return {module for module in modules if not requirements & {normal(name) for name in of_module.get(module, [])}}


def test_the_program_declares_what_it_imports():
    files = [*(PROJECT / "mkmap").rglob("*.py"), *(PROJECT / "pages").glob("*.py"), PROJECT / "app.py"]
    assert undeclared(imported(files), declared(PROJECT / "requirements.txt")) == set()


def test_the_tests_declare_what_they_import():
    files = list((PROJECT / "tests").rglob("*.py"))
    own = (
        {file.stem for file in files}
        | {folder.name for folder in (PROJECT / "tests").rglob("*") if folder.is_dir()}
        | {"tests"}
    )
    assert undeclared(imported(files) - own, declared(PROJECT / "tests" / "requirements.txt")) == set()


@pytest.mark.parametrize("module", ["streamlit", "pandas"])
def test_a_module_that_nobody_declares_is_found(module: str):
    assert undeclared({module}, {"requests"}) == {module}


def test_every_requirement_is_imported_or_says_why_not():
    """What nothing uses goes; what is used without an import says so in the file."""
    lines = (PROJECT / "requirements.txt").read_text().splitlines()
    silent = {normal(re.split(r"[\[<>=!~; ]", line)[0]) for line in lines if line and line[0] not in "-#" and "#" not in line}
    files = [*(PROJECT / "mkmap").rglob("*.py"), *(PROJECT / "pages").glob("*.py"), PROJECT / "app.py"]
    of_module = packages_distributions()
    used = {normal(name) for module in imported(files) for name in of_module.get(module, [])}
    assert silent - used == set()
