"""One file per measure of customers' and employees' data, and what becomes of a measure over time.

A measure is a record, so that a plugin's looks like a built-in one: a definition in words, and a
pure function from columns to a value with its interval.  Nothing here reads a file, and no figure
is given for data that are not on the scale of the definition.
"""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity.hookspecs import Measure, hookimpl

__all__ = ["Measure", "built_in"]


def built_in() -> tuple[Measure, ...]:
    """The measures that come with the program, in the order they are listed."""
    from cxmaturity.measures import ces, csat, fcr, first_reply, response_rate
    from cxmaturity.measures.agreement_index import AGREEMENT_INDEX, AGREEMENT_INDEX_SHARES
    from cxmaturity.measures.churn import CHURN
    from cxmaturity.measures.nps import NPS
    from cxmaturity.measures.promoters_contacted import PROMOTERS_CONTACTED

    return (
        NPS,
        csat.CSAT,
        csat.CSAT_MEAN,
        ces.CES,
        ces.CES_TOP,
        ces.CES_INDEX,
        ces.CES_1,
        fcr.FCR,
        fcr.FCR_NET,
        response_rate.RESPONSE_RATE,
        response_rate.RESPONSE_RATE_1,
        response_rate.RESPONSE_RATE_2,
        PROMOTERS_CONTACTED,
        CHURN,
        first_reply.FIRST_REPLY,
        first_reply.FIRST_REPLY_MEDIAN,
        AGREEMENT_INDEX,
        AGREEMENT_INDEX_SHARES,
    )


@hookimpl
def cxm_measures() -> Iterable[Measure]:
    """The built-in measures, as a plugin would give them."""
    return built_in()
