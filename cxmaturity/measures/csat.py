"""Customer satisfaction on 1-5: the share of the satisfied, and the mean.

The two are different measures with different names, because one cannot be told from the other.
"""

from __future__ import annotations

from typing import Final

from cxmaturity.hookspecs import Interval, Measure
from cxmaturity.measures.counts import PERCENT_RANGE
from cxmaturity.measures.estimates import Estimate, mean, share
from cxmaturity.measures.ratings import OfAnswers, at_least
from cxmaturity.measures.scale import Scale
from cxmaturity.measures.tally import Tally
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_

SCALE: Final = Scale(1, 5)
MEAN_RANGE: Final[Interval] = (1 * MILLION, 5 * MILLION)
_SATISFIED = at_least(4)


def satisfied(answers: Tally) -> Estimate:
    """Percentage of the two best answers, 4 and 5."""
    return share(answers, _SATISFIED)


CSAT = Measure(
    name="csat",
    summary=N_("share of satisfied answers, 4–5 on 1–5"),
    title={"en": "Customer satisfaction (CSAT)", "fi": "Asiakastyytyväisyys (CSAT)"},
    definition={
        "en": "Percentage of satisfied answers (4–5) on a scale of whole numbers 1–5 on which 5 is "
        "best; empty answers do not count. From 0 to 100, higher is better. Convention: "
        "top-2 box; interval: Wilson.",
        "fi": "Tyytyväisten vastausten (4–5) prosenttiosuus; kokonaisluvut 1–5, joista 5 on paras. "
        "Tyhjiä vastauksia ei lasketa. Asteikko 0–100, suurempi on parempi. Laskutapa: "
        "kaksi parasta vastausta; luottamusväli: Wilson.",
    },
    columns=("score",),
    compute=OfAnswers("score", SCALE, satisfied, PERCENT_RANGE),
    range=PERCENT_RANGE,
    unit="%",
)

CSAT_MEAN = Measure(
    name="csat_mean",
    summary=N_("mean satisfaction on 1–5"),
    title={
        "en": "Customer satisfaction, mean",
        "fi": "Asiakastyytyväisyys, keskiarvo",
    },
    definition={
        "en": "Mean of the answers on a scale of whole numbers 1–5 on which 5 is best; empty "
        "answers do not count. From 1 to 5, higher is better. Not the share of the satisfied "
        "(csat). Interval: normal.",
        "fi": "Vastausten keskiarvo; kokonaisluvut 1–5, joista 5 on paras. Tyhjiä vastauksia ei "
        "lasketa. Asteikko 1–5, suurempi on parempi. Eri asia kuin tyytyväisten osuus (csat). "
        "Luottamusväli: normaalijakauma.",
    },
    columns=("score",),
    compute=OfAnswers("score", SCALE, mean, MEAN_RANGE),
    range=MEAN_RANGE,
)
