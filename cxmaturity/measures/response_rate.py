"""Response rates: of what, is the question; the definition says it.

Answered of delivered is what everybody can count.  With all outcomes known there are the rates of
the American Association for Public Opinion Research (AAPOR, Standard Definitions).
"""

from __future__ import annotations

from typing import Final

from cxmaturity.hookspecs import Measure
from cxmaturity.measures.counts import PERCENT_RANGE, OfCounts
from cxmaturity.text.messages import N_

_OUTCOMES: Final = (
    "complete",
    "partial",
    "refusal",
    "non_contact",
    "other",
    "unknown_household",
    "unknown_other",
)
_DELIVERED = OfCounts(hits=("answered",), base=("delivered",))
_RR1 = OfCounts(hits=("complete",), base=_OUTCOMES)
_RR2 = OfCounts(hits=("complete", "partial"), base=_OUTCOMES)

RESPONSE_RATE = Measure(
    name="response_rate",
    summary=N_("share of delivered invitations that were answered"),
    title={"en": "Response rate", "fi": "Vastausprosentti"},
    definition={
        "en": "Percentage of delivered invitations that were answered; invitations that did not "
        "arrive do not count. From 0 to 100, higher is better. Interval: Wilson.",
        "fi": "Vastattujen kutsujen prosenttiosuus perille menneistä; kutsuja, jotka eivät menneet "
        "perille, ei lasketa. Asteikko 0–100, suurempi on parempi. Luottamusväli: Wilson.",
    },
    columns=_DELIVERED.columns,
    compute=_DELIVERED,
    range=PERCENT_RANGE,
    unit="%",
)

RESPONSE_RATE_1 = Measure(
    name="response_rate_1",
    summary=N_("AAPOR RR1: complete answers of everybody who may have been eligible"),
    title={"en": "Response rate (AAPOR RR1)", "fi": "Vastausprosentti (AAPOR RR1)"},
    definition={
        "en": "Percentage of complete answers: I / ((I + P) + (R + NC + O) + (UH + UO)), that is "
        "complete, partial, refusal, no contact, other, unknown whether eligible. From 0 to 100, "
        "higher is better. Source: AAPOR, Standard Definitions; interval: Wilson.",
        "fi": "Kokonaisten vastausten prosenttiosuus: I / ((I + P) + (R + NC + O) + (UH + UO)), "
        "eli kokonaiset, osittaiset, kieltäytyneet, tavoittamattomat, muut ja ne, joista ei "
        "tiedetä, kuuluvatko he kohderyhmään. Asteikko 0–100, suurempi on parempi. Lähde: AAPOR, "
        "Standard Definitions; luottamusväli: Wilson.",
    },
    columns=_RR1.columns,
    compute=_RR1,
    range=PERCENT_RANGE,
    unit="%",
)

RESPONSE_RATE_2 = Measure(
    name="response_rate_2",
    summary=N_("AAPOR RR2: complete and partial answers of everybody who may have been eligible"),
    title={"en": "Response rate (AAPOR RR2)", "fi": "Vastausprosentti (AAPOR RR2)"},
    definition={
        "en": "As RR1, with partial answers counted as answers: (I + P) / ((I + P) + (R + NC + O) "
        "+ (UH + UO)). From 0 to 100, higher is better. Source: AAPOR, Standard Definitions; "
        "interval: Wilson.",
        "fi": "Kuten RR1, mutta myös osittaiset vastaukset lasketaan vastauksiksi: "
        "(I + P) / ((I + P) + (R + NC + O) + (UH + UO)). Asteikko 0–100, suurempi on parempi. "
        "Lähde: AAPOR, Standard Definitions; luottamusväli: Wilson.",
    },
    columns=_RR2.columns,
    compute=_RR2,
    range=PERCENT_RANGE,
    unit="%",
)
