"""Small worlds: a rubric of a few lines, an engagement in a folder, a scorecard.

What a definition leaves out is filled in, so that a test writes only what it is about.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import tomli_w

from cxmaturity.engine.score import About
from cxmaturity.engine.score import score as score_program
from cxmaturity.model.answers import Answers, Scope
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.model.exact import to_micro
from cxmaturity.model.rubric import Grade
from cxmaturity.model.scorecard import EngagementInfo, Scorecard
from cxmaturity.store.edits import Edits
from cxmaturity.store.saving import save_edits
from cxmaturity.testing.isolation import workbench
from cxmaturity.workbench import LoadedRubric, Workbench
from cxmaturity.workbench.creating import Beginning, create_engagement

DATE: Final = dt.date(2026, 3, 1)
"""The date of an engagement that names none: results never depend on the day of the test."""

_EMPTY: Final[dict[str, Any]] = {
    "format": 1,
    "id": "small",
    "version": "1.0.0",
    "title": "Small",
    "languages": ["en"],
    "phases": {"start": {"title": "Start", "gate": "true"}},
}
_LEVELS: Final = ["nothing", "a beginning", "in part", "mostly", "always"]
"""Levels of a ladder that names none, on the scale from 0 to 4."""


def write_rubric(folder: Path, definition: Mapping[str, Any] | str) -> Path:
    """Write a rubric into ``folder`` (made, and named as the rubric's id) and give that folder.

    ``definition`` holds the tables of ``rubric.toml``, as a dict or TOML text.  Left out may be:
    format, id, version, title, languages, phases; the title of a dimension or fact; kind, title,
    question and levels of an indicator.  A rubric that ``extends`` another gets its head only.
    """
    read = tomllib.loads(definition) if isinstance(definition, str) else dict(definition)
    filled = _filled(read)
    own = folder / str(filled["id"])
    own.mkdir(parents=True)
    (own / "rubric.toml").write_text(tomli_w.dumps(filled), "utf-8")
    return own


def build_rubric(definition: Mapping[str, Any] | str, *plugins: ModuleType | Path) -> LoadedRubric:
    """A small rubric, loaded and checked; see :func:`write_rubric` for what may be left out.

    It may name in ``requires`` the distributions of ``plugins`` (modules, or paths of one-file
    plugins).  Raises RubricError with every fault, PluginError when a plugin fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        return workbench(*plugins).load_rubric(write_rubric(Path(folder), definition))


def build_scorecard(
    rubric: LoadedRubric | str,
    answers: Mapping[str, object] | None = None,
    *,
    facts: Mapping[str, object] | None = None,
    grades: Mapping[str, Grade] | None = None,
    profile: str | None = None,
    modules: tuple[str, ...] = (),
    targets: Mapping[str, float] | None = None,
) -> Scorecard:
    """The scorecard of answers by ``dimension.indicator`` and facts by id.

    ``rubric`` is a loaded rubric, or the id of a bundled one.  Raises InputError with every answer
    that its question does not take.
    """
    bench = Workbench() if isinstance(rubric, str) else workbench()
    loaded = bench.load_rubric(rubric) if isinstance(rubric, str) else rubric
    program = bench.program(loaded, Scope(profile, frozenset(modules)))
    wanted = {path: to_micro(target) for path, target in (targets or {}).items()}
    given = Answers(answers or {}, facts or {}, grades or {}, wanted)
    engagement = EngagementInfo("Example Ltd", DATE, profile=profile, modules=modules)
    about = About(engagement=engagement, sha256=loaded.sha256)
    card = score_program(program, given, about)
    return bench.plugins.finished(card, loaded.needed.plugins)


def build_engagement(
    folder: Path,
    rubric: LoadedRubric | str,
    answers: Mapping[str, object] | None = None,
    *,
    facts: Mapping[str, object] | None = None,
    grades: Mapping[str, Grade] | None = None,
    date: dt.date = DATE,
    organisation: str = "Example Ltd",
    settings: Mapping[str, object] | None = None,
) -> Path:
    """An engagement as ``cxmaturity new`` makes it, in the new folder ``folder``, with answers.

    ``settings`` are further keys of ``engagement.toml``, such as ``advisors``.  Gives the folder,
    for ``cxmaturity.open_engagement`` or the command line.
    """
    with tempfile.TemporaryDirectory() as scratch:
        name, bench = _on_disk(rubric, Path(scratch))
        made = create_engagement(bench, folder, Beginning(organisation, date), rubric=name)
    rests_on = {path: Evidence(grade=grade, date=date) for path, grade in (grades or {}).items()}
    save_edits(made, Edits(_ratings(answers), _ratings(facts), rests_on, settings or {}))
    return folder


# what is left out -------------------------------------------------------------------------------


def _filled(definition: dict[str, Any]) -> dict[str, Any]:
    if "extends" in definition:
        return {key: _EMPTY[key] for key in ("format", "id", "version")} | definition
    filled = {**_EMPTY, **definition}
    languages = filled["languages"]
    filled["title"] = _text(filled["title"], languages)
    if filled["phases"] is _EMPTY["phases"]:
        start = {"title": _text("Start", languages), "gate": "true"}
        filled["phases"] = {"start": start}
    filled["dimensions"] = {
        name: _dimension(name, table, languages)
        for name, table in filled.get("dimensions", {}).items()
    }
    filled["facts"] = {
        name: _question(name, table, languages) for name, table in filled.get("facts", {}).items()
    }
    return filled


def _dimension(name: str, table: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
    indicators = {
        key: _indicator(key, below, languages) for key, below in table.get("indicators", {}).items()
    }
    return {"title": _text(name, languages), **table, "indicators": indicators}


def _indicator(name: str, table: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
    filled = {"kind": "ladder", **_question(name, table, languages)}
    if filled["kind"] == "ladder":
        filled.setdefault("levels", [_text(level, languages) for level in _LEVELS])
    return filled


def _question(name: str, table: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
    said = {"title": _text(name, languages), "question": _text(f"How is {name}?", languages)}
    return {**said, **table}


def _text(text: object, languages: list[str]) -> object:
    if not isinstance(text, str) or len(languages) == 1:
        return text
    return dict.fromkeys(languages, text)


# an engagement's parts --------------------------------------------------------------------------


def _on_disk(rubric: LoadedRubric | str, scratch: Path) -> tuple[str, Workbench]:
    """A name that the workbench finds the rubric by; a loaded one is written out first."""
    if isinstance(rubric, str):
        return rubric, Workbench()
    for name, data in rubric.source.files.items():
        path = scratch / rubric.rubric.id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    bench = workbench()
    found = tuple(plugin.candidate for plugin in rubric.needed.plugins)
    bench.plugins.host.find = lambda: found
    return str(scratch / rubric.rubric.id), bench


def _ratings(answers: Mapping[str, object] | None) -> dict[str, Rating | None]:
    return {path: Rating(value=raw) for path, raw in (answers or {}).items()}
