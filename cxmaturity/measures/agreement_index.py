"""The index of five answers of agreement, 100 / 75 / 50 / 25 / 0, as staff surveys use it.

Equal shares of the positive can hide different indexes; the index tells them apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cxmaturity.hookspecs import Measure, MeasureValue
from cxmaturity.measures.counts import PERCENT_RANGE
from cxmaturity.measures.estimates import PERCENT, Estimate, mean, measured
from cxmaturity.measures.ratings import OfAnswers
from cxmaturity.measures.scale import Scale, off_scale
from cxmaturity.measures.tally import Tally, of_groups
from cxmaturity.model.exact import MILLION, decimal_text
from cxmaturity.text.messages import N_

_SHARES: Final = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree")
_POINTS: Final = tuple(points * MILLION for points in (100, 75, 50, 25, 0))
_ROUNDING: Final = MILLION
"""Shares printed as whole percentages may sum to one more or less than 100."""


def index(answers: Tally) -> Estimate:
    """Mean of the points: 1 counts 0, 2 counts 25, and so on to 5, which counts 100."""
    points = {(value - MILLION) * 25: weight for value, weight in answers.weights.items()}
    return mean(Tally(answers.n, points, answers.squares))


def of_shares(
    columns: Mapping[str, Sequence[int | None]], weights: Sequence[int] | None
) -> MeasureValue | None:
    """The index of rows of five percentages, each with the number of answers it rests on."""
    groups: list[tuple[int, int, int]] = []
    answers, wrong = 0, ""
    for place, n in enumerate(columns["answers"]):
        shares = [cell for name in _SHARES if (cell := columns[name][place]) is not None]
        weight = 1 if weights is None else weights[place]
        if n is None or len(shares) < len(_SHARES) or weight <= 0:
            continue
        answers += n // MILLION
        wrong = wrong or _wrong(n, shares)
        groups += [(p, n * s, weight) for p, s in zip(_POINTS, shares, strict=True)]
    if wrong:
        return off_scale(answers, wrong)
    return _value(groups, answers) if answers else None


def _wrong(n: int, shares: Sequence[int]) -> str:
    """What cannot be: a share or a number of answers, or shares that do not sum to 100."""
    if n < 0 or n % MILLION:
        return decimal_text(n)
    if min(shares) < 0:
        return f"{decimal_text(min(shares))} %"
    total = sum(shares)
    return f"{decimal_text(total)} %" if abs(total - PERCENT * MILLION) > _ROUNDING else ""


def _value(groups: Sequence[tuple[int, int, int]], answers: int) -> MeasureValue:
    # Each answer was counted many times over, in equal parts; that adds nothing to what is known.
    counted = of_groups(groups)
    found = Tally(answers, counted.weights, counted.squares * counted.n // answers)
    return measured(mean(found), found, PERCENT_RANGE)


AGREEMENT_INDEX = Measure(
    name="agreement_index",
    summary=N_("mean of 100, 75, 50, 25 and 0 for five answers of agreement"),
    title={"en": "Index of agreement", "fi": "Väittämäindeksi"},
    definition={
        "en": "Mean of the points of answers 5 (strongly agree, 100), 4 (75), 3 (50), 2 (25) and 1 "
        "(strongly disagree, 0); empty answers do not count. From 0 to 100, higher is better. "
        "Source: UK Civil Service People Survey 2019, Technical Guide; interval: normal.",
        "fi": "Vastausten pisteiden keskiarvo: 5 (täysin samaa mieltä) 100, 4 75, 3 50, 2 25 ja 1 "
        "(täysin eri mieltä) 0. Tyhjiä vastauksia ei lasketa. Asteikko 0–100, suurempi on "
        "parempi. Lähde: UK Civil Service People Survey 2019, Technical Guide; luottamusväli: "
        "normaalijakauma.",
    },
    columns=("score",),
    compute=OfAnswers("score", Scale(1, 5), index, PERCENT_RANGE),
    range=PERCENT_RANGE,
)

AGREEMENT_INDEX_SHARES = Measure(
    name="agreement_index_shares",
    summary=N_("the index of agreement from five percentages"),
    title={
        "en": "Index of agreement, from shares",
        "fi": "Väittämäindeksi osuuksista",
    },
    definition={
        "en": "The index of agreement of rows that give the percentages of the five answers and "
        "how many answered; percentages that sum to less than 99 or more than 101 are refused. "
        "From 0 to 100, higher is better. Source: UK Civil Service People Survey 2019, "
        "Technical Guide; interval: normal.",
        "fi": "Väittämäindeksi riveistä, joilla on viiden vastauksen prosenttiosuudet ja "
        "vastaajien määrä; rivit, joiden osuuksien summa on alle 99 tai yli 101, hylätään. "
        "Asteikko 0–100, suurempi on parempi. Lähde: UK Civil Service People Survey 2019, "
        "Technical Guide; luottamusväli: normaalijakauma.",
    },
    columns=(*_SHARES, "answers"),
    compute=of_shares,
    range=PERCENT_RANGE,
)
