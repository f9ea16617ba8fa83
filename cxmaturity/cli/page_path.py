"""Draws the path of phases with the attained one marked: ``✓ Enthusiasm ─▶ ● Confusion ─▶ ○ …``."""

from __future__ import annotations

from rich.text import Text

from cxmaturity.cli.page_ink import ACCENT, Ink
from cxmaturity.text.account import Account, phase

SHORTEST, LONGEST = 5, 12
"""Cells of an arrow between two phases."""
_STAGE = {True: ("✓", "green"), False: ("○", "dim"), None: ("?", "yellow")}


def path_of_phases(told: Account, ink: Ink) -> Text:
    """The path, on as many lines as it takes; the arrows fill a part of the room that is left."""
    stages = _stages(told, ink)
    gaps = max(len(stages) - 1, 1)
    room = ink.width - sum(stage.cell_len for stage in stages)
    arrow = _arrow(ink, min(max(room // gaps, SHORTEST), LONGEST))
    lines = [stages[0]]
    for stage in stages[1:]:
        if lines[-1].cell_len + arrow.cell_len + stage.cell_len <= ink.width:
            lines[-1] = Text.assemble(lines[-1], arrow, stage)
        else:
            lines.append(Text.assemble(_arrow(ink, SHORTEST), stage))
    return Text("\n").join(lines)


def _stages(told: Account, ink: Ink) -> list[Text]:
    place = phase.here(told)
    stages = []
    if place < 0:
        stages.append(ink.text(f"● {phase.attained(told)}", f"bold {ACCENT}"))
    for number, gate in enumerate(told.card.phase.gates):
        title = phase.gate_title(told, gate)
        if number == place:
            stages.append(ink.text(f"● {title}", f"bold {ACCENT}"))
        else:
            sign, style = _STAGE[gate.holds]
            stages.append(Text.assemble(ink.text(sign, style), " ", ink.text(title)))
    return stages


def _arrow(ink: Ink, cells: int) -> Text:
    return ink.text(f" {'─' * (cells - 3)}▶ ", "dim")
