"""`allocation`: 100 points shared over options; levels, weighted by points, make the level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field

from cxmaturity.hookspecs import Domain, Interval, QuestionKind, Settings
from cxmaturity.model.text import Text

POINTS = 100
MILLION = 1_000_000


class Option(BaseModel):
    """One thing that points can go to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    text: Text
    level: int = Field(ge=-1000, le=1000)


class AllocationSettings(Settings):
    """The options that share the points."""

    options: tuple[Option, ...] = Field(min_length=2, description="What points can go to.")


Answer = tuple[tuple[str, int], ...]
"""Options with their points, in the rubric's order."""


def read(settings: AllocationSettings, _scale: Interval, raw: object) -> Answer:
    """Points by option, from `works:50,felt:50`, a list of such items, or a table."""
    ids = [option.id for option in settings.options]
    allowed = f"whole points that add up to {POINTS}, as " + ",".join(f"{i}:N" for i in ids)
    points = dict(_pairs(raw, allowed))
    if not set(points) <= set(ids) or sum(points.values()) != POINTS or min(points.values()) < 0:
        raise ValueError(allowed)
    return tuple((i, points.get(i, 0)) for i in ids)


def _pairs(raw: object, allowed: str) -> Sequence[tuple[str, int]]:
    if isinstance(raw, Mapping):
        items = [f"{name}:{points}" for name, points in raw.items()]
    elif isinstance(raw, str):
        items = raw.split(",")
    else:
        items = [str(item) for item in raw] if isinstance(raw, list | tuple) else []
    found = []
    for item in items:
        name, _, points = item.strip().partition(":")
        if not points.strip().isdecimal():
            raise ValueError(allowed)
        found.append((name.strip(), int(points)))
    if not found or len({name for name, _ in found}) != len(found):
        raise ValueError(allowed)
    return found


def level(settings: AllocationSettings, _scale: Interval, answer: Answer) -> int:
    """Mean of the options' levels weighted by points, rounded half up to a millionth."""
    of = {option.id: option.level for option in settings.options}
    total = sum(points * of[name] * MILLION for name, points in answer)
    return (2 * total + POINTS) // (2 * POINTS)


def levels(settings: AllocationSettings, _scale: Interval) -> Interval:
    """From the lowest to the highest level of an option."""
    found = [option.level * MILLION for option in settings.options]
    return min(found), max(found)


def check(settings: AllocationSettings, scale: Interval) -> Sequence[str]:
    """An option stands once, and its level lies on the scale."""
    ids = [option.id for option in settings.options]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    outside = [o for o in settings.options if not scale[0] <= o.level * MILLION <= scale[1]]
    return [
        *(f"option '{name}' stands twice" for name in twice),
        *(f"option '{o.id}' has a level outside the scale: {o.level}" for o in outside),
    ]


def options(settings: AllocationSettings) -> Sequence[tuple[str, Mapping[str, str]]]:
    """Ids and texts, for asking."""
    return [(option.id, option.text) for option in settings.options]


ALLOCATION = QuestionKind(
    name="allocation",
    summary="100 points shared over options",
    settings=AllocationSettings,
    read=read,
    level=level,
    levels=levels,
    domain=lambda _settings, _scale: Domain("text"),
    check=check,
    options=options,
    widget="line",
)
