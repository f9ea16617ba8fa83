"""Respondents on the page, as pieces: who answered, what they say of each dimension, and groups.

Words come from `cxmaturity.text.account.people`.  Nothing is drawn here, and what is hidden has
neither a count nor a place in an order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cxmaturity.cli.page_blocks import Block, Gap, Grid, Heading, Line, Subheading
from cxmaturity.model.scorecard import DimensionCard, IndicatorCard, PeopleCard
from cxmaturity.text.account import NOTHING, Account, people, people_lists, places, scores
from cxmaturity.text.messages import gettext as _


def standing(told: Account) -> Iterator[Block]:
    """Who answered, and how their answers count."""
    if told.card.people is not None:
        yield Heading(_("People"))
        for sentence in people.standing(told):
            yield Line(sentence)
        if sentence := people.nothing_shown(told):
            yield Line(sentence)


def dimensions(told: Account) -> Iterator[Block]:
    """What people say of each dimension, beside what the assessor found."""
    rows = people.rows(told)
    if rows:
        yield Gap()
        yield Grid(
            (
                _("Dimension"), _("Replies"), _("Mean"), _("Vs assessor"), _("Agreement"),
            ),
            [(r.name, r.n, r.score, r.above, r.agreement) for r in rows],
            left=(4,),
        )  # fmt: skip


def gaps(told: Account) -> Iterator[Block]:
    """The gap between groups in each dimension, in a sentence."""
    found = [(card, said.gap) for card, said in people.cards(told) if said.gap is not None]
    if found:
        yield Gap()
        yield Subheading(_("Gaps between groups"))
    for card, gap in found:
        yield Line(f"{scores.title(told, card)}: {people.gap(told, gap)}", mark="·")


def attributed(told: Account) -> Iterator[Block]:
    """Those who agreed to be shown by name."""
    lines = [*people_lists.attributed(told)]
    if lines:
        yield Gap()
        yield Subheading(_("By name, with consent"))
    for line in lines:
        yield Line(line, mark="·")


def every_group(told: Account) -> Iterator[Block]:
    """Every group of every dimension, axis by axis: the twin of the pictures.

    An axis of which no figure may be shown is left out.
    """
    for axis in filter(partial(places.shown_places, told), places.axes(told)):
        found = people_lists.shown_groups(told, axis)
        rows = [(dimension, name, row.n, row.score) for dimension, name, row in found]
        yield Gap()
        yield Subheading(places.axis_title(told, axis))
        yield Grid((_("Dimension"), _("Group"), _("Replies"), _("Mean")), rows, left=(1,))
        if sentence := people_lists.never_shown(told, axis):
            yield Line(sentence)
    yield from hidden(told)


def hidden(told: Account) -> Iterator[Block]:
    """Why some groups have no figure."""
    if people.any_hidden(told):
        yield _hidden(told)


def _hidden(told: Account) -> Line:
    return Line(people.hidden_words(told), "quiet", mark=NOTHING)


def said_of(told: Account, card: DimensionCard | IndicatorCard) -> Iterator[Block]:
    """What people say of one dimension or indicator: the end of its trace."""
    said = card.people
    if said is None:
        return
    yield Gap()
    yield Subheading(_("What people say"))
    yield Line(_whole(told, said))
    for sentence in people.sentences(told, said):
        yield Line(sentence)
    if shares := people.shares(told, card):
        yield Gap()
        yield Grid((_("Option"), _("Share of people")), shares)
    for axis in places.axes(told):
        rows = people.group_rows(told, said, axis)
        if rows:
            title = places.axis_title(told, axis)
            head = (title, _("Replies"), _("Mean"), _("Spread"), _("Agreement"))
            yield Gap()
            yield Grid(head, [("  " * r.depth + r.name, *r[3:]) for r in rows], left=(4,))
    if people.hides(said):
        yield _hidden(told)
    named = told.card.people.attributed if told.card.people else ()
    for person in named:
        level = {**person.levels, **person.scores}.get(card.id)
        if level is not None:
            text = _("{code}, by name: {level}")
            shown = told.names.shown(person.code)
            yield Line(text.format(code=shown, level=told.published(level)))
    yield Line(
        _("The trace ends here: nobody else’s own answer is shown.")
        if named
        else _("The trace ends here: what one person answered is never shown."),
        "quiet",
    )
    yield Gap()


def _whole(told: Account, said: PeopleCard) -> str:
    if said.score is None:
        return _("Too few people have answered for a figure.")
    score = people.bounded(told, said.score, said.bound)
    if said.n is None:
        return _("All who answered: {score}.").format(score=score)
    return _("All {count} who answered: {score}.").format(count=told.count(said.n), score=score)
