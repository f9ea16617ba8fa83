"""The tables beside the charts: what a picture shows, as words and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.model.scorecard import DimensionCard
from cxmaturity.text.account import Account, phase, scores
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.wording import verdict_word
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen
from cxmaturity.tui.widgets.figure_table import Row, figure_table


def score_table(told: Account, frame: Frame) -> Drawing:
    """The twin of the bars and the radar: every figure of every dimension."""
    cards = [card for _depth, card in scores.scored(told)]
    names = [("  " * depth) + scores.title(told, card) for depth, card in scores.scored(told)]
    columns = [(_("Dimension"), names), *_columns(told, cards)]
    rows = [
        Row(card.id, [cells[place] for _head, cells in columns]) for place, card in enumerate(cards)
    ]
    return _page(frame, [head for head, _cells in columns], rows, scores.provisional(told))


def _columns(told: Account, cards: Sequence[DimensionCard]) -> Iterator[tuple[str, list[str]]]:
    """The figures, column by column; a column that says nothing is left out."""
    yield _("Score"), [scores.score(told, card) for card in cards]
    if any(card.raw != card.score for card in cards):
        yield _("Before caps"), [told.figure(card.id, card.raw) for card in cards]
    if any(card.evidenced != card.score for card in cards):
        yield _("Evidenced"), [told.figure(card.id, card.evidenced) for card in cards]
    yield _("Possible"), [told.interval(card.low, card.high, card.id) for card in cards]
    if any(card.target is not None for card in cards):
        yield _("Target"), [told.number(card.target) for card in cards]
        yield _("To go"), [told.number(card.gap) for card in cards]
    yield _("Answered"), [told.percent(card.coverage) for card in cards]
    if any(card.not_applicable for card in cards):
        yield _("Does not apply"), [told.percent(card.not_applicable) for card in cards]
    yield _("Behaves like"), [scores.behaviour(told, card) for card in cards]


def profile_table(told: Account, frame: Frame) -> Drawing:
    """The twin of the heat map."""
    columns = scores.levels(told)
    head = [_("Dimension"), *(title for _id, title in columns), _("Score")]
    rows = [
        Row(
            card.id,
            (
                ("  " * depth) + scores.title(told, card),
                *(told.percent(card.profile.get(id_)) for id_, _title in columns),
                scores.score(told, card),
            ),
        )
        for depth, card in scores.scored(told)
        if card.profile
    ]
    return _page(frame, head, rows, _("Share of the answers at the level typical of each phase."))


def gate_table(told: Account, frame: Frame) -> Drawing:
    """The twin of the phase track: every phase with the count of its conditions."""
    head = [_("Phase"), _("Gate"), _("Conditions"), _("hold"), _("fail"), _("open")]
    rows = []
    for gate in told.card.phase.gates:
        verdicts = [clause.holds for clause in gate.clauses]
        title = phase.gate_title(told, gate)
        rows.append(
            Row(
                f"phase.{gate.phase}",
                (
                    f"{title} ({_('here')})" if gate.phase == told.card.phase.id else title,
                    verdict_word(gate.holds),
                    *(told.count(n) for n in (len(verdicts), *map(verdicts.count, _VERDICTS))),
                ),
            )
        )
    return _page(frame, head, rows, "")


_VERDICTS = (True, False, None)


def _page(frame: Frame, head: Sequence[str], rows: Sequence[Row], under: str) -> Drawing:
    pen = Pen(frame.width)
    figure_table(pen, head, rows)
    if under:
        pen.blank()
        pen.say(under, "quiet")
    return pen.drawing()
