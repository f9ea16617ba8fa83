"""The interface as a process: begins, ends, and says what went wrong without anybody's answers."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

from cxmaturity.store.preferences import Preferences, read_preferences
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.app import TerminalApp


def run_app(start: Path | None, preferences: Preferences | None) -> int:
    """Run the interface on this process's terminal."""
    app = TerminalApp(start, preferences=preferences or read_preferences(os.environ))
    code = app.run()
    if app.crash:
        report_crash(app)
        return 1
    return code or 0


def report_crash(app: TerminalApp) -> None:
    """Say that the program failed, where the details are, and where the answers are."""
    now = dt.datetime.now(tz=dt.UTC)
    name = f"cxmaturity-crash-{now:%Y%m%d-%H%M%S}-"
    with tempfile.NamedTemporaryFile("w", prefix=name, suffix=".txt", delete=False) as file:
        file.write(app.crash)
    said = [_("The program failed inside. This is our mistake, not yours.")]
    if app.session:
        folder = app.session.folder.path.absolute()
        said.append(_("What was shown as saved is saved, in {folder}.").format(folder=folder))
    said.append(_("The details, without any answers, are in {file}.").format(file=file.name))
    sys.stderr.write("\n".join(said) + "\n")
