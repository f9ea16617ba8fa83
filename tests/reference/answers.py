"""What was answered: the state of each question, before any rule or policy touches it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from tests.reference.expressions import Value, truth
from tests.reference.questions import fact_value, is_not_applicable, level_of
from tests.reference.structure import Structure

GRADES = ("claimed", "documented", "demonstrated")


@dataclass(frozen=True)
class Answered:
    """An indicator: ``state`` and, when it is "answered", its level before caps.

    States: answered, unanswered, unknown, not_applicable, not_asked, unscored (an option without
    level was chosen).
    """

    state: str
    level: Fraction | None = None


class Answers:
    """The answers of one world; also what `ask_when` may read: facts and levels before caps."""

    def __init__(self, structure: Structure, world: Mapping[str, Any]) -> None:
        self.structure = structure
        self.world = world
        # Remembered per world only: `ask_when` may ask for the same answer very often.
        for name in ("asked", "indicator", "fact"):
            setattr(self, name, cache(getattr(self, name)))

    def asked(self, path: str) -> bool | None:
        """Whether a question is asked, by its own and its dimensions' `ask_when`."""
        chain = [path] if path.startswith("fact.") else list(self.structure.above(path))
        texts = [self.structure.settings(link).get("ask_when") for link in chain]
        truths = [truth(text, self) for text in texts if text]
        if False in truths:
            return False
        return None if None in truths else True

    def indicator(self, path: str) -> Answered:
        """The state of an indicator and its level before caps."""
        if self.asked(path) is False:
            return Answered("not_asked")
        answer = self.world.get("answers", {}).get(path)
        if answer is None:
            return Answered("unanswered")
        if answer == "unknown":
            return Answered("unknown")
        if is_not_applicable(answer):
            return Answered("not_applicable")
        settings = self.structure.settings(path)
        level = level_of(settings, answer, self.structure.scale_of(path))
        return Answered("unscored" if level is None else "answered", level)

    def fact(self, key: str) -> Value:
        """The value of a fact, None where it is missing."""
        if not self.structure.has(f"fact.{key}"):
            return None
        settings = self.structure.settings(f"fact.{key}")
        answer = self.world.get("facts", {}).get(key)
        if self.asked(f"fact.{key}") is False or is_not_applicable(answer):
            answer = settings.get("if_not_applicable")
        if answer is None or (isinstance(answer, str) and answer == "unknown"):
            return None
        return fact_value(settings, answer)

    def grade(self, path: str) -> str:
        """The evidence grade of an indicator."""
        return str(self.world.get("grades", {}).get(path, GRADES[0]))

    # --- the names of `ask_when` --------------------------------------------------------------

    def name(self, path: str) -> Value:
        """A fact, or the level of an indicator before caps."""
        if path.startswith("fact."):
            return self.fact(path.removeprefix("fact."))
        return self.indicator(path).level if self.structure.has(path) else None

    def about(self, function: str, path: str) -> Value:
        """Only `raw`: the rest is not known yet when questions are asked."""
        if function != "raw":
            raise ValueError(f"{function}() is not allowed in ask_when")
        return self.name(path)
