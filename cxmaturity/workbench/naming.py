"""Names in an engagement's settings that its rubric has to know, with the nearest ones."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from cxmaturity.engine.program import OVERALL
from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.model.engagement import Engagement
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.people import PLACE
from cxmaturity.model.rubric import Rubric
from cxmaturity.text.messages import N_
from cxmaturity.workbench.engagements import indicator_paths


def require_known(rubric: Rubric, engagement: Engagement) -> None:
    """Raise UsageError with every setting that names what the rubric does not have."""
    problems = [
        *_unknown(rubric, engagement),
        *_off_scale(rubric, engagement),
        *_no_places(engagement),
        *_wrong_group_weights(engagement),
    ]
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


def _no_places(engagement: Engagement) -> Iterator[Problem]:
    """Places that are no path of ids."""
    for axis, places in engagement.axes.items():
        for place in places:
            if not re.fullmatch(PLACE, place):
                yield Problem(
                    "bad_place",
                    "'{place}' is no place on a group axis",
                    Where(key=f"axes.{axis}"),
                    "write it like sales/north",
                    {"place": place},
                )


def _wrong_group_weights(engagement: Engagement) -> Iterator[Problem]:
    """Weights of what is no top-level place, and weights below nought."""
    for place, weight in engagement.group_weights.items():
        where = Where(key=f"group_weight.{place}")
        if "/" in place or not re.fullmatch(PLACE, place):
            yield Problem(
                "not_top_level",
                "'{place}' is no place at the top of a group axis",
                where,
                "only groups at the top carry weights: sales, not sales/north",
                {"place": place},
            )
        if weight < 0:
            yield Problem("weight_negative", "a weight is 0 or more", where, "", {})


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
