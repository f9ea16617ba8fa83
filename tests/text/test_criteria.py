"""A criterion in words before any answer, with its exact text beside it."""

import pytest

from cxmaturity.text.criteria import criteria
from cxmaturity.text.messages import Language
from cxmaturity.text.names import Names

NAMES = Names(
    titles={
        "loop": {"en": "Loop", "fi": "Silmukka"},
        "loop.weekly": {"en": "Weekly", "fi": "Viikoittain"},
        "fact.size": {"en": "Size", "fi": "Koko"},
        "fact.log": {"en": "Log", "fi": "Loki"},
        "fact.metrics": {"en": "Metrics", "fi": "Mittarit"},
        "condition.leak": {"en": "It leaks", "fi": "Vuotaa"},
    },
    phases={"goal": {"en": "Goal", "fi": "Tavoite"}},
    options={
        "fact.size": {"large": {"en": "Large", "fi": "Suuri"}, "mid": {"en": "Mid", "fi": "Keski"}},
        "fact.metrics": {"nps": {"en": "NPS", "fi": "NPS"}},
    },
)


def words(text: str, language: Language = "en") -> list[str]:
    return [said for said, _exact in criteria(text, NAMES, language)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("loop >= 2.5", "Loop at least 2.5"),
        ("not loop < 1", "Loop at least 1"),
        ("loop > loop.weekly", "Loop more than Weekly"),
        ("fact.log", "Log: yes"),
        ("not fact.log", "Log: no"),
        ("not condition.leak", "It leaks: no"),
        ("fact.size == 'large'", "Size: Large"),
        ("fact.size != 'large'", "Size: other than Large"),
        ("fact.size in ['mid', 'large']", "Size: one of: Mid, Large"),
        ("not fact.size in ['mid']", "Size: none of: Mid"),
        ("'nps' in fact.metrics", "Metrics: NPS is chosen"),
        ("not 'nps' in fact.metrics", "Metrics: NPS is not chosen"),
        ("only(fact.metrics, 'nps')", "Metrics: only NPS"),
        ("demonstrated(loop.weekly)", "Weekly: evidence demonstrated"),
        ("answered(loop)", "Loop is answered"),
        ("evidenced(loop) >= 2", "Loop by its evidence at least 2"),
        ("phase >= 'goal'", "Phase: at least Goal"),
        ("phase == 'not_started'", "Phase: Not started"),
        ("loop < 1 or fact.log", "Loop less than 1 or Log: yes"),
        ("loop + loop.weekly >= -1", "Loop + Weekly at least −1"),
        ("max(loop, loop.weekly) <= 1", "the highest of: Loop, Weekly; at most 1"),
        ("min(loop, 2) < 1", "the lowest of: Loop, 2; less than 1"),
        ("count(fact.log, loop > 2) >= 1", "at least 1 of these: Log: yes; Loop more than 2"),
        ("first(fact.log, not fact.log)", "the first of these that is known: Log: yes; Log: no"),
        ("true", "always"),
        ("false", "never"),
        ("1 <= loop <= 3", ""),
        ("loop >= 1 and", ""),
    ],
)  # fmt: skip
def test_a_statement_is_worded(text: str, said: str):
    assert words(text) in ([said], [said.replace("−", "-")])


def test_what_must_all_hold_is_told_one_by_one_with_its_text():
    found = criteria("loop >= 1 and not fact.log and (loop.weekly > 2)", NAMES, "en")
    assert found == [
        ("Loop at least 1", "loop >= 1"),
        ("Log: no", "not fact.log"),
        ("Weekly more than 2", "loop.weekly > 2"),
    ]


def test_the_words_are_finnish_where_the_reader_is():
    assert words("loop >= 2.5 and not fact.log and fact.size == 'large'", "fi") == [
        "Silmukka vähintään 2,5",
        "Loki: ei",
        "Koko: Suuri",
    ]


def test_foreign_names_are_made_harmless():
    names = Names(titles={"loop": {"en": "L\x1b[2Joop"}})
    assert criteria("loop >= 1", names, "en") == [("L␛oop at least 1", "loop >= 1")]
