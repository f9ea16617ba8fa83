"""Codes in words: severities, states, grades, horizons, methods, reasons, signs.

Whatever the engine says as a code becomes a word of the language in use here, so that every surface
uses the same word.  Nothing here knows a scorecard.  What is not in a table (a plugin's method) is
shown as it is written, cleaned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cxmaturity.text.messages import N_, ngettext, pgettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean

GRADES: Final[Mapping[str, str]] = {
    "claimed": N_("claimed"),
    "documented": N_("documented"),
    "demonstrated": N_("demonstrated"),
}
STATES: Final[Mapping[str, str]] = {
    "answered": N_("answered"),
    "unanswered": N_("unanswered"),
    "unknown": N_("asked, not known"),
    "not_applicable": N_("does not apply"),
    "not_asked": N_("not asked"),
    "too_few": N_("too few people answered"),
    "scored": N_("scored"),
    "no_score": N_("too little answered"),
    "failed": N_("not scored: a plugin failed"),
}
REASONS: Final[Mapping[str, str]] = {
    "out_of_scope": N_("out of scope"),
    "not_in_this_business": N_("does not exist in this business"),
    "other": N_("another reason"),
}
HORIZONS: Final[Mapping[str, str]] = {
    "30_days": N_("within 30 days"),
    "90_days": N_("within 90 days"),
    "6_months": N_("within 6 months"),
    "12_months": N_("within 12 months"),
}
METHODS: Final[Mapping[str, str]] = {
    "mean": N_("weighted mean of the parts that have a value"),
    "min": N_("the weakest part"),
    "max": N_("the strongest part"),
    "sum": N_("weighted sum of the parts"),
    "share": N_("share of the points that could be earned"),
    "staged": N_("the highest stage reached without a gap"),
    "tiers": N_("points, tier by tier"),
}
SHAPES: Final[Mapping[str, str]] = {
    "steps": N_("by the staircase"),
    "curve": N_("by the curve"),
    "round": N_("rounded"),
}
SIGNS: Final[Mapping[str, str]] = {
    ">=": N_("at least {bound}"),
    "<=": N_("at most {bound}"),
    ">": N_("more than {bound}"),
    "<": N_("less than {bound}"),
    "==": N_("exactly {bound}"),
    "!=": N_("other than {bound}"),
}


def word(table: Mapping[str, str], code: str) -> str:
    """What a code of one of the tables means; an unknown code is shown as written."""
    return _(table[code]) if code in table else clean(code, keep="")


def bound_words(sign: str, bound: str) -> str:
    """A threshold in words: ``at least 3``; ``bound`` is already written for people."""
    return _(SIGNS[sign]).format(bound=bound) if sign in SIGNS else f"{sign} {bound}"


def severity_word(severity: str) -> str:
    """A severity: ``blocker``, ``risk``, ``note``, ``strength``."""
    words = {
        "blocker": pgettext("severity", "blocker"),
        "risk": pgettext("severity", "risk"),
        "note": pgettext("severity", "note"),
        "strength": pgettext("severity", "strength"),
    }
    return words.get(severity) or clean(severity, keep="")


def severity_heading(severity: str) -> str:
    """The heading over the findings of a severity."""
    words = {
        "blocker": pgettext("severity", "Blockers"),
        "risk": pgettext("severity", "Risks"),
        "note": pgettext("severity", "Notes"),
        "strength": pgettext("severity", "Strengths"),
    }
    return words.get(severity) or clean(severity, keep="")


def truth_word(truth: bool) -> str:  # noqa: FBT001 - the value itself is what is worded
    """``yes`` or ``no``."""
    return pgettext("truth", "yes") if truth else pgettext("truth", "no")


def verdict_word(holds: bool | None) -> str:  # noqa: FBT001 - the value itself is what is worded
    """Whether a condition holds, fails, or is still open."""
    if holds is None:
        return pgettext("condition", "open")
    return pgettext("condition", "holds") if holds else pgettext("condition", "fails")


def state_words(state: str, reason: str | None = None) -> str:
    """A state, with the reason why a question does not apply."""
    said = word(STATES, state)
    return f"{said} ({word(REASONS, reason)})" if reason and reason in REASONS else said


def listed(items: Sequence[str], most: int = 0) -> str:
    """Names after one another; beyond ``most`` (0: all) only how many more there are."""
    shown = items[:most] if most else items
    rest = len(items) - len(shown)
    said = ", ".join(shown)
    if not rest:
        return said
    return said + " " + ngettext("and {count} more", "and {count} more", rest).format(count=rest)
