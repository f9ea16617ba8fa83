"""`toml`: the same keys as JSON, for people who compare results in a text editor.

What is missing is absent, since TOML has no null.  The first line names the schema for editors.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import tomli_w

from cxmaturity.exporters import Exporter, ExportOptions
from cxmaturity.exporters.escaping import escaped
from cxmaturity.model.exact import decimal_text, to_micro
from cxmaturity.model.scorecard import FORMAT, Scorecard
from cxmaturity.model.scorecard_data import as_data
from cxmaturity.text.messages import N_

SCHEMA = f"#:schema https://cxmaturity.example/schema/scorecard-{FORMAT}.json\n"
"""First line of the file."""


def write_toml(card: Scorecard, _options: ExportOptions) -> bytes:
    """The scorecard as TOML; read back with ``from_data(tomllib.loads(…))`` it is the same."""
    text = tomli_w.dumps(_exact(as_data(card)), multiline_strings=False)
    return (SCHEMA + escaped(text, _escape)).encode("utf-8")


def _exact(value: Any) -> Any:  # noqa: ANN401 - anything of a scorecard
    """Fractions as decimals: a float would be written with an exponent where it is small."""
    if isinstance(value, float):
        return Decimal(decimal_text(to_micro(value)))
    if isinstance(value, Mapping):
        return {key: _exact(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_exact(part) for part in value]
    return value


def _escape(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        # Half a character, which no TOML file can hold.
        code = 0xFFFD
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


TOML = Exporter(
    name="toml",
    suffix=".toml",
    media_type="application/toml",
    write=write_toml,
    summary=N_("the whole scorecard, for a text editor"),
)
