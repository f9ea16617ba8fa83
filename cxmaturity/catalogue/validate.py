"""A merged table → a checked rubric, or everything that is wrong with it at once.

Three rounds: the tables against the models, the keys of kinds and methods against theirs, then what
the elements say about each other.  What fails in one round is left out of the next, so that one
mistake is reported once and does not hide the others.  Expressions are compiled later.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from cxmaturity.catalogue.draft import Draft
from cxmaturity.catalogue.extend import Source
from cxmaturity.catalogue.figures import check_ranges, check_scales, check_shapes, check_weights
from cxmaturity.catalogue.model_errors import faulty_paths, problems_of
from cxmaturity.catalogue.names import check_counts, check_names
from cxmaturity.catalogue.origins import Origins
from cxmaturity.catalogue.references import (
    check_actions,
    check_cycles,
    check_fallbacks,
    check_references,
    check_rules,
)
from cxmaturity.catalogue.settings import attach_settings
from cxmaturity.catalogue.translations import check_questions, check_translations
from cxmaturity.errors import Problem, RubricError
from cxmaturity.hookspecs import Registry
from cxmaturity.model.rubric import FORMAT, Rubric
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

_CHECKS: Final[tuple[Callable[[Draft], Iterator[Problem]], ...]] = (
    attach_settings,
    check_counts,
    check_names,
    check_references,
    check_cycles,
    check_rules,
    check_actions,
    check_fallbacks,
    check_scales,
    check_ranges,
    check_shapes,
    check_weights,
    check_translations,
    check_questions,
)


def validate(source: Source, registry: Registry) -> Rubric:
    """The rubric, with the settings of its kinds and methods attached.

    Raises RubricError with every problem found (at most `limits.PROBLEMS`), in the order of files
    and lines.
    """
    data, origins = source.data, source.origins
    _check_format(data, origins)
    rubric, problems = _fit(data, origins)
    if rubric is not None:
        draft = Draft(rubric, registry, data, origins)
        for check in _CHECKS:
            problems.extend(check(draft))
    if problems or rubric is None:
        raise RubricError(sorted(problems, key=_position)[: limits.PROBLEMS])
    return rubric


def _position(problem: Problem) -> tuple[str, int, int]:
    return problem.where.file, problem.where.line or 0, problem.where.column or 0


def _check_format(data: Mapping[str, Any], origins: Origins) -> None:
    """A file of another format is not judged by the rules of this one."""
    written = data.get("format")
    if written is None or (written == FORMAT and not isinstance(written, bool)):
        return
    what = N_("the rubric has format {written}; this release reads {known}")
    hint = N_("use a release of cxmaturity that knows this format")
    values = {"written": written, "known": FORMAT}
    raise RubricError(Problem("unknown_format", what, origins.where(("format",)), hint, values))


def _fit(data: Mapping[str, Any], origins: Origins) -> tuple[Rubric | None, list[Problem]]:
    """The rubric as far as its tables fit the models, and what does not."""
    try:
        return Rubric.model_validate(data), []
    except ValidationError as error:
        problems = problems_of(error, data, origins.where, Rubric)
        rest = _without(data, faulty_paths(error, data))
    _stand_in(rest)
    try:
        return Rubric.model_validate(rest), problems
    except ValidationError:
        return None, problems


def _stand_in(rest: dict[str, Any]) -> None:
    """Stand in for what names the rubric, so that a mistake there does not hide all others."""
    languages = rest.setdefault("languages", ["en"])
    title = {str(language): "…" for language in languages}
    for key, value in {"format": FORMAT, "id": "x", "version": "0.0.0", "title": title}.items():
        rest.setdefault(key, value)


def _without(data: Mapping[str, Any], faulty: list[Path]) -> dict[str, Any]:
    """A copy without the elements that have faults: whole rules, facts, indicators."""
    rest = copy.deepcopy(dict(data))
    for path in faulty:
        _remove(rest, _element(path))
    return rest


def _element(path: Path) -> Path:
    """The smallest element with an id around a path, that a rubric can do without."""
    if path[:1] == ("dimensions",) and len(path) > 4 and path[2] == "indicators":
        return path[:4]
    return path[:2]


def _remove(data: dict[str, Any], path: Path) -> None:
    table: Any = data
    for key in path[:-1]:
        table = table.get(key) if isinstance(table, dict) else None
    if isinstance(table, dict) and path:
        table.pop(path[-1], None)
