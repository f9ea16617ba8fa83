"""What respondents say, in words: how many they are, how they count, groups, gaps, agreement.

Only published figures come here.  Of a hidden group nothing is said but that it is not shown:
neither how many it is, nor where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import (
    AxisInfo,
    Bound,
    DimensionCard,
    GapCard,
    GroupCard,
    IndicatorCard,
    Number,
    PeopleCard,
)
from cxmaturity.text.account import places, scores
from cxmaturity.text.account.dumbbells import found_by_assessor
from cxmaturity.text.account.figures import NOTHING, Account
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.text.messages import gettext as _

ALPHA: Final = ((800_000, N_("reliable")), (667_000, N_("tentative")))
"""From where on an alpha is what, in millionths (Krippendorff, Content Analysis, chapter 11)."""
UNRELIABLE: Final = N_("unreliable")
R_WG: Final = (
    (910_000, N_("very strong")),
    (710_000, N_("strong")),
    (510_000, N_("moderate")),
    (310_000, N_("weak")),
)
"""From where on an r_wg is what, in millionths (LeBreton and Senter 2008, table 3)."""
LACKING: Final = N_("lacking")
BOUNDS: Final = {
    "at_least": N_("{figure} or more"),
    "at_most": N_("{figure} or less"),
    "about": N_("about {figure}"),
}


class GroupRow(NamedTuple):
    """One group as figures; ``place`` is its path, ``depth`` how deep in the tree it lies."""

    place: str
    depth: int
    name: str
    n: str
    score: str
    spread: str
    agreement: str


class PeopleRow(NamedTuple):
    """What respondents say of one dimension, as figures."""

    name: str
    n: str
    score: str
    spread: str
    agreement: str
    found: str
    above: str


def bounded(told: Account, value: Number | None, bound: Bound | None) -> str:
    """A published figure, or what is known of it: ``3.0 or more``."""
    figure = told.published(value)
    return _(BOUNDS[bound]).format(figure=figure) if bound and value is not None else figure


def signed(told: Account, value: Number | None, bound: Bound | None) -> str:
    """The same where there is little room: ``≥3.0``."""
    return scores.BOUNDS.get(bound or "", "") + told.published(value)


# the respondents as a whole ---------------------------------------------------------------------


def standing(told: Account) -> list[str]:
    """Who answered, how answers are aggregated, what is shown, and what this view is."""
    people = told.card.people
    if people is None:
        return []
    said = [_answered(told), _aggregated(told), _rule(told)]
    if people.held_back:
        text = ngettext(
            "The figures of {count} question are repeated from the earlier publication: fewer than "
            "{few} new answers.",
            "The figures of {count} questions are repeated from the earlier publication: fewer "
            "than {few} new answers.",
            people.held_back,
        )
        said.append(text.format(count=told.count(people.held_back), few=told.count(people.n_min)))
    return [*said, publication(told)]


def publication(told: Account) -> str:
    """Whether these figures are recorded as a publication, or only looked at."""
    people = told.card.people
    if people is None:
        return ""
    if people.publication is None:
        return _("A working view: not recorded, not to be handed on.")
    text = _("Recorded as publication {number} of these respondents’ answers.")
    return text.format(number=told.count(people.publication))


def _answered(told: Account) -> str:
    people = told.card.people
    if people is None or people.n is None:
        return _("Too few people have answered for their number to be told.")
    text = ngettext("{count} person has answered.", "{count} people have answered.", people.n)
    return text.format(count=told.count(people.n))


def _aggregated(told: Account) -> str:
    people = told.card.people
    axis = next((a for a in places.axes(told) if people and a.id == people.aggregate_over), None)
    if people is None or people.pooled or axis is None:
        if people is not None and people.median:
            return _("Their level is the median of all answers.")
        return _("Their level is the mean of all answers.")
    text = _("Their level is the mean of the groups ({axis}), each group’s the mean of its people.")
    if people.median:
        text = _(
            "Their level is the mean of the groups ({axis}), each group’s the median of its people."
        )
    return text.format(axis=places.axis_title(told, axis))


def _rule(told: Account) -> str:
    text = _("A figure is shown from {count} answers on, and only if it gives no other away.")
    return text.format(count=told.count(_n_min(told)))


def _n_min(told: Account) -> int:
    return told.card.people.n_min if told.card.people else told.card.provenance.n_min


def hidden_words(told: Account) -> str:
    """Why a group has no figure: never more exactly than this."""
    text = _("not shown: fewer than {count} answers, or the figure would give away another’s")
    return text.format(count=told.count(_n_min(told)))


def any_hidden(told: Account) -> bool:
    """Whether a group is hidden in some dimension."""
    return any(hides(people) for _card, people in cards(told))


def hides(people: PeopleCard) -> bool:
    """Whether a group is hidden in one dimension or indicator."""
    return any(group.hidden for group in people.groups)


# dimensions -------------------------------------------------------------------------------------


def cards(told: Account) -> list[tuple[DimensionCard, PeopleCard]]:
    """Every dimension of which respondents say something, the overall last."""
    found = [(card, card.people) for _depth, card in scores.scored(told)]
    return [(card, people) for card, people in found if people is not None]


def nothing_shown(told: Account) -> str:
    """That there are respondents but no figure of them; empty where there is one."""
    if told.card.people is None or any(said.score is not None for _card, said in cards(told)):
        return ""
    return _("No figure of respondents may be shown yet.")


def rows(told: Account) -> list[PeopleRow]:
    """What respondents say of each dimension; none where no figure may be shown."""
    if nothing_shown(told):
        return []
    return [
        PeopleRow(
            scores.title(told, card),
            _count(told, people.n),
            signed(told, people.score, people.bound),
            told.published(people.spread),
            agreement(told, people.agreement),
            told.published(found_by_assessor(people)),
            difference(told, people.above_found),
        )
        for card, people in cards(told)
    ]


def _count(told: Account, number: int | None) -> str:
    return NOTHING if number is None else told.count(number)


def difference(told: Account, value: Number | None) -> str:
    """A difference with its sign: ``+1.2``."""
    return f"+{told.published(value)}" if value is not None and value > 0 else told.published(value)


def sentences(told: Account, people: PeopleCard) -> Iterator[str]:
    """Gap, agreement, distance to the assessor, what is repeated: one sentence each."""
    if people.gap is not None:
        yield gap(told, people.gap)
    if people.agreement is not None:
        text = _("Agreement between all who answered: {alpha}, {reading} (Krippendorff’s alpha).")
        alpha = told.published(people.agreement)
        yield text.format(alpha=alpha, reading=agreement_word(people.agreement))
    if people.above_found is not None:
        yield above_found(told, people.above_found)
    if people.held_back:
        yield held_back(told)


def gap(told: Account, card: GapCard) -> str:
    """The largest difference between groups, who they are, and how sure it is."""
    high, low = (places.named_place(told, place) for place in (card.high_place, card.low_place))
    value = told.published(card.value)
    if card.low is None or card.high is None:
        text = _("{high} rates {value} higher than {low}.")
        return text.format(high=high, low=low, value=value)
    text = _("{high} rates {value} higher than {low} ({interval}).")
    if card.low <= 0:
        text = _("{high} rates {value} higher than {low} ({interval}); that may be chance.")
    return text.format(high=high, low=low, value=value, interval=interval(told, card))


def interval(told: Account, card: GapCard) -> str:
    """The bootstrap interval of a gap, or nothing."""
    if card.low is None or card.high is None:
        return NOTHING
    between = " – " if card.low < 0 else "–"
    return f"{told.published(card.low)}{between}{told.published(card.high)}"


def above_found(told: Account, value: Number) -> str:
    """How people's belief compares with what the assessor found."""
    if value == 0:
        return _("People believe what the assessor found.")
    if value > 0:
        text = _("People believe {value} more than the assessor found.")
    else:
        text = _("People believe {value} less than the assessor found.")
    return text.format(value=told.published(abs(value)))


def held_back(told: Account) -> str:
    """Why figures are those of an earlier publication."""
    text = _("Figures of the earlier publication are repeated: fewer than {count} new answers.")
    return text.format(count=told.count(_n_min(told)))


def agreement(told: Account, alpha: Number | None) -> str:
    """Krippendorff's alpha with its reading."""
    if alpha is None:
        return NOTHING
    return f"{told.published(alpha)} {agreement_word(alpha)}"


def agreement_word(alpha: Number) -> str:
    """What an alpha is good for."""
    micro = to_micro(alpha)
    return _(next((said for start, said in ALPHA if micro >= start), UNRELIABLE))


def unity_word(r_wg: Number) -> str:
    """How much of one mind a group is."""
    micro = to_micro(r_wg)
    return _(next((said for start, said in R_WG if micro >= start), LACKING))


# groups -----------------------------------------------------------------------------------------


def group_rows(told: Account, people: PeopleCard, axis: AxisInfo) -> list[GroupRow]:
    """The groups of an axis in its order, parts after what they are part of."""
    return [group_row(told, axis, group) for group in places.groups(people, axis)]


def group_row(told: Account, axis: AxisInfo, group: GroupCard) -> GroupRow:
    """One group as figures; of a hidden one there are none."""
    name = places.place_title(told, axis, group.place)
    depth = places.depth(group.place)
    if group.hidden:
        return GroupRow(group.place, depth, name, NOTHING, _("not shown"), NOTHING, NOTHING)
    unity = NOTHING
    if group.agreement is not None:
        unity = f"{told.published(group.agreement)} {unity_word(group.agreement)}"
    return GroupRow(
        group.place,
        depth,
        name,
        _count(told, group.n),
        bounded(told, group.score, group.bound),
        told.published(group.spread),
        unity,
    )


def shares(told: Account, card: IndicatorCard | DimensionCard) -> list[tuple[str, str]]:
    """Options by the share of people who chose them."""
    people = card.people
    chosen = people.shares if people else {}
    return [
        (told.names.option(card.id, option, told.language), told.percent(share))
        for option, share in chosen.items()
    ]


def from_people(card: IndicatorCard) -> bool:
    """Whether an indicator's level is what respondents gave."""
    return card.source == "respondents"
