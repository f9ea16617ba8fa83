"""How a question is answered with keys: its options, the stored form of an answer, its level.

Every kind is asked through its record: its hint says which way, its options say between what, and
its own reader says whether an answer is allowed.  No kind is known here by its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cxmaturity.model.exact import MILLION, to_micro
from cxmaturity.workbench.questions import Question

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer: the key that is pressed, the answer as stored, its text."""

    key: str
    raw: object
    text: Mapping[str, str]


def options_of(question: Question) -> tuple[Option, ...]:
    """What can be chosen; empty where a number or a text is written."""
    scale = question.kind.widget == "scale"
    texts = question.options()
    raws = [int(key) if scale else key for key, _text in texts]
    keys = _keys(raws)
    return tuple(
        Option(key, raw, text) for key, raw, (_key, text) in zip(keys, raws, texts, strict=True)
    )


def canonical(question: Question, raw: object) -> object:
    """The answer as it is stored; raises ValueError with a sentence that says what is allowed.

    A yes is stored as true and a set in the options' order, whatever way it was given; a figure
    stays as it was written.
    """
    answer = question.read(raw)
    return answer if isinstance(answer, bool | str | tuple) else raw


def same(question: Question, one: object, other: object) -> bool:
    """Whether two stored answers say the same."""
    if one is None or other is None:
        return one is other
    try:
        return bool(question.read(one) == question.read(other))
    except ValueError:
        return one == other


def level_of(question: Question, raw: object) -> int | None:
    """The level an answer gives, in millionths; None for a fact or an unscored option."""
    if question.is_fact or question.kind.level is None:
        return None
    try:
        answer = question.read(raw)
    except ValueError:
        return None
    return question.kind.level(question.settings, question.scale, answer)


def written_number(text: str) -> int | Decimal:
    """The number that a person wrote, with a decimal point or comma; raises ValueError."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except ArithmeticError as error:
        msg = "a number is needed"
        raise ValueError(msg) from error
    micro = to_micro(number)
    return micro // MILLION if micro % MILLION == 0 else number


def _keys(raws: Sequence[object]) -> list[str]:
    """Levels that are single digits are pressed as such; else the option's number, then letters."""
    if all(isinstance(raw, int) and 0 <= raw <= 9 for raw in raws):
        return [str(raw) for raw in raws]
    if len(raws) <= 9:
        return [str(number) for number in range(1, len(raws) + 1)]
    if len(raws) <= len(LETTERS):
        return list(LETTERS[: len(raws)])
    return [f"{number:02d}" for number in range(1, len(raws) + 1)]
