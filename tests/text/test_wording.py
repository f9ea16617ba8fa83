"""Codes in words, in both languages; what is unknown is shown as it is written."""

import pytest

from cxmaturity.model.rubric import GRADES, REASONS, SEVERITIES
from cxmaturity.text import wording
from cxmaturity.text.messages import speaking


@pytest.mark.parametrize("severity", SEVERITIES)
def test_every_severity_has_a_word_and_a_heading(severity):
    with speaking("fi"):
        assert wording.severity_word(severity) != severity
        assert wording.severity_heading(severity).casefold() != severity


def test_every_grade_and_reason_has_a_word():
    with speaking("fi"):
        assert all(wording.word(wording.GRADES, grade) != grade for grade in GRADES)
        assert all(wording.state_words("not_applicable", reason) for reason in REASONS)
        assert wording.state_words("not_applicable", "out_of_scope") == "ei koske (rajattu pois)"


def test_unknown_codes_are_shown_cleaned():
    assert wording.word(wording.METHODS, "other\x1b[m") == "other␛"
    assert wording.severity_word("dire") == "dire"
    assert wording.severity_heading("dire") == "dire"
    assert wording.bound_words("~", "3") == "~ 3"
    assert wording.state_words("answered", "unheard") == "answered"


@pytest.mark.parametrize(
    ("holds", "en", "fi"),
    [(True, "holds", "täyttyy"), (False, "fails", "ei täyty"), (None, "open", "auki")],
)
def test_verdicts(holds, en, fi):
    assert wording.verdict_word(holds) == en
    with speaking("fi"):
        assert wording.verdict_word(holds) == fi


def test_long_lists_are_counted():
    assert wording.listed(["a", "b", "c"]) == "a, b, c"
    assert wording.listed(["a", "b", "c"], 2) == "a, b and 1 more"
    assert wording.listed([], 2) == ""
    with speaking("fi"):
        assert wording.listed(["a", "b", "c"], 1) == "a ja 2 muuta"
