"""Where a user's own files of this program are: settings and what may be thrown away.

On Linux the folders are those of the XDG specification, which is what platformdirs says too;
loading it would take longer than everything that is looked for there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

APPLICATION = "cxmaturity"


def config_folder() -> Path:
    """The user's configuration folder for this program; it need not exist."""
    if sys.platform == "linux":
        return _xdg("XDG_CONFIG_HOME", ".config")
    from platformdirs import user_config_path

    return user_config_path(APPLICATION, appauthor=False)


def cache_folder() -> Path:
    """The user's folder for what can be made again; it need not exist."""
    if sys.platform == "linux":
        return _xdg("XDG_CACHE_HOME", ".cache")
    from platformdirs import user_cache_path

    return user_cache_path(APPLICATION, appauthor=False)


def _xdg(variable: str, otherwise: str) -> Path:
    base = os.environ.get(variable, "").strip() or f"~/{otherwise}"
    return Path(base).expanduser() / APPLICATION
