"""What is chosen among people and measures as Markdown, with the remark that it is a working view.

Words come from the account, escaped by `cxmaturity.text.markdown`.
"""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity.text.account import Account, measures, people, scores
from cxmaturity.text.markdown import inline
from cxmaturity.tui.widgets.measure_list import measure_of
from cxmaturity.tui.widgets.people_list import card_of, said_of


def as_markdown(told: Account, key: str) -> str:
    """The chosen dimension or measure; else who answered."""
    safe = Account(told.card, told.names.shown_by(inline), told.language)
    found = card_of(safe, key)
    if found is not None:
        card, said = found
        return with_remark(safe, [f"**{scores.title(safe, card)}**", *said_of(safe, said)])
    measure = measure_of(safe, key)
    if measure is not None:
        head = f"**{measures.title(safe, measure)}**"
        figures = " · ".join(measures.row(safe, measure)[1:])
        return with_remark(safe, [head, figures, *measures.remarks(safe, measure)])
    return with_remark(safe, people.standing(safe)[:-1])


def with_remark(told: Account, said: Iterable[str]) -> str:
    """Paragraphs; where they may rest on respondents, that these figures were not published."""
    return "\n\n".join(filter(None, [*said, people.publication(told)])) + "\n"
