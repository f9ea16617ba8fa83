"""JUnit: one case a demand, the deciding values in the failure, valid XML whatever is in it.

Golden files are written anew with ``CXMATURITY_GOLDEN=write`` (see `golden_files.py`).
"""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.exporters.junit import Demand, write_junit
from cxmaturity.text.names import names_of
from tests.exporters.example import CARD, NEAR, NO_LEAK, STRATEGY

DEMANDS = (
    Demand("coverage at least 80%", met=True, message="87% is answered."),
    Demand(
        'phase at least "awakening" & <more>',
        met=False,
        message="The phase is Confusion.",
        clauses=(STRATEGY, NEAR, NO_LEAK),
    ),
)


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - our own file


def test_the_file_is_as_it_was():
    from tests.exporters.golden_files import assert_golden

    data = write_junit(DEMANDS, suite="Norrgård Energia Oy", names=names_of(CARD))
    assert_golden("check.xml", data)


def test_one_case_a_demand_and_the_values_in_the_failure():
    suite = parsed(write_junit(DEMANDS, suite="A & B", names=names_of(CARD)))[0]
    assert suite.attrib["name"] == "A & B"
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("2", "1")
    met, missed = suite
    assert len(met) == 0
    assert missed.attrib["name"] == 'phase at least "awakening" & <more>'
    lines = (missed[0].text or "").splitlines()
    assert lines[0] == "The phase is Confusion."
    assert lines[1] == (
        "fails: Customer strategy and vision 2.33, needs at least 2.5: 0.17 short [strategy >= 2.5]"
    )
    assert lines[3].startswith("open: ")


def test_the_failure_speaks_the_language():
    suite = parsed(write_junit(DEMANDS, language="fi", names=names_of(CARD)))[0]
    assert "ei täyty: Asiakasstrategia ja visio 2,33" in (suite[1][0].text or "")


def test_paths_stand_in_for_names_that_are_not_known():
    suite = parsed(write_junit(DEMANDS))[0]
    assert "fails: strategy 2.33" in (suite[1][0].text or "")


@given(st.text(max_size=40))
def test_any_text_makes_valid_xml_without_control_characters(words):
    data = write_junit((Demand(words, met=False, message=words),), suite=words)
    assert len(parsed(data)[0]) == 1
    assert not set(data.decode()) & {chr(code) for code in (*range(9), *range(11, 32), 127)}
