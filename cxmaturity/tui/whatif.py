"""What if: a copy of an engagement that may be changed freely and is never saved.

The real scores stand beside the supposed ones.  Only wanted levels can be kept, as targets; what
else was supposed is named, so that nobody believes it was saved.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from cxmaturity.engine.program import OVERALL
from cxmaturity.errors import CxError
from cxmaturity.model.engagement import Evidence
from cxmaturity.model.rubric import Grade
from cxmaturity.store.edits import Edits
from cxmaturity.tui.answering import Answering
from cxmaturity.tui.assessment import NOTHING
from cxmaturity.tui.history import Change
from cxmaturity.tui.live import Standing
from cxmaturity.tui.questions import level_of, same
from cxmaturity.tui.session import Session
from cxmaturity.workbench.engagements import FACT, entries_of, evidence_of


@dataclass(frozen=True, slots=True)
class Supposition:
    """One thing that is otherwise than in reality; ``target`` is the level it would become."""

    kind: Literal["answer", "evidence", "weight"]
    path: str
    real: object
    supposed: object
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A dimension, or the overall, before and after."""

    dimension: str
    real: Standing
    supposed: Standing

    @property
    def moved(self) -> bool:
        """Whether its score changed."""
        return self.real.score != self.supposed.score


class WhatIf(Answering):
    """A supposed world beside the real one."""

    def __init__(self, real: Session) -> None:
        """Start from the answers as they are now."""
        super().__init__(real.workbench, real.opened, real.now, who="", ascii_only=real.ascii)
        self.real = real
        self.place = real.place
        self._note_base()

    def suppose_grade(self, path: str, grade: Grade) -> None:
        """Suppose other evidence."""
        before = self.evidence(path)
        reference = before.reference if before else ""
        date = before.date if before else None
        self.set_evidence(path, Evidence(grade=grade, reference=reference, date=date))

    def suppose_weight(self, path: str, weight: Decimal | None) -> None:
        """Suppose another weight of a dimension or indicator; raises CxError for what is none."""
        before = self.folder.engagement.weights.get(path)
        real = None if before is None else Decimal(before).scaleb(-6)
        if real != weight:
            key, place = f"weight.{path}", path if self.has(path) else self.place
            self._do(Change(place, Edits(settings={key: weight}), Edits(settings={key: real})))

    def drop(self) -> None:
        """Go back to the real answers."""
        self._history.clear()
        self._take_real()

    def catch_up(self) -> None:
        """Put what was supposed on the real answers as they are now; undo begins anew."""
        if self._real_version == self.real.version:
            return
        supposed = self.suppositions()
        self._history.clear()
        self._take_real()
        for item in supposed:
            if item.kind == "weight" or self.has(item.path):
                with contextlib.suppress(CxError, ValueError):
                    self._suppose(item)

    def _note_base(self) -> None:
        """Remember what the suppositions differ from."""
        folder = self.real.folder
        self._real_version = self.real.version
        self._base_entries = entries_of(folder)
        self._base_evidence = evidence_of(folder)
        self._base_weights = folder.engagement.weights

    def _take_real(self) -> None:
        self._note_base()
        self._put(self.real.opened)
        if not self.has(self.place):
            self.place = self.real.place

    def _suppose(self, item: Supposition) -> None:
        if item.kind == "answer":
            self._rate(item.path, value=item.supposed)
        elif item.kind == "evidence":
            self.suppose_grade(item.path, cast("Grade", item.supposed))
        else:
            weight = cast("int | None", item.supposed)
            self.suppose_weight(item.path, None if weight is None else Decimal(weight).scaleb(-6))

    # what came of it ----------------------------------------------------------------------------

    def suppositions(self) -> tuple[Supposition, ...]:
        """Everything that is otherwise than in reality, in the order of the questions."""
        return (*self._answers(), *self._evidences(), *self._weights())

    def moves(self) -> tuple[Move, ...]:
        """The overall and every dimension, before and after."""
        known = self.real.program.node_index
        dimensions = [id_ for id_ in self.rubric.dimensions if id_ in self.program.node_index]
        return tuple(
            Move(id_, self.real.live.standing(id_), self.live.standing(id_))
            for id_ in (OVERALL, *dimensions)
            if id_ in known
        )

    def keep_as_targets(self) -> tuple[tuple[Supposition, ...], tuple[Supposition, ...]]:
        """Keep the supposed levels as targets; what was kept, and what was not."""
        found = self.suppositions()
        kept = tuple(item for item in found if item.target is not None)
        if kept:
            self.real.set_targets(
                {item.path: item.target for item in kept if item.target is not None}
            )
        return kept, tuple(item for item in found if item.target is None)

    def _answers(self) -> Iterator[Supposition]:
        for question in self.questions:
            real = self._base_entries.get(question.path, NOTHING).value
            supposed = self.rating(question.path).value
            if same(question, real, supposed):
                continue
            level = level_of(question, supposed)
            target = None if level is None else Decimal(level).scaleb(-6)
            yield Supposition("answer", question.path, real, supposed, target)

    def _evidences(self) -> Iterator[Supposition]:
        for question in self.questions:
            if question.path.startswith(FACT):
                continue
            entries = self._base_evidence.get(question.path), self.evidence(question.path)
            before, after = (entry.grade if entry else "claimed" for entry in entries)
            if before != after:
                yield Supposition("evidence", question.path, before, after)

    def _weights(self) -> Iterator[Supposition]:
        real, supposed = self._base_weights, self.folder.engagement.weights
        for path in dict.fromkeys([*real, *supposed]):
            if real.get(path) != supposed.get(path):
                yield Supposition("weight", path, real.get(path), supposed.get(path))
