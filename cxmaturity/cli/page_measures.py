"""Measures on the page, as pieces: one line each, then what must be known, waves and segments."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.cli.page_blocks import Block, Gap, Grid, Heading, Line, Picture, Subheading
from cxmaturity.model.scorecard import MeasureCard
from cxmaturity.text.account import Account
from cxmaturity.text.account import measures as said
from cxmaturity.text.messages import gettext as _


def measures(told: Account) -> Iterator[Block]:
    """Figures from customer and employee data; heights stand for the waves, beside their table."""
    found = told.card.measures
    if not found:
        return
    yield Heading(_("Measures"))
    yield Grid(said.head(), [said.row(told, card) for card in found], left=(4,))
    for card in found:
        blocks = [*_measure(told, card)]
        if blocks:
            yield Gap()
            yield Subheading(said.title(told, card))
            yield from blocks


def _measure(told: Account, card: MeasureCard) -> Iterator[Block]:
    for sentence in said.remarks(told, card):
        yield Line(sentence)
    if trend := said.trend(told, card):
        heights, in_ascii = said.spark(card), said.spark(card, ascii_only=True)
        yield Picture(heights, in_ascii, _("Trend: {trend}").format(trend=trend))
    if waves := said.wave_rows(told, card):
        yield Gap()
        yield Grid(said.wave_head(), waves)
    if segments := said.segment_rows(told, card):
        yield Gap()
        yield Grid(said.segment_head(), segments)
