"""The composition root: kinds, methods, rubrics and engagements put together once, without globals.

Command line, terminal UI and the Python API ask the workbench; nothing below knows it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity import __version__
from cxmaturity.catalogue.extend import Source, read_source
from cxmaturity.catalogue.find import FoundRubric, find_rubric, is_path, list_rubrics
from cxmaturity.catalogue.folder import Parse, parse_files
from cxmaturity.catalogue.validate import validate
from cxmaturity.engine.compile import compile_rubric
from cxmaturity.engine.program import Program
from cxmaturity.engine.score import About
from cxmaturity.engine.score import score as score_program
from cxmaturity.errors import InputError, RubricError
from cxmaturity.hookspecs import Registry
from cxmaturity.model.answers import Scope
from cxmaturity.model.engagement import Engagement
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import EngagementInfo, Scorecard
from cxmaturity.store.adoption import settle
from cxmaturity.store.canonical import ENGAGEMENT
from cxmaturity.store.engagement_folder import (
    RESPONSES_FOLDER,
    EngagementFolder,
    open_engagement,
    read_part,
)
from cxmaturity.workbench.data import figures_of, measure_cards
from cxmaturity.workbench.engagements import answers_of, orphans, placed_in, scope_of
from cxmaturity.workbench.hearing import Hearing, people_settings
from cxmaturity.workbench.plugins import Needed, Plugins
from cxmaturity.workbench.scorecards import read_scorecard

if TYPE_CHECKING:
    from cxmaturity.engine.people.hearing import Heard
    from cxmaturity.model.measures import MeasuresFile


@dataclass(frozen=True, slots=True)
class LoadedRubric:
    """A checked rubric and the files it came from."""

    rubric: Rubric
    source: Source
    needed: Needed
    """The kinds, methods and functions it may use, and the plugins they are of."""

    @property
    def sha256(self) -> str:
        """Digest of all its files."""
        return self.source.sha256


@dataclass(frozen=True, slots=True)
class Opened:
    """An engagement with the rubric it is judged by, ready to be scored."""

    folder: EngagementFolder
    loaded: LoadedRubric
    program: Program
    pinned: bool
    hearing: Hearing | None = None
    """The respondents; None where there are none."""
    measures: MeasuresFile | None = None
    """Figures from imported data; None where there are none."""

    @property
    def engagement(self) -> Engagement:
        """Who is assessed, when, with what."""
        return self.folder.engagement

    @property
    def rubric(self) -> Rubric:
        """The rubric that judges."""
        return self.loaded.rubric

    @property
    def orphaned(self) -> tuple[str, ...]:
        """Answers to what the rubric does not have."""
        return tuple(orphans(self.folder, self.rubric))

    def after(self, folder: EngagementFolder) -> Opened:
        """The same after answers were changed; settings that change the scope need opening."""
        return replace(self, folder=folder)


class Workbench:
    """Everything that is there once: the host of plugins, and what it gives."""

    def __init__(self, plugins: Plugins | None = None, parse: Parse = parse_files) -> None:
        """Use the built-in records, and the plugins that the environment or ``plugins`` allows.

        ``parse`` reads rubric files.
        """
        self.plugins = plugins or Plugins()
        self.parse = parse

    @property
    def registry(self) -> Registry:
        """The built-in kinds and methods, which every rubric may use."""
        return self.plugins.built_in.registry

    # rubrics ------------------------------------------------------------------------------------

    def rubrics(self) -> tuple[FoundRubric, ...]:
        """The rubrics that can be used by id."""
        return list_rubrics(self.plugins.rubrics())

    def find(self, name: str) -> Path:
        """The folder of a rubric by id or path; plugins are looked at for what is not bundled."""
        bundled = {found.id: found.folder for found in list_rubrics()}
        return bundled.get(name) or find_rubric(
            name, () if is_path(name) else self.plugins.rubrics()
        )

    def load_rubric(self, name: str | Path) -> LoadedRubric:
        """Read and check a rubric by id or folder; raises RubricError with every fault."""
        loaded = self.read_rubric(name if isinstance(name, Path) else self.find(name))
        self.program(loaded, Scope(modules=frozenset(loaded.rubric.modules)))
        return loaded

    def read_rubric(self, folder: Path) -> LoadedRubric:
        """Read a rubric whose expressions are compiled next anyway."""
        source = read_source(folder, self.find, self.parse)
        needed = self.plugins.needed_by(source)
        return LoadedRubric(validate(source, needed.registry), source, needed)

    def program(self, loaded: LoadedRubric, scope: Scope | None = None) -> Program:
        """The rubric compiled for a scope, faults with their file and line."""
        try:
            return compile_rubric(loaded.rubric, loaded.needed.registry, scope)
        except RubricError as error:
            placed = [loaded.source.origins.placed(problem) for problem in error.problems]
            raise RubricError(placed) from error

    # engagements --------------------------------------------------------------------------------

    def open(self, path: Path, rubric_folder: Path | None = None) -> Opened:
        """An engagement with its pinned rubric, or with a working copy of one."""
        settle(path)
        folder = open_engagement(path)
        loaded = self.read_rubric(rubric_folder or folder.rubric_folder)
        program = self._scoped_program(folder, loaded, scope_of(folder.engagement))
        pinned = rubric_folder is None and loaded.sha256 == folder.engagement.rubric.sha256
        hearing = self._hearing(folder, loaded, program)
        return Opened(folder, loaded, program, pinned, hearing, _measures(path))

    def _hearing(
        self, folder: EngagementFolder, loaded: LoadedRubric, program: Program
    ) -> Hearing | None:
        """The respondents of an engagement with a rubric and its program."""
        if not any((folder.path / RESPONSES_FOLDER).glob("*")):
            return None
        from cxmaturity.store.responses import read_people

        people = read_people(folder.path)
        settings = people_settings(loaded.rubric, folder.engagement)
        return Hearing(program, people, settings) if people.codes else None

    def judged_by(
        self, folder: EngagementFolder, loaded: LoadedRubric, as_in: Opened | None = None
    ) -> Opened:
        """An engagement as another rubric, or other settings, would judge it; nothing is saved.

        Respondents and imported figures are those of ``as_in``, none without it.  Raises
        RubricError where the engagement's profile, modules or weights do not fit.
        """
        registry = loaded.needed.registry
        program = compile_rubric(loaded.rubric, registry, scope_of(folder.engagement))
        pinned = loaded.sha256 == folder.engagement.rubric.sha256
        if as_in is None:
            return Opened(folder, loaded, program, pinned)
        hearing = as_in.hearing and as_in.hearing.judged_by(program, folder.engagement)
        return Opened(folder, loaded, program, pinned, hearing, as_in.measures)

    def _scoped_program(
        self, folder: EngagementFolder, loaded: LoadedRubric, scope: Scope
    ) -> Program:
        """Compile; what the engagement itself gets wrong (profile, weights) points to its file."""
        try:
            return compile_rubric(loaded.rubric, loaded.needed.registry, scope)
        except RubricError as error:
            part = read_part(folder.path, ENGAGEMENT)
            own = ("weights.", "modules", "profile")
            placed = [
                replace(problem, where=part.where(tuple(problem.where.key.split(".", 1))))
                if problem.where.key.startswith(own)
                else loaded.source.origins.placed(problem)
                for problem in error.problems
            ]
            raise InputError(placed) from error

    def score(
        self,
        opened: Opened,
        *,
        as_of: dt.date | None = None,
        trace: bool = True,
        heard: Heard | None = None,
    ) -> Scorecard:
        """The scorecard of an engagement, on its own date or on another.

        Respondents' figures are a working view for a terminal, unless ``heard`` are those of a
        publication; what leaves the house comes from :meth:`publish`.
        """
        date = as_of or opened.engagement.date
        answers, aged, undated = answers_of(
            opened.folder, opened.rubric, date, figures_of(opened.measures, date)
        )
        engagement = opened.engagement
        if heard is None and opened.hearing:
            heard = opened.hearing.working
        about = About(
            engagement=EngagementInfo(
                engagement.organisation,
                engagement.date,
                engagement.fictional,
                engagement.profile,
                engagement.modules,
                as_of,
                engagement.labels,
            ),
            sha256=opened.loaded.sha256,
            pinned=opened.pinned,
            engine=__version__,
            aged=aged,
            undated=undated,
            orphaned=opened.orphaned,
            baseline=_baseline(opened.folder),
        )
        self.plugins.begin_scoring()
        try:
            card = score_program(
                opened.program,
                answers,
                about,
                heard=heard,
                measures=measure_cards(opened.measures, date),
                trace=trace,
            )
        except InputError as error:
            from cxmaturity.workbench.answering import with_allowed_words

            worded = with_allowed_words(opened.program, answers, error.problems)
            raise InputError(placed_in(opened.folder, worded)) from error
        return self.plugins.finished(card, opened.loaded.needed.plugins, engagement.advisors)

    def publish(
        self, opened: Opened, *, as_of: dt.date | None = None, trace: bool = True
    ) -> Scorecard:
        """The scorecard as it may leave the house: for a file, a pipe, a kept result, a program.

        With respondents it is written to the ledger first, and repeats earlier figures where new
        ones would give somebody away.  Without respondents it is the scorecard.
        """
        if opened.hearing is None:
            return self.score(opened, as_of=as_of, trace=trace)
        from cxmaturity.store.ledger import publish, read_ledger

        earlier = read_ledger(opened.folder.path)
        today = dt.datetime.now().astimezone().date()
        heard, entry = opened.hearing.published(earlier, today)
        card = self.score(opened, as_of=as_of, trace=trace, heard=heard)
        if entry is not None:
            publish(opened.folder.path, entry)
        return card


def _measures(path: Path) -> MeasuresFile | None:
    """Figures from imported data; nothing is loaded where there are none."""
    if not (path / "measures.toml").exists():
        return None
    from cxmaturity.store.measures import read_measures

    return read_measures(path)


def _baseline(folder: EngagementFolder) -> Scorecard | None:
    """The earlier scorecard that progress is counted from."""
    name = folder.engagement.baseline
    return read_scorecard(folder.path / name) if name else None
