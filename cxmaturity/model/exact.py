"""Exact numbers: every level, score and quantity is an integer in millionths (2.5 → 2 500 000).

Binary fractions never enter: what is written with more than six decimals is refused, not rounded,
so that every machine sees the same integer.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

MILLION = 1_000_000
LARGEST = 1_000_000_000
"""Numbers in rubrics and answers lie within ± this (before scaling to millionths)."""


def to_micro(value: object) -> int:
    """The millionths of a written number.

    Accepts int, Decimal, and float (by its shortest decimal form).  Raises ValueError for
    booleans, text, what is not finite, beyond ± 1e9, or finer than six decimals.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        msg = "a number is needed"
        raise ValueError(msg)
    if isinstance(value, int):
        scaled = value * MILLION
    else:
        scaled = _scaled_decimal(value)
    if abs(scaled) > LARGEST * MILLION:
        msg = "numbers lie between -1000000000 and 1000000000"
        raise ValueError(msg)
    return scaled


def _scaled_decimal(value: Decimal | float) -> int:
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        msg = "a finite number is needed"
        raise ValueError(msg)
    if abs(number) > LARGEST:
        msg = "numbers lie between -1000000000 and 1000000000"
        raise ValueError(msg)
    try:
        scaled = number.scaleb(6)
    except InvalidOperation as error:
        msg = "at most six decimals"
        raise ValueError(msg) from error
    whole = scaled.to_integral_value()
    if whole != scaled:
        msg = "at most six decimals"
        raise ValueError(msg)
    return int(whole)


def from_micro(micro: int) -> int | float:
    """The number to write in a file: whole where it is whole, else at most six decimals."""
    whole, rest = divmod(micro, MILLION)
    return whole if rest == 0 else micro / MILLION


def decimal_text(micro: int) -> str:
    """The exact figure with a decimal point and no trailing zeros, as in a file (``2.966667``)."""
    sign = "-" if micro < 0 else ""
    whole, rest = divmod(abs(micro), MILLION)
    return f"{sign}{whole}" + (f".{rest:06d}".rstrip("0") if rest else "")


def divide(numerator: int, denominator: int) -> int:
    """Quotient rounded half up, towards +∞, also for negatives (denominator > 0)."""
    return (2 * numerator + denominator) // (2 * denominator)


Micro = Annotated[
    int,
    BeforeValidator(to_micro),
    PlainSerializer(from_micro, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": -LARGEST, "maximum": LARGEST}),
]
"""A number in a file, held as integer millionths."""


def is_written_number(value: Any) -> bool:  # noqa: ANN401 - raw file values are of any type
    """Whether a raw file value is a number (a boolean is not)."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
