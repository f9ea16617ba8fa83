"""Plugins written for one test, and a workbench that uses them."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from cxmaturity.catalogue.find import bundled_folder
from cxmaturity.errors import Problem
from cxmaturity.exporters import ExportOptions
from cxmaturity.extension.choice import PluginChoice
from cxmaturity.model.answers import Answers
from cxmaturity.workbench import LoadedRubric, Workbench
from cxmaturity.workbench.plugins import Plugins

HEAD = """
from cxmaturity import hookimpl
from cxmaturity.hookspecs import *
CXMATURITY_API = 1
__version__ = "1.2.0"
"""

GOOD = """
@hookimpl
def cxm_exporters():
    return [Exporter("good", ".good", "text/plain", lambda card, o: repr(card).encode(), "all")]

@hookimpl
def cxm_advisors():
    return [Advisor("good", "one note", lambda card: [
        Advice("look", "note", {"en": "Look"}, {"en": f"at {len(card.dimensions)}"})])]
"""

ANSWERS = Answers(
    {
        "listening.asked": 3,
        "listening.in_person": "monthly",
        "listening.share_asked": 62.5,
        "acting.answered": 3,
        "acting.causes": 2,
        "acting.told": True,
    },
    facts={"people": "mid", "owner_named": True},
)
"""Enough for every score of the starter rubric."""


def write_plugin(folder: Path, name: str, body: str, head: str = HEAD) -> Path:
    """A one-file plugin."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.py"
    path.write_text(head + dedent(body), "utf-8")
    return path


@dataclass
class Bench:
    """A workbench with the plugins of a folder, and what was told."""

    folder: Path
    strict: bool = False
    off: bool = False
    disabled: frozenset[str] = frozenset()
    told: list[Problem] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        choice = PluginChoice(self.off, self.strict, self.folder, self.disabled)
        self.plugins = Plugins(choice, tell=self.told.append, tell_slow=self.slow.append)
        self.bench = Workbench(self.plugins)

    def reasons(self) -> dict[str, str]:
        """Why each plugin failed, as it was told."""
        return {
            str(p.values["plugin"]): str(p.values["reason"])
            for p in self.told
            if "plugin" in p.values
        }

    def good_results(self) -> list[object]:
        """Everything that the good plugin gives."""
        card = self.score(self.bench.load_rubric("starter"), ("good",))
        return [card.findings, self.plugins.exporters()["good"].write(card, ExportOptions())]

    def score(self, loaded: LoadedRubric, advisors: tuple[str, ...] = ()):
        """The scorecard of the answers, with the remarks of advisors."""
        from cxmaturity.engine.score import About, score

        self.plugins.begin_scoring()
        card = score(self.bench.program(loaded), ANSWERS, About(sha256=loaded.sha256))
        return self.plugins.finished(card, loaded.needed.plugins, advisors)


def starter(folder: Path, change: Callable[[Path], None] | None = None, requires: str = "") -> Path:
    """A copy of the starter rubric, changed, that requires a plugin."""
    copy = folder / "mine"
    shutil.copytree(bundled_folder() / "starter", copy)
    if requires:
        main = copy / "rubric.toml"
        text = main.read_text("utf-8")
        main.write_text(text.replace("\nformat = 1\n", f"\nformat = 1\nrequires = {requires}\n"))
    if change is not None:
        change(copy)
    return copy


def put(path: Path, before: str, after: str) -> None:
    """Replace a text of a file, which must hold it."""
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
