"""Measures in words: the figure, how sure it is, what it means, how it moved, and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import MeasureCard, Number
from cxmaturity.text.account.figures import NOTHING, Account
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.numbers import score_text

HEIGHTS: Final = "▁▂▃▄▅▆▇█"
ASCII_HEIGHTS: Final = "_.-=+*%#"


def title(told: Account, card: MeasureCard) -> str:
    """The name of a measure."""
    return told.names.text(card.title, card.id, told.language)


def value(told: Account, card: MeasureCard, figure: Number | None) -> str:
    """A figure of a measure with its unit."""
    unit = told.names.shown(card.unit)
    if figure is None or not unit:
        return told.number(figure)
    between = "" if unit == "%" and told.language == "en" else "\u00a0"
    return f"{told.number(figure)}{between}{unit}"


def head() -> tuple[str, ...]:
    """The heads of `row`."""
    return _("Measure"), _("Value"), _("Interval"), _("Replies"), _("Period"), _("Change")


def row(told: Account, card: MeasureCard) -> list[str]:
    """A measure in one line: name, value, interval, answers, period, change."""
    return [
        title(told, card),
        value(told, card, card.value),
        told.interval(card.low, card.high),
        told.count(card.n),
        told.names.shown(card.period) or NOTHING,
        _signed(told, card.change),
    ]


def _signed(told: Account, figure: Number | None) -> str:
    if figure is None:
        return NOTHING
    return score_text(to_micro(figure), told.language, signed=True)


def remarks(told: Account, card: MeasureCard) -> Iterator[str]:
    """What must be known beside the figure: scale, change, definition, weights, gaps, source."""
    if not card.scale_ok:
        yield scale(told, card)
    if card.change is not None:
        yield change(told, card)
    if card.waves_flat is not None and card.waves_flat > 1:
        text = ngettext(
            "No real change in the latest {count} wave.",
            "No real change in the latest {count} waves.",
            card.waves_flat,
        )
        yield text.format(count=told.count(card.waves_flat))
    if definition := told.names.text(card.definition, "", told.language):
        yield _("Definition: {text}").format(text=definition)
    yield from _sample(told, card)
    if card.file:
        yield _("File: {name}").format(name=told.names.shown(card.file))


def scale(told: Account, card: MeasureCard) -> str:
    """That the data are not on the scale of the definition, and which scale was found."""
    found = told.names.shown(card.found)
    if not found:
        return _("Not {measure}: the data are on another scale.").format(measure=title(told, card))
    text = _("Not {measure}: the data are on {scale}.")
    return text.format(measure=title(told, card), scale=found)


def change(told: Account, card: MeasureCard) -> str:
    """How the value moved since the wave before, and whether that is more than chance."""
    if card.change == 0:
        return _("Unchanged since the wave before.")
    by = _signed(told, card.change)
    if card.change_is_real is None:
        text = _("{by} since the wave before; whether that is more than chance cannot be told.")
    elif not card.change_is_real:
        text = _("{by} since the wave before: within chance.")
    elif ((card.change or 0) > 0) is (card.better == "higher"):
        text = _("{by} since the wave before: a real change for the better.")
    else:
        text = _("{by} since the wave before: a real change for the worse.")
    return text.format(by=by)


def _sample(told: Account, card: MeasureCard) -> Iterator[str]:
    if card.weighted:
        yield _("The answers are weighted.")
    if card.missing:
        text = ngettext("{count} row had no answer.", "{count} rows had no answer.", card.missing)
        yield text.format(count=told.count(card.missing))
    if card.population is not None:
        text = _("The interval takes into account that there are {count} people in all.")
        yield text.format(count=told.count(card.population))


# waves and segments -----------------------------------------------------------------------------


def spark(card: MeasureCard, *, ascii_only: bool = False) -> str:
    """The waves as heights between the lowest and the highest; a gap where there is no value."""
    values = [None if wave.value is None else to_micro(wave.value) for wave in card.waves]
    known = [micro for micro in values if micro is not None]
    if len(known) < 2:
        return ""
    heights = ASCII_HEIGHTS if ascii_only else HEIGHTS
    low, reach = min(known), max(known) - min(known)
    steps = len(heights) - 1
    middle = heights[len(heights) // 2]
    return "".join(
        " " if micro is None else heights[(micro - low) * steps // reach] if reach else middle
        for micro in values
    )


def trend(told: Account, card: MeasureCard) -> str:
    """From which wave to which, from what to what; empty with fewer than two values."""
    known = [wave for wave in card.waves if wave.value is not None]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    text = _("from {first} ({start}) to {last} ({end})")
    return text.format(
        start=told.names.shown(first.period),
        first=value(told, card, first.value),
        end=told.names.shown(last.period),
        last=value(told, card, last.value),
    )


def wave_head() -> tuple[str, ...]:
    """The heads of `wave_rows`."""
    return _("Wave"), _("Value"), _("Interval"), _("Replies")


def wave_rows(told: Account, card: MeasureCard) -> list[tuple[str, ...]]:
    """Every wave, the earliest first; none where there is only one."""
    if len(card.waves) < 2:
        return []
    return [
        (
            told.names.shown(wave.period) or NOTHING,
            value(told, card, wave.value),
            told.interval(wave.low, wave.high),
            told.count(wave.n),
        )
        for wave in card.waves
    ]


def segment_head() -> tuple[str, ...]:
    """The heads of `segment_rows`."""
    return _("Segment"), _("Value"), _("Interval"), _("Replies")


def segment_rows(told: Account, card: MeasureCard) -> list[tuple[str, ...]]:
    """Every segment: its column and value, and the figure in it."""
    shown = told.names.shown
    return [
        (
            f"{shown(segment.column)}: {shown(segment.value)}",
            value(told, card, segment.figure),
            told.interval(segment.low, segment.high),
            told.count(segment.n),
        )
        for segment in card.segments
    ]
