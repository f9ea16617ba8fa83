"""How a run tells its errors, chosen before anything else is read."""

from __future__ import annotations

from typing import NamedTuple


class Manner(NamedTuple):
    """``debug`` shows where in the program an error arose; ``as_json`` tells it to programs."""

    debug: bool = False
    as_json: bool = False
