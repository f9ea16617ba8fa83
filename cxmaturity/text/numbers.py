"""Figures and dates as a reader of the language writes them.

Scores come as integers in millionths (2 500 000 is 2.5) and are rounded here and nowhere else, by
integer arithmetic, half up towards +∞.  Two locales do not justify 32 MiB of locale data, and the
standard library's ``locale`` is process-wide.  This module imports nothing slow: every command uses
it.  The minus is the plain hyphen, so that a figure can be copied back into a command.
"""

from __future__ import annotations

from datetime import date

from cxmaturity.text.messages import Language

MILLION = 1_000_000
NO_BREAK_SPACE = "\u00a0"
MOST_DIGITS = 6
"""Millionths have no more decimals than this: with them every figure is exact."""

_DECIMAL_MARK: dict[Language, str] = {"en": ".", "fi": ","}
_THOUSANDS: dict[Language, str] = {"en": ",", "fi": NO_BREAK_SPACE}
_PERCENT: dict[Language, str] = {"en": "%", "fi": NO_BREAK_SPACE + "%"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def score_text(
    micro: int, lang: Language, digits: int = 2, *, fixed: bool = False, signed: bool = False
) -> str:
    """A score or level, rounded to at most ``digits`` decimals: ``2.5``, ``2,97``.

    ``fixed`` keeps trailing zeros, for columns of figures and for published figures that always
    have one decimal; ``signed`` writes a plus too, for differences.  Zero never has a sign.
    """
    return _decimal_text(_rounded(micro, digits), lang, digits if fixed else 0, signed=signed)


def exact_text(micro: int, lang: Language) -> str:
    """Every decimal that the figure has: for thresholds, limits and targets."""
    return _decimal_text(micro, lang)


def beside_threshold(
    value_micro: int, threshold_micro: int, lang: Language, digits: int = 2
) -> str:
    """A value shown next to what it has to reach, with as many decimals as that takes.

    The figure is on the same side of the threshold as the value itself, and on it only if the
    value is: 2.999 beside 3 is ``2.999``, never ``3``.  Write the threshold with `exact_text`.
    """
    return score_text(value_micro, lang, _digits_apart(value_micro, (threshold_micro,), digits))


def percent_text(share_micro: int, lang: Language, digits: int = 0) -> str:
    """A share in millionths of the whole: 340 000 is ``34%`` in English, ``34 %`` in Finnish.

    Never rounded onto 0 or 100 per cent: one open answer of a thousand is ``99.9%``, not all.
    """
    percent = 100 * share_micro
    shown = _digits_apart(percent, (0, 100 * MILLION), digits)
    return score_text(percent, lang, shown) + _PERCENT[lang]


def integer_text(number: int, lang: Language) -> str:
    """A count with its thousands apart: ``12,345`` or ``12 345`` (no-break space)."""
    return f"{number:,}".replace(",", _THOUSANDS[lang])


def date_text(day: date, lang: Language) -> str:
    """A day: ``21 Nov 2026`` or ``21.11.2026``."""
    if lang == "fi":
        return f"{day.day}.{day.month}.{day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _rounded(micro: int, digits: int) -> int:
    """Millionths at ``digits`` decimals, half up towards +∞."""
    step = int(10 ** (MOST_DIGITS - min(digits, MOST_DIGITS)))
    return (2 * micro + step) // (2 * step) * step


def _digits_apart(micro: int, landmarks: tuple[int, ...], digits: int) -> int:
    """The fewest decimals, from ``digits`` up, that keep the figure on its side of landmarks."""
    for shown in range(digits, MOST_DIGITS):
        rounded = _rounded(micro, shown)
        if all(_side(rounded, mark) == _side(micro, mark) for mark in landmarks):
            return shown
    return max(digits, MOST_DIGITS)


def _side(value: int, mark: int) -> int:
    return (value > mark) - (value < mark)


def _decimal_text(micro: int, lang: Language, least: int = 0, *, signed: bool = False) -> str:
    """All decimals of the figure, at least ``least`` of them."""
    whole, rest = divmod(abs(micro), MILLION)
    decimals = f"{rest:06d}".rstrip("0").ljust(least, "0")
    sign = "-" if micro < 0 else "+" if signed and micro else ""
    mark = _DECIMAL_MARK[lang] if decimals else ""
    return f"{sign}{integer_text(whole, lang)}{mark}{decimals}"
