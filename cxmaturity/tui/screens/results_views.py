"""The views of the results as a table: what each draws, its twin as figures, and its note.

A view is a row here and a drawing function; the screen knows none of them by name except the
why-tree, which follows the choice made in the others.
"""

from __future__ import annotations

from typing import Final

from cxmaturity.model.scorecard import DimensionCard
from cxmaturity.text.account import Account
from cxmaturity.text.messages import N_
from cxmaturity.tui.screens.views import View
from cxmaturity.tui.widgets.bars import bars, dimension_note
from cxmaturity.tui.widgets.basis_page import basis_page
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, wrapped
from cxmaturity.tui.widgets.finding_list import finding_body, finding_list, undecided_body
from cxmaturity.tui.widgets.gate_list import gate_list
from cxmaturity.tui.widgets.heat_map import heat_map
from cxmaturity.tui.widgets.indicator_list import indicator_list
from cxmaturity.tui.widgets.radar import radar
from cxmaturity.tui.widgets.recommendation_list import recommendation_body, recommendation_list
from cxmaturity.tui.widgets.score_table import gate_table, profile_table, score_table


def _about_dimension(told: Account, pen: Pen, key: str) -> None:
    card = dimension_of(told, key)
    if card is not None:
        title, *rest = dimension_note(told, card)
        pen.say(title, "heading")
        for sentence in rest:
            pen.say(sentence)
        indicator_list(told, pen, card)


def _in_brief(told: Account, pen: Pen, key: str) -> None:
    card = dimension_of(told, key)
    if card is not None:
        title, *rest = dimension_note(told, card)
        pen.say(title, "strong")
        while len(wrapped(" ".join(rest), pen.width)) > BRIEF:
            rest.pop()
        pen.say(" ".join(rest))


def _about_finding(told: Account, pen: Pen, key: str) -> None:
    for finding in told.card.findings:
        if finding.id == key:
            pen.say(told.names.text(finding.title, key, told.language), "heading")
            finding_body(told, pen, finding, indent=0)
            return
    for item in told.card.undetermined:
        if item.rule == key:
            pen.say(told.names.text(item.title, key, told.language), "heading")
            undecided_body(told, pen, item, indent=0)


def _about_action(told: Account, pen: Pen, key: str) -> None:
    for item in told.card.recommendations:
        if item.action == key:
            pen.say(told.names.text(item.title, key, told.language), "heading")
            recommendation_body(told, pen, item, indent=0)


def _nothing(_told: Account, frame: Frame) -> Drawing:
    """The why-tree is drawn by the screen, which keeps what of it is unfolded."""
    return Pen(frame.width).drawing()


BRIEF: Final = 2
"""Lines under a picture for what there is to say beside the title; whole sentences only."""
VIEWS: Final[tuple[View, ...]] = (
    View("overview", N_("Overview"), gate_list, gate_table, unfolds=True, help=N_(
        "The phase that is attained, and the gates: each condition with whether it holds, by how "
        "much it fails, or which answer would decide it.")),
    View("scores", N_("Scores"), bars, score_table, _about_dimension, _in_brief, help=N_(
        "Every dimension on its scale: what is evidenced, what is only claimed, what open answers "
        "could still make of it, the target, and the value before caps.")),
    View("heat", N_("Heat map"), heat_map, profile_table, _about_dimension, _in_brief, help=N_(
        "How the answers of each dimension spread over the phases; each row is 100 per cent.")),
    View("radar", N_("Radar"), radar, score_table, help=N_(
        "All dimensions in one picture. Its area means nothing; compare the axes.")),
    View("findings", N_("Findings"), finding_list, None, _about_finding, unfolds=True, help=N_(
        "What the rubric's rules say about the answers, the gravest first, with the conditions "
        "that made it true and its sources; then the rules that are still open.")),
    View("actions", N_("Actions"), recommendation_list, None, _about_action, unfolds=True, help=N_(
        "What to do: the actions that can begin now, then those that wait for others.")),
    View("why", N_("Why"), _nothing, help=N_(
        "What a number, condition or finding rests on, down to the answers. Enter unfolds.")),
    View("basis", N_("Provenance"), basis_page, help=N_(
        "What the result rests on: rubric, digests, plugins, caps, and what was kept aside.")),
)  # fmt: skip
"""In the order of their numbers."""


DIMENSION_VIEWS: Final[tuple[str, ...]] = ("scores", "heat", "radar")
"""Views that show the dimensions, and share the choice of one."""


def dimension_of(told: Account, key: str) -> DimensionCard | None:
    """The dimension, or the overall, that a key names."""
    return told.card.overall if key == told.card.overall.id else told.card.dimensions.get(key)
