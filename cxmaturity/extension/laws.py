"""The laws that every method and every kind must keep, tried on a fixed set of small cases.

A method gives a value between what its ``range`` says, does not fall when a part rises where it is
``monotone``, gives the same twice, and its column form agrees to the last bit.  A kind reads what
it calls an answer, gives it a level among its ``levels``, and refuses nonsense with ValueError.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, Final

from cxmaturity.hookspecs import Combiner, Interval, Part, PartColumns, Parts, QuestionKind

MILLION: Final = 1_000_000
SCALE: Final[Interval] = (0, 4 * MILLION)
_VALUES: Final = (None, 0, 1_500_000, 4_000_000)
_WEIGHTS: Final = ((1, 1, 1), (3, 1, 2))
_NONSENSE: Final = (object(), "…", -(10**9), [["x"]])


def broken_laws(record: Combiner | QuestionKind, settings: Any = None) -> Iterator[str]:  # noqa: ANN401
    """Every law that a method or kind breaks, in a plain sentence; none for a sound one.

    ``settings`` are those of the record; without them its defaults are used, and a kind whose
    settings have no defaults is only looked at.
    """
    if settings is None:
        required = [f for f in record.settings.model_fields.values() if f.is_required()]
        if required:
            return
        settings = record.settings()
    if isinstance(record, QuestionKind):
        yield from _of_kind(record, settings)
    elif record.scalar is not None:
        yield from _of_method(record, settings)
    elif record.points is None or record.of_points is None:
        yield "it has neither scalar nor points and of_points"


# methods ------------------------------------------------------------------------------------------


def _of_method(method: Combiner, settings: Any) -> Iterator[str]:  # noqa: ANN401
    parts = Parts(tuple(Part(name, SCALE) for name in "abc"), SCALE, settings)
    for weights in _WEIGHTS:
        worlds = [v for v in product(_VALUES, repeat=3) if any(x is not None for x in v)]
        found = [_value(method, parts, values, weights) for values in worlds]
        low, high = method.range(parts, weights, [SCALE] * 3)
        for values, value in zip(worlds, found, strict=True):
            if value is not None and type(value) is not int:
                yield f"{values} gives {value!r:.40}, not a whole number of millionths"
                return
            if value is not None and not low <= value <= high:
                yield f"{values} gives {value}, outside its range {low}…{high}"
                return
            if _value(method, parts, values, weights) != value:
                yield f"{values} does not give the same twice"
                return
        if method.monotone:
            yield from _falls(method, parts, weights)
        if method.columns is not None:
            yield from _differs(method, parts, worlds, weights, found)


def _value(
    method: Combiner, parts: Parts, values: Sequence[int | None], weights: Sequence[int]
) -> int | None:
    assert method.scalar is not None  # noqa: S101 - only called for methods that have it
    return method.scalar(parts, values, weights, [True] * len(values))


def _falls(method: Combiner, parts: Parts, weights: Sequence[int]) -> Iterator[str]:
    known = [value for value in _VALUES if value is not None]
    for values in product(known, repeat=3):
        before = _value(method, parts, values, weights)
        for place, value in enumerate(values):
            if value < SCALE[1]:
                higher = (*values[:place], value + MILLION // 2, *values[place + 1 :])
                after = _value(method, parts, higher, weights)
                if before is not None and (after is None or after < before):
                    yield f"it is monotone, and falls from {values} to {higher}"
                    return


def _differs(
    method: Combiner,
    parts: Parts,
    worlds: Sequence[Sequence[int | None]],
    weights: Sequence[int],
    wanted: Sequence[int | None],
) -> Iterator[str]:
    import numpy as np

    has = [np.array([world[n] is not None for world in worlds]) for n in range(3)]
    given = PartColumns(
        [np.array([world[n] or 0 for world in worlds], np.int64) for n in range(3)],
        has,
        weights,
        [np.ones(len(worlds), bool)] * 3,
        sum(np.where(h, w, 0) for h, w in zip(has, weights, strict=True)),  # type: ignore[arg-type]
    )
    assert method.columns is not None  # noqa: S101 - only called for methods that have it
    values, there = method.columns(parts, given)
    for n, value in enumerate(wanted):
        found = int(values[n]) if there[n] else None
        if found != value:
            yield f"its column form gives {found} for {tuple(worlds[n])}, alone it gives {value}"
            return


# kinds --------------------------------------------------------------------------------------------


def _of_kind(kind: QuestionKind, settings: Any) -> Iterator[str]:  # noqa: ANN401
    yield from kind.check(settings, SCALE)
    low, high = kind.levels(settings, SCALE)
    if low > high:
        yield f"its levels run backwards: {low}…{high}"
    for raw in kind.domain(settings, SCALE).finite:
        try:
            answer = kind.read(settings, SCALE, raw)
        except ValueError as error:
            yield f"it does not read its own answer {raw!r:.40}: {error}"
            continue
        level = None if kind.level is None else kind.level(settings, SCALE, answer)
        if level is not None and (type(level) is not int or not low <= level <= high):
            yield f"{raw!r:.40} gives {level!r:.40}, not a level of {low}…{high}"
    for raw in _NONSENSE:
        try:
            kind.read(settings, SCALE, raw)
        except ValueError:
            continue
        except Exception as error:  # noqa: BLE001 - whatever it raises instead
            yield f"{raw!r:.20} makes it raise {type(error).__name__} instead of ValueError"
        else:
            if kind.widget != "line":
                yield f"it takes {raw!r:.20} for an answer"
