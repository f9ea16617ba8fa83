"""Drawn examples that are the same in every run, and how broken laws are told."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION

TRIES: Final = 300
"""Drawn examples of each law."""
SCALE: Final[Interval] = (0, 4 * MILLION)


def drawing(seed: int = 1) -> random.Random:
    """The source of the examples."""
    return random.Random(seed)  # noqa: S311 - examples, not secrets


def number(draw: random.Random, span: Interval) -> int:
    """A number of an interval: mostly whole levels and the ends, where mistakes live."""
    low, high = span
    if draw.random() < 0.7:
        step = max(MILLION, (high - low) // 20)
        found: int = draw.choice([low, high, *range(low, high + 1, step)])
        return found
    return draw.randint(low, high)


def told(law: Callable[[], str]) -> str:
    """What a law says; what it raises is said too."""
    try:
        return law()
    except Exception as error:  # noqa: BLE001 - foreign code may raise anything
        return f"it raises {type(error).__name__}: {error}"


def require(name: str, faults: Sequence[str]) -> None:
    """Raise AssertionError with the faults, if any."""
    if faults:
        raise AssertionError(f"{name}: " + "\n".join(faults))
