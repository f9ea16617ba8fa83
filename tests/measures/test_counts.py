"""First contact resolution, response rates, churn: sums of counts, and what cannot be a count.

[P] is printed in the source, [C] computed once by independent code from a published formula.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.asking import MEASURES, ask, figures, micro


def contacts(solved: float = 720, contacts: float = 1000, window: float | None = 7):
    return ask("fcr", {"solved_first": [solved], "contacts": [contacts], "window_days": [window]})


def test_first_contact_resolution():
    # [C] 720 of 1000.
    found = contacts()
    assert figures(found)[0] == 72
    assert list(figures(found)[1:]) == pytest.approx([69.14, 74.69], abs=5e-3)
    assert (found.n, found.scale_ok, found.found) == (1000, True, "7 d")
    assert (found.deviation or 0) / 1e6 == pytest.approx(100 * (0.72 * 0.28) ** 0.5, abs=1e-6)


@pytest.mark.parametrize(("window", "seen"), [(None, "? d"), (0, "? d"), (-7, "? d")])
def test_without_a_window_there_is_no_figure(window, seen):
    found = contacts(window=window)
    assert (found.value, found.scale_ok, found.found) == (None, False, seen)


def test_two_windows_are_no_figure():
    found = ask(
        "fcr",
        {"solved_first": [7, 3], "contacts": [10, 10], "window_days": [7, 30]},
    )
    assert (found.scale_ok, found.found, found.n) == (False, "7 / 30 d", 20)


def test_the_window_of_a_row_that_does_not_count_does_not_matter():
    found = ask(
        "fcr",
        {"solved_first": [7, None], "contacts": [10, 10], "window_days": [7, 30]},
    )
    assert (figures(found)[0], found.found) == (70, "7 d")


def test_net_leaves_out_what_nobody_could_have_solved():
    columns = {"solved_first": [720], "contacts": [1000], "window_days": [30]}
    found = ask("fcr_net", {**columns, "not_solvable": [100]})
    assert (figures(found)[0], found.n, found.found) == (80, 900, "30 d")


OUTCOMES = ("complete", "partial", "refusal", "non_contact", "other")


def outcomes(*counts: float | None) -> dict[str, list[float | None]]:
    """One row: I, P, R, NC, O, UH, UO."""
    names = (*OUTCOMES, "unknown_household", "unknown_other")
    return {name: [count] for name, count in zip(names, counts, strict=True)}


def test_the_response_rates_of_aapor():
    # [C] I 400, P 50, R 100, NC 300, O 20, U 130.
    columns = outcomes(400, 50, 100, 300, 20, 100, 30)
    first, second = ask("response_rate_1", columns), ask("response_rate_2", columns)
    assert (figures(first)[0], first.n) == (40, 1000)
    assert (figures(second)[0], second.n) == (45, 1000)


def test_the_denominator_of_a_response_rate_holds_everybody():
    columns = outcomes(400, 50, 100, 300, 20, 100, 30)
    assert figures(ask("response_rate_1", columns))[0] != pytest.approx(100 * 400 / 870)
    assert figures(ask("response_rate_1", outcomes(10, 0, 0, 0, 0, 0, 0)))[0] == 100


def test_answered_of_delivered():
    found = ask("response_rate", {"answered": [30, 20], "delivered": [100, 400]})
    assert (figures(found)[0], found.n) == (10, 500)


def test_promoters_contacted_and_churn():
    contacted = ask("promoters_contacted", {"promoters": [40], "contacted": [10]})
    assert (figures(contacted)[0], MEASURES["promoters_contacted"].better) == (25, "higher")
    lost = ask("churn", {"lost": [3], "at_start": [60]})
    assert (figures(lost)[0], MEASURES["churn"].better) == (5, "lower")


def test_a_row_with_an_empty_cell_does_not_count():
    found = ask("churn", {"lost": [3, None, 50], "at_start": [60, 60, None]})
    assert (figures(found)[0], found.n) == (5, 60)


@pytest.mark.parametrize(
    ("lost", "at_start", "seen"), [(-1, 60, "-1"), (2.5, 60, "2.5"), (61, 60, "61/60")]
)
def test_what_is_no_count_is_refused(lost, at_start, seen):
    found = ask("churn", {"lost": [lost, 5], "at_start": [at_start, 50]})
    assert (found.value, found.scale_ok, found.found) == (None, False, seen)


def test_more_in_one_row_are_not_made_up_for_by_less_in_another():
    assert not ask("churn", {"lost": [61, 0], "at_start": [60, 60]}).scale_ok


def test_nobody_there_is_no_figure():
    for column in ([0], [None], []):
        columns = {"lost": column, "at_start": column}
        assert MEASURES["churn"].compute(columns, None) is None


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=20))
def test_rows_are_summed(rows):
    lost = [float(gone) for gone, _ in rows]
    there = [float(gone + stayed) for gone, stayed in rows]
    if not sum(there):
        return
    split = ask("churn", {"lost": lost, "at_start": there})
    assert split == ask("churn", {"lost": [sum(lost)], "at_start": [sum(there)]})


def test_a_weighted_row_counts_as_often():
    columns = {"lost": [1.0, 5.0], "at_start": [10.0, 10.0]}
    assert figures(ask("churn", columns, [1, 3]))[0] == 40
    assert ask("churn", columns, [2, 2]) == ask("churn", columns)
    assert ask("churn", columns, [1, 0]) == ask("churn", {"lost": [1], "at_start": [10]})


def test_a_refused_row_says_how_many_it_was_about():
    columns = {"lost": [micro(7)], "at_start": [micro(5)]}
    found = MEASURES["churn"].compute(columns, None)
    assert found is not None
    assert found.found == "7/5"
