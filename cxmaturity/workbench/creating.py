"""New engagements: empty, from an earlier one, or the example that comes with a rubric.

Everything is checked before the folder appears.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cxmaturity.catalogue.find import find_rubric
from cxmaturity.engine.inputs import world_of
from cxmaturity.errors import InputError, RubricError, UsageError, Where
from cxmaturity.model.engagement import Assessor, Engagement, EvidenceFile
from cxmaturity.store.canonical import ENGAGEMENT, as_written
from cxmaturity.store.creation import create
from cxmaturity.store.edits import with_evidence, with_facts, with_ratings
from cxmaturity.store.engagement_folder import EngagementFolder, open_engagement
from cxmaturity.store.files import read_file
from cxmaturity.store.rubric_copy import pin
from cxmaturity.store.validation import WhereIs, model_of
from cxmaturity.text import limits
from cxmaturity.workbench import LoadedRubric, Workbench
from cxmaturity.workbench.answer_files import read_answer_file
from cxmaturity.workbench.answering import edits_of
from cxmaturity.workbench.engagements import answers_of
from cxmaturity.workbench.naming import require_known

DEFAULT_RUBRIC: Final = "cx_phases"
"""The rubric of an engagement that names none."""
EXAMPLES: Final = (DEFAULT_RUBRIC, "starter")
"""Rubrics whose example is shown, the preferred one first."""
_NOT_TAKEN_OVER = ("baseline", "fictional")
"""A baseline is a path beside the old folder; an example's mark is not the new firm's."""
_EXAMPLE = ("example", "answers.toml")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new engagement says about itself; None keeps what the earlier one said."""

    organisation: str
    date: dt.date
    profile: str | None = None
    language: str | None = None


def create_engagement(
    bench: Workbench,
    path: Path,
    beginning: Beginning,
    *,
    rubric: str | None = None,
    earlier: Path | None = None,
) -> EngagementFolder:
    """Make the folder ``path``; with ``earlier``, everything of it but its results.

    Raises UsageError for what does not fit the rubric, StoreError when ``path`` is not empty.
    """
    old = open_engagement(earlier) if earlier else None
    loaded = _loaded(bench, rubric, old)
    said = as_written(ENGAGEMENT, old.engagement) if old else {}
    for key in _NOT_TAKEN_OVER:
        said.pop(key, None)
    said |= {"organisation": beginning.organisation, "date": beginning.date}
    for key in ("profile", "language"):
        value = getattr(beginning, key)
        if value is not None:
            said[key] = value
    engagement = _engagement(said, loaded, lambda key: Where(key=".".join(map(str, key))))
    folder = EngagementFolder(
        path,
        engagement,
        old.assessor if old else Assessor(),
        old.evidence if old else EvidenceFile(),
        {},
    )
    _require_fit(bench, folder, loaded)
    return _created(folder, loaded)


def example_rubric() -> str:
    """Id of the rubric whose example is shown."""
    found = (name for name in EXAMPLES if _example(find_rubric(name)).is_file())
    return next(found, EXAMPLES[-1])


def create_example(bench: Workbench, path: Path, rubric: str | None = None) -> EngagementFolder:
    """Make the folder ``path`` with the example of a rubric."""
    folder = bench.find(rubric or example_rubric())
    loaded = bench.load_rubric(folder)
    source = _example(folder)
    file = read_answer_file(read_file(source, limits.TOML_BYTES), str(source))
    edits = edits_of(file.entries, file.evidence)
    engagement = _engagement(file.settings, loaded, file.place)
    example = EngagementFolder(
        path,
        with_facts(engagement, edits.facts),
        with_ratings(Assessor(), edits.ratings),
        with_evidence(EvidenceFile(), edits.evidence),
        {},
    )
    _require_fit(bench, example, loaded)
    return _created(example, loaded)


def _example(folder: Path) -> Path:
    return folder.joinpath(*_EXAMPLE)


def _loaded(bench: Workbench, rubric: str | None, old: EngagementFolder | None) -> LoadedRubric:
    """The rubric asked for; else the installed one of the earlier engagement, else its copy."""
    if rubric is not None or old is None:
        return bench.load_rubric(rubric or DEFAULT_RUBRIC)
    installed = {found.id: found.folder for found in bench.rubrics()}
    return bench.load_rubric(installed.get(old.engagement.rubric.id, old.rubric_folder))


def _engagement(said: Mapping[str, Any], loaded: LoadedRubric, place: WhereIs) -> Engagement:
    rubric = loaded.rubric
    pinned = pin(rubric.id, rubric.version, loaded.source.files)
    data = {**said, "rubric": pinned.model_dump()}
    try:
        engagement = model_of(Engagement, data, place)
    except InputError as error:
        raise UsageError(error.problems) from error
    require_known(rubric, engagement)
    return engagement


def _require_fit(bench: Workbench, folder: EngagementFolder, loaded: LoadedRubric) -> None:
    """Everything that keeps the engagement from being scored, before it exists."""
    try:
        opened = bench.judged_by(folder, loaded)
        answers, _aged, _undated = answers_of(folder, loaded.rubric, folder.engagement.date)
        world_of(opened.program, answers)
    except (InputError, RubricError) as error:
        raise UsageError(error.problems) from error


def _created(folder: EngagementFolder, loaded: LoadedRubric) -> EngagementFolder:
    return create(
        folder.path,
        folder.engagement,
        loaded.source.files,
        assessor=folder.assessor,
        evidence=folder.evidence,
    )
