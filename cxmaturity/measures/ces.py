"""Customer effort: four conventions are in public use, and each is a measure of its own.

Version 2.0 asks whether it was made easy, 1-7, high is good; version 1.0 asked how much effort it
took, 1-5, low is good.  Nothing here turns one into another.
"""

from __future__ import annotations

from typing import Final

from cxmaturity.hookspecs import Interval, Measure
from cxmaturity.measures.counts import PERCENT_RANGE
from cxmaturity.measures.estimates import Estimate, mean, net_share, share
from cxmaturity.measures.ratings import OfAnswers, at_least, at_most
from cxmaturity.measures.scale import Scale
from cxmaturity.measures.tally import Tally
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_

SCALE: Final = Scale(1, 7, shorter=((5, 25),))
SCALE_1: Final = Scale(1, 5)
MEAN_RANGE: Final[Interval] = (1 * MILLION, 7 * MILLION)
MEAN_RANGE_1: Final[Interval] = (1 * MILLION, 5 * MILLION)
INDEX_RANGE: Final[Interval] = (-100 * MILLION, 100 * MILLION)
_AGREES = at_least(5)
_EASY = at_least(6)
_DIFFICULT = at_most(3)


def agreeing(answers: Tally) -> Estimate:
    """Percentage of answers 5-7."""
    return share(answers, _AGREES)


def easy_less_difficult(answers: Tally) -> Estimate:
    """Percentage of answers 6-7 less percentage of answers 1-3."""
    return net_share(answers, _EASY, _DIFFICULT)


CES = Measure(
    name="ces",
    summary=N_("mean ease on 1–7 (effort score 2.0)"),
    title={"en": "Customer Effort Score, mean", "fi": "Asioinnin helppous (CES), keskiarvo"},
    definition={
        "en": "Customer Effort Score 2.0: mean agreement with “the company made it easy”, whole "
        "numbers 1–7 (7: strongly agree); empty answers do not count. From 1 to 7, higher is "
        "better. Source: Dixon, Toman and DeLisi, The Effortless Experience, 2013; interval: "
        "normal.",
        "fi": "Customer Effort Score 2.0: keskiarvo väitteestä ”yritys teki asioinnista helppoa”, "
        "kokonaisluvut 1–7 (7: täysin samaa mieltä). Tyhjiä vastauksia ei lasketa. Asteikko "
        "1–7, suurempi on parempi. Lähde: Dixon, Toman ja DeLisi, The Effortless Experience, "
        "2013; luottamusväli: normaalijakauma.",
    },
    columns=("score",),
    compute=OfAnswers("score", SCALE, mean, MEAN_RANGE),
    range=MEAN_RANGE,
)

CES_TOP = Measure(
    name="ces_top",
    summary=N_("share of answers 5–7 on ease, 1–7"),
    title={
        "en": "Customer Effort Score, share who found it easy",
        "fi": "Asioinnin helppous (CES), samaa mieltä olevien osuus",
    },
    definition={
        "en": "Customer Effort Score 2.0: percentage of answers 5–7 to “the company made it easy”, "
        "whole numbers 1–7; empty answers do not count. From 0 to 100, higher is better. Not "
        "the mean (ces) and not the index (ces_index). Interval: Wilson.",
        "fi": "Customer Effort Score 2.0: vastausten 5–7 prosenttiosuus väitteestä ”yritys teki "
        "asioinnista helppoa”, kokonaisluvut 1–7. Tyhjiä vastauksia ei lasketa. Asteikko "
        "0–100, suurempi on parempi. Eri asia kuin keskiarvo (ces) ja indeksi (ces_index). "
        "Luottamusväli: Wilson.",
    },
    columns=("score",),
    compute=OfAnswers("score", SCALE, agreeing, PERCENT_RANGE),
    range=PERCENT_RANGE,
    unit="%",
)

CES_INDEX = Measure(
    name="ces_index",
    summary=N_("share of 6–7 less share of 1–3 on ease, 1–7"),
    title={"en": "Customer Effort Score, index", "fi": "Asioinnin helppous (CES), indeksi"},
    definition={
        "en": "Customer Effort Score 2.0: percentage of answers 6–7 (easy) less percentage of "
        "answers 1–3 (difficult) to “the company made it easy”, whole numbers 1–7; empty "
        "answers do not count. From −100 to 100, higher is better. Interval: adjusted Wald, as "
        "for NPS.",
        "fi": "Customer Effort Score 2.0: vastausten 6–7 (helppoa) prosenttiosuus, josta "
        "vähennetään vastausten 1–3 (vaikeaa) prosenttiosuus; väite ”yritys teki asioinnista "
        "helppoa”, kokonaisluvut 1–7. Tyhjiä vastauksia ei lasketa. Asteikko −100…100, "
        "suurempi on parempi. Luottamusväli: korjattu Wald, kuten NPS:ssä.",
    },
    columns=("score",),
    compute=OfAnswers("score", SCALE, easy_less_difficult, INDEX_RANGE),
    range=INDEX_RANGE,
)

CES_1 = Measure(
    name="ces_1",
    summary=N_("mean effort on 1–5, low is good (effort score 1.0)"),
    title={"en": "Customer Effort Score 1.0", "fi": "Asioinnin vaivalloisuus (CES 1.0)"},
    definition={
        "en": "Customer Effort Score 1.0: mean answer to “how much effort did you personally have "
        "to put forth”, whole numbers 1 (very low) to 5 (very high); empty answers do not "
        "count. From 1 to 5, lower is better. Source: Dixon, Freeman and Toman, Harvard Business "
        "Review, July 2010; interval: normal.",
        "fi": "Customer Effort Score 1.0: keskiarvo kysymyksestä ”kuinka paljon vaivaa jouduit "
        "näkemään”, kokonaisluvut 1 (hyvin vähän) – 5 (hyvin paljon). Tyhjiä vastauksia ei "
        "lasketa. Asteikko 1–5, pienempi on parempi. Lähde: Dixon, Freeman ja Toman, Harvard "
        "Business Review, heinäkuu 2010; luottamusväli: normaalijakauma.",
    },
    columns=("score",),
    compute=OfAnswers("score", SCALE_1, mean, MEAN_RANGE_1),
    range=MEAN_RANGE_1,
    better="lower",
)
