"""What the default rubric rests on: every claim is carried out, and cited where it stands."""

import re
from pathlib import Path

import pytest

from tests.rubrics.texts import RUBRIC, ending, files, read, rubric_texts
from tools.catalogue_page import CONTEXT, PAGE, citations, entries, missing, page

SEEDS = {
    "s0": "000_*.txt",
    "s1": "001_*.txt",
    "s2": "002_*.txt",
    "s3": "003_*.txt",
    "s4": "004_*.txt",
}
COPIED = 6
"""So many words in a row, as in a document, are a copied sentence."""


def test_every_claim_is_carried_out():
    assert missing(citations()) == []


def test_a_claim_that_only_a_fact_cites_is_not_carried_out():
    found = citations()
    facts = {entry: [one for one in cited if one.kind == "fact"] for entry, cited in found.items()}
    assert missing(facts) == [entry for entry in entries() if entry not in CONTEXT]


def test_no_unknown_claim_is_cited():
    assert set(citations()) == set(entries())


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tools.catalogue_page"


def test_every_element_that_asks_or_judges_has_a_source():
    without = []
    for name, tables in (
        ("facts.toml", "facts"),
        ("rules.toml", "rules"),
        ("actions.toml", "actions"),
    ):
        found = read(name)[tables]
        without += [f"{tables}.{key}" for key, table in found.items() if not table.get("sources")]
    for name in files():
        if name.startswith("dimensions/"):
            found = read(name)["indicators"]
            without += [f"{name} {key}" for key, table in found.items() if not table.get("sources")]
    assert without == []


# beside the documents -----------------------------------------------------------------------------


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="session")
def seeds(shared: Path) -> dict[str, str]:
    folder = shared / "seeds"
    if not folder.is_dir():
        pytest.skip("needs the documents in ../shared/seeds")
    return {
        name: next(folder.glob(pattern)).read_text(encoding="utf-8")
        for name, pattern in SEEDS.items()
    }


def test_every_heading_stands_in_its_document(seeds: dict[str, str]):
    lines = {name: {flat(line) for line in text.splitlines()} for name, text in seeds.items()}
    cited = {(one.doc, one.heading) for found in citations().values() for one in found}
    assert sorted((d, h) for d, h in cited if h and d in lines and flat(h) not in lines[d]) == []
    assert {document for document, _heading in cited} >= set(SEEDS)


def test_only_documents_without_headings_are_cited_without_one(seeds: dict[str, str]):
    # The opening of s0 and of s2 stands above their first heading; s1 has none.
    opening = {"A01", "C01"}
    bare = {
        entry: one.doc
        for entry, found in citations().items()
        for one in found
        if not one.heading and one.doc in seeds
    }
    assert {entry for entry, doc in bare.items() if doc != "s1"} == opening


def test_no_sentence_is_copied_from_a_document(seeds: dict[str, str]):
    taken = {run for text in seeds.values() for run in runs(text)}
    headings = {run for found in citations().values() for one in found for run in runs(one.heading)}
    copied = {
        said.place: run
        for said in rubric_texts()
        for run in runs(said.fi) + runs(said.en)
        if run in taken - headings
    }
    assert copied == {}


def runs(text: str) -> list[tuple[str, ...]]:
    said = re.findall(r"\w+", text.lower())
    return [tuple(said[i : i + COPIED]) for i in range(len(said) - COPIED + 1)]


def test_every_text_was_looked_at():
    assert RUBRIC.is_dir()
    assert len(ending("question")) == 66 + len(read("facts.toml")["facts"])
