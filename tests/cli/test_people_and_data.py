"""The whole way with people and data: a form filled by sixty, survey figures, an erasure."""

import csv
import io
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cxmaturity.cli import program
from cxmaturity.text.messages import use_language

Card = dict[str, Any]

UNITS = {"north": 20, "south": 12, "care": 10, "factory": 9, "it": 6, "office": 3}
ROLES = {"leader": 8, "manager": 12, "staff": 40}


def call(*words: str) -> str:
    """Run the program where we are; stdout."""
    done = CliRunner().invoke(program, list(words))
    use_language("en")
    assert done.exit_code == 0, done.output
    return done.stdout


def filled(form: str, axis: str, places: dict[str, int], levels: dict[str, int]) -> str:
    """The form with sixty respondents in the places of one axis."""
    chance = random.Random(5)  # noqa: S311 - invented answers
    head, *texts = csv.reader(io.StringIO(form))
    rows = [head, *texts]
    people = [place for place, count in places.items() for _ in range(count)]
    for number, place in enumerate(people):
        spread = chance.choice
        answers = {
            key: str(min(4, max(0, levels[place] + spread((-1, 0, 0, 1)))))
            for key in head
            if "." in key
        }
        answers |= {"code": f"k{number}", axis: place}
        rows.append([answers.get(key, "") for key in head])
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def survey(low: int, n: int = 400) -> str:
    """A recommendation question: promoters, passives, detractors in turn; 11 is no answer."""
    scores = [10, 9, 8, low, 10, 7, low, 9, 11, 0]
    return "id,score\n" + "".join(f"{i},{scores[i % len(scores)]}\n" for i in range(n))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement with sixty respondents in six units and two survey waves."""
    folder = tmp_path_factory.mktemp("people")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        call("new", "acme", "--organisation", "Acme Oy", "--date", "2026-10-31")
        call("set", "acme", "aggregate_over=unit")
        call("template", "acme", "-o", "form.csv")
        form = Path("form.csv").read_text("utf-8-sig")
        levels = {"north": 3, "south": 1, "care": 2, "factory": 1, "it": 2, "office": 2}
        Path("filled.csv").write_text(filled(form, "unit", UNITS, levels), "utf-8")
        call("import", "acme", "filled.csv")
        for month, low in (("2026-04", 6), ("2026-09", 8)):
            Path(f"{month}.csv").write_text(survey(low), "utf-8")
            call(
                "import", "acme", f"{month}.csv",
                "--measure", "nps=score", "--missing", "score=11", "--period", month,
            )  # fmt: skip
        call("answer", "acme", "loop.detractors=1", "loop.weekly=1")
    return folder


@pytest.fixture
def here(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to work on."""
    shutil.copytree(house / "acme", tmp_path / "acme")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "acme"


def scored() -> Card:
    found: Card = json.loads(call("score", "acme", "--format", "json"))
    return found


def groups_of(card: Card, path: str) -> dict[str, Card]:
    dimension, _, _ = path.partition(".")
    node = next(each for each in card["dimensions"] if each["id"] == dimension)
    if path != dimension:
        node = next(each for each in node["indicators"] if each["id"] == path)
    return {each["place"]: each for each in node["people"]["groups"] if each["axis"] == "unit"}


def test_groups_that_are_too_small_are_hidden_and_the_next_smallest_with_them(here):
    found = groups_of(scored(), "silos.path_owner")
    assert [place for place, each in found.items() if each["hidden"]] == ["it", "office"]
    assert found["office"].keys() == {"axis", "place", "hidden"}
    assert found["north"]["n"] == 20


def test_the_gap_the_agreement_and_the_assessor_stand_beside_the_dimension(here):
    card = scored()
    loop = next(each for each in card["dimensions"] if each["id"] == "loop")
    assert loop["people"]["gap"]["high_place"] == "north"
    assert loop["people"]["gap"]["value"] >= 1
    assert loop["people"]["above_found"] > 0
    detractors = next(each for each in loop["indicators"] if each["id"] == "loop.detractors")
    assert (detractors["source"], detractors["level"]) == ("assessor", 1)


def test_every_number_that_rests_on_people_has_one_decimal(here):
    card = scored()
    for node in [*card["dimensions"], card["overall"]]:
        for key in ("score", "raw", "evidenced", "low", "high"):
            assert round(node[key], 1) == node[key], (node["id"], key)


def test_measures_have_their_interval_and_their_change(here):
    (nps,) = scored()["measures"]
    assert (nps["id"], nps["n"], nps["period"]) == ("nps", 360, "2026-09")
    assert nps["low"] < nps["value"] < nps["high"]
    assert nps["change_is_real"] is True
    assert nps["change"] > 0


def test_the_page_is_readable_in_finnish(here):
    page = call("--lang", "fi", "score", "acme")
    for words in ("Vastaajat", "60 henkilöä on vastannut", "Mittarit", "Suositteluhalukkuus"):
        assert words in page
    assert all(len(line) <= 80 for line in page.splitlines())


def test_a_publication_is_in_the_ledger_before_it_leaves(here):
    assert not (here / "published.toml").exists()
    assert scored()["people"]["publication"] == 1
    assert (here / "published.toml").is_file()
    assert scored()["people"]["publication"] == 1, "the same figures are the same publication"


def test_after_an_erasure_the_earlier_figures_are_repeated(here):
    before = scored()
    call("respondent", "erase", "acme", "k0", "--yes")
    after = scored()
    assert after["people"]["held_back"] == 60
    assert groups_of(after, "silos.path_owner") == groups_of(before, "silos.path_owner")
    text = "".join(path.read_text("utf-8") for path in here.rglob("*") if path.is_file())
    assert "k0\n" not in text
    assert "k0," not in text


def test_a_kept_scorecard_is_verified_from_the_ledger(here):
    call("score", "acme", "--save")
    assert "1 scorecard scored again" in call("verify", "acme")
    call("respondent", "erase", "acme", "k1", "--yes")
    assert "Everything is as it was saved." in call("verify", "acme")


def test_importing_again_changes_nothing(here, house):
    form = (house / "filled.csv").read_text("utf-8").splitlines(keepends=True)
    Path("other_name.csv").write_text("".join([*form[:2], *reversed(form[2:])]), "utf-8")
    before = sorted((here / "responses").iterdir())
    call("import", "acme", "other_name.csv")
    assert sorted((here / "responses").iterdir()) == before


def test_leaders_who_see_more_are_a_finding(here, house):
    shutil.rmtree("acme")
    call("new", "acme", "--organisation", "Acme Oy", "--date", "2026-10-31")
    form = (house / "form.csv").read_text("utf-8-sig")
    levels = {"leader": 3, "manager": 2, "staff": 1}
    Path("roles.csv").write_text(filled(form, "role", ROLES, levels), "utf-8")
    call("import", "acme", "roles.csv")
    card = scored()
    (gap,) = (each for each in card["findings"] if each["id"] == "VIEW_GAP")
    assert {each["place"] for each in groups_of_role(card)} == {"leader", "manager", "staff"}
    assert any("respondents(people, 'leader')" in clause["text"] for clause in gap["because"])


def groups_of_role(card: Card) -> list[Card]:
    return [each for each in card["overall"]["people"]["groups"] if each["axis"] == "role"]
