"""What there is to read in a rubric: its entries as a tree, and the text of each, as values.

Texts are the rubric's own, cleaned; nothing here draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cxmaturity.model.exact import decimal_text
from cxmaturity.model.rubric import Indicator, Question, Rubric, Source
from cxmaturity.model.text import say
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import exact_text
from cxmaturity.text.wording import HORIZONS, METHODS, severity_word, word
from cxmaturity.tui.safe import line

Kind = Literal["title", "strong", "text", "quiet", "heading", "item"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the tree; ``parts`` are below it."""

    key: str
    title: str
    parts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an entry's text; ``mark`` stands before an item."""

    kind: Kind
    text: str
    mark: str = ""


class Reader:
    """Reads one rubric in one language."""

    def __init__(self, rubric: Rubric, language: Language) -> None:
        """Read this rubric."""
        self.rubric = rubric
        self.language = language

    def said(self, text: Mapping[str, str] | None) -> str:
        """A bilingual text on one line."""
        return line(say(text, self.language))

    # the tree -----------------------------------------------------------------------------------

    def entries(self) -> tuple[Entry, ...]:
        """Everything, section by section; empty sections are left out."""
        rubric = self.rubric
        background = tuple(
            Entry(f"fact:{id_}", self.said(fact.title))
            for id_, fact in rubric.facts.items()
            if not fact.dimension
        )
        sections = (
            Entry("section:phases", _("Phases"), self._titled("phase", rubric.phases)),
            Entry("section:dimensions", _("Dimensions"), tuple(self._dimensions())),
            Entry("section:facts", _("Background"), background),
            Entry("section:rules", _("Rules"), tuple(self._rules())),
            Entry("section:conditions", _("Conditions"), tuple(self._conditions())),
            Entry("section:actions", _("Actions"), self._titled("action", rubric.actions)),
            Entry("section:profiles", _("Profiles"), self._titled("profile", rubric.profiles)),
            Entry("section:modules", _("Modules"), self._titled("module", rubric.modules)),
            Entry("section:documents", _("Sources"), self._titled("document", rubric.documents)),
        )
        about = Entry("about", self.said(rubric.title))
        return (about, *(section for section in sections if section.parts))

    def _titled(self, kind: str, table: Mapping[str, object]) -> tuple[Entry, ...]:
        return tuple(
            Entry(f"{kind}:{id_}", self.said(getattr(item, "title", None)) or line(id_))
            for id_, item in table.items()
        )

    def _dimensions(self) -> Iterator[Entry]:
        for id_, dimension in self.rubric.dimensions.items():
            facts = [
                Entry(f"fact:{name}", self.said(fact.title))
                for name, fact in self.rubric.facts.items()
                if fact.dimension == id_
            ]
            indicators = [
                Entry(f"indicator:{id_}.{name}", self.said(indicator.title))
                for name, indicator in dimension.indicators.items()
            ]
            yield Entry(f"dimension:{id_}", self.said(dimension.title), (*indicators, *facts))

    def _rules(self) -> Iterator[Entry]:
        for id_, rule in self.rubric.rules.items():
            yield Entry(f"rule:{id_}", self.said(rule.title) or line(id_))

    def _conditions(self) -> Iterator[Entry]:
        for id_, condition in self.rubric.conditions.items():
            yield Entry(f"condition:{id_}", self.said(condition.title) or line(id_))

    # the text -----------------------------------------------------------------------------------

    def text_of(self, key: str) -> list[Block]:
        """The text of an entry."""
        kind, _colon, id_ = key.partition(":")
        readers: Mapping[str, Callable[[str], list[Block]]] = {
            "about": self._about,
            "section": self._section,
            "phase": self._phase,
            "dimension": self._dimension,
            "indicator": self._indicator,
            "fact": self._fact,
            "rule": self._rule,
            "condition": self._condition,
            "action": self._action,
            "profile": self._profile,
            "module": self._module,
            "document": self._document,
        }
        return [block for block in readers[kind](id_) if block.text]

    def _about(self, _id: str) -> list[Block]:
        rubric = self.rubric
        blocks = [
            Block("title", self.said(rubric.title)),
            Block("quiet", f"{line(rubric.id)} {line(rubric.version)}"),
            Block("text", self.said(rubric.summary)),
        ]
        if rubric.guidance:
            blocks.append(Block("heading", _("Conventions for rating")))
        blocks += [Block("item", self.said(text), "·") for text in rubric.guidance]
        return blocks

    def _phase(self, id_: str) -> list[Block]:
        phase = self.rubric.phases[id_]
        return [
            Block("title", self.said(phase.title)),
            Block("text", self.said(phase.summary)),
            Block("heading", _("In this phase when")),
            Block("text", line(phase.gate)),
        ]

    def _indicator(self, id_: str) -> list[Block]:
        dimension, _dot, name = id_.partition(".")
        return self._question(id_, self.rubric.dimensions[dimension].indicators[name])

    def _fact(self, id_: str) -> list[Block]:
        return self._question(f"fact.{id_}", self.rubric.facts[id_])

    def _dimension(self, id_: str) -> list[Block]:
        dimension = self.rubric.dimensions[id_]
        weight = dimension.weight
        shown = weight if isinstance(weight, str) else exact_text(weight, self.language)
        blocks = [
            Block("title", self.said(dimension.title)),
            Block("quiet", line(id_)),
            Block("text", self.said(dimension.summary)),
            Block("text", _("Score: {method}").format(method=word(METHODS, dimension.combine))),
            Block("text", _("Weight: {weight}").format(weight=shown)),
        ]
        if dimension.anchors:
            blocks.append(Block("heading", _("Typical behaviour at each level")))
        blocks += [
            Block("item", self.said(text), str(level))
            for level, text in enumerate(dimension.anchors)
        ]
        return [*blocks, *self._sources(dimension.sources)]

    def _question(self, path: str, item: Question) -> list[Block]:
        blocks = [
            Block("title", self.said(item.title)),
            Block("quiet", f"{line(path)} · {line(item.kind)}"),
            Block("strong", self.said(item.question)),
        ]
        parts = [
            (_("Why it is asked"), self.said(item.why)),
            (_("How to answer"), self.said(item.guidance)),
        ]
        if isinstance(item, Indicator):
            weight = exact_text(item.weight, self.language)
            parts.append((_("Evidence to ask for"), self.said(item.evidence)))
            parts.append((_("Weight"), weight if item.weight != 1_000_000 else ""))
        parts.append((_("Asked only when"), line(item.ask_when or "")))
        for heading, text in parts:
            if text:
                blocks += [Block("heading", heading), Block("text", text)]
        return [*blocks, *self._answers(item), *self._sources(item.sources)]

    def _answers(self, item: Question) -> Iterator[Block]:
        levels: Sequence[Mapping[str, str]] = getattr(item.settings, "levels", ())
        options: Sequence[object] = getattr(item.settings, "options", ())
        if levels:
            low = (item.scale or self.rubric.scale)[0] if isinstance(item, Indicator) else 0
            yield Block("heading", _("Levels"))
            for number, text in enumerate(levels, low // 1_000_000):
                yield Block("item", self.said(text), str(number))
        elif options:
            yield Block("heading", _("Answers to choose from"))
            for option in options:
                level: int | None = getattr(option, "level", None)
                mark = "·" if level is None else exact_text(level, self.language)
                yield Block("item", self.said(getattr(option, "text", None)), mark)

    def _rule(self, id_: str) -> list[Block]:
        rule = self.rubric.rules[id_]
        kind = severity_word(rule.severity) if rule.severity else _("only a cap")
        blocks = [
            Block("title", self.said(rule.title) or line(id_)),
            Block("quiet", f"{line(id_)} · {kind}"),
            Block("text", self.said(rule.text)),
            Block("heading", _("When")),
            Block("text", line(rule.when)),
        ]
        for path, limit in rule.cap.items():
            said = _("{path} is at most {limit} while this holds.")
            limit_text = exact_text(limit, self.language)
            blocks.append(Block("text", said.format(path=line(path), limit=limit_text)))
        return [*blocks, *self._sources(rule.sources)]

    def _action(self, id_: str) -> list[Block]:
        action = self.rubric.actions[id_]
        figures = [word(HORIZONS, action.horizon)]
        days = exact_text(action.effort, self.language)
        figures.append(_("{days} person-days").format(days=days))
        blocks = [
            Block("title", self.said(action.title)),
            Block("quiet", f"{line(id_)} · {' · '.join(figures)}"),
            Block("text", self.said(action.text)),
        ]
        if action.owner:
            blocks.append(Block("text", _("owner: {name}").format(name=self.said(action.owner))))
        effects = [f"{path} ≥ {decimal_text(level)}" for path, level in action.raises.items()]
        effects += [f"{path} = {value}" for path, value in action.sets.items()]
        effects += [f"{path} + {', '.join(options)}" for path, options in action.adds.items()]
        effects += [f"{path}: {grade}" for path, grade in action.evidence.items()]
        if effects:
            blocks.append(Block("heading", _("When it is done")))
        blocks += [Block("item", line(effect), "·") for effect in effects]
        for heading, names in (
            (_("Answers the findings"), action.answers),
            (_("Must be done before"), action.needs),
        ):
            if names:
                blocks += [Block("heading", heading), Block("text", line(", ".join(names)))]
        return [*blocks, *self._sources(action.sources)]

    def _document(self, id_: str) -> list[Block]:
        document = self.rubric.documents[id_]
        about = ", ".join(line(part) for part in (document.author, document.year) if part)
        return [
            Block("title", self.said(document.title)),
            Block("quiet", line(id_)),
            Block("text", about),
            Block("text", line(document.url)),
        ]

    def _section(self, id_: str) -> list[Block]:
        section = next(entry for entry in self.entries() if entry.key == f"section:{id_}")
        items = [Block("item", part.title, "·") for part in section.parts]
        return [Block("title", section.title), *items]

    def _condition(self, id_: str) -> list[Block]:
        condition = self.rubric.conditions[id_]
        blocks = [
            Block("title", self.said(condition.title) or line(id_)),
            Block("quiet", line(id_)),
            Block("text", line(condition.when)),
        ]
        return [*blocks, *self._sources(condition.sources)]

    def _module(self, id_: str) -> list[Block]:
        module = self.rubric.modules[id_]
        return [Block("title", self.said(module.title)), Block("text", self.said(module.summary))]

    def _profile(self, id_: str) -> list[Block]:
        profile = self.rubric.profiles[id_]
        blocks = [
            Block("title", self.said(profile.title)),
            Block("text", self.said(profile.summary)),
            Block("heading", _("Weights it changes")),
        ]
        for path, weight in profile.weights.items():
            said = f"{line(path)}: {exact_text(weight, self.language)}"
            blocks.append(Block("item", said, "·"))
        return [*blocks, *self._sources(profile.sources)]

    def _sources(self, sources: Sequence[Source]) -> Iterator[Block]:
        if sources:
            yield Block("heading", _("Sources"))
        for source in sources:
            document = self.rubric.documents.get(source.doc)
            title = self.said(document.title) if document else line(source.doc)
            yield Block(
                "item", f"{title}: {line(source.heading)}" if source.heading else title, "·"
            )


def flat(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Every entry of the tree."""
    for entry in entries:
        yield entry
        yield from flat(entry.parts)
