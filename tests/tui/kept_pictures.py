"""Pictures kept as text: what a view looked like when somebody last looked at it.

Write them anew with ``CXMATURITY_GOLDEN=write``, then read the difference in version control.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "pictures"
WRITE = os.environ.get("CXMATURITY_GOLDEN") == "write"


def assert_picture(name: str, said: str) -> None:
    """The text is what the kept picture holds."""
    path = FOLDER / f"{name}.txt"
    said = "\n".join(line.rstrip() for line in said.splitlines()) + "\n"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")
