"""Golden files: what a page or a file looked like when somebody last looked at it.

Write them anew with ``CXMATURITY_GOLDEN=write``, then read the difference in version control:
each change in it is a change that a reader of reports will see.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
WRITE = os.environ.get("CXMATURITY_GOLDEN") == "write"


def assert_golden(name: str, data: bytes) -> None:
    """The data are what the golden file holds."""
    path = FOLDER / name
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert data.decode() == path.read_bytes().decode()
