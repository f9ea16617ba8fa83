"""How a rubric is named on the command line: by its id, or by its folder."""

from __future__ import annotations

from pathlib import Path


def rubric_at(name: str) -> str | Path:
    """An id as it is; a path where one is written or a rubric's folder of that name is here."""
    folder = Path(name)
    if "/" in name or (folder / "rubric.toml").is_file():
        return folder
    return name
