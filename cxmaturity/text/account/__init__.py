"""What a scorecard says, in sentences and figures that every surface shares.

The terminal page, the plain page and the Markdown report differ in layout only; their words come
from here: `phase`, `scores`, `advice` and `basis`, each a module of functions that take the
`Account` of one scorecard.  They speak the language in use, so a surface calls them inside
``speaking(language)``.  Nothing here computes more than distances and counts.
"""

from __future__ import annotations

from cxmaturity.text.account.figures import NOTHING, Account

__all__ = ["NOTHING", "Account"]
