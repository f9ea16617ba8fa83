"""`checks`: any number of options, possibly none; their levels add up, or their count decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from pydantic import Field

from cxmaturity.hookspecs import Domain, Interval, QuestionKind
from cxmaturity.kinds.choice import ChoiceSettings, option_faults, option_texts
from cxmaturity.model.exact import Micro
from cxmaturity.text.messages import gettext as _

MOST_OPTIONS = 60
"""Sets of options are bit masks in 64-bit columns."""
LISTED_OPTIONS = 12
"""Up to this many options all subsets are listed (4,096), as many as bounds may enumerate."""


class ChecksSettings(ChoiceSettings):
    """The options, and the levels by count where these decide."""

    by_count: tuple[Micro, ...] = Field(
        default=(), description="Level for 0, 1, 2, … chosen options; the last one holds on."
    )


def _read(settings: ChecksSettings, _scale: Interval, raw: object) -> tuple[str, ...]:
    ids = [option.id for option in settings.options]
    chosen = list(raw) if isinstance(raw, list | tuple) else None
    if chosen is None or any(not isinstance(i, str) or i not in ids for i in chosen):
        raise ValueError(_("a list of {known} (possibly empty)").format(known=", ".join(ids)))
    if len(set(chosen)) != len(chosen):
        raise ValueError(_("each option at most once"))
    return tuple(i for i in ids if i in chosen)


def _level(settings: ChecksSettings, scale: Interval, answer: tuple[str, ...]) -> int:
    if settings.by_count:
        return settings.by_count[min(len(answer), len(settings.by_count) - 1)]
    total = sum(option.level or 0 for option in settings.options if option.id in answer)
    return min(max(total, scale[0]), scale[1])


def _levels(settings: ChecksSettings, scale: Interval) -> Interval:
    if settings.by_count:
        reachable = settings.by_count[: len(settings.options) + 1]
        return min(reachable), max(reachable)
    levels = [option.level or 0 for option in settings.options]
    low, high = sum(min(x, 0) for x in levels), sum(max(x, 0) for x in levels)
    return min(max(low, scale[0]), scale[1]), min(max(high, scale[0]), scale[1])


def _domain(settings: ChecksSettings, _scale: Interval) -> Domain:
    ids = tuple(option.id for option in settings.options)
    subsets: tuple[object, ...] = ()
    if len(ids) <= LISTED_OPTIONS:
        subsets = tuple(c for size in range(len(ids) + 1) for c in combinations(ids, size))
    return Domain("options", options=ids, finite=subsets)


def _check(settings: ChecksSettings, _scale: Interval) -> Sequence[str]:
    faults = option_faults(settings.options)
    if len(settings.options) > MOST_OPTIONS:
        faults.append(_("at most {most} options").format(most=MOST_OPTIONS))
    if settings.by_count and any(option.level is not None for option in settings.options):
        faults.append(_("either 'by_count' or levels on the options, not both"))
    return faults


def _options(settings: ChecksSettings) -> Sequence[tuple[str, Mapping[str, str]]]:
    return option_texts(settings.options)


CHECKS = QuestionKind(
    name="checks",
    summary="any number of options, possibly none",
    settings=ChecksSettings,
    read=_read,
    level=_level,
    levels=_levels,
    domain=_domain,
    check=_check,
    options=_options,
    widget="many",
    gives_levels=lambda settings: bool(
        settings.by_count or any(option.level is not None for option in settings.options)
    ),
)
