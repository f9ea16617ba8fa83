"""The default rubric's texts: both languages, short enough, and none left untranslated."""

import re

import pytest

from tests.rubrics.texts import Said, ending, incomplete, read, rubric_texts, texts

ENGLISH = (
    "the and of are is with you your that this these not for what who which from they their them "
    "customer customers staff leaders leader has have should would our we it its by as at be was "
    "were been when where why how does did done than then there each every"
)
"""Words that no Finnish sentence has; `on`, `me`, `he` and the like are Finnish too."""
FINNISH = (
    "ja tai että ei ovat mutta joka jotka kun sekä asiakas asiakkaan asiakkaat henkilöstö johto "
    "mitä miten kuka vain myös"
)


def words(text: str) -> set[str]:
    """Words, without the names of values that are put in."""
    return set(re.findall(r"[a-zåäö]+", re.sub(r"\{[^}]+\}", "", text).lower()))


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]+\}", text))


def test_there_are_texts_to_look_at():
    assert len(rubric_texts()) > 1000


def test_every_text_is_in_both_languages():
    assert incomplete() == []


def test_finnish_is_not_english():
    assert [said.place for said in rubric_texts() if said.en == said.fi] == []


def test_no_english_words_are_left_in_finnish():
    left = {said.place: words(said.fi) & words(ENGLISH) for said in rubric_texts()}
    assert {place: found for place, found in left.items() if found} == {}


def test_no_finnish_words_are_left_in_english():
    left = {said.place: words(said.en) & words(FINNISH) for said in rubric_texts()}
    assert {place: found for place, found in left.items() if found} == {}


def test_lengths_are_alike():
    odd = [
        said.place
        for said in rubric_texts()
        if len(said.en) > 20 and not 0.5 <= len(said.fi) / len(said.en) <= 2
    ]
    assert odd == []


def test_the_same_values_stand_in_both_languages():
    assert [s.place for s in texts() if placeholders(s.en) != placeholders(s.fi)] == []


def too_long(found: list[Said], limit: int) -> list[str]:
    return [said.place for said in found if max(len(said.en), len(said.fi)) > limit]


def test_a_question_is_at_most_160_characters():
    assert too_long(ending("question"), 160) == []


def levels() -> list[Said]:
    return [said for said in texts() if len(said.keys) > 1 and said.keys[-2] == "levels"]


def test_a_level_is_at_most_90_characters():
    assert len(levels()) == 66 * 5
    assert too_long(levels(), 90) == []


def test_an_anchor_is_at_most_120_characters():
    anchors = [said for said in texts() if len(said.keys) > 1 and said.keys[-2] == "anchors"]
    assert len(anchors) == 12 * 5
    assert too_long(anchors, 120) == []


def test_a_title_of_an_indicator_is_at_most_40_characters():
    titles = [said for said in ending("title") if said.keys[0] == "indicators"]
    assert too_long(titles, 40) == []


@pytest.mark.parametrize("language", ["en", "fi"])
def test_no_two_levels_of_a_ladder_are_the_same(language):
    said = [(level.file, level.keys[1], getattr(level, language)) for level in levels()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_no_two_questions_are_the_same(language):
    said = [getattr(question, language) for question in ending("question")]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_no_two_actions_share_verb_and_object(language):
    small = {"a", "an", "the", "your", "of", "to", "what", "where", "who"}
    titles = [action["title"][language] for action in read("actions.toml")["actions"].values()]
    content = [[w for w in re.findall(r"\w+", t.lower()) if w not in small] for t in titles]
    pairs = [tuple(found[:2]) for found in content]
    assert sorted(pair for pair in pairs if pairs.count(pair) > 1) == []


@pytest.mark.parametrize("language", ["en", "fi"])
def test_a_case_is_told_in_two_sentences(language):
    stories = ending("story")
    assert len(stories) > 30
    ends = re.compile(r"[.!?](?=\s|$)")
    assert [s.place for s in stories if len(ends.findall(getattr(s, language))) != 2] == []
