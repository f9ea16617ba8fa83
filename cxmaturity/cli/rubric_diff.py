"""`rubric diff`: what differs between two rubrics, and what that moves in real engagements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import click

from cxmaturity.catalogue.comparison import Change, Effect, compare
from cxmaturity.cli.command import command, option
from cxmaturity.cli.output import put
from cxmaturity.cli.page_blocks import Block, Heading, Line
from cxmaturity.cli.parameters import PATH, complete_rubrics
from cxmaturity.cli.reports import TEXT
from cxmaturity.cli.rubric_naming import rubric_at
from cxmaturity.cli.rubric_reading import put_blocks
from cxmaturity.cli.rubric_replay import Replayed, plain_replay, replay, replay_blocks
from cxmaturity.model.text import say
from cxmaturity.text.messages import N_, current_language
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import one_line
from cxmaturity.workbench import LoadedRubric, Workbench

_LONGEST: Final = 60
"""Longer values are cut on the page; JSON has them whole."""
_HEADINGS: Final[dict[Effect, str]] = {
    "scores": N_("Can change scores, phases or findings"),
    "advice": N_("Changes only what is recommended"),
    "words": N_("Changes only words"),
}
_KINDS: Final = {
    "added": N_("added"),
    "removed": N_("removed"),
    "changed": N_("changed"),
    "moved": N_("in another order"),
}


@command(
    "diff",
    N_(
        "Compare the rubrics OLD and NEW (ids or folders), what they extend included.\n\n"
        "With --replay an engagement is judged by both, and whatever moves is listed: its phase, "
        "scores and findings. Nothing is saved."
    ),
    examples=(
        "rubric diff cx_phases ./mine",
        "rubric diff ./mine-1.0 ./mine --replay acme --replay beta",
    ),
)
@click.argument("old", metavar="OLD", shell_complete=complete_rubrics)
@click.argument("new", metavar="NEW", shell_complete=complete_rubrics)
@option(
    "--replay",
    "engagements",
    type=PATH,
    multiple=True,
    metavar="ENGAGEMENT",
    help=N_("Engagement to judge by both rubrics; may be given several times."),
)
@option(
    "--format",
    "form",
    type=click.Choice([TEXT, "json"]),
    default=TEXT,
    help=N_("Format of the result (default: text)."),
)
def run(*, old: str, new: str, engagements: tuple[Path, ...], form: str) -> None:
    """Load both, compare, replay."""
    bench = Workbench()
    before, after = bench.load_rubric(rubric_at(old)), bench.load_rubric(rubric_at(new))
    changes = compare(before.source.data, after.source.data)
    replayed = [replay(bench, path, before, after) for path in engagements]
    if form == "json":
        put(json.dumps(_plain(changes, replayed), ensure_ascii=False, indent=2, default=_number))
        put("\n")
        return
    put_blocks(lambda: _blocks(before, after, changes, replayed))


def _plain(changes: tuple[Change, ...], replayed: list[Replayed]) -> dict[str, object]:
    return {
        "changes": [
            {
                "kind": change.kind,
                "element": ".".join(change.element),
                "key": change.key,
                "old": change.old,
                "new": change.new,
                "effect": change.effect,
            }
            for change in changes
        ],
        "replay": [plain_replay(one) for one in replayed],
    }


def _number(value: object) -> object:
    """What JSON has no form of: exact numbers, and dates."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _blocks(
    before: LoadedRubric,
    after: LoadedRubric,
    changes: tuple[Change, ...],
    replayed: list[Replayed],
) -> Iterator[Block]:
    yield Line(f"{_name(before)} → {_name(after)}", "strong")
    if not changes:
        yield Line(_("Nothing differs."))
    for effect, heading in _HEADINGS.items():
        found = [change for change in changes if change.effect == effect]
        if found:
            yield Heading(_(heading), str(len(found)))
        for change in found:
            yield Line(_change(change))
            yield from _values(change)
    for one in replayed:
        yield from replay_blocks(one)


def _name(loaded: LoadedRubric) -> str:
    return f"{loaded.rubric.id} {loaded.rubric.version}"


def _change(change: Change) -> str:
    element = ".".join(part for part in change.element if part not in ("dimensions", "indicators"))
    place = ": ".join(filter(None, (one_line(element), change.key)))
    return f"{place or _('rubric')} – {_(_KINDS[change.kind])}"


def _values(change: Change) -> Iterator[Block]:
    if change.old is not None:
        yield Line(f"− {_value(change.old)}", "quiet", indent=2)
    if change.new is not None:
        yield Line(f"+ {_value(change.new)}", "quiet", indent=2)


def _value(value: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        text = say(value, current_language())
    elif isinstance(value, str):
        text = value
    else:
        text = json.dumps(value, ensure_ascii=False, default=_number)
    shown = one_line(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
