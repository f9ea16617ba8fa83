"""The rubric `retail` for cxmaturity: the default rubric with what shops need.  Data only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cxmaturity import hookimpl
from cxmaturity.hookspecs import RubricPack


@hookimpl
def cxm_rubrics() -> Iterable[RubricPack]:
    """The rubric `retail`."""
    folder = Path(__file__).parent / "retail"
    return [RubricPack("retail", "shops: store experience, last mile and queues", folder)]
