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
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Combiner:
    """A method that makes one value of a node's parts.

    ``scalar(parts, values, weights)``: one value and one weight a part, in the order of
    ``parts.parts``; a value is None where a part has none.  A part that does not apply has weight
    −1 (its value is None).  Returns the node's value, or None for no score; all-None never
    arrives.  ``columns`` is the same over NumPy columns: values (int64, 0 where missing), known
    and applies masks, weights (int or column); returns the value and known columns; without it
    the scalar form is looped.

    ``converts``: parts are converted linearly to the node's scale first.  ``points``: the node
    hands on points (earned, possible) to a parent that counts points.  ``monotone``: a higher part
    never gives a lower value.  ``scale(parts, weights, default)`` is the node's scale when it
    declares none.  ``size(parts, weights)`` is the largest intermediate integer, so that no world
    can overflow.
    """

    name: str
    summary: str
    scalar: Callable[[Parts, Sequence[int | None], Sequence[int]], int | None]
    settings: type[BaseModel] = NoSettings
    columns: Callable[..., tuple[Column, Mask]] | None = None
    converts: bool = False
    points: bool = False
    monotone: bool = False
    weighted: bool = True
    min_coverage: int = 600_000
    scale: Callable[[Parts, Sequence[int], Interval], Interval] = (
        lambda _parts, _weights, default: default
    )
    size: Callable[[Parts, Sequence[int]], int] = lambda _parts, _weights: 0
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
