"""The laws of question kinds, tried on given answers and on what else may arrive.

Each broken law is told with its example.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from cxmaturity.hookspecs import Domain, Interval, QuestionKind
from cxmaturity.testing.examples import SCALE, require

_WRONG: Final[tuple[object, ...]] = (
    None, "", "no such answer", "1;2", -1, 10**12, 0.5, True, [], ["x", "x"], [[]], {"x": 1}, b"x",
)  # fmt: skip
"""What files and command lines may bring; a kind takes it or raises ValueError."""


def check_kind(
    kind: QuestionKind,
    settings: Mapping[str, object],
    scale: Interval = SCALE,
    *,
    answers: Sequence[object] = (),
    wrong: Sequence[object] = (),
) -> None:
    """Raise AssertionError with everything that :func:`kind_faults` finds."""
    require(kind.name, kind_faults(kind, settings, scale, answers=answers, wrong=wrong))


def kind_faults(
    kind: QuestionKind,
    settings: Mapping[str, object],
    scale: Interval = SCALE,
    *,
    answers: Sequence[object] = (),
    wrong: Sequence[object] = (),
) -> tuple[str, ...]:
    """What is wrong with a question kind, for one question's ``settings``; empty when nothing.

    ``answers`` (and the finite answers of its domain) are read and give a whole-number level
    within ``levels``, the same each time; ``wrong`` ones raise ValueError with a sentence, and
    whatever else is tried is read or refused so.
    """
    try:
        read = kind.settings.model_validate(settings)
    except ValidationError as error:
        return (f"settings: {error.errors(include_url=False)[0]['msg']}",)
    try:
        return tuple(_kind_faults(kind, read, scale, answers, wrong))
    except Exception as error:  # noqa: BLE001 - foreign code may raise anything
        return (f"it raises {type(error).__name__}: {error}",)


def _kind_faults(
    kind: QuestionKind,
    settings: Any,  # noqa: ANN401 - the kind's own settings
    scale: Interval,
    answers: Sequence[object],
    wrong: Sequence[object],
) -> Iterator[str]:
    yield from kind.check(settings, scale)
    domain = kind.domain(settings, scale)
    if not isinstance(domain, Domain):
        yield f"domain gives {type(domain).__name__}, not Domain"
        return
    names = [name for name, _texts in kind.options(settings)]
    if len(set(names)) != len(names):
        yield "an option stands twice"
    low, high = kind.levels(settings, scale)
    if {type(low), type(high)} != {int} or low > high:
        yield f"levels gives {low}…{high}, which is no interval of whole numbers"
    for raw in (*answers, *domain.finite):
        yield from _read_well(kind, settings, scale, raw)
    for raw in (*wrong, *_WRONG):
        yield from _refused(kind, settings, scale, raw, must=raw in wrong)


def _read_well(
    kind: QuestionKind,
    settings: Any,  # noqa: ANN401 - the kind's own settings
    scale: Interval,
    raw: object,
) -> Iterator[str]:
    kept = copy.deepcopy(raw)
    answer = kind.read(settings, scale, raw)
    if raw != kept:
        yield f"reading changes the answer {kept!r}"
    if kind.read(settings, scale, raw) != answer:
        yield f"{raw!r} is read differently the second time"
    if kind.level is None or not kind.gives_levels(settings):
        return
    level = kind.level(settings, scale, answer)
    low, high = kind.levels(settings, scale)
    if level is not None and (type(level) is not int or not low <= level <= high):
        yield f"{raw!r} gives {level!r}, not a whole number of millionths in {low}…{high}"


def _refused(
    kind: QuestionKind,
    settings: Any,  # noqa: ANN401 - the kind's own settings
    scale: Interval,
    raw: object,
    *,
    must: bool,
) -> Iterator[str]:
    try:
        kind.read(settings, scale, copy.deepcopy(raw))
    except ValueError as error:
        if not str(error).strip():
            yield f"{raw!r} is refused without a sentence that says what is allowed"
    except Exception as error:  # noqa: BLE001 - foreign code may raise anything
        yield f"{raw!r} raises {type(error).__name__}, not ValueError: {error}"
    else:
        if must:
            yield f"{raw!r} is taken, though it is wrong"
