"""The combining methods: the parts of a node become one value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.reference.amounts import Scale, convert, exact, millionth, on_curve, on_steps, rounded

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Points:
    """What a `share` or `sum` node earned of what it could, before steps, rounding and caps."""

    earned: Fraction
    possible: Fraction


@dataclass(frozen=True)
class Part:
    """An applicable part of a node; ``value`` is None where it has none."""

    value: Fraction | None
    weight: Fraction
    scale: Scale
    settings: Settings
    points: Points | None = None

    @property
    def level(self) -> Fraction:
        """The value of a part that is known to have one."""
        assert self.value is not None
        return self.value


@dataclass(frozen=True)
class Combined:
    """The value of a node to a millionth, and its points where the method makes points."""

    value: Fraction
    points: Points | None = None


Method = Callable[[Settings, Sequence[Part], Scale], Combined | None]


def combine(node: Settings, parts: Sequence[Part], scale: Scale) -> Combined | None:
    """The node's value before steps, rounding and caps; None without one.

    A `staged` node also needs the number of its ``stages``, which its applicable parts may not
    show.
    """
    if all(part.value is None for part in parts):
        return None
    return METHODS[node.get("combine", "mean")](node, parts, scale)


def finished(node: Settings, value: Fraction) -> Fraction:
    """The value after the node's own curve, steps and rounding."""
    if node.get("curve"):
        value = on_curve(node["curve"], value)
    if node.get("steps"):
        value = on_steps(node["steps"], value)
    if node.get("round"):
        value = rounded(value, node["round"]["mode"], node["round"].get("digits", 0))
    return value


def _valued(parts: Sequence[Part]) -> list[Part]:
    return [part for part in parts if part.value is not None]


def _converted(node: Settings, part: Part, scale: Scale) -> Fraction:
    if node.get("normalise", True):
        return convert(part.level, part.scale, scale)
    return part.level


def _mean(node: Settings, parts: Sequence[Part], scale: Scale) -> Combined | None:
    valued = _valued(parts)
    total = sum((part.weight for part in valued), Fraction(0))
    if total == 0:
        return None
    weighted = sum((part.weight * _converted(node, part, scale) for part in valued), Fraction(0))
    return Combined(millionth(weighted / total))


def _extreme(choose: Callable[[list[Fraction]], Fraction]) -> Method:
    def method(node: Settings, parts: Sequence[Part], scale: Scale) -> Combined | None:
        levels = [_converted(node, part, scale) for part in _valued(parts) if part.weight > 0]
        return Combined(choose(levels)) if levels else None

    return method


def _sum(node: Settings, parts: Sequence[Part], _: Scale) -> Combined:
    base = exact(node.get("base", 0))
    valued = _valued(parts)
    earned = base + sum((part.weight * part.level for part in valued), Fraction(0))
    possible = base + sum((part.weight * part.scale.best for part in valued), Fraction(0))
    return Combined(millionth(earned), Points(earned, possible))


def _share(_: Settings, parts: Sequence[Part], scale: Scale) -> Combined | None:
    valued = _valued(parts)
    each = [(part.weight, part.points or Points(part.level, part.scale.best)) for part in valued]
    earned = sum((weight * points.earned for weight, points in each), Fraction(0))
    possible = sum((weight * points.possible for weight, points in each), Fraction(0))
    if possible <= 0:
        return None
    value = millionth(scale.low + (scale.best - scale.low) * earned / possible)
    return Combined(value, Points(earned, possible))


def _staged(node: Settings, parts: Sequence[Part], _: Scale) -> Combined:
    reached = 0
    for stage in range(1, node["stages"] + 1):
        if not all(_holds_stage(part, stage) for part in parts):
            break
        reached = stage
    return Combined(Fraction(reached))


def _holds_stage(part: Part, stage: int) -> bool:
    own = part.settings["stage"]
    if own > stage:
        return True
    needs = part.settings.get("needs")
    if own < stage and part.settings.get("then_needs") is not None:
        needs = part.settings["then_needs"]
    wanted = part.scale.best if needs is None else exact(needs)
    return part.value is not None and part.value >= wanted


def _tiers(node: Settings, parts: Sequence[Part], _: Scale) -> Combined | None:
    weighty = [part for part in parts if part.weight > 0]
    if not _valued(weighty):
        return None
    value = Fraction(0)
    for tier, points in enumerate(node["points"], start=1):
        reached = _reached([part for part in weighty if part.settings["tier"] == tier])
        value += millionth(exact(points) * reached)
        if reached != 1:
            break
    return Combined(value)


def _reached(parts: Sequence[Part]) -> Fraction:
    """The share of a tier that its applicable parts reach; all of it without any.

    A level beyond its scale reaches no more than all and no less than nothing: else a better level
    could lower the node, and all methods rise with their parts.
    """
    if not parts:
        return Fraction(1)
    total = sum((part.weight for part in parts), Fraction(0))
    reached = Fraction(0)
    for part in _valued(parts):
        span = part.scale.best - part.scale.low
        reach = (part.level - part.scale.low) / span
        reached += part.weight * min(max(reach, Fraction(0)), Fraction(1))
    return reached / total


METHODS: Mapping[str, Method] = {
    "mean": _mean,
    "min": _extreme(min),
    "max": _extreme(max),
    "sum": _sum,
    "share": _share,
    "staged": _staged,
    "tiers": _tiers,
}
