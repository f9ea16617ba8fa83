"""cxmaturity: a rules-based customer-experience maturity assessment engine.

The public names are loaded when they are first used, so that ``cxmaturity --version`` stays quick::

    import cxmaturity as cx

    rubric = cx.load_rubric("cx_phases")
    card = cx.score(rubric, cx.Answers({"loop.detractors": 2}, facts={"size": "mid"}))
    card.phase.id, card.dimensions["loop"].score, card.why("loop")
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Answers": "cxmaturity.model.answers",
    "Scope": "cxmaturity.model.answers",
    "Scorecard": "cxmaturity.model.scorecard",
    "CxError": "cxmaturity.errors",
    "hookimpl": "cxmaturity.hookspecs",
    "load_rubric": "cxmaturity.api",
    "open_engagement": "cxmaturity.api",
    "score": "cxmaturity.api",
}

__all__ = [  # noqa: PLE0604 - loaded on first use
    "__version__",
    *_PUBLIC,
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Load a public name when it is first used."""
    if name not in _PUBLIC:
        msg = f"module 'cxmaturity' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_PUBLIC[name]), name)
