"""Scorecard files: read back strictly, because a damaged one must not pass for a judgement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxmaturity.errors import InputError, Problem, Where
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.model.scorecard_data import from_data
from cxmaturity.store.files import read_file


def read_scorecard(path: Path) -> Scorecard:
    """A scorecard from a JSON file; raises InputError or StoreError with what to do."""
    return parse_scorecard(read_file(path), str(path))


def parse_scorecard(data: bytes, name: str) -> Scorecard:
    """A scorecard from the bytes of a JSON file; ``name`` is what errors call it."""
    try:
        return from_data(_object(json.loads(data)))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise InputError(
            Problem(
                "bad_scorecard",
                "this is not a scorecard that this release reads: {why}",
                Where(name, key=key),
                "score again with `cxmaturity score --format json`",
                {"why": first["msg"]},
            )
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            Problem(
                "bad_scorecard",
                "this is not a scorecard in JSON",
                Where(name),
                "write one with `cxmaturity score DIR -o card.json`",
            )
        ) from error


def _object(data: Any) -> Mapping[str, Any]:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(data, Mapping):
        msg = "not an object"
        raise ValueError(msg)
    return data
