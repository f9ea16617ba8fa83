"""What a result rests on: rubric, digests, plugins, caps, targets, measures, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cxmaturity.text.account import Account, advice, basis, measures, scores
from cxmaturity.text.messages import N_
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.wording import word
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span
from cxmaturity.tui.widgets.figure_table import Row, figure_table
from cxmaturity.tui.widgets.glyphs import BULLET

ROUNDINGS: Final[Mapping[str, str]] = {"millionths, half up": N_("millionths, half up")}
"""How figures are rounded, as a scorecard says it and in words."""


def basis_page(told: Account, frame: Frame) -> Drawing:
    """The page; nothing on it can be chosen, it scrolls."""
    pen = Pen(frame.width)
    pen.say(basis.organisation(told), "strong")
    if told.card.engagement.fictional:
        pen.say(_("fictional example"), "quiet")
    _points(pen, basis.setting(told))
    pen.heading(_("Made with"))
    _points(pen, basis.provenance(told))
    found = told.card.provenance
    _points(
        pen,
        [
            _("rounding: {rule}").format(rule=word(ROUNDINGS, found.rounding)),
            _("answers needed before a group is shown: {count}").format(
                count=told.count(found.n_min)
            ),
        ],
    )
    remarks = [s for s in (*basis.remarks(told), advice.not_asked(told)) if s]
    if remarks:
        pen.heading(_("Worth knowing"))
        _points(pen, remarks)
    _caps(told, pen)
    _targets(told, pen)
    _measures(told, pen)
    return pen.drawing()


def _points(pen: Pen, said: list[str]) -> None:
    for sentence in said:
        pen.say(sentence, mark=Span(BULLET, "quiet"))


def _caps(told: Account, pen: Pen) -> None:
    said = [*scores.caps(told), scores.provisional(told)]
    if any(said):
        pen.heading(_("Caps"))
        _points(pen, [sentence for sentence in said if sentence])


def _targets(told: Account, pen: Pen) -> None:
    rows = [Row("", target) for target in scores.targets(told)]
    if not rows:
        return
    pen.heading(_("Targets"))
    head = (_("Dimension"), _("Score"), _("Target"), _("To go"), _("Since the baseline"))
    figure_table(pen, head, rows)
    if sentence := scores.way_to_targets(told):
        pen.say(sentence)


def _measures(told: Account, pen: Pen) -> None:
    rows = [Row("", measures.row(told, card)) for card in told.card.measures]
    if not rows:
        return
    pen.heading(_("Measures"))
    figure_table(pen, measures.head(), rows)
