"""An engagement judged by two rubrics, side by side: what moves in its phase, scores, findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cxmaturity.cli.page_blocks import Block, Heading, Line
from cxmaturity.cli.reports import scored
from cxmaturity.errors import InputError, RubricError
from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Number, Scorecard
from cxmaturity.text.messages import current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import Names, names_of, one_line
from cxmaturity.text.numbers import exact_text
from cxmaturity.workbench import LoadedRubric, Workbench

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Replayed:
    """An engagement with its scorecard by the old and by the new rubric."""

    folder: Path
    before: Scorecard
    after: Scorecard
    names: Names

    @property
    def phases(self) -> tuple[str | None, str | None]:
        """The phase by both."""
        return self.before.phase.id, self.after.phase.id

    @property
    def scores(self) -> dict[str, tuple[Number | None, Number | None]]:
        """Dimensions whose score differs, the overall included."""
        old, new = _scores(self.before), _scores(self.after)
        pairs = {name: (old.get(name), new.get(name)) for name in dict.fromkeys([*new, *old])}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def findings(self) -> tuple[list[str], list[str]]:
        """Findings that are gone, and those that are new."""
        old = [finding.id for finding in self.before.findings]
        new = [finding.id for finding in self.after.findings]
        return [f for f in old if f not in new], [f for f in new if f not in old]


def replay(bench: Workbench, folder: Path, before: LoadedRubric, after: LoadedRubric) -> Replayed:
    """Judge an engagement by both rubrics; raises InputError where one does not fit it."""
    opened = bench.open(folder)
    cards = []
    for loaded in (before, after):
        try:
            cards.append(scored(bench, bench.judged_by(opened.folder, loaded, opened), trace=False))
        except RubricError as error:
            raise InputError(error.problems) from error
    return Replayed(folder, cards[0], cards[1], names_of(cards[1], after.rubric))


def plain_replay(one: Replayed) -> dict[str, object]:
    """What moves, for other programs."""
    gone, new = one.findings
    return {
        "engagement": str(one.folder),
        "phase": {"old": one.phases[0], "new": one.phases[1]},
        "scores": {name: {"old": old, "new": now} for name, (old, now) in one.scores.items()},
        "findings": {"gone": gone, "new": new},
    }


def replay_blocks(one: Replayed) -> Iterator[Block]:
    """What moves, for people."""
    language = current_language()
    yield Heading(one_line(one.before.engagement.organisation), one_line(str(one.folder)))
    old, new = (one.names.phase(phase, language) for phase in one.phases)
    if one.phases[0] == one.phases[1]:
        said = _("{title}: {value}, as before").format(title=_("Phase"), value=new)
    else:
        said = f"{_('Phase')}: {old} → {new}"
    yield Line(said)
    for name, (was, now) in one.scores.items():
        title = _("Overall") if name == OVERALL else one.names.of(name, language)
        yield Line(f"{title}: {_number(was)} → {_number(now)}", aside=name)
    gone, added = one.findings
    for name in gone:
        yield Line(_("Finding gone: {title}").format(title=name))
    for name in added:
        title = one.names.rule(name, language)
        yield Line(_("New finding: {title}").format(title=title), aside=name)
    if not (one.scores or gone or added):
        yield Line(_("Scores and findings are as before."))


def _scores(card: Scorecard) -> dict[str, Number | None]:
    return {name: d.score for name, d in card.dimensions.items()} | {OVERALL: card.overall.score}


def _number(score: Number | None) -> str:
    return "—" if score is None else exact_text(to_micro(score), current_language())
