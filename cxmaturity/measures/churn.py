"""Customer churn: who has gone, of those who were there when the period began."""

from __future__ import annotations

from cxmaturity.hookspecs import Measure
from cxmaturity.measures.counts import PERCENT_RANGE, OfCounts
from cxmaturity.text.messages import N_

_LOST = OfCounts(hits=("lost",), base=("at_start",))

CHURN = Measure(
    name="churn",
    summary=N_("share of customers lost in the period"),
    title={"en": "Customer churn", "fi": "Asiakaspoistuma"},
    definition={
        "en": "Percentage of the customers at the start of the period who left during it; "
        "customers won in the period do not count. From 0 to 100, lower is better. "
        "Compare periods of the same length only. Interval: Wilson.",
        "fi": "Jakson alussa olleista asiakkaista jakson aikana lähteneiden prosenttiosuus; jakson "
        "aikana saatuja asiakkaita ei lasketa. Asteikko 0–100, pienempi on parempi. Vertaa vain "
        "yhtä pitkiä jaksoja. Luottamusväli: Wilson.",
    },
    columns=_LOST.columns,
    compute=_LOST,
    range=PERCENT_RANGE,
    unit="%",
    better="lower",
)
