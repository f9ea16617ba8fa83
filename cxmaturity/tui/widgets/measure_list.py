"""Measures from customers' and employees' data: figure, interval, trend; the chosen one in full."""

from __future__ import annotations

from cxmaturity.model.scorecard import MeasureCard
from cxmaturity.text.account import Account, measures
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, left, right, size, widest
from cxmaturity.tui.widgets.figure_table import Row, figure_table

SMALLEST_NAME = 16


def measure_of(told: Account, key: str) -> MeasureCard | None:
    """The measure that a key names."""
    return next((card for card in told.card.measures if card.id == key), None)


def measure_list(told: Account, frame: Frame) -> Drawing:
    """Every measure on a line, its trend under it."""
    pen = Pen(frame.width)
    cards = told.card.measures
    if not cards:
        pen.say(_("No figures from data yet. `cxmaturity import` reads a survey's file."))
        return pen.drawing()
    rows = [measures.row(told, card)[1:3] for card in cards]
    most = (frame.width - SMALLEST_NAME) // 2
    figures = [min(widest([row[place] for row in rows]) + 2, most) for place in (0, 1)]
    name = max(frame.width - sum(figures), SMALLEST_NAME)
    for card, (value, interval) in zip(cards, rows, strict=True):
        with pen.item(card.id):
            pen.row(
                Span(left(measures.title(told, card), name), "strong"),
                Span(right(value, figures[0]), "here"),
                Span(right(interval, figures[1]), "quiet"),
            )
            _trend(told, pen, card, plain=frame.plain)
            if frame.chosen == card.id:
                about_measure(told, pen, card, indent=2)
    return pen.drawing()


def _trend(told: Account, pen: Pen, card: MeasureCard, *, plain: bool) -> None:
    """The waves as heights with the first and the last of them in words."""
    spark = measures.spark(card, ascii_only=plain)
    mark = (Span("  "), Span(spark, "solid"), Span("  "))
    if not card.scale_ok:
        pen.say(measures.scale(told, card), "open", indent=2)
    elif spark:
        pen.row(*mark, Span(left(measures.trend(told, card), pen.width - size(mark)), "quiet"))


def about_measure(told: Account, pen: Pen, card: MeasureCard, indent: int = 0) -> None:
    """What must be known beside the figure, its waves and its segments."""
    for sentence in measures.remarks(told, card):
        pen.say(sentence, indent=indent)
    for head, rows in (
        (measures.wave_head(), measures.wave_rows(told, card)),
        (measures.segment_head(), measures.segment_rows(told, card)),
    ):
        if rows:
            pen.blank()
            figure_table(pen, head, [Row("", row) for row in rows])


def note_on_measure(told: Account, pen: Pen, key: str) -> None:
    """The same beside the list."""
    card = measure_of(told, key)
    if card is not None:
        pen.say(measures.title(told, card), "heading")
        about_measure(told, pen, card)


def measure_table(told: Account, frame: Frame) -> Drawing:
    """The twin: every measure as figures."""
    if not told.card.measures:
        return measure_list(told, frame)
    pen = Pen(frame.width)
    rows = [Row(card.id, measures.row(told, card)) for card in told.card.measures]
    figure_table(pen, measures.head(), rows)
    return pen.drawing()
