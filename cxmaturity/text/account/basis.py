"""What a result rests on, in words: whose it is, the rubric, digests, what was kept aside."""

from __future__ import annotations

from cxmaturity.text.account.figures import NOTHING, Account
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.numbers import date_text
from cxmaturity.text.wording import listed

DIGEST = 12
"""Characters of a digest that are shown; the whole one is in the files."""


def organisation(told: Account) -> str:
    """The organisation's name."""
    return told.names.shown(told.card.engagement.organisation)


def setting(told: Account) -> list[str]:
    """Rubric, date, profile, modules and labels."""
    engagement, rubric, shown = told.card.engagement, told.card.rubric, told.names.shown
    said = [f"{told.names.text(rubric.title, rubric.id, told.language)} {shown(rubric.version)}"]
    if engagement.date:
        said.append(date_text(engagement.date, told.language))
    if engagement.as_of:
        day = date_text(engagement.as_of, told.language)
        said.append(_("as of {date}").format(date=day))
    if engagement.profile:
        said.append(_("profile {name}").format(name=shown(engagement.profile)))
    if engagement.modules:
        modules = listed([shown(module) for module in engagement.modules])
        said.append(_("with {modules}").format(modules=modules))
    return said + [shown(f"{key}: {label}") for key, label in engagement.labels.items()]


def provenance(told: Account) -> list[str]:
    """Program, rubric, inputs and plugins, so that the result can be made again."""
    shown, rubric, rests_on = told.names.shown, told.card.rubric, told.card.provenance
    version = f"{shown(rubric.id)} {shown(rubric.version)} {shown(rubric.sha256[:DIGEST])}".strip()
    said = [
        f"cxmaturity {shown(rests_on.engine)}",
        f"{version} ({_('pinned') if rubric.pinned else _('not pinned')})",
        _("inputs {digest}").format(digest=shown(rests_on.inputs_sha256[:DIGEST]) or NOTHING),
    ]
    return said + [shown(f"{plugin.distribution} {plugin.version}") for plugin in rests_on.plugins]


def remarks(told: Account) -> list[str]:
    """What was kept but not scored, and evidence that is weaker than it looks."""
    found, said = told.card.provenance, []
    kept_aside = (
        (_("Kept, not scored, because the rubric does not have them: {answers}."), found.orphaned),
        (_("Kept, not scored, because they are not asked: {answers}."), found.not_counted),
        (_("Old evidence, counted one grade lower: {answers}."), found.aged_evidence),
    )
    for text, paths in kept_aside:
        if paths:
            answers = listed([told.names.of(path, told.language) for path in paths])
            said.append(text.format(answers=answers))
    if number := found.undated_evidence:
        text = ngettext(
            "{count} piece of evidence has no date.",
            "{count} pieces of evidence have no date.",
            number,
        )
        said.append(text.format(count=told.count(number)))
    return said
