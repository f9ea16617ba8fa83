"""`cxmaturity calendar DIR`: the scorecard's recommendations as a calendar file, by horizon.

Each recommendation that need not wait becomes an all-day entry on the day its horizon ends, counted
from the engagement's date.  The same scorecard gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from pathlib import Path

import click

from cxmaturity import open_engagement, score
from cxmaturity.model.scorecard import Recommendation, Scorecard
from cxmaturity.model.text import say

_DAYS = {"30_days": 30, "90_days": 90}
_MONTHS = {"6_months": 6, "12_months": 12}
_UNDATED = dt.date(1970, 1, 1)
_OCTETS = 75


@click.command("calendar")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--lang", type=click.Choice(["en", "fi"]), default="en")
def calendar(folder: Path, output: Path | None, lang: str) -> None:
    """Write the recommendations of the engagement in FOLDER as an .ics file."""
    data = ics(score(open_engagement(folder)), lang)
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)


def ics(card: Scorecard, language: str) -> bytes:
    """The calendar file, as RFC 5545 wants it: CRLF, lines of at most 75 octets."""
    date = card.engagement.date or _UNDATED
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cxmaturity//calendar//EN"]
    for recommendation in card.recommendations:
        if not recommendation.waits_for:
            lines += _entry(card, recommendation, due(date, recommendation.horizon), language)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line)).encode()


def due(date: dt.date, horizon: str) -> dt.date:
    """The day a horizon ends, counted from a date."""
    if horizon in _DAYS:
        return date + dt.timedelta(days=_DAYS[horizon])
    year, month = divmod(date.year * 12 + date.month - 1 + _MONTHS[horizon], 12)
    return dt.date(year, month + 1, min(date.day, monthrange(year, month + 1)[1]))


def _entry(card: Scorecard, item: Recommendation, day: dt.date, language: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{item.action}-{card.provenance.inputs_sha256[:16]}@cxmaturity",
        f"DTSTAMP:{card.engagement.date or _UNDATED:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(say(item.title, language))}",
        f"DESCRIPTION:{_escaped(say(item.text, language))}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    plain = "".join(c if c >= " " or c == "\n" else " " for c in text)
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Parts of at most 75 octets; what continues starts with a space."""
    parts: list[str] = []
    current, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _OCTETS:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += width
    return [*parts, current]
