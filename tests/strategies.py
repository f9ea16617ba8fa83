"""Generated rubrics and worlds for the laws of scoring.

A *rubric* is the plain table of its TOML files and valid by construction; a *world* is the plain
table that :func:`tests.reference.evaluator.evaluate` takes.  Everything is small (at most four
dimensions with four indicators each) so that a law can be tried on many of them.

Which law wants which style:

- ``Style()``: everything the format allows; for holding engines against each other and for bounds.
- ``Style(beyond=True)``: levels that leave their scales too; for bounds and proven ranges.
- ``Style(monotone=True)``: for "a better answer never lowers anything", with :func:`improvements`.
- ``Style(order_free=True)``: for "order never matters", with :func:`reorderings`.

Without ``beyond`` scores of generated rubrics stay within the scales of their nodes, so that "in
range" is a law for all of them.
"""

from typing import Any

from hypothesis import strategies as st

from tests.reference import drawn_rubrics, drawn_worlds
from tests.reference.drawing import Style

__all__ = [
    "Style",
    "cases",
    "completions",
    "improvements",
    "reorderings",
    "rubrics",
    "worlds",
]

Table = dict[str, Any]

ANY = Style()


def rubrics(style: Style = ANY) -> st.SearchStrategy[Table]:
    """Rubrics with all methods, nesting, scales, policies, caps, `ask_when`, both phase rules."""
    return drawn_rubrics.rubric(style)


def worlds(rubric: Table) -> st.SearchStrategy[Table]:
    """Worlds of a rubric, with answers and facts in every state."""
    return drawn_worlds.world(rubric)


@st.composite
def cases(draw: st.DrawFn, style: Style = ANY) -> tuple[Table, Table]:
    """A rubric and a world of it."""
    rubric = draw(rubrics(style))
    return rubric, draw(worlds(rubric))


def completions(rubric: Table, world: Table) -> st.SearchStrategy[Table]:
    """Worlds in which every open indicator and fact of the world is answered with a value."""
    return drawn_worlds.completion(rubric, world)


def improvements(rubric: Table, world: Table) -> st.SearchStrategy[Table]:
    """Worlds in which some answers and their evidence are as good or better, none worse."""
    return drawn_worlds.improvement(rubric, world)


def reorderings(rubric: Table) -> st.SearchStrategy[Table]:
    """The same rubric, its dimensions, indicators, facts, conditions and rules reordered."""
    return drawn_worlds.reordering(rubric)
