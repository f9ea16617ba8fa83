"""The plugin author's page: its examples run as they stand, and each hook has one."""

import inspect
import re
from textwrap import dedent

import pytest

from cxmaturity import hookspecs
from cxmaturity.testing import run_plugin
from tests.extension.benches import HEAD, write_plugin

# What the examples name without showing it; the author writes these.
NAMED = """
import click
from pathlib import Path

def read_stars(settings, scale, raw): return int(raw)
def level_of_stars(settings, scale, answer): return answer * 800_000
def second_best(parts, values, weights, applies): return sorted(filter(None, values))[-1]
def share_of_smiles(columns, weights): return None
def is_acme(head): return 1.0
def read_acme(stream, options): return Table((), ()), ReadReport(0, 0)
def rules_without_source(rubric): return ()
def second_look(card): return ()
def hello(): click.echo("hello")
"""


def example_in(docstring: str) -> str:
    """The indented lines after the last ``::``."""
    return dedent(docstring.rpartition("::\n")[2]).strip() + "\n"


@pytest.mark.parametrize("hook", hookspecs.RECORDS)
def test_the_example_of_each_hook_runs(hook, tmp_path):
    example = example_in(inspect.getdoc(getattr(hookspecs, hook)) or "")
    assert example.startswith(f"@hookimpl\ndef {hook}():")
    assert len(example.splitlines()) <= 7
    ran = run_plugin(write_plugin(tmp_path / "plugins", "acme", example, HEAD + NAMED))
    assert ran.failures == ()
    (record,) = ran.records[hook].values()
    assert type(record) is hookspecs.RECORDS[hook]


def test_the_smallest_plugin_of_the_page_runs(tmp_path):
    page = inspect.getdoc(hookspecs) or ""
    found = re.search(r"::\n\n(    from cxmaturity import hookimpl\n.*?)\n\n\S", page, re.DOTALL)
    assert found
    head = "CXMATURITY_API = 1\n"
    ran = run_plugin(write_plugin(tmp_path / "plugins", "acme", dedent(found[1]), head))
    assert ran.failures == ()
    half = ran.record("cxm_functions", "half")
    assert (half.scalar(5), half.range((0, 4))) == (2, (0, 2))


def test_each_hook_says_when_it_is_called():
    for hook in hookspecs.RECORDS:
        assert "Called" in (inspect.getdoc(getattr(hookspecs, hook)) or "")


def test_every_hook_of_the_page_gives_records():
    hooks = {name for name in vars(hookspecs) if name.startswith("cxm_")}
    assert hooks == set(hookspecs.RECORDS)
