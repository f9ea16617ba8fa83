"""What rubrics may require, and which versions meet it."""

import pytest

from cxmaturity.extension.requirements import parse_required, same_name


@pytest.mark.parametrize(
    ("text", "version", "fits"),
    [
        ("acme", "0", True),
        ("acme", "", True),
        ("acme >= 1", "1.0.0", True),
        ("acme >= 1", "1", True),
        ("acme>=1.2", "1.1.9", False),
        ("acme >=1.2,<2", "1.10", True),
        ("acme >=1.2,<2", "2.0", False),
        ("acme > 1", "1.0.0", False),
        ("acme > 1", "1.0.1", True),
        ("acme == 1.2", "1.2.0", True),
        ("acme <= 1.2", "1.2.1", False),
        ("acme >= 1.2", "1.2rc1", True),
        ("acme >= 1", "unknown", False),
        ("acme >= 1", "", False),
        ("Acme_Pack.two >= 1", "3", True),
    ],
)
def test_a_version_meets_every_clause_or_not(text, version, fits):
    assert parse_required(text).accepts(version) is fits


@pytest.mark.parametrize(
    "text", ["", " ", "-a", "a-", "acme ~= 1", "acme >=", "acme >= 1,", "acme 1", "acme >= 1.x"]
)
def test_what_names_no_plugin_is_refused(text):
    with pytest.raises(ValueError, match="is not a plugin with versions"):
        parse_required(text)


def test_names_of_distributions_are_the_same_however_they_are_written():
    assert same_name("Acme_Pack", "acme-pack")
    assert same_name("acme..pack", "acme_pack")
    assert not same_name("acme", "acme-pack")
