"""`text`: words, for facts only; rules can only ask whether it was answered."""

from __future__ import annotations

from cxmaturity.hookspecs import Domain, Interval, NoSettings, QuestionKind
from cxmaturity.text.messages import gettext as _

LONGEST = 10_000


def _read(_settings: NoSettings, _scale: Interval, raw: object) -> str:
    if isinstance(raw, str) and len(raw) <= LONGEST:
        return raw
    raise ValueError(_("a text of at most {most} characters").format(most=LONGEST))


TEXT = QuestionKind(
    name="text",
    summary="words (facts only)",
    settings=NoSettings,
    read=_read,
    level=None,
    levels=lambda _settings, scale: scale,
    domain=lambda _settings, _scale: Domain("text"),
)
