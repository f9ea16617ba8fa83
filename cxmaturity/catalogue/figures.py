"""Numbers that must fit together: scales, weights, bands, steps, lower bounds of phases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import gcd
from typing import Final

from pydantic import BaseModel

from cxmaturity.catalogue.draft import Draft
from cxmaturity.catalogue.model_errors import literal
from cxmaturity.errors import Problem
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION, decimal_text
from cxmaturity.model.rubric import GRADES, Band, Dimension, Indicator, Node
from cxmaturity.model.shape import curve_faults, step_faults
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

LARGEST_WEIGHT: Final = 1_000_000
"""Largest integer that a weight may become when weights are scaled to whole numbers."""

Bounds = tuple[int | None, int | None]
_WITHIN: Final[Mapping[str, Bounds]] = {
    "min_coverage": (0, MILLION),
    "effort": (0, None),
    "months": (0, None),
    "stage": (1, None),
    "tier": (1, None),
    "evidence_months": (1, None),
}
"""Keys and the range of their values; millionths where the model holds millionths."""


def check_scales(draft: Draft) -> Iterator[Problem]:
    """Scales and ranges that do not go from low to high."""
    spans: list[tuple[Path, Interval]] = [(("scale",), draft.rubric.scale)]
    spans += [((*path, "scale"), i.scale) for path, _, i in draft.indicators() if i.scale]
    spans += [((*path, "scale"), node.scale) for path, node in draft.nodes() if node.scale]
    spans += [
        (("measures", name, "range"), measure.range)
        for name, measure in draft.rubric.measures.items()
    ]
    for path, (low, high) in spans:
        if low >= high:
            what = N_("this goes from {low} to {high}; the lower end comes first")
            ends = {"low": decimal_text(low), "high": decimal_text(high)}
            yield draft.refuse("bad_scale", what, path, "", **ends)


def check_ranges(draft: Draft) -> Iterator[Problem]:
    """Single figures outside the range that their key allows."""
    yield from _figures(draft, (), draft.rubric)
    for path, element in draft.elements():
        yield from _figures(draft, path, element)
    yield from _figures(draft, ("overall",), draft.rubric.overall)
    yield from _ceilings(draft)


def check_shapes(draft: Draft) -> Iterator[Problem]:
    """Steps, curves and bands of dimensions, and the phases' lower bounds."""
    for path, node in draft.nodes():
        for fault in step_faults(node.steps):
            yield draft.refuse("bad_steps", literal(fault), (*path, "steps"))
        for fault in curve_faults(node.curve) if node.curve else ():
            yield draft.refuse("bad_curve", literal(fault), (*path, "curve"))
        yield from _bands(draft, path, node)
    yield from _phases(draft)


def check_weights(draft: Draft) -> Iterator[Problem]:
    """Weights that are negative, all zero under one parent, or too fine, in every profile."""
    for path, name, weight in _written_weights(draft):
        if weight < 0:
            what = N_("a weight is zero or more")
            yield draft.refuse("negative_weight", what, path, "", name=name)
    profiles = {name: profile.weights for name, profile in draft.rubric.profiles.items()}
    for parent in (None, *draft.rubric.dimensions):
        yield from _parent(draft, parent, {}, None)
        for name, weights in profiles.items():
            if any(part in weights for part, _ in draft.parts_of(parent)):
                yield from _parent(draft, parent, weights, name)


# single figures -----------------------------------------------------------------------------------


def _figures(draft: Draft, path: Path, element: BaseModel) -> Iterator[Problem]:
    for key, (low, high) in _WITHIN.items():
        value = vars(element).get(key)
        if value is None or ((low is None or value >= low) and (high is None or value <= high)):
            continue
        what = N_("'{key}' is at least {low}") if high is None else N_("'{key}' is from 0 to 1")
        yield draft.refuse("out_of_range", what, (*path, key), "", key=key, low=low)


def _ceilings(draft: Draft) -> Iterator[Problem]:
    ceilings = draft.rubric.evidence_ceilings
    low, best = draft.rubric.scale
    for grade, level in ceilings.items():
        if low < best and not low <= level <= best:
            what = N_("a ceiling lies on the scale of the rubric")
            yield draft.refuse("off_scale", what, ("evidence_ceilings", grade))
    present = [grade for grade in GRADES if grade in ceilings]
    for lower, higher in pairwise(present):
        if ceilings[lower] > ceilings[higher]:
            what = N_("better evidence cannot have a lower ceiling")
            yield draft.refuse("not_ordered", what, ("evidence_ceilings", higher))


# bands and phases ---------------------------------------------------------------------------------


def _bands(draft: Draft, path: Path, node: Node) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, band in enumerate(node.bands):
        place = (*path, "bands", index)
        if band.id in seen:
            what = N_("two bands are called '{name}'")
            yield draft.refuse("duplicate_id", what, place, N_("rename one"), name=band.id)
        seen.add(band.id)
        ends = (band.from_ is not None) + (band.above is not None)
        if ends == 2 or (ends == 0 and index > 0):
            what = N_("a band has either 'from' or 'above'")
            hint = N_("only the first may have neither")
            yield draft.refuse("bad_band", what, place, hint)
    for index, (lower, higher) in enumerate(pairwise(node.bands), start=1):
        if _start(lower) >= _start(higher):
            what = N_("bands go from low to high")
            yield draft.refuse("not_ordered", what, (*path, "bands", index))


def _start(band: Band) -> tuple[int, bool]:
    """Where a band begins, for ordering; `above` comes after `from` at the same value."""
    if band.above is not None:
        return band.above, True
    return (-(10**18) if band.from_ is None else band.from_), False


def _phases(draft: Draft) -> Iterator[Problem]:
    phases = list(draft.rubric.phases.items())
    bounds = [
        number * MILLION - MILLION // 2 if phase.from_ is None else phase.from_
        for number, (_, phase) in enumerate(phases, start=1)
    ]
    for (name, phase), (lower, higher) in zip(phases[1:], pairwise(bounds), strict=True):
        if lower >= higher:
            key = () if phase.from_ is None else ("from",)
            what = N_("each phase begins above the one before it")
            yield draft.refuse("not_ordered", what, ("phases", name, *key))


# weights ------------------------------------------------------------------------------------------


def _written_weights(draft: Draft) -> Iterator[tuple[Path, str, int]]:
    for path, name, indicator in draft.indicators():
        yield (*path, "weight"), name, indicator.weight
    for name, dimension in draft.rubric.dimensions.items():
        if dimension.weight != "parts":
            yield ("dimensions", name, "weight"), name, dimension.weight
    for profile, table in draft.rubric.profiles.items():
        for name, weight in table.weights.items():
            yield ("profiles", profile, "weights", name), name, weight


def _parent(
    draft: Draft, parent: str | None, changed: Mapping[str, int], profile: str | None
) -> Iterator[Problem]:
    """The weights under one parent, with what a profile changes."""
    parts = draft.parts_of(parent)
    path: Path = ("dimensions", parent) if parent else ("overall",)
    if profile is not None:
        path = ("profiles", profile, "weights")
    if parent and not draft.has_parts(parent):
        what = N_("the dimension has neither indicators nor dimensions below it")
        yield draft.refuse("no_parts", what, path, N_("add [indicators.…], or remove it"))
        return
    weights = [_weight(name, part, changed) for name, part in parts]
    numbers = [weight for weight in weights if weight is not None]
    if weights and len(numbers) == len(weights) and not any(numbers):
        what = N_("all weights here are zero")
        yield draft.refuse("zero_weights", what, path, N_("give one of them a weight"))
    unit = gcd(*numbers)
    if unit and max(numbers) // unit > LARGEST_WEIGHT:
        what = N_("these weights are too fine: as whole numbers the largest is {largest}")
        hint = N_("use fewer decimals")
        largest = max(numbers) // unit
        yield draft.refuse("weight_too_fine", what, path, hint, largest=largest)


def _weight(name: str, part: Indicator | Dimension, changed: Mapping[str, int]) -> int | None:
    """Its weight in millionths; None where it is that of its parts."""
    weight = changed.get(name, part.weight)
    return None if weight == "parts" else weight
