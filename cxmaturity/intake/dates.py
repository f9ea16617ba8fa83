"""Dates as files write them: ISO 8601 and Finnish; a date that could be two days is refused."""

from __future__ import annotations

import datetime as dt
import re

from cxmaturity.text.messages import gettext as _

_TIME = r"(?:[T ]+(?:klo )?[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?)?"
_ZONE = r" ?(?:Z|UTC|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})" + _TIME + _ZONE)
_FINNISH = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})" + _TIME)


def read_date(text: str) -> dt.date:
    """The day that the text names, whatever time follows it.

    ``2017-05-01`` and ``1.5.2017`` are read; ``5/1/2017`` is a day in May or in January and raises
    ValueError, as does a day that no calendar has.
    """
    plain = text.strip()
    if found := _ISO.fullmatch(plain):
        year, month, day = found.groups()
    elif found := _FINNISH.fullmatch(plain):
        day, month, year = found.groups()
    else:
        raise ValueError(_("is not a date: write 2017-05-01 or 1.5.2017"))
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(_("is a day that no calendar has")) from error
