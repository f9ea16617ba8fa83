"""What the README shows works as it stands there."""

import re
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
LINKS = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)


def test_the_python_example_runs():
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    *lines, last = example.strip().splitlines()
    names: dict[str, object] = {}
    exec("\n".join(lines), names)  # noqa: S102 - the README's own example

    phase, loop, why = eval(last, names)  # noqa: S307 - the README's own example

    assert phase is None, "two answers are too few for a phase"
    assert loop is None
    assert "loop" in why


@pytest.mark.parametrize("target", LINKS)
def test_what_it_points_to_is_there(target, root):
    assert (root / target).exists()


def test_its_figures_are_those_of_the_default_rubric():
    import cxmaturity as cx

    rubric = cx.load_rubric("cx_phases").rubric
    indicators = [i for d in rubric.dimensions.values() for i in d.indicators.values()]
    optional = sum(indicator.module is not None for indicator in indicators)
    said = re.search(
        r"(\d+) dimensions, (\d+) core and (\d+) optional indicators.*?(\d+) facts, (\d+) rules "
        r"and (\d+) actions",
        README.replace("\n", " "),
    )
    assert said is not None
    assert [int(n) for n in said.groups()] == [
        len(rubric.dimensions),
        len(indicators) - optional,
        optional,
        len(rubric.facts),
        len(rubric.rules),
        len(rubric.actions),
    ]
