"""`number`: a figure with a unit and a range; a curve or steps turn it into a level."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from pydantic import Field

from cxmaturity.hookspecs import Domain, Interval, QuestionKind, Settings
from cxmaturity.model.exact import Micro, decimal_text, is_written_number, to_micro
from cxmaturity.model.rubric import Scale, Step
from cxmaturity.model.shape import curve_faults, on_curve, staircase, step_faults
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _

_SAID_OF_SHAPES: Final = (
    N_("the first step holds always: give it only a level"),
    N_("every step after the first needs either 'from' or 'above'"),
    N_("steps go from low to high"),
    N_("a curve needs at least two points"),
    N_("the x of a curve rises from point to point"),
)
"""Sentences of the model's own checks, named here to be translated."""


class NumberSettings(Settings):
    """Unit, range, and how the number becomes a level (an indicator's)."""

    unit: str = Field(default="", description="Unit, e.g. `%`, `months`.")
    range: Scale = Field(description="Lowest and highest value allowed.")
    curve: tuple[tuple[Micro, Micro], ...] = Field(
        default=(), description="Piecewise-linear [[x, level], …], flat outside."
    )
    steps: tuple[Step, ...] = Field(
        default=(), description="Staircase: the last step that holds decides."
    )


def _read(settings: NumberSettings, _scale: Interval, raw: object) -> int:
    low, high = settings.range
    ends = {"low": decimal_text(low), "high": decimal_text(high)}
    allowed = _("a number from {low} to {high}").format(**ends)
    if not is_written_number(raw):
        raise ValueError(allowed)
    assert isinstance(raw, int | float | Decimal)  # noqa: S101 - said by is_written_number
    try:
        micro = to_micro(raw)
    except ValueError as error:
        msg = f"{allowed} ({_(str(error))})"
        raise ValueError(msg) from error
    if not low <= micro <= high:
        raise ValueError(allowed)
    return micro


def _level(settings: NumberSettings, _scale: Interval, answer: int) -> int:
    return staircase(settings.steps, answer) if settings.steps else on_curve(settings.curve, answer)


def _levels(settings: NumberSettings, scale: Interval) -> Interval:
    """What can be reached inside the range; between its bends a curve is straight."""
    low, high = settings.range
    if settings.steps:
        levels = [staircase(settings.steps, x) for x in _starts(settings)]
    elif settings.curve:
        bends = [x for x, _ in settings.curve if low < x < high]
        levels = [on_curve(settings.curve, x) for x in (low, *bends, high)]
    else:
        return scale
    return min(levels), max(levels)


def _domain(settings: NumberSettings, _scale: Interval) -> Domain:
    return Domain(
        "number", range=settings.range, unit=settings.unit, finite=_one_for_each_step(settings)
    )


def _one_for_each_step(settings: NumberSettings) -> tuple[object, ...]:
    """A value inside the range for every step that can be met: all that levels can tell apart."""
    if not settings.steps:
        return ()
    seen: dict[int, int] = {}
    for start in _starts(settings):
        seen.setdefault(staircase(settings.steps, start), start)
    return tuple(Decimal(value).scaleb(-6) for value in seen.values())


def _starts(settings: NumberSettings) -> list[int]:
    """The smallest value inside the range from which each step holds, if there is one."""
    low, high = settings.range
    starts = [low]
    for step in settings.steps:
        if step.from_ is not None:
            starts.append(max(step.from_, low))
        elif step.above is not None:
            starts.append(max(step.above + 1, low))
    return [start for start in starts if start <= high]


def _check(settings: NumberSettings, _scale: Interval) -> Sequence[str]:
    faults = [_(fault) for fault in step_faults(settings.steps)]
    if settings.curve:
        faults += [_(fault) for fault in curve_faults(settings.curve)]
    if settings.curve and settings.steps:
        faults.append(_("either 'steps' or 'curve', not both"))
    if settings.range[0] >= settings.range[1]:
        faults.append(_("the range goes from low to high"))
    return faults


NUMBER = QuestionKind(
    name="number",
    summary="a number with unit and range",
    settings=NumberSettings,
    read=_read,
    level=_level,
    levels=_levels,
    domain=_domain,
    check=_check,
    widget="number",
    gives_levels=lambda settings: bool(settings.curve or settings.steps),
)
