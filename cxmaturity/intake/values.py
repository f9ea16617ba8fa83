"""What a cell means: the raw answer of one question, as survey tools and people write it.

Only what is certain is taken: an option by its id or its whole text in any language, a level by
its number, the words below.  A text that fits nothing, or two answers, is refused; it is never
matched by likeness.  What a file calls by its own codes is said in the mapping.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from cxmaturity.intake.numbers import DecimalMark, read_number
from cxmaturity.intake.questions import Question, plain
from cxmaturity.model.answers import UNKNOWN, is_not_applicable, reason_of
from cxmaturity.text.messages import gettext as _

NOT_APPLICABLE: Final = "na:other"
"""The answer of who says only that a question does not apply."""
UNKNOWN_WORDS: Final = frozenset({
    "unknown", "don't know", "dont know", "do not know", "i don't know", "i do not know",
    "cannot say", "can't say", "eos", "en osaa sanoa", "en tiedä",
})  # fmt: skip
NOT_APPLICABLE_WORDS: Final = frozenset({
    "not applicable", "does not apply", "n/a", "ei koske", "ei koske meitä", "ei sovellu",
})  # fmt: skip
NONE_WORDS: Final = frozenset({"none", "none of these", "ei mitään", "ei mikään näistä"})
"""Words for the empty set of options."""
YES_WORDS: Final = frozenset({"yes", "y", "true", "1", "kyllä", "k", "tosi"})
NO_WORDS: Final = frozenset({"no", "n", "false", "0", "ei", "e", "epätosi"})
_LABEL = re.compile(r"([+-]?\d{1,10})\s*[–—:.)-]\s*(\S.*)", re.DOTALL)
_WHOLE = re.compile(r"([+-]?\d{1,10})(?:[.,]0{1,2})?")
_MOST_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Codes:
    """What a file's own codes mean in one column, as the mapping says; compared by `plain`.

    ``values`` give raw answers; ``missing`` are no answers, ``unknown`` and ``not_applicable``
    answers without a value.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    missing: Iterable[str] = ()
    unknown: Iterable[str] = ()
    not_applicable: Iterable[str] = ()

    def table(self) -> dict[str, object]:
        """The raw answer by code; None for what is no answer."""
        table: dict[str, object] = {plain(code): raw for code, raw in self.values.items()}
        table |= dict.fromkeys(map(plain, self.missing))
        table |= dict.fromkeys(map(plain, self.unknown), UNKNOWN)
        return table | dict.fromkeys(map(plain, self.not_applicable), NOT_APPLICABLE)


class CellReader:
    """Reads the cells of one question; each text is worked out once.

    ``special`` counts, as written, the texts that are no answer with a value.
    """

    def __init__(
        self, question: Question, codes: Codes | None = None, mark: DecimalMark | None = None
    ) -> None:
        self.question = question
        self.mark: DecimalMark | None = mark
        self.special: Counter[str] = Counter()
        self._type = question.domain.type
        self._codes = (codes or Codes()).table()
        self._own = _own_words(question)
        self._known: dict[str, object] = {"": None}

    def read(self, text: str) -> object:
        """The raw answer, None for no answer; raises ValueError with what is allowed or wrong."""
        if text not in self._known:
            if len(self._known) > _MOST_REMEMBERED:
                self._known = {"": None}
            raw = self._work_out(text)
            self._known[text] = raw
        raw = self._known[text]
        if text and (raw is None or raw == UNKNOWN or is_not_applicable(raw)):
            self.special[text.strip()] += 1
        return raw

    def _work_out(self, text: str) -> object:
        word = plain(text)
        if not word:
            return None
        raw = self._codes[word] if word in self._codes else self._said(text.strip(), word)
        if raw is None or raw == UNKNOWN or reason_of(raw):
            return raw
        if isinstance(raw, list):
            raw = tuple(raw)
        self.question.read(raw)
        return raw

    def _said(self, text: str, word: str) -> object:
        if word in self._own:
            return self._with_own(word)
        if word in UNKNOWN_WORDS:
            return UNKNOWN
        if word in NOT_APPLICABLE_WORDS:
            return NOT_APPLICABLE
        if is_not_applicable(word):
            return word
        match self._type:
            case "options":
                return self._several(word)
            case "truth":
                return _yes_or_no(word)
            case "number":
                return self._number(text, word)
        return text

    def _with_own(self, word: str) -> object:
        raw = _only(self._own[word])
        return (raw,) if self._type == "options" else raw

    def _several(self, word: str) -> tuple[object, ...]:
        """Options with ``;`` or commas between; an option's own text may hold commas."""
        if word in NONE_WORDS:
            return ()
        parts = [part.strip() for part in word.split(";") if part.strip()]
        if len(parts) > 1 and all(part in self._own for part in parts):
            return tuple(_only(self._own[part]) for part in parts)
        ways = list(_cuts(re.split(r"[,;]", word.strip(" ,;")), self._own))
        if len(ways) > 1:
            raise ValueError(_("fits several answers"))
        if not ways:
            raise ValueError(_("is none of the options"))
        return tuple(_only(self._own[part]) for part in ways[0])

    def _number(self, text: str, word: str) -> object:
        if self.question.kind.widget != "scale":
            unit = self.question.domain.unit
            figure = text.removesuffix(unit).strip() if unit else text
            return whole_if_whole(read_number(figure, self.mark))
        whole = _WHOLE.fullmatch(word)
        if whole:
            return int(whole[1])
        label = _LABEL.fullmatch(word)
        if label and self._is_label(int(label[1]), label[2]):
            return int(label[1])
        raise ValueError(_("is no level"))

    def _is_label(self, level: int, said: str) -> bool:
        """Whether the words beside a level's number are that level's, whole or cut short."""
        texts = [
            plain(text)
            for id_, by_language in self.question.options()
            if id_ == str(level)
            for text in by_language.values()
        ]
        begun = said.removesuffix("…").rstrip()
        is_begun = begun not in ("", said)
        return any(text == said or (is_begun and text.startswith(begun)) for text in texts)


def whole_if_whole(number: Decimal) -> int | Decimal:
    """A number in its one form, so that 2, 2.0 and 2.00 are the same answer."""
    return int(number) if number == number.to_integral_value() else number.normalize()


def _own_words(question: Question) -> dict[str, tuple[object, ...]]:
    """Ids and texts of options, in every language, with the answers that each may mean."""
    found: dict[str, dict[object, None]] = {}
    type_ = question.domain.type
    for id_, texts in question.options():
        raw: object = id_
        if type_ == "number":
            raw = int(id_)
        elif type_ == "truth":
            raw = id_ == "yes"
        for text in (id_, *texts.values()):
            found.setdefault(plain(text), {})[raw] = None
    return {word: tuple(raws) for word, raws in found.items() if word}


def _only(raws: tuple[object, ...]) -> object:
    if len(raws) > 1:
        raise ValueError(_("fits several answers"))
    return raws[0]


def _yes_or_no(word: str) -> bool:
    if word in YES_WORDS or word in NO_WORDS:
        return word in YES_WORDS
    raise ValueError(_("is neither yes nor no"))


def _cuts(tokens: list[str], known: Mapping[str, object]) -> Iterable[list[str]]:
    """At most two ways to read pieces between commas as known texts, which may hold commas."""
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(tokens) + 1):
        here: list[list[str]] = []
        for start in range(max(0, end - _MOST_PIECES), end):
            text = ",".join(tokens[start:end]).strip()
            if text in known:
                here += [[*way, text] for way in ways[start]]
        ways.append(here[:2])
    return ways[-1]


_MOST_PIECES = 12
"""Commas and one that an option's text may hold."""
