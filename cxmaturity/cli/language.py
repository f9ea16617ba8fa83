"""Which language a run speaks: what was asked for, else what the engagement says, else the user's.

An engagement's own language is known only once it is open, so it may replace the one chosen at the
start, unless somebody asked for that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmaturity.text.click_words import translate_click
from cxmaturity.text.messages import Language, current_language, use_language

if TYPE_CHECKING:
    # Every start passes here; the models are slow to load.
    from cxmaturity.model.engagement import Engagement


class _Run:
    """Whether the language of this run was asked for by flag or environment."""

    asked_for: bool = False


def speak(language: Language, *, asked_for: bool) -> None:
    """Speak a language from the start of a run."""
    _Run.asked_for = asked_for
    use_language(language)
    translate_click(language)


def report_language(engagement: Engagement) -> Language:
    """The language of an engagement's reports, spoken from now on."""
    if engagement.language and not _Run.asked_for:
        speak(engagement.language, asked_for=False)
    return current_language()
