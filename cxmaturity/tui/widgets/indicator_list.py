"""The indicators of one dimension: level, evidence, and why one has none."""

from __future__ import annotations

from cxmaturity.model.scorecard import DimensionCard, IndicatorCard
from cxmaturity.text.account import Account
from cxmaturity.text.account.figures import NOTHING
from cxmaturity.text.wording import GRADES, state_words, word
from cxmaturity.tui.widgets.drawing import Pen, Span, left, right, widest

LONGEST_TITLE = 40


def indicator_list(told: Account, pen: Pen, card: DimensionCard) -> None:
    """One line for each: title, level, grade of evidence or state."""
    if not card.indicators:
        return
    titles = [told.names.of(item.id, told.language) for item in card.indicators]
    levels = [NOTHING if i.level is None else told.number(i.level) for i in card.indicators]
    remarks = [_remark(item) for item in card.indicators]
    level = widest(levels) + 1
    title = min(widest(titles), LONGEST_TITLE, max(8, pen.width - level - widest(remarks) - 2))
    pen.blank()
    for said, figure, remark in zip(titles, levels, remarks, strict=True):
        pen.row(
            Span(left(said, title)),
            Span(right(figure, level), "strong"),
            Span(f"  {remark}", "quiet"),
        )


def _remark(item: IndicatorCard) -> str:
    return word(GRADES, item.grade) if item.level is not None else state_words(item.state)
