"""Three looks: dark, light, and high contrast.  Meaning never rests on colour alone."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="cx-dark", primary="#5fb3b3", secondary="#c594c5", accent="#fac863", warning="#f99157",
    error="#ec5f67", success="#99c794", foreground="#d8dee9", background="#16202a",
    surface="#1b2733", panel="#243340", dark=True,
)  # fmt: skip
LIGHT: Final = Theme(
    name="cx-light", primary="#00626b", secondary="#6b3fa0", accent="#8a5a00", warning="#a04000",
    error="#b00020", success="#1d6b1d", foreground="#1c2430", background="#fbfaf7",
    surface="#f3f1ea", panel="#e6e3d8", dark=False,
)  # fmt: skip
CONTRAST: Final = Theme(
    name="cx-contrast", primary="#ffff00", secondary="#00ffff", accent="#ffff00",
    warning="#ffb000", error="#ff6060", success="#60ff60", foreground="#ffffff",
    background="#000000", surface="#000000", panel="#1a1a1a", dark=True,
)  # fmt: skip
THEMES: Final = (DARK, LIGHT, CONTRAST)
_SHORT: Final = {"dark": DARK.name, "light": LIGHT.name, "contrast": CONTRAST.name}


def theme_name(wish: str | None) -> str:
    """The theme that a setting asks for: ``dark``, ``light``, ``contrast``; dark for all else."""
    return _SHORT.get((wish or "").casefold(), DARK.name)


def next_theme(name: str) -> tuple[str, str]:
    """The theme after another one, and how the settings call it."""
    names = [theme.name for theme in THEMES]
    following = names[(names.index(name) + 1) % len(names)] if name in names else names[0]
    return following, next(short for short, full in _SHORT.items() if full == following)
