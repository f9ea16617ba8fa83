"""Whatever stands in a rubric's files: a rubric or a RubricError, never anything else."""

from __future__ import annotations

import copy
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.catalogue.extend import Source, merged
from cxmaturity.catalogue.folder import RubricFolder
from cxmaturity.catalogue.origins import Origin, Origins
from cxmaturity.catalogue.validate import validate
from cxmaturity.errors import RubricError
from cxmaturity.model.rubric import Rubric
from cxmaturity.text.toml import TomlDocument, read_toml
from tests.catalogue.small_rubric import FILES, REGISTRY

WORDS = st.sampled_from(
    [
        *(
            "",
            "loop",
            "promise",
            "loop.weekly",
            "fact.share",
            "STARING",
            "ladder",
            "number",
            "checks",
        ),
        *(
            "mean",
            "tiers",
            "parts",
            "en",
            "overall",
            "{",
            "{fact.x}",
            "1.0.0",
            "x" * 200,
            "\x1b[2J",
        ),
    ]
)
NUMBERS = st.integers(-5, 5) | st.sampled_from([Decimal("0.5"), Decimal("0.0000001"), 10**9])
PLAIN = WORDS | NUMBERS | st.booleans() | st.just(dt.date(2026, 3, 31))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def small() -> dict[str, Any]:
    data: dict[str, Any] = {"dimensions": {}}
    for name, text in FILES.items():
        table = read_toml(text.encode(), name).data
        if name.startswith("dimensions/"):
            data["dimensions"].setdefault(Path(name).stem, {}).update(table)
        elif not name.startswith("cases/"):
            dimensions = {**table.pop("dimensions", {}), **data["dimensions"]}
            data = {**data, **table, "dimensions": dimensions}
    return data


SMALL = small()
ORIGINS = Origins(Origin(TomlDocument("rubric.toml", {}, "")))


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    for key, part in steps(value):
        found += paths(part, (*path, key))
    return found


def steps(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


PATHS = paths(SMALL)


def with_changes(changes: list[tuple[tuple[Any, ...], Any]]) -> dict[str, Any]:
    data = copy.deepcopy(SMALL)
    for path, value in changes:
        table: Any = data
        for key in path[:-1]:
            table = dict(steps(table)).get(key)
        if path[-1] in dict(steps(table)):
            table[path[-1]] = value
    return data


def outcome(data: dict[str, Any]) -> Rubric | RubricError:
    folder = RubricFolder(Path("small"), data, ORIGINS, (), {})
    try:
        return validate(Source(folder, (), data, ORIGINS), REGISTRY)
    except RubricError as error:
        return error


def test_the_small_rubric_is_right_here_too():
    assert isinstance(outcome(SMALL), Rubric)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(PATHS), VALUES), min_size=1, max_size=4))
def test_changed_values_give_a_rubric_or_its_problems(changes: list[tuple[tuple[Any, ...], Any]]):
    result = outcome(with_changes(changes))
    if isinstance(result, RubricError):
        assert result.problems
        for problem in result.problems:
            assert problem.what.format(**problem.values)
            assert problem.hint.format(**problem.values) is not None


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.dictionaries(WORDS | st.sampled_from(list(SMALL)), VALUES, max_size=5))
def test_any_child_merges_into_a_rubric_or_its_problems(child: dict[str, Any]):
    own = RubricFolder(Path("child"), {**child, "extends": "small"}, ORIGINS, (), {})
    parent = RubricFolder(Path("small"), SMALL, ORIGINS, (), {})
    before = copy.deepcopy(SMALL)
    data = merged(own, (("small", parent),)).data
    assert not {"extends", "remove"} & set(data)
    result = outcome(data)
    assert result.problems if isinstance(result, RubricError) else result.id
    assert before == SMALL
