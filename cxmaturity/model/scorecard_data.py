"""Scorecard ↔ plain data: what JSON and TOML files hold, in a fixed order.

Absent instead of null; dimensions as a list; dates as ISO text.  Reading is strict: what the format
does not know is an error.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, TypeAdapter, with_config

from cxmaturity.model.scorecard import Scorecard


def as_data(card: Scorecard) -> dict[str, Any]:
    """The scorecard as dicts, lists, texts and numbers."""
    data: dict[str, Any] = {"format": card.format}
    data.update(_plain(card))
    data["dimensions"] = list(data.get("dimensions", {}).values())
    trace = data.get("trace")
    if trace:
        for part in ("indicators", "nodes", "rules"):
            trace[part] = list(trace[part].values())
    return data


def from_data(data: Mapping[str, Any]) -> Scorecard:
    """The scorecard of plain data; raises pydantic's ValidationError with every fault."""
    by_id = dict(data)
    by_id["dimensions"] = _by_id(data.get("dimensions", []))
    if isinstance(data.get("trace"), Mapping):
        trace = dict(data["trace"])
        for part in ("indicators", "nodes", "rules"):
            trace[part] = _by_id(trace.get(part, []))
        by_id["trace"] = trace
    return adapter().validate_python(by_id)


def adapter() -> TypeAdapter[Scorecard]:
    """Pydantic's reader of scorecards (built when first needed)."""
    strict = ConfigDict(extra="forbid")
    return TypeAdapter(with_config(strict)(Scorecard))


def _by_id(items: Any) -> Any:  # noqa: ANN401 - checked by the adapter
    if not isinstance(items, list):
        return items
    return {item["id"]: item for item in items if isinstance(item, Mapping) and "id" in item}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field of a scorecard
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {name: _plain(part) for name, part in pairs if part is not None}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
