"""Net Promoter Score, on its own scale and with its own limits or not at all."""

from __future__ import annotations

from typing import Final

from cxmaturity.hookspecs import Interval, Measure
from cxmaturity.measures.estimates import Estimate, net_share
from cxmaturity.measures.ratings import OfAnswers, at_least, at_most
from cxmaturity.measures.scale import Scale
from cxmaturity.measures.tally import Tally
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_

_PROMOTER = at_least(9)
_DETRACTOR = at_most(6)
RANGE: Final[Interval] = (-100 * MILLION, 100 * MILLION)
SCALE: Final = Scale(0, 10, shorter=((5, 15), (7, 25)))


def net_promoters(answers: Tally) -> Estimate:
    """Percentage of promoters (9-10) less percentage of detractors (0-6)."""
    return net_share(answers, _PROMOTER, _DETRACTOR)


NPS = Measure(
    name="nps",
    summary=N_("share of promoters less share of detractors, on 0–10"),
    title={"en": "Net Promoter Score", "fi": "Suositteluhalukkuus (NPS)"},
    definition={
        "en": "Percentage of promoters (9–10) less percentage of detractors (0–6) among the "
        "answers to one question on willingness to recommend, on a scale of whole numbers 0–10; "
        "empty answers do not count. From −100 to 100, higher is better. Source: Reichheld, "
        "Harvard Business Review, December 2003; interval: Rocks 2016.",
        "fi": "Suosittelijoiden (9–10) prosenttiosuus, josta vähennetään arvostelijoiden (0–6) "
        "prosenttiosuus; yksi kysymys suositteluhalukkuudesta, kokonaisluvut 0–10. Tyhjiä "
        "vastauksia ei lasketa. Asteikko −100…100, suurempi on parempi. Lähde: Reichheld, "
        "Harvard Business Review, joulukuu 2003; luottamusväli: Rocks 2016.",
    },
    columns=("score",),
    compute=OfAnswers("score", SCALE, net_promoters, RANGE),
    range=RANGE,
)
