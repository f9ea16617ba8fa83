"""Survey data into an engagement: what may be filled, who reads the file, what is saved.

A file is taken whole or not at all: nothing is saved before everything in it is understood and
every wave fits what is there.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.hookspecs import Measure
from cxmaturity.intake.mapping import Mapping
from cxmaturity.intake.pipeline import Imported, Prepared, Wanted, prepare
from cxmaturity.intake.questions import Axis, Questionnaire
from cxmaturity.measures.number import number_measure
from cxmaturity.model.measures import Series, Wave
from cxmaturity.store.imports import SavedImport, save_import
from cxmaturity.store.measures import measures_revision, read_measures, save_series
from cxmaturity.text.messages import N_
from cxmaturity.workbench import Opened, Workbench
from cxmaturity.workbench.data_plugins import known_measures, laid_out, plugin_of_measure
from cxmaturity.workbench.hearing import people_settings
from cxmaturity.workbench.questions import questions_of


@dataclass(frozen=True, slots=True)
class Saved:
    """What an import changed: the people, and by measure how many waves are new or replaced."""

    people: SavedImport | None
    waves: Table[str, int]


def questionnaire_of(opened: Opened) -> Questionnaire:
    """What respondents of an engagement can say: its questions in scope, without facts."""
    questions = questions_of(opened.program)
    return Questionnaire(
        rubric=opened.rubric.id,
        version=opened.rubric.version,
        questions={path: q for path, q in questions.items() if not q.is_fact},
        axes=_axes(opened),
    )


def prepare_import(bench: Workbench, opened: Opened, path: Path, mapping: Mapping) -> Prepared:
    """Open a file and match its columns; raises InputError or UsageError with every fault."""
    file = laid_out(bench, path, mapping)
    measures = {**known_measures(bench), **_own_measures(mapping)}
    n_min = people_settings(opened.rubric, opened.engagement).n_min
    wanted = Wanted(questionnaire_of(opened), measures, n_min)
    return prepare(file, mapping, wanted)


def save_imported(
    bench: Workbench, opened: Opened, imported: Imported, *, replace_old: bool = False
) -> Saved:
    """Save people and measures; raises UsageError where something else is there already."""
    folder = opened.folder.path
    revision = measures_revision(folder)
    there = read_measures(folder).measures
    merged = {
        name: merged_series(
            name, there.get(name), _owned(bench, name, series), replace_old=replace_old
        )
        for name, series in imported.series.items()
    }
    people = None
    if imported.people is not None:
        people = save_import(
            folder,
            imported.people,
            rubric_id=opened.rubric.id,
            rubric_version=opened.rubric.version,
            replace=replace_old,
        )
    for name, (series, changed) in merged.items():
        if changed:
            revision = save_series(folder, name, series, revision)
    return Saved(people, {name: changed for name, (_series, changed) in merged.items()})


def merged_series(
    name: str, before: Series | None, new: Series, *, replace_old: bool
) -> tuple[Series, int]:
    """A measure with its new waves, and how many of these are new or differ from what was there.

    Raises UsageError for a wave that is there with other figures, unless it is to be replaced.
    """
    waves = {(w.starts, w.ends): w for w in (before.waves if before else ())}
    changed, problems = 0, []
    for wave in new.waves:
        old = waves.get((wave.starts, wave.ends))
        if old is not None and _figures(old) == _figures(wave):
            continue
        if old is not None and not replace_old:
            problems.append(_there_already(name, old))
        waves[wave.starts, wave.ends] = wave
        changed += 1
    if problems:
        raise UsageError(problems)
    return new.model_copy(update={"waves": tuple(waves.values())}), changed


def _there_already(name: str, wave: Wave) -> Problem:
    what = N_("'{name}' of {starts}–{ends} is there with other figures, from {file}")
    values = {"name": name, "starts": wave.starts or "", "ends": wave.ends, "file": wave.file}
    hint = N_("import with --replace to take the new figures instead")
    return Problem("wave_there", what, Where("measures.toml", key=name), hint, values)


def _figures(wave: Wave) -> dict[str, object]:
    """What a wave says, whatever file it was read from."""
    return wave.model_dump(exclude={"file", "sha256"})


def _axes(opened: Opened) -> dict[str, Axis]:
    """Group axes of the rubric and the engagement, with the places that either declares."""
    rubric, own = opened.rubric.axes, opened.engagement.axes
    found: dict[str, Axis] = {}
    for axis in [*rubric, *(name for name in own if name not in rubric)]:
        about = rubric.get(axis)
        places = {id_: place.title for id_, place in about.places.items()} if about else {}
        declared = {path: places.get(path, {}) for path in own.get(axis, ())}
        found[axis] = Axis(about.title if about else {}, {**places, **declared})
    return found


def _own_measures(mapping: Mapping) -> dict[str, Measure]:
    """Figures of the company's own that a mapping defines."""
    return {
        name: number_measure(
            name,
            title=said.title,
            definition=said.definition or said.title,
            unit=said.unit,
            better=said.better,
            **({"span": said.range} if said.range else {}),
        )
        for name, said in mapping.measures.items()
        if said.title
    }


def _owned(bench: Workbench, name: str, series: Series) -> Series:
    """The series with the plugin that defines its measure."""
    return series.model_copy(update={"plugin": plugin_of_measure(bench, name)})
