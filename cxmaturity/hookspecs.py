"""The records that extend the engine: question kinds, combining methods, functions.

A record is frozen, has a ``name`` and a ``summary``, and holds pure functions.  The built-in kinds
and methods are such records too; nothing in the engine knows them by name.

All numbers are integers in millionths.  A record's functions see no file, clock or console.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]
    Mask = NDArray[np.bool_]

Interval = tuple[int, int]
"""Lowest and highest value, both in millionths."""


class Settings(BaseModel):
    """The keys that belong to a kind or a method; unknown ones are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class NoSettings(Settings):
    """A kind or a method without keys of its own."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What a question can be answered with, as rules and bounds see it.

    ``type``: ``number`` (an interval in millionths), ``truth``, ``option`` (one of ``options``),
    ``options`` (a set of them), ``text``.  ``finite`` lists every answer that matters, as raw
    values, or is empty where they cannot be listed.
    """

    type: Literal["number", "truth", "option", "options", "text"]
    range: Interval = (0, 0)
    unit: str = ""
    options: tuple[str, ...] = ()
    finite: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A way of asking: how a raw answer is read and which level it gives.

    ``read(settings, scale, raw)`` returns the canonical answer or raises ValueError with a
    sentence that says what is allowed.  ``level(settings, scale, answer)`` returns millionths, or
    None for an answer that leaves the weight.  ``levels(settings, scale)`` is the interval of
    levels the question can give.  ``domain(settings, scale)`` says what facts of this kind are to
    rules.  ``check(settings, scale)`` lists what is wrong with the settings, in plain sentences.
    ``options(settings)`` gives the options' ids and texts in order, for asking.
    ``gives_levels(settings)``: whether any answer gives a level, which an indicator needs.
    ``widget`` hints how to ask: ``scale``, ``one``, ``many``, ``number``, ``line``.
    """

    name: str
    summary: str
    settings: type[BaseModel]
    read: Callable[[Any, Interval, object], object]
    level: Callable[[Any, Interval, Any], int | None] | None
    levels: Callable[[Any, Interval], Interval]
    domain: Callable[[Any, Interval], Domain]
    check: Callable[[Any, Interval], Sequence[str]] = lambda _settings, _scale: ()
    options: Callable[[Any], Sequence[tuple[str, Mapping[str, str]]]] = lambda _settings: ()
    widget: Literal["scale", "one", "many", "number", "line"] = "line"
    unscored: Callable[[Any], bool] = lambda _settings: False
    gives_levels: Callable[[Any], bool] = lambda _settings: True


@dataclass(frozen=True, slots=True)
class Part:
    """What a combining method may know of one part, the same in every world."""

    id: str
    scale: Interval
    stage: int | None = None
    needs: int | None = None
    then_needs: int | None = None
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one node, its own scale, and the settings of its method."""

    parts: tuple[Part, ...]
    scale: Interval
    settings: Any = None


Points = tuple[int, int]
"""Points earned and points possible, in millionths (times weights)."""


def _own_scale(parts: Parts, _weights: Sequence[int], _ranges: Sequence[Interval]) -> Interval:
    return parts.scale


def _default_scale(_parts: Parts, _weights: Sequence[int], default: Interval) -> Interval:
    return default


@dataclass(frozen=True, slots=True)
class Combiner:
    """A method that makes one value of a node's parts.

    ``scalar(parts, values, weights, applies)`` gets one entry a part in the order of
    ``parts.parts``: the value (None where it has none), the integer weight, and whether the part
    applies at all.  It returns the node's value, or None for no score; all-None never arrives.

    A method that counts points has ``points(parts, values, points, weights)`` → what the node
    hands on, and ``of_points(parts, points)`` → its value, instead of ``scalar``.  A part's points
    are what it hands on itself, else its value and the best of its scale.

    ``columns`` (or ``point_columns``) is the same for many worlds at once, over NumPy columns;
    without it the scalar form is called world by world.

    ``converts``: parts are converted linearly to the node's scale first (a method with a setting
    ``normalise`` obeys it).  ``monotone``: a higher part never gives a lower value.
    ``min_coverage`` is the method's default.  ``scale(parts, weights, default)`` is the node's
    scale when it declares none.  ``range(parts, weights, ranges)`` bounds its value from its parts'
    (points methods: from their points), and ``size`` the largest integer met on the way, so that
    no world can overflow 64 bits.  ``check(parts)`` lists faults in plain sentences.
    """

    name: str
    summary: str
    settings: type[BaseModel] = NoSettings
    scalar: (
        Callable[[Parts, Sequence[int | None], Sequence[int], Sequence[bool]], int | None] | None
    ) = None
    points: (
        Callable[[Parts, Sequence[int | None], Sequence[Points | None], Sequence[int]], Points]
        | None
    ) = None
    of_points: Callable[[Parts, Points], int | None] | None = None
    columns: Callable[..., tuple[Column, Mask]] | None = None
    point_columns: Callable[..., tuple[Column, Column]] | None = None
    converts: bool = False
    monotone: bool = False
    min_coverage: int = 600_000
    scale: Callable[[Parts, Sequence[int], Interval], Interval] = _default_scale
    range: Callable[[Parts, Sequence[int], Sequence[Interval]], Interval] = _own_scale
    size: Callable[[Parts, Sequence[int], Sequence[Interval]], int] = (
        lambda _parts, _weights, _ranges: 0
    )
    check: Callable[[Parts], Sequence[str]] = lambda _parts: ()


@dataclass(frozen=True, slots=True)
class Function:
    """A function that rules may call on numbers.

    ``scalar(*arguments)`` takes and returns millionths; a missing argument makes the result
    missing without a call.  ``range(*intervals)`` is the interval the result lies in.
    """

    name: str
    summary: str
    arguments: int
    scalar: Callable[..., int]
    range: Callable[..., Interval]
    columns: Callable[..., Column] | None = None
    monotone: bool = False


@dataclass(frozen=True, slots=True)
class Registry:
    """What the engine is given: every kind, method and function by name."""

    kinds: Mapping[str, QuestionKind]
    combiners: Mapping[str, Combiner]
    functions: Mapping[str, Function] = field(default_factory=dict)
