"""Dimension bars: score, what of it is evidenced, what is still possible, target, before caps.

One row each.  The figures stand beside the bar; the rest of them is in the table and in the note.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import DimensionCard, Number
from cxmaturity.text.account import Account, scores
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.wording import state_words
from cxmaturity.tui.widgets.drawing import (
    Drawing,
    Frame,
    Line,
    Pen,
    Span,
    Tone,
    left,
    merged,
    right,
    size,
    widest,
)
from cxmaturity.tui.widgets.glyphs import (
    BEFORE_CAPS,
    BULLET,
    CLAIMED,
    DOWN,
    EIGHTHS,
    FULL,
    LINE,
    TARGET,
)

SMALLEST_BAR = 21
WITH_RANGE = 70
"""From this width on the range that is still possible stands beside the bar as figures."""


def bars(told: Account, frame: Frame) -> Drawing:
    """Every dimension and the overall as a bar on its own scale."""
    cards = scores.scored(told)
    ranges = [told.interval(card.low, card.high, card.id) for _depth, card in cards]
    shown = [scores.score(told, card) for _depth, card in cards]
    tail = widest([*ranges, _("possible")]) + 1 if frame.width >= WITH_RANGE else 0
    figure = widest(shown) + 1
    names = [("  " * depth) + scores.title(told, card) for depth, card in cards]
    room = frame.width - figure - tail - SMALLEST_BAR - 1
    name = min(widest(names), room)
    cells = frame.width - name - figure - tail - 1
    pen = Pen(frame.width)
    pen.row(
        Span(" " * (name + figure + 1)),
        Span(_ruler(told, cells), "quiet"),
        Span(right(_("possible"), tail) if tail else "", "quiet"),
    )
    for (_depth, card), title, score, possible in zip(cards, names, shown, ranges, strict=True):
        tone: Tone = "strong" if card.id == told.card.overall.id else ""
        with pen.item(card.id, card.id):
            pen.row(
                Span(left(title, name), tone),
                Span(right(score, figure), "strong"),
                Span(" "),
                *bar(card, cells),
                Span(right(possible, tail) if tail else "", "quiet"),
            )
    for line in _legend([card for _depth, card in cards], frame.width):
        pen.row(*line)
    return pen.drawing()


def _ruler(told: Account, cells: int) -> str:
    """The whole numbers of the overall's scale above their places; the ends where too many."""
    low, best = (to_micro(end) for end in told.card.overall.scale)
    whole = range(low // 1_000_000, best // 1_000_000 + 1)
    step = max(1, -(-len(whole) * 4 // max(cells, 1)))
    ruler = [" "] * cells
    for number in whole[::step]:
        label = told.number(number)
        place = min(_cell(number, (low, best), cells), cells - len(label))
        ruler[place : place + len(label)] = label
    return "".join(ruler)


def bar(card: DimensionCard, cells: int) -> Line:
    """The bar itself; marks stand over the filling, the filling over the range."""
    ends = (to_micro(card.scale[0]), to_micro(card.scale[1]))
    row: list[Span] = [Span(" ")] * cells
    for number in range(-(-ends[0] // 1_000_000), ends[1] // 1_000_000 + 1):
        row[_cell(number, ends, cells)] = Span(BULLET, "quiet")
    _draw_range(row, card, ends)
    _fill(row, card, ends)
    if card.score is not None and card.low is not None and card.low < card.score:
        row[_cell(card.low, ends, cells)] = Span(DOWN, "inside")
    if card.raw is not None and card.score is not None and card.raw > card.score:
        row[_cell(card.raw, ends, cells)] = Span(BEFORE_CAPS, "mark")
    if card.target is not None:
        row[_cell(card.target, ends, cells)] = Span(TARGET, "mark")
    return merged(row)


def _cell(value: Number, ends: tuple[int, int], cells: int) -> int:
    return min(cells - 1, max(0, _eighths(value, ends, cells) // 8))


def _eighths(value: Number, ends: tuple[int, int], cells: int) -> int:
    """How far along the scale, in eighths of a cell."""
    low, best = ends
    return (16 * cells * (to_micro(value) - low) + best - low) // (2 * (best - low) or 1)


def _draw_range(row: list[Span], card: DimensionCard, ends: tuple[int, int]) -> None:
    if card.low is None or card.high is None or card.low == card.high:
        return
    first, last = (_cell(end, ends, len(row)) for end in (card.low, card.high))
    row[first : last + 1] = [Span(LINE, "range")] * (last + 1 - first)
    row[first], row[last] = Span("├", "range"), Span("┤", "range")


def _fill(row: list[Span], card: DimensionCard, ends: tuple[int, int]) -> None:
    if card.score is None:
        return
    score = _eighths(card.score, ends, len(row))
    proven = score if card.evidenced is None else _eighths(card.evidenced, ends, len(row))
    whole, part = divmod(score, 8)
    solid = min(whole, proven // 8)
    row[:whole] = [Span(FULL, "solid")] * solid + [Span(CLAIMED, "claimed")] * (whole - solid)
    if part and whole < len(row):
        if proven >= score:
            row[whole] = Span(EIGHTHS[part], "solid")
        elif part >= 4:
            row[whole] = Span(CLAIMED, "claimed")


def _legend(cards: list[DimensionCard], width: int) -> Iterator[Line]:
    """What the signs mean, of those that occur."""
    signs: list[tuple[Span, str]] = []
    scored = [card for card in cards if card.score is not None]
    if any(c.evidenced is not None and c.evidenced < (c.score or 0) for c in scored):
        signs.append((Span(FULL, "solid"), _("evidenced")))
        signs.append((Span(CLAIMED, "claimed"), _("claimed only")))
    else:
        signs.append((Span(FULL, "solid"), _("score")))
    if any(card.low != card.high for card in cards):
        signs.append((Span("├─┤", "range"), _("still possible")))
    if any(c.raw is not None and c.raw > (c.score or 0) for c in scored):
        signs.append((Span(BEFORE_CAPS, "mark"), _("before caps")))
    if any(card.target is not None for card in cards):
        signs.append((Span(TARGET, "mark"), _("target")))
    yield from flowing([(sign, Span(f" {said}", "quiet")) for sign, said in signs], width)


def flowing(groups: list[tuple[Span, ...]], width: int) -> Iterator[Line]:
    """Short groups after one another, as many to a line as there is room for."""
    line: list[Span] = []
    for group in groups:
        gap = (Span("   "),) if line else ()
        if line and size(line) + size(gap) + size(group) > width:
            yield tuple(line)
            line, gap = [], ()
        line += [*gap, *group]
    if line:
        yield tuple(line)


def dimension_note(told: Account, card: DimensionCard) -> list[str]:
    """A title, and everything about one dimension in sentences, the most telling first."""
    title = scores.title(told, card)
    head = f"{title}: {state_words(card.state)}"
    if card.score is not None:
        head = f"{title}: {scores.score(told, card)}, {scores.behaviour(told, card)}"
    said = [f"{cap}." for cap in scores.cap_sentences(told, title, card.raw, card.caps)]
    if card.target is not None:
        text = _("Target: {target}, {gap} to go.")
        said.append(text.format(target=told.number(card.target), gap=told.number(card.gap)))
    if card.evidenced is not None:
        evidenced = told.figure(card.id, card.evidenced)
        said.append(_("By its evidence: {value}.").format(value=evidenced))
    if card.low is not None:
        possible = told.interval(card.low, card.high, card.id)
        said.append(_("Possible with the open answers: {range}.").format(range=possible))
    said.append(_("Answered: {share}.").format(share=told.percent(card.coverage)))
    if card.not_applicable:
        share = told.percent(card.not_applicable)
        said.append(_("Does not apply: {share}.").format(share=share))
    return [head, *said]
