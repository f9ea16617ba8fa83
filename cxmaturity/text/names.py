"""What the paths of a scorecard are called, in the reader's language.

A scorecard carries the titles of dimensions, indicators, phases, findings and actions; those of
facts, options and conditions are added from the rubric where it is at hand.  What has no title is
called by its path.  Titles are foreign text: each surface says how they are made harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cxmaturity.model.exact import MILLION
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard, Texts
from cxmaturity.model.text import say
from cxmaturity.text.messages import Language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.terminal import clean

NOT_STARTED = "not_started"
"""The name of being in no phase, in profiles and expressions."""


def one_line(text: str) -> str:
    """Foreign text on one line of a terminal."""
    return clean(text, keep="").strip()


@dataclass(frozen=True, slots=True)
class Names:
    """Titles by path: dimensions, ``dimension.indicator``, ``fact.x``, ``condition.x``.

    ``shown`` makes a foreign text harmless where it is going.  Phases, rules and actions have
    tables of their own: a dimension may have the same id.
    """

    titles: Mapping[str, Texts] = field(default_factory=dict)
    phases: Mapping[str, Texts] = field(default_factory=dict)
    rules: Mapping[str, Texts] = field(default_factory=dict)
    actions: Mapping[str, Texts] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)
    places: Mapping[str, Texts] = field(default_factory=dict)
    shown: Callable[[str], str] = one_line

    def of(self, path: str, language: Language) -> str:
        """The title of a dimension, indicator, fact, condition or measure."""
        return self.text(self.titles.get(path), path, language)

    def phase(self, phase: str | None, language: Language) -> str:
        """The title of a phase; None and ``not_started`` are no phase yet."""
        if phase is None or phase == NOT_STARTED:
            return _("Not started")
        return self.text(self.phases.get(phase), phase, language)

    def rule(self, rule: str, language: Language) -> str:
        """The title of a rule's finding, else its id."""
        return self.text(self.rules.get(rule), rule, language)

    def action(self, action: str, language: Language) -> str:
        """The title of an action."""
        return self.text(self.actions.get(action), action, language)

    def option(self, path: str, option: str, language: Language) -> str:
        """The text of an option, or of an anchored level by its number."""
        return self.text(self.options.get(path, {}).get(option), option, language)

    def place(self, place: str, language: Language) -> str:
        """The title of a place on a group axis, by its path."""
        return self.text(self.places.get(place), place, language)

    def text(self, texts: Texts | None, otherwise: str, language: Language) -> str:
        """A bilingual text, or what stands in for a missing one, made harmless."""
        return self.shown(say(texts, language) or otherwise)

    def shown_by(self, shown: Callable[[str], str]) -> Names:
        """The same names for another surface."""
        return replace(self, shown=shown)


def names_of(
    card: Scorecard, rubric: Rubric | None = None, shown: Callable[[str], str] = one_line
) -> Names:
    """The names in a scorecard, and in its rubric where that is at hand."""
    return Names(
        titles={**_rubric_titles(rubric), **dict(_titles(card))},
        phases={gate.phase: gate.title for gate in card.phase.gates},
        rules=_rubric_rules(rubric)
        | {item.id: item.title for item in card.findings}
        | {item.rule: item.title for item in card.undetermined},
        actions=_rubric_actions(rubric) | {r.action: r.title for r in card.recommendations},
        options=_rubric_options(rubric),
        places=_rubric_places(rubric) | dict(_places(card)),
        shown=shown,
    )


def _titles(card: Scorecard) -> Iterator[tuple[str, Texts]]:
    for dimension in card.dimensions.values():
        yield dimension.id, dimension.title
        for indicator in dimension.indicators:
            yield indicator.id, indicator.title
    if card.overall.title:
        yield card.overall.id, card.overall.title
    for measure in card.measures:
        yield f"measure.{measure.id}", measure.title


def _places(card: Scorecard) -> Iterator[tuple[str, Texts]]:
    for axis in card.people.axes if card.people else ():
        yield from axis.places.items()


def _rubric_places(rubric: Rubric | None) -> dict[str, Texts]:
    axes = rubric.axes.values() if rubric else ()
    return {id_: place.title for axis in axes for id_, place in axis.places.items()}


def _rubric_titles(rubric: Rubric | None) -> dict[str, Texts]:
    if rubric is None:
        return {}
    titles: dict[str, Texts] = {f"fact.{id_}": fact.title for id_, fact in rubric.facts.items()}
    titles |= {f"measure.{id_}": measure.title for id_, measure in rubric.measures.items()}
    for id_, condition in rubric.conditions.items():
        if condition.title:
            titles[f"condition.{id_}"] = condition.title
    return titles


def _rubric_rules(rubric: Rubric | None) -> dict[str, Texts]:
    return {id_: rule.title or {} for id_, rule in rubric.rules.items()} if rubric else {}


def _rubric_actions(rubric: Rubric | None) -> dict[str, Texts]:
    return {id_: action.title for id_, action in rubric.actions.items()} if rubric else {}


def _rubric_options(rubric: Rubric | None) -> dict[str, dict[str, Texts]]:
    """Options and anchored levels of questions, by what is answered.

    A kind keeps its settings to itself: only what looks like options or levels is read.
    """
    if rubric is None:
        return {}
    found = {f"fact.{id_}": dict(_options(fact.settings)) for id_, fact in rubric.facts.items()}
    for dimension, table in rubric.dimensions.items():
        for id_, indicator in table.indicators.items():
            lowest = (indicator.scale or rubric.scale)[0] // MILLION
            levels = {str(level): text for level, text in _levels(indicator.settings, lowest)}
            found[f"{dimension}.{id_}"] = levels | dict(_options(indicator.settings))
    return found


def _options(settings: object) -> Iterator[tuple[str, Texts]]:
    for option in _listed(settings, "options"):
        id_, text = getattr(option, "id", None), getattr(option, "text", None)
        if isinstance(id_, str) and isinstance(text, Mapping):
            yield id_, text


def _levels(settings: object, lowest: int) -> Iterator[tuple[int, Texts]]:
    for level, text in enumerate(_listed(settings, "levels"), lowest):
        if isinstance(text, Mapping):
            yield level, text


def _listed(settings: object, name: str) -> Iterable[object]:
    listed: object = getattr(settings, name, ())
    return listed if isinstance(listed, list | tuple) else ()
