"""The command line: one file a command, loaded when it is used.

Data goes to stdout, talk to stderr.  Only this module reads the process's arguments, and nothing
here or in `groups` and `command` may import what is slow: `--help` and `--version` pass through.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

import click

from cxmaturity.cli.command import PROGRAM, version_option
from cxmaturity.cli.groups import LazyGroup
from cxmaturity.cli.guard import guarded
from cxmaturity.cli.language import speak
from cxmaturity.cli.manner import Manner
from cxmaturity.errors import CxError
from cxmaturity.store.preferences import read_preferences
from cxmaturity.text.messages import N_, resolve_language

COMMANDS = {
    "open": N_("Open the terminal interface."),
    "new": N_("Start an engagement in a new folder."),
    "set": N_("Change settings: date, profile, weights, targets, …"),
    "ask": N_("Go through the questions one by one."),
    "answer": N_("Answer questions by their keys, or from a file."),
    "evidence": N_("Say what an answer rests on."),
    "respondent": N_("List, hand over and erase what people answered."),
    "purge": N_("Erase all people's answers after their time."),
    "template": N_("Write a form for respondents' answers."),
    "import": N_("Take answers or measures from a file."),
    "score": N_("Score an engagement and show or write the result."),
    "why": N_("Explain a phase, a score, a fact or a rule."),
    "check": N_("Judge against demands, for pipelines."),
    "verify": N_("Check files and kept scorecards for changes."),
    "adopt": N_("Take a newer version of the rubric."),
    "rubric": N_("List, read and write rubrics."),
    "plugin": N_("List, write and check plugins."),
    "demo": N_("Show the bundled example."),
    "doctor": N_("Look for what needs attention."),
    "completion": N_("Print the completion script for a shell."),
}
"""Every command with its summary, in the order in which one needs them."""

_HELP = N_(
    "Where an organisation stands on its way to better customer experience, why, and what to do "
    "next.\n\n"
    "An assessment is a folder: start one, answer its questions, score it. Nothing leaves this "
    "computer."
)


class Program(LazyGroup):
    """The whole command line; its `main` ends with the documented exit codes."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,  # noqa: ANN401 - Click's own
    ) -> NoReturn:
        """Run one command line and leave the process."""
        words = list(sys.argv[1:] if args is None else args)
        _speak(words)
        if _is_bare(words) and sys.stdin.isatty() and sys.stdout.isatty():
            words.append("open")
        manner = Manner(debug="--debug" in words, as_json=_value(words, "--format") == "json")
        extra["standalone_mode"] = False
        run = super().main
        with _plugins_chosen(words):
            code = guarded(lambda: run(words, prog_name or PROGRAM, **extra), manner)
        sys.exit(code)

    def added(self) -> Mapping[str, str]:
        """Commands of plugins, without importing any."""
        from cxmaturity.cli.plugin_commands import listed

        return {name: text for name, text in listed().items() if name not in self.summaries}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now; one that does not come with the program is a plugin's."""
        if cmd_name in self.summaries:
            return super().get_command(ctx, cmd_name)
        from cxmaturity.cli.plugin_commands import loaded

        return loaded(cmd_name)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - Click's own
        """Run the command; whatever a plugin's raises names the plugin."""
        try:
            return super().invoke(ctx)
        except (CxError, click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            name = ctx.invoked_subcommand or ""
            if name in self.summaries or not name:
                raise
            from cxmaturity.cli.plugin_commands import failed

            raise failed(name, error) from error


program = Program(
    PROGRAM,
    summaries=COMMANDS,
    modules="cxmaturity.cli.",
    help=_HELP,
    params=[version_option()],
    examples=(
        "demo",
        'new acme --organisation "Acme Ltd"',
        "ask acme",
        "score acme",
    ),
)
"""The command line as a Click command."""


def main() -> NoReturn:
    """Run the command line of this process."""
    # A short run makes many objects and hardly any garbage: looking for it takes a tenth of it.
    gc.set_threshold(100_000, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character shows a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        # A byte that is no character is refused where it is used, with its place.
        sys.stdin.reconfigure(errors="surrogateescape")
    program.main(prog_name=PROGRAM)


def _speak(words: Sequence[str]) -> None:
    """Choose the language before anything is worded: flag, environment, settings, system."""
    if words[:1] == ["--version"]:
        return  # A number has no language.
    explicit = _value(words, "--lang") or os.environ.get("CXMATURITY_LANG")
    configured = None if explicit else read_preferences(os.environ).language
    speak(resolve_language(explicit, configured=configured), asked_for=bool(explicit))


@contextlib.contextmanager
def _plugins_chosen(words: Sequence[str]) -> Iterator[None]:
    """Flags win over the environment, from which every workbench of this run learns it."""
    folder = _value(words, "--plugins-dir")
    said = {} if folder is None else {"CXMATURITY_PLUGINS_DIR": folder}
    for flag in ("--no-plugins", "--strict-plugins"):
        if flag in words:
            said[f"CXMATURITY_{flag[2:].upper().replace('-', '_')}"] = "1"
    before = {name: os.environ.get(name) for name in said}
    os.environ.update(said)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _is_bare(words: Sequence[str]) -> bool:
    """Whether nothing but global options was said: then the interface opens."""
    flags = {"--debug", "--no-plugins", "--strict-plugins"}
    rest = [word for word in words if word not in flags and not word.startswith("--lang=")]
    return not rest or (rest[0] == "--lang" and len(rest) == 2)


def _value(words: Sequence[str], name: str) -> str | None:
    """What an option was given, before the command line is really read; the last one counts."""
    found = None
    for place, word in enumerate(words):
        if word == "--":
            break
        if word.startswith(f"{name}="):
            found = word.partition("=")[2]
        elif word == name and place + 1 < len(words):
            found = words[place + 1]
    return found
