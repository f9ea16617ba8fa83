"""Names in an engagement's settings that its rubric has to know, with the nearest ones."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from cxmaturity.engine.program import OVERALL
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.model.engagement import Engagement
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.rubric import Rubric
from cxmaturity.text.messages import N_
from cxmaturity.workbench.engagements import indicator_paths


def require_known(rubric: Rubric, engagement: Engagement) -> None:
    """Raise UsageError with every setting that names what the rubric does not have."""
    problems = [*_unknown(rubric, engagement), *_off_scale(rubric, engagement)]
    if problems:
        raise UsageError(problems)


def nearest(name: str, known: Collection[str]) -> str:
    """The names that may have been meant; all of them where none is near."""
    near = difflib.get_close_matches(name, known, n=3)
    return ", ".join(near or known)


def _unknown(rubric: Rubric, engagement: Engagement) -> Iterator[Problem]:
    profile = [engagement.profile] if engagement.profile else []
    paths = [*rubric.dimensions, *indicator_paths(rubric)]
    axes = [engagement.aggregate_over] if engagement.aggregate_over else []
    yield from _not_in("profile", profile, rubric.profiles)
    yield from _not_in("modules", engagement.modules, rubric.modules)
    yield from _not_in("weight.", engagement.weights, paths)
    yield from _not_in("target.", engagement.targets, [*paths, OVERALL])
    yield from _not_in("aggregate_over", axes, rubric.axes)
    yield from _not_in("axes.", engagement.axes, rubric.axes)


def _not_in(key: str, names: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    hint = N_("the rubric has {known}") if known else N_("the rubric has none")
    for name in names:
        if name not in known:
            yield Problem(
                "unknown_name",
                "the rubric has no '{name}'",
                Where(key=f"{key}{name}" if key.endswith(".") else key),
                hint,
                {"name": name, "known": nearest(name, known)},
            )


def _off_scale(rubric: Rubric, engagement: Engagement) -> Iterator[Problem]:
    for path, target in engagement.targets.items():
        low, high = _scale(rubric, path)
        if not low <= target <= high:
            yield Problem(
                "off_scale",
                "the target {target} is off the scale",
                Where(key=f"target.{path}"),
                "from {low} to {high}",
                {
                    "target": Decimal(decimal_text(target)),
                    "low": decimal_text(low),
                    "high": decimal_text(high),
                },
            )


def _scale(rubric: Rubric, path: str) -> tuple[int, int]:
    """The scale of what a target is set for; without one of its own the rubric's."""
    dimension, _, indicator = path.partition(".")
    node = rubric.dimensions.get(dimension)
    if path == OVERALL:
        return rubric.overall.scale or rubric.scale
    if node and indicator in node.indicators:
        return node.indicators[indicator].scale or rubric.scale
    return (node.scale if node else None) or rubric.scale
