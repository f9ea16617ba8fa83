"""Plugins that fail in every way: named with the reason, while everything else is as before."""

import signal
import sys
import time

import pytest

from cxmaturity.errors import PluginError
from cxmaturity.exporters import ExportOptions
from cxmaturity.extension import guard
from cxmaturity.extension.guard import Guard
from tests.extension.benches import GOOD, HEAD, Bench, write_plugin

EXPORT = """
@hookimpl
def cxm_exporters():
    {}
"""
RECORD = 'Exporter("bad", ".bad", "text/plain", lambda card, o: b"x", "x")'

FAILING = {
    "import error": ("import no_such_module_anywhere", "ModuleNotFoundError"),
    "syntax error": ("def (:", "SyntaxError"),
    "exit on import": ("raise SystemExit(3)", "SystemExit: 3"),
    "interrupt on import": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "recursion": ("def f(): return f()\nf()", "RecursionError"),
    "unknown hook": ("@hookimpl\ndef cxm_exporter(): return []", "unknown hook 'cxm_exporter'"),
    "misspelt argument": ("@hookimpl\ndef cxm_exporters(cards): return []", "cards"),
    "no hook": ("x = 1", "no function marked @hookimpl"),
    "raising": (EXPORT.format('raise ValueError("out of paper")'), "ValueError: out of paper"),
    "half a generator": (EXPORT.format(f"yield {RECORD}\n    1 / 0"), "ZeroDivisionError"),
    "exit": (EXPORT.format("import sys; sys.exit(1)"), "SystemExit: 1"),
    "interrupt": (EXPORT.format("raise KeyboardInterrupt"), "KeyboardInterrupt"),
    "wrong type": (EXPORT.format('return [{"name": "bad"}]'), "Exporter records, not dict"),
    "no list": (EXPORT.format("return 5"), "TypeError"),
    "wrong field": (
        EXPORT.format('return [Exporter("bad", ".bad", "text/plain", "write", "x")]'),
        "write is to be a function",
    ),
    "wrong name": (
        EXPORT.format('return [Exporter("Bad one", ".bad", "text/plain", print, "x")]'),
        "'Bad one'",
    ),
    "twice": (EXPORT.format(f"return [{RECORD}, {RECORD}]"), "gives 'bad' twice"),
    "endless": (
        EXPORT.format('n = 0\n    while True:\n        n += 1\n        yield Exporter('
                      'f"bad{n}", ".b", "t", print, "x")'),
        "more than 1000",
    ),
    "message that cannot be made": (
        "class E(Exception):\n    def __str__(self): raise E\nraise E",
        "E",
    ),
    "escape sequence": (EXPORT.format('raise ValueError("\\x1b]52;c;x\\x07")'), "ValueError"),
}  # fmt: skip


@pytest.fixture
def alone(tmp_path):
    """What the good plugin gives when there is no other."""
    write_plugin(tmp_path / "alone", "good", GOOD)
    return Bench(tmp_path / "alone").good_results()


@pytest.mark.parametrize("way", FAILING)
def test_a_failing_plugin_is_named_once_and_changes_nothing_else(way, tmp_path, alone):
    body, reason = FAILING[way]
    folder = tmp_path / "plugins"
    write_plugin(folder, "good", GOOD)
    write_plugin(folder, "bad", body)
    bench = Bench(folder)
    assert bench.good_results() == alone
    assert list(bench.reasons()) == ["bad"]
    assert reason in bench.reasons()["bad"]
    assert "\x1b" not in bench.reasons()["bad"]
    (problem,) = bench.told
    assert "--no-plugins" in problem.hint
    assert problem.where.file.endswith("bad.py")
    assert "bad" not in bench.plugins.exporters()


@pytest.mark.parametrize("way", FAILING)
def test_with_strict_plugins_the_first_failure_ends_the_run(way, tmp_path):
    write_plugin(tmp_path / "plugins", "bad", FAILING[way][0])
    with pytest.raises(PluginError) as caught:
        Bench(tmp_path / "plugins", strict=True).plugins.exporters()
    assert FAILING[way][1] in str(caught.value)


def test_a_plugin_for_another_release_is_not_imported(tmp_path, alone):
    folder = tmp_path / "plugins"
    write_plugin(folder, "good", GOOD)
    marker = tmp_path / "imported"
    body = f"import pathlib; pathlib.Path({str(marker)!r}).touch()"
    write_plugin(folder, "bad", body, HEAD.replace("API = 1", "API = 2"))
    write_plugin(folder, "unsaid", body, "")
    bench = Bench(folder)
    assert bench.good_results() == alone
    states = {plugin.name: (plugin.state, plugin.reason) for plugin in bench.plugins.host.plugins()}
    assert states["bad"] == ("wrong_api", "API 2, not 1")
    assert states["unsaid"] == ("wrong_api", "API ?, not 1")
    assert not marker.exists()


def test_the_name_of_a_built_in_is_taken(tmp_path):
    taking = EXPORT.format('return [Exporter("json", ".j", "t", lambda c, o: b"", "x")]')
    write_plugin(tmp_path / "plugins", "bad", taking)
    with pytest.raises(PluginError, match=r"'json' is given twice.*by cxmaturity and by bad\.py"):
        Bench(tmp_path / "plugins").plugins.exporters()


def test_two_plugins_with_one_record_name_are_both_named(tmp_path):
    write_plugin(tmp_path / "plugins", "one", GOOD)
    write_plugin(tmp_path / "plugins", "two", GOOD)
    with pytest.raises(PluginError, match=r"'good' .* by one\.py and by two\.py"):
        Bench(tmp_path / "plugins").plugins.exporters()
    alone = Bench(tmp_path / "plugins", disabled=frozenset({"two"}))
    assert "good" in alone.plugins.exporters()


def test_what_changes_its_inputs_changes_nothing(tmp_path, alone):
    folder = tmp_path / "plugins"
    write_plugin(folder, "good", GOOD)
    write_plugin(
        folder,
        "bad",
        """
        def spoil(card, *_options):
            card.dimensions.clear()
            card.overall.title["en"] = "mine"
            return b"spoilt"

        @hookimpl
        def cxm_exporters():
            return [Exporter("bad", ".bad", "t", spoil, "x")]

        @hookimpl
        def cxm_advisors():
            return [Advisor("bad", "x", lambda card: spoil(card) and ())]
        """,
    )
    bench = Bench(folder)
    card = bench.score(bench.bench.load_rubric("starter"), ("bad", "good"))
    assert bench.plugins.exporters()["bad"].write(card, ExportOptions()) == b"spoilt"
    assert [card.findings, bench.plugins.exporters()["good"].write(card, ExportOptions())][0] == (
        alone[0]
    )
    assert card.overall.title["en"] == "Overall"
    assert len(card.dimensions) == 2


def test_what_is_printed_goes_to_stderr(tmp_path, capsys):
    printing = 'print("hello")\n' + EXPORT.format(f'print("again"); return [{RECORD}]')
    write_plugin(tmp_path / "plugins", "bad", printing)
    assert "bad" in Bench(tmp_path / "plugins").plugins.exporters()
    out, err = capsys.readouterr()
    assert out == ""
    assert err.split() == ["hello", "again"]


@pytest.mark.parametrize(
    ("advice", "reason"),
    [
        ("['text']", "Advice records, not str"),
        ("[Advice('a', 'fatal', {'en': 'a'}, {'en': 'b'})]", "no severity"),
        ("[Advice('a', 'note', {'en': 5}, {'en': 'b'})]", "texts by language"),
        ("[Advice('a', 'note', {'en': 'a'}, {'en': 'b'}, dimension='none')]", "no dimension"),
        ("(Advice('a', 'note', {'en': 'a'}, {'en': 'b'}) for _ in iter(int, 1))", "more than 200"),
        ("1 / 0", "ZeroDivisionError"),
        ("[Advice('\\x1b[2J', 'note', {'en': 'a'}, {'en': 'b'})]", "is no id"),
    ],
)
def test_an_advisor_that_fails_is_named_and_the_scorecard_stays(advice, reason, tmp_path, alone):
    folder = tmp_path / "plugins"
    write_plugin(folder, "good", GOOD)
    body = f"""
        @hookimpl
        def cxm_advisors():
            return [Advisor("bad", "x", lambda card: {advice})]
        """
    write_plugin(folder, "bad", body)
    bench = Bench(folder)
    card = bench.score(bench.bench.load_rubric("starter"), ("bad", "good", "nobody"))
    assert card.findings == alone[0]
    assert reason in bench.reasons()["bad"]
    assert [p.code for p in bench.told] == ["plugin_failed", "no_advisor"]
    assert [plugin.distribution for plugin in card.provenance.plugins] == ["bad.py", "good.py"]


@pytest.mark.parametrize("written", ["'text'", "None", "1 / 0"])
def test_a_format_that_gives_no_bytes_stops_with_the_reason(written, tmp_path):
    body = EXPORT.format(f'return [Exporter("bad", ".b", "t", lambda c, o: {written}, "x")]')
    write_plugin(tmp_path / "plugins", "bad", body)
    bench = Bench(tmp_path / "plugins")
    card = bench.score(bench.bench.load_rubric("starter"))
    with pytest.raises(PluginError, match=r"bad\.py 1\.2\.0\) failed: bad: "):
        bench.plugins.exporters()["bad"].write(card, ExportOptions())


def test_a_rubric_pack_without_a_rubric_is_named_and_left_out(tmp_path):
    body = f"""
        from pathlib import Path

        @hookimpl
        def cxm_rubrics():
            return [RubricPack("nothing", "x", Path({str(tmp_path)!r}))]
        """
    write_plugin(tmp_path / "plugins", "bad", body)
    bench = Bench(tmp_path / "plugins")
    assert [found.id for found in bench.bench.rubrics()] == ["cx_phases", "starter"]
    assert "no rubric.toml" in bench.reasons()["bad"]


# time and interruption --------------------------------------------------------------------------


def test_a_slow_plugin_is_named_while_it_runs_and_not_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "PATIENCE", 0.05)
    monkeypatch.setattr(guard, "LOOK_EVERY", 0.01)
    body = "import time\n" + EXPORT.format(f"time.sleep(0.4); return [{RECORD}]")
    write_plugin(tmp_path / "plugins", "bad", body)
    bench = Bench(tmp_path / "plugins")
    assert "bad" in bench.plugins.exporters()
    assert bench.slow == ["The plugin bad is still working: cxm_exporters"]
    assert bench.told == []


def test_the_watch_ends_when_nothing_runs(monkeypatch):
    monkeypatch.setattr(guard, "PATIENCE", 0.02)
    monkeypatch.setattr(guard, "LOOK_EVERY", 0.01)
    watching = Guard()
    assert watching.call("a", "b", lambda: 1).value == 1
    thread = watching._watcher  # noqa: SLF001 - the only sign of it
    assert thread is not None
    thread.join(5)
    assert not thread.is_alive()
    assert watching.call("a", "b", lambda: 2).value == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("swallows", [False, True])
def test_a_real_ctrl_c_ends_the_run_even_if_the_plugin_swallows_it(swallows):
    def interrupted() -> str:
        try:
            signal.raise_signal(signal.SIGINT)
            time.sleep(0)
        except KeyboardInterrupt:
            if not swallows:
                raise
        return "went on"

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        Guard().call("bad", "call", interrupted)
    assert signal.getsignal(signal.SIGINT) is before
