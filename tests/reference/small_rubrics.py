"""Short ways to write the small rubrics of hand-worked examples."""

from typing import Any

from tests.reference.evaluator import Result, evaluate

Table = dict[str, Any]


def ladder(**keys: Any) -> Table:
    """A ladder with five levels from 0."""
    return {
        "kind": "ladder",
        "title": "I",
        "question": "I?",
        "levels": ["0", "1", "2", "3", "4"],
    } | keys


def question(kind: str, **keys: Any) -> Table:
    """A question of any kind."""
    return {"kind": kind, "title": "Q", "question": "Q?"} | keys


def dimension(*ladders: Table, **keys: Any) -> Table:
    """A dimension whose indicators are called i1, i2, …."""
    inside = {f"i{n}": table for n, table in enumerate(ladders, start=1)}
    return {"title": "D", "indicators": inside} | keys


def rubric(dimensions: Table, **keys: Any) -> Table:
    """A rubric with one phase that everybody is in, unless told otherwise."""
    made: Table = {
        "format": 1,
        "id": "small",
        "version": "1.0.0",
        "title": "Small",
        "languages": ["en"],
        "phases": {"p1": {"title": "P", "gate": "true"}},
        "dimensions": dimensions,
    }
    return made | keys


def scored(node: Table, *levels: Any, dimensions: Table | None = None, **keys: Any) -> Result:
    """The result of one dimension `d` whose indicators have these answers (None: unanswered)."""
    answers = {f"d.i{n}": level for n, level in enumerate(levels, start=1) if level is not None}
    world = {"answers": answers | keys.pop("answers", {}), **keys.pop("world", {})}
    made = rubric({"d": node} | (dimensions or {}), **keys)
    return evaluate(made, world)["dimensions"]["d"]  # type: ignore[no-any-return]
