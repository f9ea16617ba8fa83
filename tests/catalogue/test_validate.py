"""One way of being wrong a case: each is found, at its line, with what to do about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cxmaturity.catalogue.extend import read_source
from cxmaturity.catalogue.validate import validate
from cxmaturity.errors import Problem, RubricError
from cxmaturity.model.rubric import Rubric
from tests.catalogue.small_rubric import FILES, REGISTRY, changed, write_rubric


def no_other(name: str) -> Path:
    message = f"nothing is extended, yet {name} was sought"
    raise AssertionError(message)


def read(folder: Path) -> Rubric:
    return validate(read_source(folder, no_other), REGISTRY)


def refused(folder: Path, files: dict[str, str]) -> list[Problem]:
    write_rubric(folder, files)
    with pytest.raises(RubricError) as caught:
        read(folder)
    return list(caught.value.problems)


def line_of(text: str, mark: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if mark in line)


def test_a_right_rubric_is_read_whole(tmp_path: Path):
    rubric = read(write_rubric(tmp_path))
    assert list(rubric.dimensions) == ["loop", "promise"]
    assert list(rubric.dimensions["loop"].indicators) == ["weekly", "owner"]
    assert rubric.dimensions["promise"].weight == 2_000_000
    assert len(rubric.dimensions["loop"].indicators["weekly"].settings.levels) == 5
    assert rubric.facts["share"].settings.range == (0, 100_000_000)
    assert rubric.overall.settings.normalise is True


RUBRIC = "rubric.toml"
FACTS = "facts.toml"
RULES = "rules.toml"
ACTIONS = "actions.toml"
LOOP = "dimensions/loop.toml"
PROMISE = "dimensions/promise.toml"

WRONG = [
    # the tables against their models
    (RUBRIC, 'gate = "loop >= 1"', 'gat = "loop >= 1"', "unknown_key", "gat =", "gate"),
    (RUBRIC, 'gate = "loop >= 1"', "", "missing_key", "[phases.start]", "gate ="),
    (RUBRIC, 'version = "1.2.0"', "version = 1", "wrong_type", "version", "quotation"),
    (RUBRIC, '"1.2.0"', '"1.2"', "bad_value", "version", "1.0.0"),
    (RUBRIC, 'id = "small"', 'id = "Small"', "bad_id", "id =", "small letters"),
    (RUBRIC, "format = 1", "format = 2", "unknown_format", "format", "release"),
    (RUBRIC, "format = 1", "format = true", "unknown_format", "format", "release"),
    (RUBRIC, "claimed = 2", "climed = 2", "bad_value", "climed", "claimed"),
    (RUBRIC, "[phases.goal]", "[phases.Goal]", "bad_id", "[phases.Goal]", "small letters"),
    (RUBRIC, "aggregate_over", "evidence_months = true\n#", "wrong_type", "evidence_months", ""),
    (RUBRIC, "aggregate_over", "minimum_coverage = 1\n#", "unknown_key", "minimum", "min_coverage"),
    (RUBRIC, "aggregate_over", "n_min = 2\n#", "bad_value", "n_min", ""),
    (RUBRIC, "weight = 2", 'weight = "heavy"', "bad_value", "heavy", ""),
    (RUBRIC, "weight = 2", "weight = 0.0000001", "bad_value", "0.0000001", ""),
    (RUBRIC, "weight = 2", 'overall = "x"', "unknown_key", 'overall = "x"', ""),
    (RULES, '"risk"', '"danger"', "bad_value", "danger", "blocker"),
    (RULES, "[rules.STARING]", "[rules.staring]", "bad_id", "[rules.staring]", "capitals"),
    (RULES, 'when = "loop <= 1"', "when = 5", "wrong_type", "when", "quotation"),
    (RULES, 'when = "loop <= 1"', "when = 2026-03-31", "wrong_type", "when", "quotation"),
    (RULES, 'when = "loop <= 1"', 'when = ""', "bad_value", "when", ""),
    (RULES, "promise = 3", 'promise = "3"', "bad_value", "cap", ""),
    (ACTIONS, "2.5", "true", "bad_value", "effort = true", ""),
    (PROMISE, 'title = { en = "Promise"', 'title = 5\n#{ en = "Promise"', "wrong_type", "= 5",
     "en ="),
    # kinds and methods
    (LOOP, '"ladder"', '"lader"', "unknown_kind", "lader", "ladder"),
    (LOOP, "title =", 'combine = "meen"\ntitle =', "unknown_kind", "meen", "mean"),
    (LOOP, "title =", "normalize = false\ntitle =", "unknown_key", "normalize", "normalise"),
    (LOOP, "levels = [", "leves = [", "missing_key", "[indicators.weekly]", "levels"),
    (LOOP, '  { en = "No.", fi = "Ei." },\n', "", "bad_settings", "levels = [", ""),
    (LOOP, 'id = "one"', 'id = "nobody"', "bad_settings", "options = [", ""),
    (LOOP, 'id = "one"', 'id = "unknown"', "bad_settings", "options = [", ""),
    (LOOP, 'id = "one"', 'id = "one", score = 1', "unknown_key", "score", "level"),
    (PROMISE, '"yes_no"', '"text"', "no_level", "kind", "fact"),
    (PROMISE, '"yes_no"', '"number"\nrange = [0, 9]', "no_level", "[indicators.kept]", "fact"),
    (FACTS, "range = [0, 100]", "range = [100, 0]", "bad_settings", "range", ""),
    (FACTS, "range = [0, 100]", "range = [0]", "missing_item", "range", ""),
    # ids
    (FACTS, "[facts.share]", "[facts.class]\n#", "reserved", "[facts.class]", "another"),
    (LOOP, "[indicators.owner]", "[indicators.import]", "reserved", "import", "another"),
    (RUBRIC, "leader =", "other =", "reserved", "other =", "another"),
    (RUBRIC, "[phases.start]", "[phases.not_started]", "reserved", "not_started", "another"),
    # references
    (RUBRIC, '"role"', '"rolle"', "unknown_name", "rolle", "role"),
    (LOOP, 'module = "extended"', 'module = "extend"', "unknown_name", "module", "extended"),
    (FACTS, 'dimension = "loop"', 'dimension = "lop"', "unknown_name", "dimension", "loop"),
    (RULES, 'dimension = "loop"', 'dimension = "lop"', "unknown_name", "dimension", "loop"),
    (RUBRIC, "weight = 2", 'parent = "lop"', "unknown_name", "parent", "loop"),
    (RUBRIC, "{ loop = 1.5 }", "{ lop = 1.5 }", "unknown_name", "weights", "loop"),
    (RULES, '"s1"', '"s2"', "unknown_name", "sources", "s1"),
    (RULES, '"loop.weekly" = 2', '"loop.weakly" = 2', "unknown_name", "cap", "loop.weekly"),
    (RULES, "{fact.share}", "{fact.shares}", "unknown_name", "text", "fact.share"),
    (RULES, "{fact.share}", "{lop.weekly}", "unknown_name", "text", "loop.weekly"),
    (RULES, "{fact.share}", "{measure.np.low}", "unknown_name", "text", "nps"),
    (ACTIONS, '["STARING"]', '["STARRING"]', "unknown_name", "answers", "STARING"),
    (ACTIONS, '["begin"]', '["begn"]', "unknown_name", "needs", "begin"),
    (ACTIONS, "needs =", 'order_after = ["x"]\nneeds =', "unknown_name", "order_after", ""),
    (ACTIONS, 'raises = { "loop.weekly"', 'raises = { "loop"', "unknown_name", "raises", ""),
    (ACTIONS, '"fact.share" = 20', '"share" = 20', "unknown_name", "sets", "fact.share"),
    (ACTIONS, '"fact.metrics" =', '"fact.metric" =', "unknown_name", "adds", "fact.metrics"),
    (ACTIONS, 'evidence = { "loop.w', 'evidence = { "lop.w', "unknown_name", "evidence", "loop"),
    # circles
    (RUBRIC, "weight = 2", 'parent = "promise"', "cycle", "parent", "remove"),
    (ACTIONS, '["begin"]', '["go_on"]', "cycle", "needs", "remove"),
    (ACTIONS, "answers =", 'order_after = ["go_on"]\nanswers =', "cycle", "[actions.begin]", ""),
    # values
    (RULES, '"loop.weekly" = 2', '"loop.weekly" = 7', "off_scale", "cap", ""),
    (ACTIONS, '"loop.weekly" = 3', '"loop.weekly" = 7', "off_scale", "raises", ""),
    (ACTIONS, '"fact.share" = 20', '"fact.share" = 200', "bad_value", "sets", "0 to 100"),
    (ACTIONS, '"fact.share" = 20', '"fact.metrics" = ["x"]', "bad_value", "sets", "nps"),
    (ACTIONS, '["ces"]', '["cess"]', "unknown_option", "adds", "ces"),
    (ACTIONS, '"fact.metrics" = ["ces"]', '"fact.share" = ["1"]', "bad_value", "adds", "sets"),
    (FACTS, "if_not_applicable = 0", "if_not_applicable = -1", "bad_value", "if_not", "0 to 100"),
    # rules
    (RULES, 'severity = "risk"', "", "not_a_finding", "", "severity"),
    (RULES, 'text = { en = "The share is', "#", "missing_key", "[rules.STARING]", "text"),
    (RULES, "[rules.STARING]", '[rules.IDLE]\nwhen = "loop > 1"\n[rules.STARING]', "no_effect",
     "[rules.IDLE]", "severity"),
    # figures
    (RUBRIC, "aggregate_over", "scale = [4, 0]\n#", "bad_scale", "scale =", ""),
    (RUBRIC, "[-100, 100]", "[100, -100]", "bad_scale", "range", ""),
    (RUBRIC, "aggregate_over", "min_coverage = 1.5\n#", "out_of_range", "min_coverage", ""),
    (RUBRIC, "claimed = 2", "claimed = 5", "off_scale", "claimed", ""),
    (RUBRIC, "claimed = 2", "claimed = 4", "not_ordered", "documented", ""),
    (RUBRIC, "weight = 2", "weight = -2", "negative_weight", "weight = -2", ""),
    (RUBRIC, "{ loop = 1.5 }", "{ loop = 0, promise = 0 }", "zero_weights", "weights", "weight"),
    (RUBRIC, "weight = 2", "weight = 2.000001", "weight_too_fine", "", "decimals"),
    (RUBRIC, 'gate = "loop >= 3"', 'gate = "loop >= 3"\nfrom = 0.5', "not_ordered", "from", ""),
    (PROMISE, "title =", "steps = [{ level = 0 }, { level = 1 }]\ntitle =", "bad_steps", "steps",
     ""),
    (PROMISE, "title =", "curve = [[1, 0], [1, 4]]\ntitle =", "bad_curve", "curve", ""),
    (LOOP, "from = 2 }", 'from = 2 }, { id = "x", title = { en = "x", fi = "x" }, above = 1 }',
     "not_ordered", '"strong"', ""),
    (LOOP, "from = 2 }", "from = 2, above = 2 }", "bad_band", '"strong"', "neither"),
    (LOOP, 'id = "strong"', 'id = "weak"', "duplicate_id", "from = 2", "rename"),
    (PROMISE, "[indicators.kept]\nkind", "[stray]\nkind", "unknown_key", "[stray]", ""),
    # texts
    (PROMISE, ', fi = "Lupaus"', "", "missing_translation", "Promise", "fi ="),
    (PROMISE, '{ en = "Promise", fi = "Lupaus" }', '"Promise"', "missing_translation", "title",
     "en"),
    (LOOP, ', fi = "Usein."', "", "missing_translation", "Often", "fi ="),
    (LOOP, ', fi = "Yksi"', "", "missing_translation", '"One"', "fi ="),
    (LOOP, ', fi = "Heikko"', "", "missing_translation", "Weak", "fi ="),
    (PROMISE, ', fi = "Lupaus"', ', fi = "Lupaus", sv = "Löfte"', "unknown_language", "sv",
     "languages"),
    (PROMISE, '"Lupaus"', '" "', "empty_text", "title", ""),
    (PROMISE, "Is it kept?", "x" * 161, "question_too_long", "xxx", "guidance"),
    (RUBRIC, '["en", "fi"]', '["en", "fi", "fi"]', "duplicate_id", "languages", ""),
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=[f"{w[3]}-{n}" for n, w in enumerate(WRONG)])
def test_what_is_wrong_is_found_where_it_is(tmp_path: Path, wrong: tuple[str, ...]):
    file, old, new, code, mark, hint = wrong
    files = changed(file, old, new)
    problems = [problem for problem in refused(tmp_path, files) if problem.code == code]
    assert problems, f"no {code}"
    problem = problems[0]
    if mark:
        assert problem.where.file == str(tmp_path / file)
        assert problem.where.line == line_of(files[file], mark)
        assert problem.where.column
    assert hint in problem.hint.format(**problem.values)
    assert not re.search(r"\{\w*\}", str(problem))


@pytest.mark.parametrize("word", ["overall", "and", "first", "fact", "other", "class"])
def test_a_word_of_the_expressions_is_no_dimension(tmp_path: Path, word: str):
    files = {**FILES, f"dimensions/{word}.toml": FILES[PROMISE]}
    problem = next(p for p in refused(tmp_path, files) if p.code == "reserved")
    assert problem.where.file.endswith(f"{word}.toml")


def test_a_dimension_without_parts_is_refused(tmp_path: Path):
    bare = FILES[PROMISE].partition("[indicators")[0]
    (problem,) = refused(tmp_path, {**FILES, PROMISE: bare})
    assert (problem.code, problem.where.key) == ("no_parts", "dimensions.promise")


def test_zero_weights_of_indicators_are_refused(tmp_path: Path):
    (problem,) = refused(tmp_path, changed(PROMISE, "kind =", "weight = 0\nkind ="))
    assert problem.code == "zero_weights"
    assert problem.where.key == "dimensions.promise"


def test_everything_wrong_is_said_at_once_and_once(tmp_path: Path):
    files = {
        **FILES,
        RUBRIC: FILES[RUBRIC].replace('id = "small"', 'id = "S"').replace("{ loop =", "{ lop ="),
        RULES: FILES[RULES].replace('"risk"', '"danger"').replace('"s1"', '"s9"'),
        ACTIONS: FILES[ACTIONS].replace('["begin"]', '["nobody"]'),
        LOOP: FILES[LOOP].replace('"ladder"', '"lader"').replace(', fi = "Omistaja"', ""),
    }
    found = [(problem.code, Path(problem.where.file).name) for problem in refused(tmp_path, files)]
    assert found == [
        ("unknown_name", "actions.toml"),
        ("unknown_kind", "loop.toml"),
        ("missing_translation", "loop.toml"),
        ("bad_id", "rubric.toml"),
        ("unknown_name", "rubric.toml"),
        ("bad_value", "rules.toml"),
    ]


def test_a_faulty_element_still_counts_as_declared(tmp_path: Path):
    problems = refused(tmp_path, changed(RULES, 'when = "loop <= 1"', "when = 5"))
    assert [problem.code for problem in problems] == ["wrong_type"]


@pytest.mark.parametrize("kind", ["choice", "checks"])
def test_options_of_an_indicator_need_levels(tmp_path: Path, kind: str):
    bare = FILES[LOOP].replace(", level = 0", "").replace(", level = 4", "")
    (problem,) = refused(tmp_path, {**FILES, LOOP: bare.replace('"choice"', f'"{kind}"')})
    assert (problem.code, problem.where.key) == ("no_level", "dimensions.loop.indicators.owner")


def test_a_rubric_of_one_language_has_plain_texts(tmp_path: Path):
    files = {
        RUBRIC: 'format = 1\nid = "one"\nversion = "1.0.0"\nlanguages = ["fi"]\ntitle = "Yksi"\n'
        '[phases.alku]\ntitle = "Alku"\ngate = "a >= 1"\n',
        "dimensions/a.toml": 'title = "A"\n[indicators.b]\nkind = "yes_no"\ntitle = "B"\n'
        'question = "Onko?"\n',
    }
    assert read(write_rubric(tmp_path, files)).title == {"*": "Yksi"}


def test_a_scale_upside_down_is_said_once(tmp_path: Path):
    problems = refused(tmp_path, changed(RUBRIC, "aggregate_over", "scale = [4, 0]\n#"))
    assert [problem.code for problem in problems] == ["bad_scale"]


def test_languages_that_are_wrong_are_not_held_against_the_texts(tmp_path: Path):
    problems = refused(tmp_path, changed(RUBRIC, '["en", "fi"]', '"en"'))
    assert [problem.code for problem in problems] == ["wrong_type"]


def test_a_word_that_is_no_language_is_refused(tmp_path: Path):
    codes = {p.code for p in refused(tmp_path, changed(RUBRIC, '["en", "fi"]', '["en", "FI"]'))}
    assert "bad_value" in codes


def test_more_indicators_than_the_limit_are_refused(tmp_path: Path):
    question = FILES[PROMISE].partition("[indicators.kept]\n")[2]
    many = "".join(f"[indicators.q{n}]\n{question}" for n in range(2_000))
    (problem,) = refused(tmp_path, {**FILES, PROMISE: FILES[PROMISE].partition("[")[0] + many})
    assert (problem.code, problem.where.key) == ("too_many", "dimensions.promise.indicators.q1998")


def test_at_most_a_hundred_problems_are_listed(tmp_path: Path):
    many = "".join(f'[rules.R{n}]\nwhen = "loop > 1"\n' for n in range(150))
    assert len(refused(tmp_path, {**FILES, "more.toml": many})) == 100


def test_more_rules_than_the_limit_are_refused(tmp_path: Path):
    many = "".join(f'[rules.R{n}]\nwhen = "loop > 1"\ncap = {{ loop = 1 }}\n' for n in range(1_000))
    (problem,) = refused(tmp_path, {**FILES, "zz.toml": many})
    assert problem.code == "too_many"
    assert problem.where.key == "rules.R999"
