"""Hours until the first reply: the mean, and the median that a few long waits do not move."""

from __future__ import annotations

from typing import Final

from cxmaturity.hookspecs import Interval, Measure
from cxmaturity.measures.estimates import mean, median
from cxmaturity.measures.ratings import OfAnswers
from cxmaturity.measures.scale import Scale
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_

SCALE: Final = Scale(0, None, whole=False)
RANGE: Final[Interval] = (0, 100_000 * MILLION)
"""Up to eleven years."""

FIRST_REPLY = Measure(
    name="first_reply",
    summary=N_("mean hours until the first reply"),
    title={"en": "Time to first reply, mean", "fi": "Aika ensivastaukseen, keskiarvo"},
    definition={
        "en": "Mean hours from a contact to the first reply by a human being; contacts without a "
        "reply do not count. Zero or more, lower is better. Interval: normal.",
        "fi": "Keskimääräinen aika tunteina yhteydenotosta ihmisen ensimmäiseen vastaukseen; "
        "vastausta vailla olevia yhteydenottoja ei lasketa. Vähintään nolla, pienempi on "
        "parempi. Luottamusväli: normaalijakauma.",
    },
    columns=("hours",),
    compute=OfAnswers("hours", SCALE, mean, RANGE),
    range=RANGE,
    unit="h",
    better="lower",
)

FIRST_REPLY_MEDIAN = Measure(
    name="first_reply_median",
    summary=N_("median hours until the first reply"),
    title={"en": "Time to first reply, median", "fi": "Aika ensivastaukseen, mediaani"},
    definition={
        "en": "Median hours from a contact to the first reply by a human being: half of the "
        "contacts wait longer; contacts without a reply do not count. Zero or more, lower is "
        "better. Interval: by ranks (Campbell and Gardner 1988).",
        "fi": "Mediaaniaika tunteina yhteydenotosta ihmisen ensimmäiseen vastaukseen: puolet "
        "odottaa kauemmin; vastausta vailla olevia yhteydenottoja ei lasketa. Vähintään nolla, "
        "pienempi on parempi. Luottamusväli: järjestysluvut (Campbell ja Gardner 1988).",
    },
    columns=("hours",),
    compute=OfAnswers("hours", SCALE, median, RANGE),
    range=RANGE,
    unit="h",
    better="lower",
)
