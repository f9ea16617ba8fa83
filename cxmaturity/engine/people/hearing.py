"""Everything people answered → levels for the judgement, and cards that may be shown.

The one way from answers to figures.  What is hidden is absent from all that leaves here except the
exact levels, which only the judgement and the ledger read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import get_args

from cxmaturity.engine.people.attributed import attributed_cards, showable_beside
from cxmaturity.engine.people.composition import Composition
from cxmaturity.engine.people.dimensions import (
    DimensionGap,
    dimension_alpha,
    dimension_card,
    published,
    unit_of,
)
from cxmaturity.engine.people.figures import figures_of
from cxmaturity.engine.people.groups import Groups, groups_of, mask_of, places_on
from cxmaturity.engine.people.indicators import (
    MOST_AGREEMENT,
    HeardState,
    Item,
    card_of,
    level_of,
    option_shares,
)
from cxmaturity.engine.people.intervals import Compared, Resampler, with_intervals
from cxmaturity.engine.people.ledger import Ledger
from cxmaturity.engine.people.levels import Tally, item_answers, tallies_by_place, tally_of
from cxmaturity.engine.people.places import axes_shown
from cxmaturity.engine.program import Leaf, Program
from cxmaturity.errors import InputError, PluginError, Problem
from cxmaturity.model.exact import from_micro
from cxmaturity.model.people import People, PeopleSettings, Publication, PublishedItem
from cxmaturity.model.scorecard import AxisInfo, PeopleCard, PeopleInfo


@dataclass(frozen=True, slots=True)
class HeardIndicator:
    """What people give one indicator: state, exact level (millionths), and what may be shown."""

    state: HeardState
    level: int | None
    card: PeopleCard | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What people say of everything.

    ``cards`` by dimension id and ``overall``; ``figures`` in millionths by the call that rules
    make; ``items`` is what the ledger records of a publication: what it says anew.  What repeats an
    earlier one stays bound to the people of that one.
    """

    indicators: Mapping[str, HeardIndicator]
    cards: Mapping[str, PeopleCard]
    figures: Mapping[str, int | bool]
    info: PeopleInfo
    items: Mapping[str, PublishedItem]


def hear(
    program: Program,
    people: People,
    settings: PeopleSettings,
    *,
    earlier: Sequence[Publication] = (),
    publishing: bool = False,
) -> Heard:
    """Hear people out; the order in which they answered never matters.

    When ``publishing``, what too few have answered since an ``earlier`` publication repeats the
    figures of that one.  Raises InputError with every answer that its question does not allow.
    """
    hearing = _Hearing(program, people, settings, groups_of(people, settings.axes))
    hearing.indicators_heard(earlier if publishing else ())
    hearing.dimensions_heard()
    hearing.intervals_drawn()
    return hearing.result()


@dataclass
class _Hearing:
    program: Program
    people: People
    settings: PeopleSettings
    groups: Groups
    places: Mapping[str, Sequence[str]] = field(init=False)
    axes: tuple[AxisInfo, ...] = field(init=False)
    order: Mapping[str, Sequence[str]] = field(init=False)
    states: dict[str, tuple[HeardState, int | None]] = field(default_factory=dict)
    cards: dict[str, PeopleCard] = field(default_factory=dict)
    """What may be shown of indicators, by path."""
    levels: dict[str, Sequence[int | None]] = field(default_factory=dict)
    units: dict[str, Tally] = field(default_factory=dict)
    node_cards: dict[str, PeopleCard] = field(default_factory=dict)
    node_gaps: dict[str, DimensionGap] = field(default_factory=dict)
    composition: Composition = field(init=False)
    named: int = field(init=False)
    """Who agreed to be shown by name."""

    def __post_init__(self) -> None:
        codes = enumerate(self.people.codes)
        self.named = mask_of(i for i, code in codes if code in self.people.attributed)
        self.places = {axis: places_on(self.people, axis) for axis in self.settings.axes}
        self.axes = axes_shown(self.program.rubric, self.groups)
        self.order = {axis.id: tuple(axis.places) for axis in self.axes}
        self.composition = Composition(self.program)

    # indicators ---------------------------------------------------------------------------------

    def indicators_heard(self, earlier: Sequence[Publication]) -> None:
        problems: list[Problem] = []
        ledger = Ledger(self.people, self.groups, earlier, self.settings)
        for path, index in self.program.leaf_index.items():
            if ledger.holds_back(path):
                self._repeat(path, earlier)
                continue
            try:
                self._hear(self.program.leaves[index], ledger, earlier)
            except InputError as error:
                problems += error.problems
            except PluginError:
                self.states[path] = "failed", None
        if problems:
            raise InputError(problems)

    def _repeat(self, path: str, earlier: Sequence[Publication]) -> None:
        """Say again what was last published of an indicator."""
        last = max(
            (each for each in earlier if path in each.items),
            key=lambda each: each.number,
            default=None,
        )
        if last is None:
            self.states[path], self.cards[path] = ("too_few", None), PeopleCard(held_back=True)
            return
        item = last.items[path]
        self.states[path] = _state(item.state), item.level
        self.cards[path] = replace(item.card, held_back=True)

    def _hear(self, leaf: Leaf, ledger: Ledger, earlier: Sequence[Publication]) -> None:
        raws = self.people.answers.get(leaf.path, (None,) * len(self.people))
        answers = item_answers(leaf, raws, self.people.codes)
        tallies = tallies_by_place(answers.levels, self.places)
        item = Item(leaf, answers, tally_of(answers.levels), tallies)
        state, level = self.states[leaf.path] = level_of(item, self.settings)
        if not answers.n:
            return
        past = ledger.past(leaf.path, lambda then: _levels_then(leaf, then))
        shown = showable_beside(
            answers.levels, self.named, self.groups, self.settings, leaf.scale, past
        )
        if past.publications and not shown.everybody:
            self._repeat(leaf.path, earlier)
            return
        shares = option_shares(leaf, raws, answers.n, self.settings) if state == "value" else {}
        self.cards[leaf.path] = card_of(item, level, shown, self.settings, self.order, shares)
        self.levels[leaf.path] = answers.levels
        if shown.everybody:
            self.units[leaf.path] = unit_of(item)

    # dimensions ---------------------------------------------------------------------------------

    def dimensions_heard(self) -> None:
        figures = published(self.cards)
        for index, node in enumerate(self.program.nodes):
            under = self.composition.paths_under(index)
            if not under & self.cards.keys():
                continue
            card, gap = dimension_card(
                self.composition, index, figures, self.cards, self.settings, self.order
            )
            self.node_cards[node.id] = card
            if not self._repeats(under):
                alpha = dimension_alpha(under, self.units)
                self.node_cards[node.id] = replace(card, agreement=alpha)
                if gap is not None:
                    self.node_gaps[node.id] = gap

    def _repeats(self, under: frozenset[str]) -> bool:
        return any(self.cards[path].held_back for path in under & self.cards.keys())

    # intervals ----------------------------------------------------------------------------------

    def intervals_drawn(self) -> None:
        compared = {**self._compared_indicators(), **self._compared_nodes()}
        if compared:
            drawing = Resampler(self.people, self.groups, self.levels, self.settings)
            intervals = drawing.intervals(compared)
            self.cards = with_intervals(self.cards, intervals)
            self.node_cards = with_intervals(self.node_cards, intervals)

    def _compared_indicators(self) -> dict[str, Compared]:
        return {
            path: Compared(gap.high_place, gap.low_place, {path: Fraction(1)}, high - low)
            for path, card in self.cards.items()
            if (gap := card.gap) is not None and not card.held_back and not _alike(card)
            for low, high in [self.program.leaves[self.program.leaf_index[path]].scale]
        }

    def _compared_nodes(self) -> dict[str, Compared]:
        found: dict[str, Compared] = {}
        for name, each in self.node_gaps.items():
            index = self.program.node_index[name]
            low, high = self.program.nodes[index].scale
            coefficients = self.composition.coefficients(index, each.compared)
            found[name] = Compared(
                each.gap.high_place, each.gap.low_place, coefficients, high - low
            )
        return found

    # result -------------------------------------------------------------------------------------

    def result(self) -> Heard:
        indicators = {
            path: HeardIndicator(*self.states[path], self.cards.get(path)) for path in self.states
        }
        return Heard(
            indicators,
            self.node_cards,
            figures_of(self.program.figures, {**self.cards, **self.node_cards}),
            self._info(),
            {
                path: PublishedItem(said.state, said.level, said.card or PeopleCard())
                for path, said in indicators.items()
                if said.state not in ("unanswered", "failed")
                and not (said.card and said.card.held_back)
            },
        )

    def _info(self) -> PeopleInfo:
        settings, n = self.settings, len(self.people)
        return PeopleInfo(
            n=n if n >= settings.n_min else None,
            n_min=settings.n_min,
            axes=self.axes,
            aggregate_over=settings.aggregate_over,
            pooled=settings.pooled,
            median=settings.median,
            held_back=sum(card.held_back for card in self.cards.values()),
            attributed=attributed_cards(self.composition, self.people, self.levels),
        )


def _levels_then(leaf: Leaf, raws: Sequence[object]) -> Sequence[int | None]:
    """Levels of answers to an earlier publication; none where the question has changed since."""
    try:
        return item_answers(leaf, raws).levels
    except InputError:
        return (None,) * len(raws)


def _alike(card: PeopleCard) -> bool:
    """Whether a group of the gap is nearly of one mind: a narrow interval would tell that."""
    places = () if card.gap is None else (card.gap.high_place, card.gap.low_place)
    return any(
        group.place in places and group.agreement == from_micro(MOST_AGREEMENT)
        for group in card.groups
    )


def _state(written: str) -> HeardState:
    """A state as the ledger wrote it."""
    known: tuple[HeardState, ...] = get_args(HeardState)
    return next((state for state in known if state == written), "too_few")
