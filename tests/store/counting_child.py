"""Adds one to a file as one of several writers: ``counting_child.py FILE TIMES``."""

from __future__ import annotations

import sys
from pathlib import Path

from cxmaturity.errors import ConflictError
from cxmaturity.store.files import read_file
from cxmaturity.store.revision import revision_of, save


def add_one(path: Path) -> bool:
    """Read, add one, save; ``False`` when somebody else was quicker."""
    data = read_file(path)
    try:
        save(path, b"%d" % (int(data) + 1), revision_of(data), folder=path.parent)
    except ConflictError:
        return False
    return True


def main() -> None:
    """Do it ``TIMES`` times and print how often somebody else was quicker."""
    path, times = Path(sys.argv[1]), int(sys.argv[2])
    conflicts = 0
    for _ in range(times):
        while not add_one(path):
            conflicts += 1
    sys.stdout.write(str(conflicts))


if __name__ == "__main__":
    main()
