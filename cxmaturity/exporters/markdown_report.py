"""`md`: the report, for reading, mailing and pasting, in English or Finnish.

Foreign text is escaped by `cxmaturity.text.markdown` and by nothing else; expressions and ids stand
in code spans.  What it says comes from `cxmaturity.text.account`; here is only where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.exporters import Exporter, ExportOptions
from cxmaturity.exporters.markdown_answers import answers_section
from cxmaturity.exporters.markdown_people import measures_section, people_section
from cxmaturity.exporters.markdown_tables import table
from cxmaturity.model.scorecard import Clause, Finding, GateCard, Recommendation, Scorecard
from cxmaturity.text.account import Account, advice, basis, phase, scores
from cxmaturity.text.markdown import code, inline
from cxmaturity.text.messages import N_, speaking
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import names_of
from cxmaturity.text.wording import verdict_word

FIRST = 5
"""Recommendations told in full; the rest by name."""
_MARKS = {True: "✓", False: "✗", None: "?"}


def write_markdown(card: Scorecard, options: ExportOptions) -> bytes:
    """The report as Markdown."""
    names = names_of(card, options.rubric, inline)
    told = Account(card, names, options.language)
    with speaking(options.language):
        report = _Report(told, plain=options.plain)
        sections = [*report.sections()]
        if options.with_answers:
            sections.append(answers_section(options.with_answers, options.language))
        return ("\n\n".join(filter(None, sections)) + "\n").encode("utf-8")


class _Report:
    def __init__(self, told: Account, *, plain: bool) -> None:
        self._told = told
        self._plain = plain

    def sections(self) -> Iterator[str]:
        """Every section in the order of reading; empty where there is nothing to say."""
        yield self._head()
        yield self._phase()
        yield from map(self._gate, self._told.card.phase.gates)
        yield self._dimensions()
        yield self._profile()
        yield people_section(self._told)
        yield self._targets()
        yield measures_section(self._told)
        yield self._findings()
        yield self._recommendations()
        yield self._undecided()
        yield self._basis()

    def _head(self) -> str:
        told = self._told
        said = [f"# {basis.organisation(told)}"]
        if told.card.engagement.fictional:
            said.append(f"*{_('Fictional example')}*")
        return "\n\n".join([*said, " · ".join(basis.setting(told))])

    def _phase(self) -> str:
        told = self._told
        first, *rest = phase.headline(told)
        stages = [phase.gate_title(told, gate) for gate in told.card.phase.gates]
        place = phase.here(told)
        if place < 0:
            stages.insert(0, first)
        stages[max(place, 0)] = f"**{stages[max(place, 0)]}**"
        headline = " · ".join([f"**{first}**", *rest])
        sentences = "\n".join(f"- {sentence}" for sentence in phase.certainty(told))
        return "\n\n".join([f"## {_('Phase')}", headline, " → ".join(stages), sentences])

    def _gate(self, gate: GateCard) -> str:
        told = self._told
        head = f"### {phase.gate_title(told, gate)}: {verdict_word(holds=gate.holds)}"
        tally = f"{phase.tally(gate.clauses)}:" if len(gate.clauses) > 1 else ""
        return "\n\n".join(filter(None, [head, tally, self._clauses(gate.clauses)]))

    def _clauses(self, clauses: Sequence[Clause], indent: str = "") -> str:
        return "\n".join(
            f"{indent}- {self._mark(holds)} {said.words} {code(said.exact)}".rstrip()
            for holds, said in phase.statements(self._told, clauses)
        )

    def _mark(self, holds: bool | None) -> str:  # noqa: FBT001 - the value itself is what is shown
        return f"{verdict_word(holds=holds)}:" if self._plain else _MARKS[holds]

    # scores -------------------------------------------------------------------------------------

    def _dimensions(self) -> str:
        told = self._told
        head = (
            _("Dimension"), _("Score"), _("Evidenced"), _("Possible"), _("Answered"),
            _("Behaviour"),
        )  # fmt: skip
        rows = []
        for depth, card in scores.scored(told):
            name = "— " * depth + scores.title(told, card)
            if card.id == told.card.overall.id:
                name = f"**{name}**"
            rows.append(
                (
                    name,
                    scores.score(told, card).replace("~", r"\~"),
                    told.figure(card.id, card.evidenced),
                    told.interval(card.low, card.high, card.id),
                    told.percent(card.coverage),
                    scores.behaviour(told, card),
                )
            )
        notes = [*scores.caps(told), scores.provisional(told).replace("~", r"\~")]
        notes = [f"- {note}" for note in notes if note]
        return "\n\n".join(
            filter(None, [f"## {_('Dimensions')}", table(head, rows, (0, 5)), "\n".join(notes)])
        )

    def _profile(self) -> str:
        told = self._told
        columns = scores.levels(told)
        if not columns:
            return ""
        head = (_("Dimension"), *(name for _id, name in columns))
        rows = [
            (
                scores.title(told, card),
                *(told.percent(card.profile.get(id_)) for id_, _n in columns),
            )
            for _depth, card in scores.scored(told)
            if card.profile
        ]
        intro = _("Share of the answers at the level typical of each phase.")
        return "\n\n".join([f"## {_('Profile')}", intro, table(head, rows)])

    def _targets(self) -> str:
        told = self._told
        rows = [*scores.targets(told)]
        if not rows:
            return ""
        head = (_("Dimension"), _("Score"), _("Target"), _("To go"), _("Since the baseline"))
        way = scores.way_to_targets(told)
        return "\n\n".join(filter(None, [f"## {_('Targets')}", table(head, rows), way]))

    # what to make of it -------------------------------------------------------------------------

    def _findings(self) -> str:
        told = self._told
        said = [f"## {_('Findings')}"]
        for _severity, heading, findings in advice.by_severity(told):
            said.append(f"### {heading} ({len(findings)})")
            said += map(self._finding, findings)
        return "\n\n".join(said if len(said) > 1 else [*said, _("None.")])

    def _finding(self, finding: Finding) -> str:
        told = self._told
        title = told.names.text(finding.title, finding.id, told.language)
        said = [f"**{title}** {code(finding.id)}"]
        said.append(told.names.text(finding.text, "", told.language))
        said.append(self._clauses(finding.because))
        if sources := advice.sources(told, finding):
            said.append(_("Source: {sources}").format(sources=sources))
        return "\n\n".join(filter(None, said))

    def _recommendations(self) -> str:
        told = self._told
        ready, waiting = advice.ready(told), advice.waiting(told)
        said = [f"## {_('Recommendations')}"]
        said += [self._action(place, item) for place, item in enumerate(ready[:FIRST], 1)]
        later = [f"- {self._title(item)}" for item in ready[FIRST:]]
        if later:
            said += [f"### {_('Then')}", "\n".join(later)]
        waits = [f"- {self._title(item)} – {advice.waits(told, item)}" for item in waiting]
        if waits:
            said += [f"### {_('Waiting')}", "\n".join(waits)]
        return "\n\n".join(said if len(said) > 1 else [*said, _("None.")])

    def _title(self, item: Recommendation) -> str:
        return self._told.names.text(item.title, item.action, self._told.language)

    def _action(self, place: int, item: Recommendation) -> str:
        told = self._told
        lines = [f"{place}. **{self._title(item)}**", " · ".join(advice.effort(told, item))]
        lines.append(told.names.text(item.text, "", told.language))
        lines.append(_("Why: {reasons}").format(reasons=advice.reasons(told, item)))
        return "\n\n   ".join(filter(None, lines))

    def _undecided(self) -> str:
        told = self._told
        if not told.card.undetermined:
            return ""
        intro = _("These rules are still open; the answers named would decide them.")
        rows = []
        for item in told.card.undetermined:
            title, needs = advice.undecided(told, item)
            named = title != told.names.shown(item.rule)
            rows.append(f"- {f'{title} ' if named else ''}{code(item.rule)}: {needs}")
        return "\n\n".join([f"## {_('Undetermined')}", intro, "\n".join(rows)])

    def _basis(self) -> str:
        told = self._told
        said = [*basis.remarks(told), advice.not_asked(told)]
        notes = "\n".join(f"- {sentence}" for sentence in said if sentence)
        line = " · ".join(basis.provenance(told))
        return "\n\n".join(filter(None, [f"## {_('Basis')}", notes, line]))


MARKDOWN = Exporter(
    name="md",
    suffix=".md",
    media_type="text/markdown; charset=utf-8",
    write=write_markdown,
    summary=N_("a report for people, in Markdown"),
)
