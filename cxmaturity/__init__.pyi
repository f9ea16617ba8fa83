# What the public names are, for type checkers: at run time they are loaded on first use.

from cxmaturity.api import load_rubric as load_rubric
from cxmaturity.api import open_engagement as open_engagement
from cxmaturity.api import score as score
from cxmaturity.errors import CxError as CxError
from cxmaturity.hookspecs import hookimpl as hookimpl
from cxmaturity.model.answers import Answers as Answers
from cxmaturity.model.answers import Scope as Scope
from cxmaturity.model.scorecard import Scorecard as Scorecard

__version__: str
__all__ = [
    "Answers",
    "CxError",
    "Scope",
    "Scorecard",
    "__version__",
    "hookimpl",
    "load_rubric",
    "open_engagement",
    "score",
]
