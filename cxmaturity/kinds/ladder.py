"""`ladder`: a question whose answer is the level itself, from anchored descriptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from cxmaturity.hookspecs import Domain, Interval, QuestionKind, Settings
from cxmaturity.model.exact import MILLION, is_written_number, to_micro
from cxmaturity.model.text import Text
from cxmaturity.text.messages import gettext as _


class LadderSettings(Settings):
    """The anchored levels."""

    levels: tuple[Text, ...] = Field(
        description="What is true at each level, from the lowest of the scale to the best."
    )


def _read(_settings: LadderSettings, scale: Interval, raw: object) -> int:
    """A whole level on the scale."""
    low, best = (end // MILLION for end in scale)
    try:
        micro = to_micro(raw) if is_written_number(raw) else None
    except ValueError:
        micro = None
    if micro is None or micro % MILLION or not scale[0] <= micro <= scale[1]:
        raise ValueError(_("a whole level from {low} to {best}").format(low=low, best=best))
    return micro // MILLION


def _level(_settings: LadderSettings, _scale: Interval, answer: int) -> int:
    return answer * MILLION


def _levels(_settings: LadderSettings, scale: Interval) -> Interval:
    return scale


def _domain(settings: LadderSettings, scale: Interval) -> Domain:
    first = scale[0] // MILLION
    return Domain("number", range=scale, finite=tuple(range(first, first + len(settings.levels))))


def _check(settings: LadderSettings, scale: Interval) -> Sequence[str]:
    if scale[0] % MILLION or scale[1] % MILLION:
        return (_("the scale of a ladder has whole ends"),)
    needed = (scale[1] - scale[0]) // MILLION + 1
    if len(settings.levels) != needed:
        what = _("{needed} levels are needed for this scale, not {found}")
        return (what.format(needed=needed, found=len(settings.levels)),)
    return ()


def _options(settings: LadderSettings) -> Sequence[tuple[str, Mapping[str, str]]]:
    return [(str(number), text) for number, text in enumerate(settings.levels)]


LADDER = QuestionKind(
    name="ladder",
    summary="a level from anchored descriptions",
    settings=LadderSettings,
    read=_read,
    level=_level,
    levels=_levels,
    domain=_domain,
    check=_check,
    options=_options,
    widget="scale",
)
