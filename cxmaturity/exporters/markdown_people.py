"""Respondents and measures as sections of the Markdown report.

The words are those of every surface (`cxmaturity.text.account`); groups without any figure are
named in a sentence below the table.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.exporters.markdown_tables import bullets, table
from cxmaturity.model.scorecard import AxisInfo, MeasureCard
from cxmaturity.text.account import Account, measures, people, people_lists, places, scores
from cxmaturity.text.messages import gettext as _


def people_section(told: Account) -> str:
    """Who answered, what they say of each dimension, gaps, and every group; empty without them."""
    if told.card.people is None:
        return ""
    sentences = [*people.standing(told), people.nothing_shown(told)]
    said = [f"## {_('People')}", bullets(filter(None, sentences))]
    rows = [(r.name, r.n, r.score, r.above, r.agreement) for r in people.rows(told)]
    if rows:
        head = (
            _("Dimension"), _("Replies"), _("Mean"), _("Vs assessor"),
            _("Agreement"),
        )  # fmt: skip
        said.append(table(head, rows, (0, 4)))
    if gaps := [*_gaps(told)]:
        said += [f"### {_('Gaps between groups')}", bullets(gaps)]
    for axis in places.axes(told):
        if places.shown_places(told, axis):
            said += _groups(told, axis)
    if named := [*people_lists.attributed(told)]:
        said += [f"### {_('By name, with consent')}", bullets(named)]
    if people.any_hidden(told):
        said.append(f"*{people.hidden_words(told)}*")
    return "\n\n".join(said)


def _gaps(told: Account) -> Iterator[str]:
    for card, said in people.cards(told):
        if said.gap is not None:
            yield f"{scores.title(told, card)}: {people.gap(told, said.gap)}"


def _groups(told: Account, axis: AxisInfo) -> list[str]:
    """Every group of an axis, dimension by dimension."""
    found = people_lists.shown_groups(told, axis)
    rows = [(dimension, name, *row[3:]) for dimension, name, row in found]
    head = (
        _("Dimension"), _("Group"), _("Replies"), _("Mean"), _("Spread"), _("Agreement"),
    )  # fmt: skip
    said = [f"### {places.axis_title(told, axis)}", table(head, rows, (0, 1, 5))]
    return [*said, sentence] if (sentence := people_lists.never_shown(told, axis)) else said


def measures_section(told: Account) -> str:
    """Every measure in a line, then what must be known of each; empty where there are none."""
    found = told.card.measures
    if not found:
        return ""
    rows = [measures.row(told, card) for card in found]
    said = [f"## {_('Measures')}", table(measures.head(), rows, (0, 4))]
    for card in found:
        parts = [*_measure(told, card)]
        if parts:
            said += [f"### {measures.title(told, card)}", *parts]
    return "\n\n".join(said)


def _measure(told: Account, card: MeasureCard) -> Iterator[str]:
    remarks = [*measures.remarks(told, card)]
    if trend := measures.trend(told, card):
        text = _("Trend: {trend}").format(trend=trend)
        remarks.append(f"{text} {measures.spark(card)}")
    if remarks:
        yield bullets(remarks)
    if waves := measures.wave_rows(told, card):
        yield table(measures.wave_head(), waves)
    if segments := measures.segment_rows(told, card):
        yield table(measures.segment_head(), segments)
