"""What all pages about a rubric share: its names, texts made harmless, pieces put on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cxmaturity.cli.page import NARROWEST, WIDEST
from cxmaturity.cli.page_blocks import Block, Line
from cxmaturity.cli.page_plain import plain_lines
from cxmaturity.cli.reports import Page, put_page
from cxmaturity.engine.program import Program
from cxmaturity.model.answers import Scope
from cxmaturity.model.rubric import Rubric, Source
from cxmaturity.model.scorecard import Texts
from cxmaturity.model.text import say
from cxmaturity.text.criteria import criteria
from cxmaturity.text.messages import Language, current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import Names, one_line
from cxmaturity.text.numbers import score_text
from cxmaturity.workbench import LoadedRubric, Workbench

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True)
class Reading:
    """A rubric as somebody reads it: compiled as a whole, with its names, in one language."""

    rubric: Rubric
    program: Program
    names: Names
    language: Language = field(default_factory=current_language)

    def text(self, texts: Texts | None) -> str:
        """A text of the rubric, on one line and harmless."""
        return one_line(say(texts, self.language))

    def number(self, micro: int) -> str:
        """A number of the rubric as people write it."""
        return score_text(micro, self.language)

    def criteria(self, expression: str, indent: int = 2) -> Iterator[Block]:
        """What must hold, statement by statement, each with its exact text."""
        for words, exact in criteria(expression, self.names, self.language):
            shown = one_line(exact)
            yield Line(words or shown, indent=indent, aside=shown if words else "")

    def sources(self, sources: Iterable[Source]) -> Iterator[Block]:
        """The citations of an element, one a line."""
        for source in sources:
            document = self.rubric.documents.get(source.doc)
            title = self.text(document.title) if document else source.doc
            parts = [title, one_line(source.heading), one_line(source.entry)]
            yield Line(_("Source: {source}").format(source=", ".join(filter(None, parts))), "quiet")


def read_whole(bench: Workbench, loaded: LoadedRubric) -> Reading:
    """A loaded rubric with all its modules on."""
    program = whole_program(bench, loaded)
    return Reading(loaded.rubric, program, names_of_rubric(loaded.rubric, program))


def whole_program(bench: Workbench, loaded: LoadedRubric) -> Program:
    """The rubric compiled with all its modules on."""
    return bench.program(loaded, Scope(modules=frozenset(loaded.rubric.modules)))


def names_of_rubric(rubric: Rubric, program: Program) -> Names:
    """Titles of everything that has one."""
    titles: dict[str, Texts] = {}
    for name, dimension in rubric.dimensions.items():
        titles[name] = dimension.title
        titles |= {f"{name}.{key}": table.title for key, table in dimension.indicators.items()}
    titles |= {f"fact.{name}": fact.title for name, fact in rubric.facts.items()}
    titles |= {f"measure.{name}": measure.title for name, measure in rubric.measures.items()}
    titles |= {f"condition.{n}": c.title for n, c in rubric.conditions.items() if c.title}
    titles["overall"] = {"en": "Overall", "fi": "Kokonaistulos"}
    options: dict[str, Mapping[str, Texts]] = {
        leaf.path: dict(leaf.kind.options(leaf.settings)) for leaf in program.leaves
    }
    options |= {f"fact.{f.id}": dict(f.kind.options(f.settings)) for f in program.facts}
    return Names(
        titles,
        {name: phase.title for name, phase in rubric.phases.items()},
        {name: rule.title for name, rule in rubric.rules.items() if rule.title},
        {name: action.title for name, action in rubric.actions.items()},
        options,
    )


def put_blocks(blocks: Callable[[], Iterable[Block]], *, plain: bool = False) -> None:
    """Show pieces of a page on stdout, drawn where it is a terminal."""

    def drawn(width: int, ascii_only: bool) -> RenderableType:
        from rich.console import Group
        from rich.constrain import Constrain

        from cxmaturity.cli.page_ink import Ink

        ink = Ink(min(max(width, NARROWEST), WIDEST), ascii_only=ascii_only)
        return Constrain(Group(*ink.draw(blocks())), ink.width)

    put_page(
        Page(
            lambda width: "".join(f"{line}\n" for line in plain_lines(blocks(), width)),
            drawn,
        ),
        plain=plain,
    )
