"""The terminal interface: values become a screen, keys become answers.

Only here is Textual imported, and not before the interface starts: whoever asks for `run` pays for
no more than this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxmaturity.store.preferences import Preferences


def run(start: Path | None = None, preferences: Preferences | None = None) -> int:
    """Show the interface, at the list of engagements or at one of them, until it is left.

    The exit code: 0, or 1 when the program itself failed; what was acknowledged is saved either
    way.  The language in use is spoken; it must be chosen before.
    """
    from cxmaturity.tui.running import run_app

    return run_app(start, preferences)
