"""`json`: the whole scorecard, for programs and for keeping.

Fields in the fixed order of the format, numbers without trailing zeros or exponents, two spaces a
level, one final line end: equal scorecards are equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cxmaturity.exporters import Exporter, ExportOptions
from cxmaturity.exporters.escaping import escaped
from cxmaturity.model.exact import decimal_text, to_micro
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.model.scorecard_data import as_data
from cxmaturity.text.messages import N_

STEP = "  "
_EXPONENT = re.compile(r"\de-\d")


def write_json(card: Scorecard, _options: ExportOptions) -> bytes:
    """The scorecard as JSON; read back with ``from_data(json.loads(…))`` it is the same."""
    data = as_data(card)
    # The library's writer is five times as fast, but writes the smallest figures with exponents.
    text = json.dumps(data, ensure_ascii=False, indent=len(STEP))
    if _EXPONENT.search(text):
        text = "".join(_value(data, "\n"))
    return (_harmless(text) + "\n").encode("utf-8")


def _value(value: Any, line: str) -> Iterator[str]:  # noqa: ANN401 - anything of a scorecard
    """The value; ``line`` is a line end with the indentation it stands at."""
    if isinstance(value, Mapping) and value:
        items = ((f"{_text(str(key))}: ", part) for key, part in value.items())
        yield from _several("{", items, "}", line)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield from _several("[", (("", part) for part in value), "]", line)
    elif isinstance(value, float):
        yield decimal_text(to_micro(value))
    elif isinstance(value, str):
        yield _text(value)
    else:
        yield json.dumps(value)


def _several(
    opening: str, items: Iterator[tuple[str, Any]], closing: str, line: str
) -> Iterator[str]:
    before = opening + line + STEP
    for head, part in items:
        yield before + head
        yield from _value(part, line + STEP)
        before = "," + line + STEP
    yield line + closing


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _harmless(text: str) -> str:
    # Outside of texts JSON has no character that is escaped here.
    return escaped(text, lambda character: json.dumps(character)[1:-1])


JSON = Exporter(
    name="json",
    suffix=".json",
    media_type="application/json",
    write=write_json,
    summary=N_("the whole scorecard, for programs"),
)
