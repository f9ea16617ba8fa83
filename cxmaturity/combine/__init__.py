"""The built-in combining methods, one file each."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity.combine.extremes import MAX, MIN
from cxmaturity.combine.mean import MEAN
from cxmaturity.combine.share import SHARE
from cxmaturity.combine.staged import STAGED
from cxmaturity.combine.sum import SUM
from cxmaturity.combine.tiers import TIERS
from cxmaturity.hookspecs import Combiner, hookimpl

BUILT_IN: tuple[Combiner, ...] = (MEAN, SUM, SHARE, MIN, MAX, STAGED, TIERS)
"""Every built-in method."""


@hookimpl
def cxm_combiners() -> Iterable[Combiner]:
    """The built-in methods, as a plugin would give them."""
    return BUILT_IN
