"""Scores in words: dimensions in their order, caps, targets, what is provisional, measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from cxmaturity.model.scorecard import CapCard, DimensionCard, Number
from cxmaturity.text.account.figures import NOTHING, Account
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.names import NOT_STARTED
from cxmaturity.text.wording import listed, state_words

PROVISIONAL = "~"
"""Stands behind a score that an open cap could still change."""
BOUNDS: Final = {"at_least": "≥", "at_most": "≤", "about": "≈"}
"""Stand before a figure of which only a bound may be told."""


class Target(NamedTuple):
    """A dimension with a target, as figures."""

    name: str
    score: str
    target: str
    gap: str
    progress: str


def tree(told: Account) -> list[tuple[int, DimensionCard]]:
    """Every dimension with its depth, parts after what they are part of."""
    dimensions = told.card.dimensions
    children: dict[str | None, list[DimensionCard]] = {}
    for dimension in dimensions.values():
        parent = dimension.parent if dimension.parent in dimensions else None
        children.setdefault(parent, []).append(dimension)
    found: list[tuple[int, DimensionCard]] = []
    waiting = [(0, dimension) for dimension in reversed(children.pop(None, []))]
    while waiting:
        depth, dimension = waiting.pop()
        found.append((depth, dimension))
        parts = reversed(children.pop(dimension.id, []))
        waiting += [(depth + 1, part) for part in parts]
    return found


def scored(told: Account) -> list[tuple[int, DimensionCard]]:
    """Every dimension with its depth, and the overall last."""
    return [*tree(told), (0, told.card.overall)]


def title(told: Account, dimension: DimensionCard) -> str:
    """A dimension's title, with its scale where that is another than the overall's."""
    if dimension.id == told.card.overall.id:
        return _("Overall")
    name = told.names.text(dimension.title, dimension.id, told.language)
    if tuple(dimension.scale) == tuple(told.card.overall.scale):
        return name
    return f"{name} ({told.interval(*dimension.scale)})"


def score(told: Account, dimension: DimensionCard) -> str:
    """A dimension's score, marked where it is provisional."""
    shown = figure(told, dimension)
    return shown + PROVISIONAL if dimension.provisional else shown


def figure(told: Account, dimension: DimensionCard) -> str:
    """A dimension's score, with the sign of a bound where only that may be told (``≥3.0``)."""
    return BOUNDS.get(dimension.bound or "", "") + told.figure(dimension.id, dimension.score)


def behaviour(told: Account, dimension: DimensionCard) -> str:
    """The phase that a dimension's own score behaves like, or its band, or why it has none."""
    if dimension.score is None:
        return state_words(dimension.state)
    if dimension.phase is not None:
        return told.names.phase(dimension.phase, told.language)
    return told.names.shown(dimension.band) if dimension.band else NOTHING


def levels(told: Account) -> list[tuple[str, str]]:
    """The columns of the profile: not started and the phases, by id and name."""
    if not told.card.phase.profile:
        return []
    ids = [NOT_STARTED, *(gate.phase for gate in told.card.phase.gates)]
    return [(id_, told.names.phase(id_, told.language)) for id_ in ids]


def caps(told: Account) -> Iterator[str]:
    """Every cap that made a value, in words."""
    for _depth, dimension in scored(told):
        name = title(told, dimension)
        yield from cap_sentences(told, name, dimension.raw, dimension.caps)
        for part in dimension.indicators:
            inner = told.names.text(part.title, part.id, told.language)
            yield from cap_sentences(told, f"{name} / {inner}", part.raw, part.caps)


def cap_sentences(
    told: Account, name: str, raw: Number | None, fired: Sequence[CapCard]
) -> Iterator[str]:
    """What holds one value down: the caps that bind, all at the same limit."""
    binding = [cap for cap in fired if cap.binds]
    if binding and raw is not None:
        yield _("{name}: held at {limit} by {rules}; otherwise {raw}").format(
            name=name,
            rules=listed([told.names.shown(cap.rule) for cap in binding]),
            limit=told.exact(binding[0].limit),
            raw=told.beside(raw, binding[0].limit),
        )


def provisional(told: Account) -> str:
    """How many figures are marked as provisional, and why; empty where none is."""
    number = sum(card.provisional for _depth, card in scored(told))
    if not number:
        return ""
    return ngettext(
        "{count} score marked {mark} is provisional: a rule that may cap it is still open.",
        "{count} scores marked {mark} are provisional: rules that may cap them are still open.",
        number,
    ).format(count=told.count(number), mark=PROVISIONAL)


def targets(told: Account) -> Iterator[Target]:
    """Every dimension with a target."""
    for _depth, card in scored(told):
        if card.target is not None:
            shown = NOTHING if card.score is None else told.beside(card.score, card.target)
            target, gap = told.number(card.target), told.number(card.gap)
            yield Target(title(told, card), shown, target, gap, told.percent(card.progress))


def way_to_targets(told: Account) -> str:
    """How far the indicators with a target are; empty without targets."""
    found = told.card.targets
    if found is None or found.percent is None:
        return ""
    return ngettext(
        "{percent} of the way, over {count} indicator with a target.",
        "{percent} of the way, over {count} indicators with a target.",
        found.indicators,
    ).format(percent=told.percent(found.percent), count=told.count(found.indicators))
