"""Respondents as lists: who answered by group, and how much people agree on each dimension."""

from __future__ import annotations

from cxmaturity.model.scorecard import AxisInfo, DimensionCard, PeopleCard
from cxmaturity.text.account import NOTHING, Account, people, people_lists, places, scores
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, left, right, widest, wrapped
from cxmaturity.tui.widgets.figure_table import Row, figure_table

BRIEF = 2
"""Lines under a chart for what there is to say beside the title; whole sentences only."""


def card_of(told: Account, key: str) -> tuple[DimensionCard, PeopleCard] | None:
    """The dimension that a key names, with what respondents say of it."""
    return next((found for found in people.cards(told) if found[0].id == key), None)


# who answered -----------------------------------------------------------------------------------


def respondent_list(told: Account, frame: Frame) -> Drawing:
    """How many answered, how they count, and the groups of every axis."""
    pen = Pen(frame.width)
    # How many they are and that this is a working view stands above every view.
    for sentence in people.standing(told)[1:-1]:
        pen.say(sentence)
    if told.card.people is None:
        pen.say(_("Nobody but the assessor has answered yet."))
    said = told.card.overall.people
    for axis in places.axes(told) if said else ():
        _axis(told, pen, said or PeopleCard(), axis)
    if people.any_hidden(told):
        pen.blank()
        pen.say(people.hidden_words(told), "quiet")
    if named := list(people_lists.attributed(told)):
        pen.heading(_("By name, with consent"))
        for sentence in named:
            pen.say(sentence)
    return pen.drawing()


def _axis(told: Account, pen: Pen, said: PeopleCard, axis: AxisInfo) -> None:
    rows = people.group_rows(told, said, axis)
    if not rows:
        return
    pen.blank()
    head = (places.axis_title(told, axis), *group_head())
    figure_table(pen, head, [Row("", group_cells(row)) for row in rows])


def group_head() -> tuple[str, ...]:
    """The heads of `group_cells` after the first."""
    return _("Answers"), _("Mean"), _("Spread"), _("Of one mind")


def group_cells(row: people.GroupRow) -> tuple[str, ...]:
    """A group as figures."""
    return ("  " * row.depth + row.name, row.n, row.score, row.spread, row.agreement)


# agreement --------------------------------------------------------------------------------------


def agreement_list(told: Account, frame: Frame) -> Drawing:
    """Every dimension with how far people agree; the chosen one with its sentences."""
    pen = Pen(frame.width)
    found = people.cards(told)
    if not found:
        pen.say(_("No figure of respondents may be shown yet."))
        return pen.drawing()
    words = [_unity(told, said) for _card, said in found]
    room = max(widest(words), 8)
    for (card, said), word in zip(found, words, strict=True):
        with pen.item(card.id):
            title = left(scores.title(told, card), frame.width - room - 1)
            pen.row(Span(title, "strong"), Span(" "), Span(right(word, room), "here"))
            if frame.chosen == card.id:
                for sentence in said_of(told, said):
                    pen.say(sentence, indent=2)
    return pen.drawing()


def _unity(told: Account, said: PeopleCard) -> str:
    return NOTHING if said.agreement is None else people.agreement(told, said.agreement)


def said_of(told: Account, said: PeopleCard) -> list[str]:
    """Everything about one dimension in sentences, the groups' unity last."""
    sentences = [_counted(told, said), *people.sentences(told, said)]
    for axis in places.axes(told):
        for row in people.group_rows(told, said, axis):
            if row.agreement != NOTHING:
                text = _("Agreement within the group {group}: {unity} (r_wg).")
                sentences.append(text.format(group=row.name, unity=row.agreement))
    return sentences


def _counted(told: Account, said: PeopleCard) -> str:
    mean = people.bounded(told, said.score, said.bound)
    parts = [_("mean {score}").format(score=mean)]
    if said.n is not None:
        text = ngettext("{count} person", "{count} people", said.n)
        parts.insert(0, text.format(count=told.count(said.n)))
    if said.spread is not None:
        parts.append(_("spread {spread}").format(spread=told.published(said.spread)))
    return f"{', '.join(parts)}."


# notes ------------------------------------------------------------------------------------------


def about_people(told: Account, pen: Pen, key: str) -> None:
    """Everything about one dimension: sentences, then its groups as figures."""
    found = card_of(told, key)
    if found is None:
        return
    card, said = found
    pen.say(scores.title(told, card), "heading")
    for sentence in [_counted(told, said), *people.sentences(told, said)]:
        pen.say(sentence)
    for axis in places.axes(told):
        _axis(told, pen, said, axis)


def people_in_brief(told: Account, pen: Pen, key: str) -> None:
    """The most telling of it in whole sentences."""
    found = card_of(told, key)
    if found is None:
        return
    card, said = found
    pen.say(scores.title(told, card), "strong")
    rest = [*people.sentences(told, said), _counted(told, said)]
    while rest and len(wrapped(" ".join(rest), pen.width)) > BRIEF:
        rest.pop()
    pen.say(" ".join(rest))


# tables -----------------------------------------------------------------------------------------


def people_table(told: Account, frame: Frame) -> Drawing:
    """The twin of the chart and of the agreement: every figure of every dimension."""
    pen = Pen(frame.width)
    found = people.cards(told)
    if not found:
        pen.say(_("No figure of respondents may be shown yet."))
        return pen.drawing()
    head = (
        _("Dimension"), _("Answers"), _("Mean"), _("Spread"), _("Gap"), _("Interval"),
        _("Agreement"), _("Assessor"), _("Difference"),
    )  # fmt: skip
    rows = [
        Row(card.id, (row.name, row.n, row.score, row.spread, *_gap(told, said), row.agreement,
                      row.found, row.above))
        for (card, said), row in zip(found, people.rows(told), strict=True)
    ]  # fmt: skip
    figure_table(pen, head, rows)
    return pen.drawing()


def _gap(told: Account, said: PeopleCard) -> tuple[str, str]:
    if said.gap is None:
        return NOTHING, NOTHING
    return told.published(said.gap.value), people.interval(told, said.gap)
