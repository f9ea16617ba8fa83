"""The house keeps its floors, its sizes and its manners."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "cxmaturity").rglob("*.py"))
PYTHON = [
    *MODULES,
    *sorted(
        file for folder in ("tests", "tools", "plugins") for file in (ROOT / folder).rglob("*.py")
    ),
]
LONGEST_MODULE = 350
LONGEST_FUNCTION = 60
ONE_PAGE = {
    "cxmaturity/hookspecs.py": "a plugin author reads one file",
    "cxmaturity/model/rubric.py": "the whole format of a rubric, one class a table",
    "cxmaturity/model/scorecard.py": "everything that scoring returns, one class a part",
}
"""Declarations that are read as one page; each with its reason."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc", "tools"}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_the_layer_contracts_are_kept(capsys):
    """The contracts and their reasons are in pyproject.toml."""
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert kept == 0, capsys.readouterr().out


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_a_module_can_be_read_in_one_sitting(file):
    lines = file.read_text("utf-8").splitlines()
    assert len(lines) <= LONGEST_MODULE or name(file) in ONE_PAGE
    long = {
        function.name: function.end_lineno - function.lineno + 1
        for function in functions(file)
        if function.end_lineno and function.end_lineno - function.lineno >= LONGEST_FUNCTION
    }
    assert not long


def test_names_say_what_a_module_is_for():
    assert not [name(file) for file in MODULES if {*file.with_suffix("").parts[-2:]} & VAGUE]


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_every_module_says_why_it_exists(file):
    tree = ast.parse(file.read_bytes())
    assert ast.get_docstring(tree)


def test_no_work_is_left_open_in_the_code():
    """What is not built is absent; what is planned is written in the issue tracker."""
    marks = re.compile(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b|pragma: no cover")
    others = [file for file in PYTHON if file != Path(__file__).resolve()]
    assert not [name(file) for file in others if marks.search(file.read_text("utf-8"))]


def test_every_test_asserts_something():
    """A call that is expected to fail counts; so does a helper named `assert_…` or `check_…`."""
    silent = [
        f"{name(file)}:{function.lineno} {function.name}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for function in functions(file)
        if function.name.startswith("test_") and not _asserts(function)
    ]
    assert not silent


def _asserts(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        called = node.func if isinstance(node, ast.Call) else None
        said = getattr(called, "attr", getattr(called, "id", ""))
        if said == "raises" or said.startswith(("assert_", "check_", "expect_")):
            return True
    return False


def test_commands_score_through_the_gate_of_publications():
    """A file or a pipe is a publication; `scored` knows, a bare score does not."""
    free = {"reports.py", "demo.py"}  # the gate itself; an example without respondents
    bare = [
        file.name
        for file in sorted((ROOT / "cxmaturity" / "cli").glob("*.py"))
        if file.name not in free and "bench.score(" in file.read_text("utf-8")
    ]
    assert bare == []
