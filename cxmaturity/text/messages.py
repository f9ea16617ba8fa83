"""The program's own words in the user's language, by gettext.

English is the source and lives in the code; other languages are catalogues under ``locale/``.
Values are put in by the caller with ``str.format`` on our own message, never on foreign text::

    _("{count} answers are open").format(count=integer_text(12, current_language()))

The chosen language belongs to the process, not to a context: Textual runs each handler in a copied
context, where a context variable set by one would be unseen by the next.  Where the catalogue is
missing or damaged the words are English; this module never fails and reads nothing before its
first use.
"""

from __future__ import annotations

import gettext as catalogues
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "fi"]
"""A language that the program speaks."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Every language that the program speaks, the source language first."""

DOMAIN = "cxmaturity"
"""The catalogues' file name."""

LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"
"""Where the catalogues lie: inside the package, in a wheel and in a checkout alike."""


class _Chosen:
    """The process's language; a class attribute, so that reading needs no ``global``."""

    language: Language = "en"


def use_language(language: Language) -> None:
    """Speak this language from now on, in the whole process."""
    _Chosen.language = language


def current_language() -> Language:
    """The language in use, for what formats numbers and picks rubric texts."""
    return _Chosen.language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language for a while: an export in Finnish from an English session."""
    before = _Chosen.language
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


def gettext(message: str) -> str:
    """The message in the language in use."""
    # gettext answers "" with the catalogue's header, which no caller ever means.
    return _catalogue(_Chosen.language, LOCALE_FOLDER).gettext(message) if message else ""


_ = gettext


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of the message that fits the number."""
    return _catalogue(_Chosen.language, LOCALE_FOLDER).ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The message where one English word has several meanings: ``pgettext("verb", "answer")``."""
    return _catalogue(_Chosen.language, LOCALE_FOLDER).pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's users know
    """Mark a message of a table or constant; whoever shows it passes it through ``_``."""
    return message


def resolve_language(
    explicit: str | None = None,
    *,
    configured: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Language:
    """Which language to speak: flag, ``CXMATURITY_LANG``, user settings, the system's, English.

    Tags such as ``fi_FI.UTF-8`` count by their language.  A language the program does not speak
    falls through to the next source; refusing a mistyped flag is the command line's business.
    """
    variables = os.environ if environment is None else environment
    system = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := variables.get(n))), None)
    for wish in (explicit, variables.get("CXMATURITY_LANG"), configured, system):
        if language := _spoken(wish):
            return language
    return "en"


def _spoken(tag: str | None) -> Language | None:
    wanted = (tag or "").strip().replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return next((language for language in LANGUAGES if language == wanted), None)


@cache
def _catalogue(language: Language, folder: Path) -> catalogues.NullTranslations:
    try:
        return catalogues.translation(DOMAIN, localedir=folder, languages=[language], fallback=True)
    except (OSError, ValueError, struct.error):
        # A damaged file: English words are better than none.
        return catalogues.NullTranslations()
