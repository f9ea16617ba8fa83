"""How many of the promoters somebody thanked or asked to speak: do you do anything with them?"""

from __future__ import annotations

from cxmaturity.hookspecs import Measure
from cxmaturity.measures.counts import PERCENT_RANGE, OfCounts
from cxmaturity.text.messages import N_

_CONTACTED = OfCounts(hits=("contacted",), base=("promoters",))

PROMOTERS_CONTACTED = Measure(
    name="promoters_contacted",
    summary=N_("share of promoters that were contacted"),
    title={"en": "Promoters contacted", "fi": "Suosittelijat, joihin on oltu yhteydessä"},
    definition={
        "en": "Percentage of the promoters of the period (9–10 on 0–10) whom somebody contacted "
        "because of their answer. From 0 to 100, higher is better. Interval: Wilson.",
        "fi": "Niiden jakson suosittelijoiden (9–10 asteikolla 0–10) prosenttiosuus, joihin on "
        "vastauksen vuoksi oltu yhteydessä. Asteikko 0–100, suurempi on parempi. "
        "Luottamusväli: Wilson.",
    },
    columns=_CONTACTED.columns,
    compute=_CONTACTED,
    range=PERCENT_RANGE,
    unit="%",
)
