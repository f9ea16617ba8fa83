"""Which plugins a run may use: all, some, none; asked for by flags or the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.extension.discovery import Candidate, in_folder, installed
from cxmaturity.text.messages import N_

DISABLED = "CXMATURITY_DISABLE_PLUGINS"
"""Names of plugins or distributions that are not used, with commas between."""
FOLDER = "CXMATURITY_PLUGINS_DIR"
"""A folder of one-file plugins."""
OFF = "CXMATURITY_NO_PLUGINS"
"""Anything: no plugin is used."""
STRICT = "CXMATURITY_STRICT_PLUGINS"
"""Anything: the first failure of a plugin ends the run."""


@dataclass(frozen=True, slots=True)
class PluginChoice:
    """``off``: none at all; ``strict``: the first failure ends the run."""

    off: bool = False
    strict: bool = False
    folder: Path | None = None
    disabled: frozenset[str] = frozenset()

    def candidates(self) -> tuple[Candidate, ...]:
        """Every plugin that may be loaded, from metadata alone."""
        if self.off:
            return ()
        return (*installed(), *(in_folder(self.folder) if self.folder else ()))

    def require_folder(self) -> None:
        """Raise UsageError where the folder of plugins is none."""
        if self.folder is not None and not self.folder.is_dir():
            raise UsageError(
                Problem(
                    "no_plugins_folder",
                    N_("there is no such folder"),
                    Where(str(self.folder)),
                    N_("give --plugins-dir or CXMATURITY_PLUGINS_DIR a folder with plugin files"),
                )
            )


def chosen_by(environment: Mapping[str, str]) -> PluginChoice:
    """What the environment asks for."""
    names = (name.strip() for name in environment.get(DISABLED, "").split(","))
    folder = environment.get(FOLDER)
    return PluginChoice(
        off=bool(environment.get(OFF)),
        strict=bool(environment.get(STRICT)),
        folder=Path(folder) if folder else None,
        disabled=frozenset(name for name in names if name),
    )
