"""Every text is there in every language of the rubric, and no question is too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from cxmaturity.catalogue.draft import Draft
from cxmaturity.errors import Problem
from cxmaturity.model.rubric import Node, Question
from cxmaturity.model.text import ANY_LANGUAGE
from cxmaturity.text import limits
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

_NAMES_OF_THEIR_OWN = "documents"
"""Table whose titles may be plain in a rubric of several languages: works keep their names."""


def check_translations(draft: Draft) -> Iterator[Problem]:
    """Texts that lack a language, are empty, or are in a language the rubric does not declare."""
    languages = draft.rubric.languages
    if list(languages) != draft.data.get("languages"):
        # Languages that did not fit their model cannot be held against the texts.
        return
    for index, language in enumerate(languages):
        if not (language.isascii() and language.isalpha() and language.islower()):
            what, hint = N_("'{name}' is not a language"), N_('write a code such as "en"')
            yield draft.refuse("bad_value", what, ("languages", index), hint, name=language)
        elif language in languages[:index]:
            what = N_("'{name}' is written twice")
            yield draft.refuse("duplicate_id", what, ("languages", index), "", name=language)
    for path, text in _texts(draft.rubric, ()):
        yield from _text(draft, path, text)


def check_questions(draft: Draft) -> Iterator[Problem]:
    """Questions that do not fit on one line of a screen."""
    for path, question in draft.questions():
        for language, text in question.question.items():
            if len(text) > limits.QUESTION:
                what = N_("the question has {length} characters, at most {limit} are allowed")
                values = {"length": len(text), "limit": int(limits.QUESTION)}
                place = (*path, "question", language)
                hint = N_("put the rest under 'guidance'")
                yield draft.refuse("question_too_long", what, place, hint, **values)


def _text(draft: Draft, path: Path, text: Mapping[str, str]) -> Iterator[Problem]:
    languages = draft.rubric.languages
    if any(not said.strip() for said in text.values()):
        yield draft.refuse("empty_text", N_("the text is empty"), path)
    if ANY_LANGUAGE in text:
        if len(languages) > 1 and path[0] != _NAMES_OF_THEIR_OWN:
            what = N_("the text is not given by language ({languages})")
            hint = N_('write {{ en = "…", fi = "…" }}')
            known = ", ".join(languages)
            yield draft.refuse("missing_translation", what, path, hint, languages=known)
        return
    for language in languages:
        if language not in text:
            what, hint = N_("the text is missing in '{language}'"), N_("add {language} = …")
            yield draft.refuse("missing_translation", what, path, hint, language=language)
    for language in text:
        if language not in languages:
            what = N_("the rubric has no language '{language}'")
            hint = N_("add it to 'languages', or remove the text")
            place = (*path, language)
            yield draft.refuse("unknown_language", what, place, hint, language=language)


# finding the texts --------------------------------------------------------------------------------


def _texts(value: object, path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text below a value, kinds' settings included, with its path in the files."""
    if isinstance(value, BaseModel):
        for name, key, is_text in _holding_texts(type(value)):
            below = getattr(value, name)
            if not is_text:
                yield from _texts(below, (*path, key))
            elif isinstance(below, dict):
                yield (*path, key), below
            elif below is not None:
                yield from (((*path, key, index), text) for index, text in enumerate(below))
        if isinstance(value, Question | Node):
            yield from _texts(value.settings, path)
    elif isinstance(value, dict):
        for key_, below in value.items():
            yield from _texts(below, (*path, key_))
    elif isinstance(value, tuple):
        for index, below in enumerate(value):
            yield from _texts(below, (*path, index))


@cache
def _holding_texts(model: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """The fields that are texts, or in which texts can be: name, key, whether they are texts."""
    return tuple(
        (name, field.alias or name, _is_text(field.annotation))
        for name, field in model.model_fields.items()
        if _is_text(field.annotation) or _holds_models(field.annotation)
    )


def _holds_models(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(map(_holds_models, get_args(annotation)))


def _is_text(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    """Whether a field holds texts (itself, optional, or a list of them)."""
    if annotation == dict[str, str]:
        return True
    return get_origin(annotation) is not dict and any(map(_is_text, get_args(annotation)))
