"""Numbers as files write them, read exactly or refused; never by the machine's locale.

A point is the decimal mark, as everywhere in this product, unless a comma was declared.  What
could be two numbers (``1,234``) is refused; so is what only a programmer calls a number (``1e3``,
``nan``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cxmaturity.text.limits import NUMBER_DECIMALS, NUMBER_SIZE
from cxmaturity.text.messages import gettext as _

DecimalMark = Literal[",", "."]
"""What stands before the decimals, as declared for a file."""

_MINUS = "\N{MINUS SIGN}"
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
_SIMPLE = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,15})?")
_FORMS: dict[DecimalMark, re.Pattern[str]] = {
    ".": re.compile(
        rf"([+-]?)([0-9]+|[0-9]{{1,3}}(?:([,{_SPACES}])[0-9]{{3}})(?:\3[0-9]{{3}})*)(?:\.([0-9]+))?"
    ),
    ",": re.compile(
        rf"([+-]?)([0-9]+|[0-9]{{1,3}}(?:([.{_SPACES}])[0-9]{{3}})(?:\3[0-9]{{3}})*)(?:,([0-9]+))?"
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its percent sign noted: ``75 %`` is 75 per cent, not 0.75."""

    number: Decimal
    percent: bool


def read_number(text: str, decimal: DecimalMark | None = None) -> Decimal:
    """The number that the text writes; raises ValueError with a sentence where it is none.

    ``75 %`` is 75; who has to know of the sign asks `read_figure`.
    """
    return read_figure(text, decimal).number


def read_figure(text: str, decimal: DecimalMark | None = None) -> Figure:
    """The number that the text writes and whether it is a percentage."""
    plain = text.strip()
    if decimal != "," and _SIMPLE.fullmatch(plain):
        return Figure(Decimal(plain), percent=False)
    plain = plain.replace(_MINUS, "-")
    percent = plain.endswith("%")
    if percent:
        plain = plain[:-1].rstrip()
    return Figure(_parsed(plain, decimal), percent)


def _parsed(plain: str, decimal: DecimalMark | None) -> Decimal:
    if not plain:
        raise ValueError(_("is empty, not a number"))
    found = _FORMS[decimal or "."].fullmatch(plain)
    if not found:
        raise ValueError(_refusal(plain, decimal))
    sign, whole, group, decimals = found.groups()
    if _unsure(whole, group, decimals, decimal):
        raise ValueError(_ambiguous())
    digits = re.sub(r"[^0-9]", "", whole).lstrip("0") or "0"
    if len(digits) > len(str(int(NUMBER_SIZE))) or int(digits) > NUMBER_SIZE:
        raise ValueError(_("is larger than {limit}").format(limit=int(NUMBER_SIZE)))
    if len(decimals or "") > NUMBER_DECIMALS:
        raise ValueError(_("has more than {limit} decimals").format(limit=int(NUMBER_DECIMALS)))
    return Decimal(f"{sign}{digits}.{decimals or 0}")


def _unsure(
    whole: str, group: str | None, decimals: str | None, decimal: DecimalMark | None
) -> bool:
    """Whether one mark before three digits could be the decimal mark after all."""
    if decimals or group not in {",", "."} or whole.count(group) > 1:
        return False
    # Under a declared comma a lone point is doubtful too: it may be a spreadsheet's own number.
    return decimal is None or decimal == ","


def _refusal(plain: str, decimal: DecimalMark | None) -> str:
    if decimal is None and _FORMS[","].fullmatch(plain):
        return _ambiguous()
    if decimal == "," and _FORMS["."].fullmatch(plain):
        return _("has a decimal point, but --decimal says comma")
    return _("is not a number")


def _ambiguous() -> str:
    return _("may have a decimal comma or not: say which with --decimal , or --decimal .")
