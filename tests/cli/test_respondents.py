"""Respondents on the command line: they answer, are listed, handed over, erased, purged."""

import datetime as dt
import stat
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import Result

from cxmaturity.cli import respondent_code
from cxmaturity.cli.respondent_erase import run as erase
from cxmaturity.model.respondent import Respondent
from cxmaturity.store.respondent_edits import with_answers
from cxmaturity.store.responses import read_people, save_respondent
from cxmaturity.store.revision import ABSENT
from tests.cli.conftest import Run, completed, contents
from tests.store.crowds import crowd, take

KEYS = ("loop.detractors", "silos.path_owner")


@pytest.fixture
def org(cx, tmp_path):
    """An engagement of the large rubric, with group axes, nobody answered yet."""
    made = cx("new", "org", "--organisation", "Org Oy", "--date", "2026-03-31")
    assert made.exit_code == 0, made.stderr
    return tmp_path / "org"


def answer(
    cx: Run, code: str, *words: str, groups: tuple[str, ...] = ("role=staff", "unit=sales/north")
) -> Result:
    options = [word for group in groups for word in ("--group", group)]
    return cx("answer", "org", "--respondent", code, *options, *words)


@pytest.fixture
def crowded(cx, org):
    """Six people in one unit."""
    for number in range(6):
        new = Respondent(code=f"person-{number}", places={"role": "staff", "unit": "sales/north"})
        answers = {KEYS[0]: number % 5, KEYS[1]: 2}
        save_respondent(org, with_answers(new, answers, dt.date(2026, 3, 1)), ABSENT)
    return org


def said(folder: Path, code: str) -> dict[str, object]:
    return tomllib.loads((folder / "responses" / f"{code}.toml").read_text("utf-8"))


# answer -------------------------------------------------------------------------------------------


def test_answers_are_kept_under_a_code_with_groups_and_a_day(cx, org):
    done = answer(cx, "r07", "loop.detractors=2", "silos.path_owner=unknown")
    assert done.exit_code == 0, done.stderr
    assert "2 answers" in done.stderr
    kept = said(org, "r07")
    assert kept["code"] == "r07"
    assert kept["places"] == {"role": "staff", "unit": "sales/north"}
    assert kept["answers"] == {
        "loop": {"detractors": 2}, "silos": {"path_owner": "unknown"},
    }  # fmt: skip
    assert set(kept) == {"format", "code", "interviewed", "places", "answers"}
    assert tomllib.loads((org / "assessor.toml").read_text()) == {"format": 1}


def test_a_second_call_adds_changes_clears_and_moves(cx, org):
    answer(cx, "r07", "loop.detractors=2", "silos.path_owner=1")
    answer(cx, "r07", "loop.detractors=clear", "silos.path_owner=3", groups=())
    assert said(org, "r07")["answers"] == {"silos": {"path_owner": 3}}
    assert answer(cx, "r07", groups=("unit=other", "role=leader")).exit_code == 0
    assert said(org, "r07")["places"] == {"role": "leader"}


def test_answers_from_a_file(cx, org, tmp_path):
    (tmp_path / "a.toml").write_text('"loop.detractors" = 3\n[ratings]\n"loop.weekly" = 1\n')
    (tmp_path / "b.toml").write_text('"loop.detractors" = 3\n')
    assert answer(cx, "r07", "silos.path_owner=1", "--from", "b.toml").exit_code == 0
    assert said(org, "r07")["answers"] == {"loop": {"detractors": 3}, "silos": {"path_owner": 1}}


@pytest.mark.parametrize(
    ("words", "said_of_it"),
    [
        (["fact.size=mid"], ["facts are the assessor's"]),
        (["loop.detractor=1"], ["loop.detractors"]),
        (["loop.detractors=9"], ["a level: 0, 1, 2, 3, 4"]),
        (["loop.detractors=1", "--note", "x"], ["--note"]),
        (["loop.detractors=1", "--flag", "--who", "x"], ["--flag", "--who"]),
        (["loop.detractors=1", "--group", "rank=x"], ["rank", "role, unit"]),
        (["loop.detractors=1", "--group", "role=boss"], ["boss", "leader, manager, staff"]),
        (["loop.detractors=1", "--group", "unit=Myynti"], ["right form"]),
        (["loop.detractors=1", "--group", "unit"], ["KEY=VALUE"]),
        ([], ["no answer is given"]),
    ],
)
def test_what_does_not_fit_saves_nothing(cx, org, words, said_of_it):
    before = contents(org)
    refused = cx("answer", "org", "--respondent", "r07", *words)
    assert refused.exit_code == 2, refused.stderr
    assert all(word in refused.stderr for word in said_of_it), refused.stderr
    assert contents(org) == before


@pytest.mark.parametrize("code", ["R07", "nul", "../x", "a" * 41])
def test_what_is_no_code_is_refused(cx, org, code):
    refused = answer(cx, code, "loop.detractors=1")
    assert refused.exit_code == 2
    assert "lower-case" in refused.stderr


def test_every_wrong_group_and_fact_is_said_at_once_in_finnish_too(cx, org):
    refused = answer(cx, "r07", "fact.size=mid", "--lang", "fi", groups=("role=boss", "rank=x"))
    assert refused.exit_code == 2
    assert all(word in refused.stderr for word in ("fact.size", "boss", "rank"))
    assert "facts" not in refused.stderr


def test_a_group_of_nobody_is_refused(cx, org):
    for command in ("ask", "answer"):
        refused = cx(command, "org", "--group", "role=staff")
        assert refused.exit_code == 2
        assert "--respondent" in refused.stderr


@pytest.mark.parametrize(
    "text",
    [
        '[facts]\nsize = "mid"\n',
        '[evidence]\n"loop.detractors" = "documented"\n',
        '[ratings]\n"loop.detractors" = { value = 1, note = "x" }\n',
        '[ratings]\n"loop.detractors" = { value = 1, who = "Aino" }\n',
    ],
)
def test_a_file_may_not_say_more_than_a_respondent(cx, org, text):
    Path("a.toml").write_text(text)
    refused = answer(cx, "r07", "--from", "a.toml")
    assert refused.exit_code == 3, refused.stderr
    assert "a.toml" in refused.stderr
    assert not (org / "responses").exists()


def test_places_that_the_engagement_lists_bind(cx, org):
    assert cx("set", "org", "axes.unit=sales,care/north").exit_code == 0
    for unit in ("sales", "sales/south", "care/north", "other"):
        assert answer(cx, "r07", "loop.detractors=1", groups=(f"unit={unit}",)).exit_code == 0
    for unit in ("care", "hr"):
        refused = answer(cx, "r07", "loop.detractors=1", groups=(f"unit={unit}",))
        assert refused.exit_code == 2
        assert "sales, care/north" in refused.stderr


def test_somebody_imported_cannot_answer_here(cx, crowded):
    take(crowded, crowd("came-in"))
    refused = answer(cx, "came-in", "loop.detractors=1")
    assert refused.exit_code == 2
    assert "imported" in refused.stderr
    refused = cx("ask", "org", "--respondent", "came-in", typed="1\n")
    assert refused.exit_code == 2


# ask ----------------------------------------------------------------------------------------------


def paths_asked(done) -> list[str]:
    heads = [line for line in done.stderr.splitlines() if line.startswith("[")]
    return [line.rpartition("(")[2].rstrip(")") for line in heads]


def test_a_respondent_is_asked_indicators_only_and_each_answer_is_saved(cx, org):
    done = cx("ask", "org", "--respondent", "r07", "--group", "role=staff", typed="2\nunknown\nq\n")
    assert done.exit_code == 0, done.stderr
    asked = paths_asked(done)
    assert len(asked) == 3
    assert not any(path.startswith("fact.") for path in asked)
    kept = read_people(org)
    assert kept.codes == ("r07",)
    assert {path: column[0] for path, column in kept.answers.items()} == {
        asked[0]: 2, asked[1]: "unknown",
    }  # fmt: skip
    again = cx("ask", "org", "--respondent", "r07", typed="q\n")
    assert paths_asked(again) == [asked[2]], "it goes on at the first open question"
    assert said(org, "r07")["places"] == {"role": "staff"}


def test_groups_that_do_not_exist_are_refused_before_anything_is_asked(cx, org):
    refused = cx("ask", "org", "--respondent", "r07", "--group", "role=boss", typed="2\n")
    assert refused.exit_code == 2
    assert "leader, manager, staff" in refused.stderr
    assert not paths_asked(refused)


def test_nobody_is_kept_who_answered_nothing(cx, org):
    assert cx("ask", "org", "--respondent", "r07", typed="q\n").exit_code == 0
    assert not (org / "responses").exists()


def test_a_respondent_leaves_no_notes(cx, org):
    done = cx("ask", "org", "--respondent", "r07", typed="n\nmy name is Aino\n2\nq\n")
    assert "no notes" in done.stderr
    assert "Aino" not in (org / "responses" / "r07.toml").read_text()


# list, export, attribute --------------------------------------------------------------------------


def test_the_list_says_who_and_how_far_and_no_answer(cx, crowded):
    cx("respondent", "attribute", "org", "person-3", "--consent", "By mail")
    done = cx("respondent", "list", "org")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [f"person-{number}" for number in range(6)]
    assert all("2 of 60" in line and "unit=sales/north" in line for line in lines)
    assert "may be named" in lines[3]
    assert "6 respondents" in done.stderr
    assert cx("respondent", "list", "org", "--lang", "fi").stdout != done.stdout


def test_a_list_of_nobody(cx, org):
    done = cx("respondent", "list", "org")
    assert (done.exit_code, done.stdout) == (0, "")


def test_everything_held_on_a_person_is_exported(cx, crowded):
    cx("respondent", "attribute", "org", "person-3", "--consent", "By mail", "--date", "2026-03-01")
    cx("score", "org", "-o", "out.json")
    done = cx("respondent", "export", "org", "person-3")
    held = tomllib.loads(done.stdout)
    assert held["consent"]["text"] == "By mail"
    assert held["held"][0]["answers"] == {KEYS[0]: 3, KEYS[1]: 2}
    assert held["publications"][0]["number"] == 1
    assert "Not in it" in done.stderr
    assert cx("respondent", "export", "org", "person-3", "-o", "p.toml").exit_code == 0
    assert Path("p.toml").read_text("utf-8") == done.stdout
    if sys.platform != "win32":
        assert stat.S_IMODE(Path("p.toml").stat().st_mode) == 0o600


@pytest.mark.parametrize("act", ["export", "erase", "attribute"])
def test_somebody_unknown_is_refused_with_the_nearest(cx, crowded, act):
    more = ["--consent", "x"] if act == "attribute" else []
    refused = cx("respondent", act, "org", "person-33", *more)
    assert refused.exit_code == 2
    assert "person-3" in refused.stderr


def test_a_consent_needs_words(cx, crowded):
    assert cx("respondent", "attribute", "org", "person-3").exit_code == 2
    assert cx("respondent", "attribute", "org", "person-3", "--consent", "").exit_code == 2


# erase, purge -------------------------------------------------------------------------------------


def mentions(folder: Path, *words: str) -> set[str]:
    return {
        name
        for name, data in contents(folder).items()
        if any(word.encode() in data for word in words)
    }


def test_an_erasure_is_asked_for_and_tells_what_it_did_and_cannot_do(cx, crowded):
    cx("score", "org", "--save")
    before = contents(crowded)
    asked = cx("respondent", "erase", "org", "person-3")
    assert asked.exit_code == 0
    assert "--yes" in asked.stderr
    assert contents(crowded) == before
    done = cx("respondent", "erase", "org", "person-3", "--yes")
    assert done.exit_code == 0, done.stderr
    for word in ("responses/person-3.toml", "publication 1", "version control", "backups"):
        assert word in done.stdout
    assert mentions(crowded, "person-3") == set()
    assert cx("verify", "org").exit_code == 0, "the kept scorecard is no damage"
    assert cx("score", "org", "-o", "again.json").exit_code == 0
    assert cx("respondent", "erase", "org", "person-3", "--yes").exit_code == 2


def test_where_a_code_still_stands_is_told(cx, crowded):
    cx("answer", "org", "loop.detractors=1", "--note", "person-3 disagrees")
    done = cx("respondent", "erase", "org", "person-3", "--yes")
    assert "assessor.toml" in done.stdout
    assert mentions(crowded, "person-3") == {"assessor.toml"}


def test_a_purge_waits_for_its_day(cx, crowded):
    before = contents(crowded)
    refused = cx("purge", "org")
    assert refused.exit_code == 2
    assert "retention" in refused.stderr
    cx("set", "org", "retention=2999-01-01")
    refused = cx("purge", "org", "--yes")
    assert refused.exit_code == 2
    assert "2999-01-01" in refused.stderr
    assert cx("purge", "org", "--after", "2998-01-01", "--yes").exit_code == 2
    assert contents(crowded).keys() == before.keys()


def test_a_purge_takes_everybody_and_leaves_the_figures(cx, crowded):
    cx("score", "org", "-o", "out.json")
    cx("set", "org", "retention=2026-04-01")
    figures = (crowded / "published.toml").read_bytes()
    assert "--yes" in cx("purge", "org").stderr
    assert read_people(crowded).codes
    done = cx("purge", "org", "--yes")
    assert done.exit_code == 0, done.stderr
    assert "6 respondents" in done.stdout
    assert mentions(crowded, *(f"person-{number}" for number in range(6))) == set()
    assert read_people(crowded).codes == ()
    assert (crowded / "published.toml").read_bytes() == figures
    assert cx("verify", "org").exit_code == 0
    assert cx("score", "org", "-o", "out.json").exit_code == 0


@pytest.mark.parametrize("said_to_it", [True, False])
def test_in_a_terminal_it_asks(cx, crowded, monkeypatch, said_to_it: bool):
    questions: list[str] = []

    def confirm(question: str, **_how: object) -> bool:
        questions.append(question)
        return said_to_it

    monkeypatch.setattr(respondent_code, "_is_terminal", lambda: True)
    monkeypatch.setattr(click, "confirm", confirm)
    cx("respondent", "erase", "org", "person-3")
    assert ("person-3" in read_people(crowded).codes) is not said_to_it
    (crowded / "responses" / "notes.txt").write_text("x")
    done = cx("purge", "org", "--after", "2026-04-01")
    assert (read_people(crowded).codes == ()) is said_to_it
    assert ("notes.txt" in done.stdout) is said_to_it
    assert len(questions) == 2
    assert "person-3" in questions[0]


# settings -----------------------------------------------------------------------------------------


def test_what_people_were_promised_is_not_lowered(cx, org):
    assert cx("set", "org", "n_min=4").exit_code == 0
    assert cx("set", "org", "n_min=2").exit_code == 2
    answer(cx, "r07", "loop.detractors=1")
    refused = cx("set", "org", "n_min=3")
    assert refused.exit_code == 2
    assert "promise" in refused.stderr
    assert cx("set", "org", "n_min=8").exit_code == 0
    assert cx("set", "org", "n_min=7").exit_code == 2
    assert cx("set", "org", "n_min=clear").exit_code == 2, "the rubric's own is lower"


def test_how_people_are_put_together_is_set(cx, org):
    done = cx(
        "set", "org", "axes.unit=sales,care/north", "aggregate_over=unit", "group_weight.sales=2.5",
        "respondents=pooled", "average=median", "retention=2027-03-31", "n_min=6",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    kept = tomllib.loads((org / "engagement.toml").read_text("utf-8"))
    assert kept["axes"] == {"unit": ["sales", "care/north"]}
    assert kept["group_weights"] == {"sales": 2.5}
    assert (kept["aggregate_over"], kept["respondents"], kept["average"], kept["n_min"]) == (
        "unit", "pooled", "median", 6,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "said_of_it"),
    [
        ("axes.rank=a", "role, unit"),
        ("axes.unit=Sales", "sales/north"),
        ("aggregate_over=rank", "role, unit"),
        ("group_weight.sales/north=1", "top"),
        ("group_weight.sales=-1", "0 or more"),
        ("respondents=all", "'groups' or 'pooled'"),
        ("average=mode", "'mean' or 'median'"),
        ("retention=soon", "2026-03-31"),
        ("n_min=five", "5"),
    ],
)
def test_settings_of_people_that_make_no_sense_are_refused(cx, org, word, said_of_it):
    before = contents(org)
    refused = cx("set", "org", word)
    assert refused.exit_code == 2, refused.stderr
    assert said_of_it in refused.stderr
    assert contents(org) == before


# completion ---------------------------------------------------------------------------------------


def test_codes_are_completed(crowded):
    context = click.Context(erase)
    context.params = {"folder": crowded}
    (code,) = [parameter for parameter in erase.params if parameter.name == "code"]
    assert [item.value for item in code.shell_complete(context, "person-4")] == ["person-4"]
    context.params = {"folder": crowded / "nothing"}
    assert code.shell_complete(context, "p") == []
    assert "loop.detractors=" in [f"{key}=" for key in completed("answer", crowded, "loop.d")]
