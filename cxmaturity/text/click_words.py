"""Click's own words, so that a Finnish command line is Finnish to its last line.

Click asks the standard library's process-wide gettext domain; `translate_click` points that at our
catalogue.  The list below only marks Click's messages for translation.  A test compares it with
the installed Click.  Messages that only a programmer can cause are left out.
"""

from __future__ import annotations

import gettext
import os

from cxmaturity.text.messages import DOMAIN, LOCALE_FOLDER, N_, Language


def translate_click(language: Language) -> None:
    """Let Click speak the language too.  Call once per run, before a command line is parsed."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))
    gettext.textdomain(DOMAIN)
    # The only way to tell gettext's module-level functions, which Click uses, a language.
    os.environ["LANGUAGE"] = language


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as N_, for two forms
    """Mark a message that has a plural."""
    return singular, plural


MESSAGES: tuple[str, ...] = (
    N_("%(prog)s, version %(version)s"),
    N_("Aborted!"),
    N_("Argument {name!r} takes {nargs} values."),
    N_("Choose from:\n\t{choices}"),
    N_("Commands"),
    N_("Could not open file {filename!r}: {message}"),
    N_("Error: The two entered values do not match."),
    N_("Error: invalid input"),
    N_("Error: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("Invalid value: {message}"),
    N_("Missing argument"),
    N_("Missing command."),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Missing parameter: {param_name}"),
    N_("Missing {param_type}"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Options"),
    N_("Positional arguments"),
    N_("Repeat for confirmation"),
    N_("Show the version and exit."),
    N_("Show this message and exit."),
    N_("Try '{command} {option}' for help."),
    N_("Usage:"),
    N_("default: {default}"),
    N_("directory"),
    N_("env var: {var}"),
    N_("file"),
    N_("path"),
    N_("required"),
    N_("unknown error"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("{value!r} is not a valid boolean. Recognized values: {states}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)
"""Click's messages a user can meet."""

PLURALS: tuple[tuple[str, str], ...] = (
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_(
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ),
    NN_(
        "Takes {nargs} values but 1 was given.",
        "Takes {nargs} values but {len} were given.",
    ),
    NN_(
        "{value!r} does not match the format {format}.",
        "{value!r} does not match the formats {formats}.",
    ),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""Click's messages with a plural form."""
